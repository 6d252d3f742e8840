//! Blocking calls: runtimes that a calling thread drives itself.
//!
//! A connection lives on the runtime that opened it. Each runtime here runs only while a call is
//! made on it, on the thread that makes the call: there is no other thread to wake and to wait for.
//! A thread takes the runtime that was used last, so short-lived threads find connections that are
//! open already.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use pinterest_sdk::{ApiClient, Configuration, Error, Outcome};
use pyo3::prelude::*;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::{JoinError, JoinHandle, yield_now};
use tokio::time::timeout;

use crate::answer::{failed, given_up, not_started};
use crate::itself;
use crate::signals::{TICK, check_signals};

/// Runtimes kept while nobody uses them, unless the settings say otherwise.
const MAX_IDLE: usize = 64;
/// Servers close connections that idle for longer.
const IDLE_LIMIT: Duration = Duration::from_secs(90);
/// Less than a request takes to a server and back. What a server closes in this time, it closes as if
/// while the request is on its way, which no client can know.
const ONE_LOOK: Duration = Duration::from_micros(200);

/// A runtime and the connections on it.
pub(crate) struct BlockingRuntime {
    /// `None` only while being dropped.
    runtime: Option<Runtime>,
    pub(crate) client: ApiClient,
    /// When a call last ended here, which is when the runtime last looked for closed connections.
    used: Instant,
    /// Whether the server has kept connections open between calls. Some close after each answer.
    is_kept_open: bool,
}

impl BlockingRuntime {
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
    /// What a signal handler raised, `KeyboardInterrupt` for Ctrl-C; the call is then given up. A thread that drives
    /// calls already cannot make it.
    pub(crate) fn run<T: Send + 'static>(
        &mut self,
        call: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> PyResult<Result<T, Error>> {
        itself::refuse()?;
        let runtime = self.runtime.as_ref().ok_or_else(given_up)?;
        let looks = !self.is_kept_open || self.used.elapsed() > ONE_LOOK;
        // Each open connection is a task.
        let open = runtime.metrics().num_alive_tasks();
        let first = runtime.block_on(async {
            // A task: waking one is cheaper than waking `block_on`.
            let mut task = tokio::spawn(async move {
                if !looks {
                    return (call.await, true);
                }
                // The runtime looks for connections that the server has closed since the last call
                // and takes them out of the pool, before the request asks for one.
                yield_now().await;
                let this = 1;
                let is_kept_open = open > 0 && Handle::current().metrics().num_alive_tasks() == open + this;
                (call.await, is_kept_open)
            });
            timeout(TICK, &mut task).await.map_err(|_| task)
        });
        let done = match first {
            Ok(done) => done,
            Err(task) => attended(runtime, task)?,
        };
        let (result, is_kept_open) = done.map_err(|_| given_up())?;
        self.used = Instant::now();
        self.is_kept_open = is_kept_open;
        Ok(result)
    }
}

/// Waits for a task and looks for signals meanwhile: outside of the runtime, for a handler may make calls of its own.
fn attended<T>(runtime: &Runtime, mut task: JoinHandle<T>) -> PyResult<Result<T, JoinError>> {
    while check_signals()? {
        if let Ok(done) = runtime.block_on(async { timeout(TICK, &mut task).await }) {
            return Ok(done);
        }
    }
    Ok(runtime.block_on(task))
}

impl Drop for BlockingRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A name lookup cannot be cut short; do not wait for it.
            runtime.shutdown_background();
        }
    }
}

/// Those that are not in use.
#[derive(Default)]
pub(crate) struct IdleRuntimes(Mutex<Vec<BlockingRuntime>>);

impl IdleRuntimes {
    /// The one used last, or a new one. The client of each is `core`'s: it has a pool for each runtime.
    ///
    /// # Errors
    ///
    /// When the system has no more files to open.
    pub(crate) fn take(&self, core: &ApiClient) -> PyResult<BlockingRuntime> {
        if let Some(runtime) = self.idle().pop() {
            return Ok(runtime);
        }
        let runtime = Builder::new_current_thread().enable_all().build();
        Ok(BlockingRuntime {
            runtime: Some(runtime.map_err(|error| not_started(&error))?),
            client: core.clone(),
            used: Instant::now(),
            is_kept_open: false,
        })
    }

    /// Keeps a runtime for the next call. One whose call broke off is closed, which ends the request.
    pub(crate) fn give_back<T>(&self, runtime: BlockingRuntime, result: &Result<T, Error>) {
        if result
            .as_ref()
            .is_err_and(|error| error.outcome() != Outcome::Refused)
        {
            return;
        }
        let limit = runtime.client.configuration().connection.pool_max_idle;
        let mut idle = self.idle();
        idle.retain(|other| other.used.elapsed() < IDLE_LIMIT);
        if idle.len() < limit.unwrap_or(MAX_IDLE) {
            idle.push(runtime);
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<BlockingRuntime>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
