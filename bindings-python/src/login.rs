//! A login on this machine.

use std::mem;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pinterest_sdk::{Error, LoopbackLogin};
use pyo3::prelude::*;
use tokio::task::AbortHandle;

use crate::answer::{Answer, failed, given_up, not_started};
use crate::background::{Deliverable, Task};
use crate::callback::{Arrived, Callback};
use crate::connections::Connections;

/// How long the background may take to let go of the port; it takes less than a millisecond.
const LETTING_GO: Duration = Duration::from_secs(1);

/// A login that listens. Use one of the waits, once, and `close` in any case.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Login {
    url: String,
    connections: Arc<Connections>,
    /// Locked only for a moment, by threads that hold the interpreter: a forked child finds it free.
    stage: Mutex<Stage>,
}

enum Stage {
    Listening(Box<LoopbackLogin>),
    /// In the background, which drops the other end of the channel when it has let go of the port.
    Waiting(AbortHandle, Receiver<()>),
    Over,
}

#[pymethods]
impl Login {
    /// Where to send the person. Holds no secret.
    #[getter]
    fn url(&self) -> &str {
        &self.url
    }

    /// Waits on this thread for the person and gives the token. Raises also what a signal handler
    /// raises meanwhile.
    fn wait(&self, py: Python<'_>) -> PyResult<Answer> {
        let login = self.take()?;
        let runtimes = &self.connections.runtimes;
        let mut runtime = runtimes.take(&self.connections.core)?;
        let result = py.detach(|| runtime.run(finish(login)))?;
        runtimes.give_back(runtime, &result);
        result.map_err(failed)
    }

    /// Waits on this thread for the person and gives what they brought, for `Callback.tell`; nothing is
    /// sent. Raises also what a signal handler raises meanwhile.
    fn wait_for_callback(&self, py: Python<'_>) -> PyResult<Callback> {
        let login = self.take()?;
        let connections = Arc::clone(&self.connections);
        let mut runtime = connections.runtimes.take(&connections.core)?;
        let result = py.detach(|| runtime.run(login.wait()))?;
        let callback = result.map_err(failed)?;
        Ok(Arrived::on_thread(callback, runtime, connections).into())
    }

    /// Waits in the background; `deliver` is called with the answer and the exception, one of which
    /// is `None`, on another thread.
    fn start(&self, deliver: Py<PyAny>) -> PyResult<Task> {
        self.start_as(finish, deliver)
    }

    /// Waits in the background for the person; `deliver` gets what they brought, for
    /// `Callback.start_telling`, or the exception. Nothing is sent.
    fn start_waiting_for_callback(&self, deliver: Py<PyAny>) -> PyResult<Task> {
        self.start_as(arrival, deliver)
    }

    /// Ends the login if it has not ended by itself. The port is free afterwards.
    fn close(&self, py: Python<'_>) {
        let stage = mem::replace(&mut *self.stage(), Stage::Over);
        if let Stage::Waiting(task, let_go) = stage {
            task.abort();
            // Nothing is ever sent: the wait ends when the other end is dropped.
            let _ = py.detach(move || let_go.recv_timeout(LETTING_GO));
        }
    }
}

impl Login {
    pub(crate) fn listening(login: LoopbackLogin, connections: Arc<Connections>) -> Self {
        Self {
            url: login.url().to_owned(),
            connections,
            stage: Mutex::new(Stage::Listening(Box::new(login))),
        }
    }

    fn start_as<T: Deliverable, F>(&self, wait: fn(LoopbackLogin) -> F, deliver: Py<PyAny>) -> PyResult<Task>
    where
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let login = self.take()?;
        let (port, let_go) = sync_channel(0);
        let held = Held { login, port };
        let task = Task::start(held.until(wait), deliver).map_err(|error| not_started(&error))?;
        *self.stage() = Stage::Waiting(task.handle(), let_go);
        Ok(task)
    }

    fn take(&self) -> PyResult<LoopbackLogin> {
        match mem::replace(&mut *self.stage(), Stage::Over) {
            Stage::Listening(login) => Ok(*login),
            Stage::Waiting(..) | Stage::Over => Err(given_up()),
        }
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn finish(login: LoopbackLogin) -> Result<Answer, Error> {
    login.finish().await.map(Answer::of_login)
}

async fn arrival(login: LoopbackLogin) -> Result<Callback, Error> {
    let callback = login.wait().await?;
    Ok(Arrived::in_background(callback).into())
}

/// A login and who waits for its port. The fields are dropped in this order.
struct Held {
    login: LoopbackLogin,
    port: SyncSender<()>,
}

impl Held {
    async fn until<T, F>(self, wait: fn(LoopbackLogin) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let Held { login, port } = self;
        let result = wait(login).await;
        // Also when it is dropped in the middle: the login goes first.
        drop(port);
        result
    }
}
