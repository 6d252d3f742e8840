//! Lines: connections that a calling thread drives itself.
//!
//! A connection lives on the runtime that opened it. Each line has a runtime of its own that runs
//! only while a call is made on it, on the thread that makes the call: there is no other thread to
//! wake and to wait for. A thread takes the line that was used last, so short-lived threads find
//! connections that are open already.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use pinterest_sdk::{ApiClient, Configuration, Error, Outcome};
use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;
use tokio::time::timeout;

use crate::answer::{Answer, failed, given_up, not_started};

/// Lines kept while nobody uses them, unless the settings say otherwise.
const MAX_IDLE: usize = 64;
/// Servers close connections that idle for longer.
const IDLE_LIMIT: Duration = Duration::from_secs(90);
/// How often a waiting thread looks for signals such as Ctrl-C.
pub(crate) const TICK: Duration = Duration::from_millis(50);

/// A runtime and the connections on it.
pub(crate) struct Line {
    /// `None` only while being dropped.
    runtime: Option<Runtime>,
    pub(crate) client: ApiClient,
    used: Instant,
}

impl Line {
    /// Sets the client's settings, keeping its connections.
    ///
    /// # Errors
    ///
    /// When they cannot be used.
    pub(crate) fn configure(&mut self, wanted: &Configuration) -> PyResult<()> {
        if self.client.configuration() != wanted {
            self.client = self.client.reconfigured(wanted.clone()).map_err(failed)?;
        }
        Ok(())
    }

    /// Runs `call` on this thread, which must not hold the interpreter.
    ///
    /// # Errors
    ///
    /// What a signal handler raised, `KeyboardInterrupt` for Ctrl-C; the call is then given up.
    pub(crate) fn run(
        &self,
        call: impl Future<Output = Result<Answer, Error>> + Send + 'static,
    ) -> PyResult<Result<Answer, Error>> {
        let runtime = self.runtime.as_ref().ok_or_else(given_up)?;
        runtime.block_on(async {
            // A task: waking one is cheaper than waking `block_on`.
            let mut task = tokio::spawn(async {
                // The runtime looks for connections that the server has closed since the last call
                // and takes them out of the pool, before the request asks for one.
                yield_now().await;
                call.await
            });
            let mut done = timeout(TICK, &mut task).await;
            while done.is_err() && check_signals()? {
                done = timeout(TICK, &mut task).await;
            }
            match done {
                Ok(done) => done,
                Err(_) => task.await,
            }
            .map_err(|_| given_up())
        })
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A name lookup cannot be cut short; do not wait for it.
            runtime.shutdown_background();
        }
    }
}

/// Runs pending signal handlers if this is the main thread, which alone may. `false` when there is
/// nothing more to look for: the interpreter ends.
///
/// No Python code runs here on other threads. When the interpreter ends, Python before 3.14 ends
/// such a thread wherever it runs Python code, by unwinding its stack; Rust's part of it would
/// abort the process.
pub(crate) fn check_signals() -> PyResult<bool> {
    Python::try_attach(|py| py.check_signals().map(|()| true)).unwrap_or(Ok(false))
}

/// The lines that are not in use.
#[derive(Default)]
pub(crate) struct Lines(Mutex<Vec<Line>>);

impl Lines {
    /// The line used last, or a new one. The client of each is `core`'s: it has a pool for each runtime.
    ///
    /// # Errors
    ///
    /// When the system has no more files to open.
    pub(crate) fn take(&self, core: &ApiClient) -> PyResult<Line> {
        if let Some(line) = self.idle().pop() {
            return Ok(line);
        }
        let runtime = Builder::new_current_thread().enable_all().build();
        Ok(Line {
            runtime: Some(runtime.map_err(|error| not_started(&error))?),
            client: core.clone(),
            used: Instant::now(),
        })
    }

    /// Keeps a line for the next call. One whose call broke off is closed, which ends the request.
    pub(crate) fn give_back(&self, mut line: Line, result: &Result<Answer, Error>) {
        if result
            .as_ref()
            .is_err_and(|error| error.outcome() != Outcome::Refused)
        {
            return;
        }
        let limit = line.client.configuration().connection.pool_max_idle;
        line.used = Instant::now();
        let mut idle = self.idle();
        idle.retain(|other| other.used.elapsed() < IDLE_LIMIT);
        if idle.len() < limit.unwrap_or(MAX_IDLE) {
            idle.push(line);
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
