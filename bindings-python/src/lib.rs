//! The border between the core and Python, private to the package `pinterest_sdk`: it translates
//! types and decides nothing. A failed call raises `pinterest_sdk._failure.CallFailed`.
//!
//! | module | what lives there |
//! |---|---|
//! | `authorize`, `browser` | a person's consent, and the browser to ask for it in |
//! | `client` | settings, and calls made by the calling thread or for asyncio |
//! | `call`, `answer` | what is asked for, and what came back |
//! | `operations` | which operations there are, what failed in their answers, and where pages go on |
//! | `login` | a login on this machine, from its listener to its token |
//! | `callback` | what a person brought to it, for a program that exchanges the code itself |
//! | `tokens`, `errand` | the token manager, and what it does in the background |
//! | `renewals` | the managers of one process, whose renewals the interpreter's end waits for |
//! | `stores`, `own_store` | where tokens rest: the core's stores, and a program's own |
//! | `own_redis` | a program's own connection to Redis |
//! | `own_keys` | keys of sealed files that a program gives |
//! | `connections` | the pools of one process, shared by clients |
//! | `blocking` | runtimes that a calling thread drives itself |
//! | `signals`, `itself` | Ctrl-C while a thread waits; threads that cannot wait |
//! | `headers`, `duration` | headers, their values kept as secrets; times |
//! | `clock` | a clock that a test moves |
//! | `background` | the thread that drives the calls of asyncio |
//! | `per_process`, `fork` | state that a forked child must not share; whether this is one |
//! | `end` | what is done before the interpreter ends |
//! | `interpreter` | which interpreter of a process is served |
//! | `bare_class` | Python's classes of models, which are many |

mod answer;
mod authorize;
mod background;
mod bare_class;
mod blocking;
mod browser;
mod call;
mod callback;
mod client;
mod clock;
mod connections;
mod duration;
mod end;
mod errand;
mod fork;
mod headers;
mod interpreter;
mod itself;
mod login;
mod operations;
mod own_keys;
mod own_redis;
mod own_store;
mod per_process;
mod renewals;
mod signals;
mod stores;
mod tokens;

/// The compiled part of `pinterest_sdk`.
//
// Nothing here has been tested without the global lock, so a free-threaded Python switches it on.
#[pyo3::pymodule(gil_used = true)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::{
        answer::{Answer, failure_class},
        authorize::{Authorization, Pending, host_of_environment, known_scopes, settings_of_environment},
        background::Task,
        bare_class::bare_class,
        browser::open_browser,
        call::Call,
        callback::Callback,
        client::Client,
        clock::ManualClock,
        end::stop_background,
        errand::Errand,
        fork::generation,
        itself::drives_calls,
        login::Login,
        operations::{PageMarks, failures_in, operations},
        own_store::Reply,
        renewals::drain,
        stores::{FileStore, MemoryStore},
        tokens::{Tokens, merge_tokens},
    };

    /// This release, the same in every language.
    #[pymodule_export]
    #[allow(non_upper_case_globals)] // Python's spelling.
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn start(py: Python<'_>) -> PyResult<()> {
        super::interpreter::refuse_others(py)?;
        super::fork::watch()
    }
}
