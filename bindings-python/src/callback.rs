//! A login's callback, for a program that sends the exchange of its code by means of its own.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pinterest_sdk::{Error, LoopbackCallback};
use pyo3::prelude::*;

use crate::answer::{failed, given_up, not_started};
use crate::authorize::form_of;
use crate::background::Task;
use crate::blocking::BlockingRuntime;
use crate::call::Call;
use crate::connections::Connections;
use crate::per_process::PerProcess;

/// A callback that came, from a browser that waits for a page. `close` it in any case: the port is
/// free afterwards.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Callback(PerProcess<Arrival>);

/// Locked only for a moment, by threads that hold the interpreter. `None` when it has been answered.
type Arrival = Mutex<Option<Arrived>>;

/// The fields are dropped in this order.
pub(crate) struct Arrived {
    callback: LoopbackCallback,
    /// What the browser's connection lives on, if that is not the background.
    own: Option<(BlockingRuntime, Arc<Connections>)>,
}

impl Arrived {
    pub(crate) fn in_background(callback: LoopbackCallback) -> Self {
        Self { callback, own: None }
    }

    pub(crate) fn on_thread(
        callback: LoopbackCallback,
        runtime: BlockingRuntime,
        connections: Arc<Connections>,
    ) -> Self {
        Self {
            callback,
            own: Some((runtime, connections)),
        }
    }
}

impl From<Arrived> for Callback {
    fn from(arrived: Arrived) -> Self {
        Self(PerProcess::of(Mutex::new(Some(arrived))))
    }
}

#[pymethods]
impl Callback {
    /// Checks the callback, which counts as used then, and gives the call that exchanges its code, and
    /// the fields of its form, secrets among them; nothing is sent.
    fn redeem(&self) -> PyResult<(Call, Vec<(&'static str, String)>)> {
        let arrival = self.0.existing().ok_or_else(given_up)?;
        let arrived = lock(&arrival);
        let callback = &arrived.as_ref().ok_or_else(given_up)?.callback;
        let request = callback.redeem().map_err(failed)?;
        let form = form_of(&request);
        Ok((Call::from(request), form))
    }

    /// Tells the person's browser how it went, in `why` it did not; after `Login.wait_for_callback`.
    /// Raises also what a signal handler raises meanwhile.
    fn tell(&self, py: Python<'_>, why: Option<String>) -> PyResult<()> {
        let Arrived { callback, own } = self.take()?;
        let (mut runtime, connections) = own.ok_or_else(given_up)?;
        let result = py.detach(|| runtime.run(tell(callback, why)))?;
        connections.runtimes.give_back(runtime, &result);
        result.map_err(failed)
    }

    /// Tells it in the background, after `Login.start_waiting_for_callback`. `deliver` is called with
    /// something and the exception, one of which is `None`, on another thread.
    fn start_telling(&self, why: Option<String>, deliver: Py<PyAny>) -> PyResult<Task> {
        let Arrived { callback, .. } = self.take()?;
        Task::start(tell(callback, why), deliver).map_err(|error| not_started(&error))
    }

    /// Answers the browser no more, if it has had no answer yet.
    fn close(&self) {
        drop(self.take());
    }
}

impl Callback {
    fn take(&self) -> PyResult<Arrived> {
        let arrival = self.0.existing().ok_or_else(given_up)?;
        lock(&arrival).take().ok_or_else(given_up)
    }
}

async fn tell(callback: LoopbackCallback, why: Option<String>) -> Result<(), Error> {
    callback.tell(why.as_deref().map_or(Ok(()), Err)).await;
    Ok(())
}

fn lock(arrival: &Arrival) -> MutexGuard<'_, Option<Arrived>> {
    arrival.lock().unwrap_or_else(PoisonError::into_inner)
}
