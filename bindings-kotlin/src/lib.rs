//! The core for the JVM and Android: translates types, decides nothing.
//!
//! | module | what lives there |
//! |---|---|
//! | `client` | the calls |
//! | `authorize` | from the authorization URL to the callback's token |
//! | `login` | the same on one machine, with a listener; not on Android |
//! | `runtime` | the thread that they run on |
//! | `models` | what goes in and what comes out, as records |
//! | `error` | why a call failed, as a record |
//!
//! The generated Kotlin is internal; `src/main/kotlin` holds what people use.

mod authorize;
mod client;
mod error;
#[cfg(not(target_os = "android"))]
mod login;
mod models;
mod phrases;
mod runtime;

use pinterest_sdk::Secret;

// The generated side holds it in a type whose `toString()` shows nothing; see uniffi.toml.
uniffi::custom_type!(Secret, String, {
    remote,
    try_lift: |text| Ok(Secret::new(text)),
    lower: |secret| secret.expose().to_owned(),
});

uniffi::setup_scaffolding!();
