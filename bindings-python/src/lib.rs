//! The border between the core and Python, private to the package `pinterest_sdk`: it translates
//! types and decides nothing. A failed call raises `pinterest_sdk._failure.CallFailed`.
//!
//! | module | what lives there |
//! |---|---|
//! | `authorize`, `browser` | a person's consent, and the browser to ask for it in |
//! | `client` | settings, and calls made by the calling thread or for asyncio |
//! | `call`, `answer` | what is asked for, and what came back |
//! | `login` | a login on this machine, from its listener to its token |
//! | `connections` | the pools of one process, shared by clients |
//! | `line` | connections that a calling thread drives itself |
//! | `headers` | headers, their values kept as secrets |
//! | `background` | the thread that drives the calls of asyncio |
//! | `per_process` | state that a forked child must not share |

mod answer;
mod authorize;
mod background;
mod browser;
mod call;
mod client;
mod connections;
mod headers;
mod line;
mod login;
mod per_process;

/// The compiled part of `pinterest_sdk`.
#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use super::{
        answer::{Answer, failure_class},
        authorize::{Authorization, Pending, host_of_environment, known_scopes},
        background::{Task, stop_background},
        browser::open_browser,
        call::Call,
        client::Client,
        login::Login,
    };

    /// This release, the same in every language.
    #[pymodule_export]
    #[allow(non_upper_case_globals)] // Python's spelling.
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
