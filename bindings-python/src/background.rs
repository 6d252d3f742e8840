//! The thread that drives the calls of asyncio.

use std::future::pending;
use std::io;
use std::thread;

use pinterest_sdk::Error;
use pyo3::prelude::*;
use tokio::runtime::{Builder, Handle};
use tokio::task::AbortHandle;

use crate::answer::{Answer, failed, given_up};
use crate::per_process::PerProcess;

static RUNTIME: PerProcess<Handle> = PerProcess::new();

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
    /// answer and the exception, one of which is `None`.
    ///
    /// # Errors
    ///
    /// When the system gives no thread or no files for it.
    pub(crate) fn start(
        call: impl Future<Output = Result<Answer, Error>> + Send + 'static,
        deliver: Py<PyAny>,
    ) -> io::Result<Self> {
        let delivery = Delivery {
            deliver,
            result: None,
        };
        let task = RUNTIME.get(runtime)?.spawn(delivery.after(call));
        Ok(Self(task.abort_handle()))
    }
}

/// Serves every event loop until the process ends.
fn runtime() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    thread::Builder::new()
        .name("pinterest-sdk".to_owned())
        .spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
}

/// Delivers when dropped, so that whoever waits hears of a panic as well. Of a cancelled call nobody
/// waits to hear.
struct Delivery {
    deliver: Py<PyAny>,
    result: Option<Result<Answer, Error>>,
}

impl Delivery {
    async fn after(mut self, call: impl Future<Output = Result<Answer, Error>>) {
        self.result = Some(call.await);
    }
}

impl Drop for Delivery {
    fn drop(&mut self) {
        let (answer, error) = match self.result.take() {
            Some(Ok(answer)) => (Some(answer), None),
            Some(Err(error)) => (None, Some(failed(error))),
            None if thread::panicking() => (None, Some(given_up())),
            None => return,
        };
        // An error of `deliver` says that the event loop is closed: nobody waits any more. The same
        // holds for an interpreter that is ending.
        Python::try_attach(|py| self.deliver.call1(py, (answer, error)).is_ok());
    }
}
