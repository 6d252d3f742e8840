//! The border between Node and the core. It translates types and decides nothing.
//!
//! | module | what lives there |
//! |---|---|
//! | `answer_json` | what a call gave, as the JSON text that crosses the border |
//! | `asks` | questions that stores have to JavaScript, and what it threw |
//! | `authorization` | the authorization URL, its callback, a login on this machine |
//! | `callbacks` | callbacks between a login and the page that tells how it went |
//! | `calls` | one object for each JavaScript thread: starts its calls and drops them |
//! | `clock` | a clock that a test moves |
//! | `connection` | a core client with its settings |
//! | `mailbox` | outcomes that wait for a JavaScript thread, and what wakes it |
//! | `network_code` | Node's words for failures of the network |
//! | `operations` | any operation of the core's table: what it is, and its call |
//! | `own_redis` | a connection to Redis that is JavaScript's, as the core wants one |
//! | `own_store` | a store that is written in JavaScript, as the core wants one |
//! | `store` | the stores that a manager is made with |
//! | `token_json` | what a token manager gave, as the JSON text that crosses the border |
//! | `tokens` | a manager of tokens |
//!
//! Only strings, numbers and plain objects cross: some hosts (Electron) allow nothing else.

mod answer_json;
mod asks;
mod authorization;
mod callbacks;
mod calls;
mod clock;
mod connection;
mod lock;
mod mailbox;
mod network_code;
mod operations;
mod own_redis;
mod own_store;
mod phrases;
mod store;
mod thrown;
mod token_json;
mod tokens;

use napi::bindgen_prelude::create_custom_tokio_runtime;

/// One thread for everything that is not JavaScript: a second made no difference with 64 calls in
/// flight (`tests/bench/node`), and each costs memory.
#[napi_derive::module_init]
fn prepare_runtime() {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    // Without a thread to spare there is nothing to hand over; the first call then says so.
    if let Ok(runtime) = builder.worker_threads(1).enable_all().build() {
        create_custom_tokio_runtime(runtime);
    }
}
