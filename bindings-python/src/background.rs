//! The thread that drives the calls of asyncio.

use std::io;
use std::mem;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use pinterest_sdk::Error;
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

use crate::answer::{failed, given_up};
use crate::per_process::PerProcess;
use crate::renewals;

/// How long the interpreter's end waits for a delivery, which takes less than a millisecond.
const DELIVERING: Duration = Duration::from_secs(5);

static BACKGROUND: PerProcess<Background> = PerProcess::new();
/// Set once, before the interpreter ends.
static ENDING: AtomicBool = AtomicBool::new(false);

/// A call that is on its way.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Task(AbortHandle);

#[pymethods]
impl Task {
    /// Ends the call and its connection, if it has not ended by itself.
    fn cancel(&self) {
        self.0.abort();
    }
}

impl Task {
    /// To end it by.
    pub(crate) fn handle(&self) -> AbortHandle {
        self.0.clone()
    }

    /// Makes `call` in the background. At its end `deliver` is called, on another thread, with the
    /// result and the exception, one of which is `None`.
    ///
    /// # Errors
    ///
    /// When the system gives no thread or no files for it.
    pub(crate) fn start<T: Deliverable>(
        call: impl Future<Output = Result<T, Error>> + Send + 'static,
        deliver: Py<PyAny>,
    ) -> io::Result<Self> {
        let delivery = Delivery {
            deliver,
            result: None,
        };
        spawn(delivery.after(call)).map(Self)
    }
}

/// Runs something in the background.
///
/// # Errors
///
/// When the system gives no thread or no files for it, and when the interpreter ends.
pub(crate) fn spawn(work: impl Future<Output = ()> + Send + 'static) -> io::Result<AbortHandle> {
    if ENDING.load(Ordering::Relaxed) {
        return Err(io::Error::other("the interpreter ends"));
    }
    let background = BACKGROUND.get(Background::start)?;
    Ok(background.runtime.spawn(work).abort_handle())
}

/// Whether nothing runs in the background any more.
pub(crate) fn is_ending() -> bool {
    ENDING.load(Ordering::Relaxed)
}

/// Serves every event loop until the interpreter ends.
struct Background {
    runtime: Handle,
    /// Locked only for a moment, by threads that hold the interpreter: a forked child finds it free.
    thread: Mutex<Option<Thread>>,
}

/// Runs until the one is dropped, then drops the other.
type Thread = (oneshot::Sender<()>, Receiver<()>);

impl Background {
    fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        let (end, ended) = sync_channel::<()>(0);
        thread::Builder::new()
            .name("pinterest-sdk".to_owned())
            .spawn(move || {
                // Nothing is ever sent: the wait ends when the other end is dropped.
                let _ = runtime.block_on(stopped);
                // A name lookup cannot be cut short; do not wait for it.
                runtime.shutdown_background();
                drop(end);
            })?;
        Ok(Self {
            runtime: handle,
            thread: Mutex::new(Some((stop, ended))),
        })
    }

    fn thread(&self) -> MutexGuard<'_, Option<Thread>> {
        self.thread.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits, not for long, until tokens that are being renewed are kept; then ends the calls in the background
/// and waits for the delivery in progress. No call can be started there afterwards. To be called before the
/// interpreter ends.
//
// While it ends, Python before 3.14 ends other threads wherever they run Python code, by unwinding
// their stacks; Rust's part of one would abort the process. So no thread of ours may run Python code.
#[pyfunction]
pub(crate) fn stop_background(py: Python<'_>) {
    renewals::drain(py);
    ENDING.store(true, Ordering::Relaxed);
    let Some(background) = BACKGROUND.existing() else {
        return;
    };
    let thread = mem::take(&mut *background.thread());
    if let Some((stop, ended)) = thread {
        drop(stop);
        // The delivery needs the interpreter.
        let _ = py.detach(move || ended.recv_timeout(DELIVERING));
    }
}

/// What a call in the background may give: an `Answer`, for one.
pub(crate) trait Deliverable: for<'py> IntoPyObject<'py> + Send + 'static {}

impl<T: for<'py> IntoPyObject<'py> + Send + 'static> Deliverable for T {}

/// Delivers when dropped, so that whoever waits hears of a panic as well. Of a cancelled call nobody
/// waits to hear.
struct Delivery<T: Deliverable> {
    deliver: Py<PyAny>,
    result: Option<Result<T, Error>>,
}

impl<T: Deliverable> Delivery<T> {
    async fn after(mut self, call: impl Future<Output = Result<T, Error>>) {
        self.result = Some(call.await);
    }
}

impl<T: Deliverable> Drop for Delivery<T> {
    fn drop(&mut self) {
        let result = match self.result.take() {
            Some(result) => result.map_err(Some),
            None if thread::panicking() => Err(None),
            None => return,
        };
        // An error of `deliver` says that the event loop is closed: nobody waits any more. The same
        // holds for an interpreter that is ending.
        Python::try_attach(|py| {
            let result = result.map_err(|error| error.map_or_else(given_up, failed));
            let (result, error) = match result.and_then(|value| value.into_py_any(py)) {
                Ok(value) => (Some(value), None),
                Err(error) => (None, Some(error)),
            };
            self.deliver.call1(py, (result, error)).is_ok()
        });
    }
}
