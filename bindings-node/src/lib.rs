//! The border between Node and the core. It translates types and decides nothing.
//!
//! | module | what lives there |
//! |---|---|
//! | `authorization` | the authorization URL, its callback, a login on this machine |
//! | `border` | one object for each JavaScript thread: starts calls, brings their outcomes back |
//! | `callbacks` | callbacks between a login and the page that tells how it went |
//! | `connection` | a core client with its settings |
//! | `network_code` | Node's words for failures of the network |
//! | `outcome` | what a call gave, as the JSON text that crosses the border |
//!
//! Only strings, numbers and plain objects cross: some hosts (Electron) allow nothing else.

mod authorization;
mod border;
mod callbacks;
mod connection;
mod lock;
mod network_code;
mod outcome;
mod phrases;

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
