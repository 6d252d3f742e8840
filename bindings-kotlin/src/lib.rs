//! The core for the JVM and Android: translates types, decides nothing.
//!
//! | module | what lives there |
//! |---|---|
//! | `client` | one configuration and its connections |
//! | `clock` | a clock that a test moves |
//! | `calls`, `outcome` | the calls that are made with one, and what becomes of them |
//! | `queue` | calls in, outcomes out, and the thread between |
//! | `entry` | how they cross the border |
//! | `numbered` | what Kotlin knows by number |
//! | `authorize` | an authorization URL, and what to keep until its callback |
//! | `login` | a listener for the callback; not on Android |
//! | `models` | what goes in and what comes out, as records |
//! | `tokens` | a token manager, and what is asked of it |
//! | `token_models` | what it tells, as records |
//! | `files` | files of tokens, and what seals them |
//! | `own_store` | a store that a program wrote |
//! | `fault` | what such a store threw |
//! | `own_parts` | keys and a connection to Redis that it brings along |
//! | `messages` | what the core tells without being asked |
//! | `operations` | what is known of Pinterest's operations, and what they answer, as records |
//! | `operation_calls` | calls of operations, and their pages |
//! | `request` | a request to any endpoint, and what one call does differently |
//! | `error` | why a call failed, as a record |
//! | `phrases` | what Kotlin calls the core's settings |
//!
//! The generated Kotlin is internal; `src/main/kotlin` holds what people use.

mod authorize;
mod calls;
mod client;
mod clock;
mod entry;
mod error;
mod fault;
mod files;
#[cfg(not(target_os = "android"))]
mod login;
mod messages;
mod models;
mod numbered;
mod operation_calls;
mod operations;
mod outcome;
mod own_parts;
mod own_store;
mod phrases;
mod queue;
mod request;
mod token_models;
mod tokens;

use pinterest_sdk::Secret;

// The generated side holds it in a type whose `toString()` shows nothing; see uniffi.toml.
uniffi::custom_type!(Secret, String, {
    remote,
    try_lift: |text| Ok(Secret::new(text)),
    lower: |secret| secret.expose().to_owned(),
});

uniffi::setup_scaffolding!();
