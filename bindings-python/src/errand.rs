//! What a token manager does, by the background, for whoever waits in one way or another.

use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use pinterest_sdk::store::{Failure, Life};
use pinterest_sdk::{AccessToken, Account, Error, TokenStatus};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use tokio::sync::oneshot;

use crate::answer::{failed, given_up, not_started};
use crate::background::{Task, is_ending, spawn};
use crate::itself;
use crate::signals::{TICK, check_signals};

type Work = Pin<Box<dyn Future<Output = Result<Done, Error>> + Send>>;

/// Something that is done in the background, whoever stops waiting for it. Wait for it, or start it, once.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Errand(Mutex<Option<Work>>);

#[pymethods]
impl Errand {
    /// Begins it at once, and gives it back: whoever stops waiting before it has had its first turn ends nothing. Not for
    /// threads that wait: those of gevent hear of a store of theirs only once they do.
    fn begun(this: PyRef<'_, Self>) -> PyResult<PyRef<'_, Self>> {
        let work = this.take()?;
        let (send, done) = oneshot::channel();
        let begun = spawn(async move {
            // Nobody may wait any more.
            let _ = send.send(work.await);
        });
        begun.map_err(|error| not_started(&error))?;
        // Without an outcome it panicked, which whoever waits hears of as of their own.
        *this.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::pin(async {
            done.await.unwrap_or_else(|_| resume_unwind(Box::new(())))
        }));
        Ok(this)
    }

    /// Waits on this thread for what comes of it. Raises also what a signal handler raises meanwhile.
    fn wait(&self, py: Python<'_>) -> PyResult<Done> {
        itself::refuse()?;
        let work = self.take()?;
        let (send, done) = sync_channel(1);
        let tell = async move {
            // Nobody listens after a signal.
            let _ = send.send(work.await);
        };
        let task = spawn(tell).map_err(|error| not_started(&error))?;
        let result = py.detach(move || {
            loop {
                match done.recv_timeout(TICK) {
                    Ok(result) => return Ok(Some(result)),
                    Err(RecvTimeoutError::Timeout) => {
                        check_signals().inspect_err(|_| task.abort())?;
                    }
                    // A thread that nobody waits for: Python code may not run on it any more.
                    Err(RecvTimeoutError::Disconnected) if is_ending() => loop {
                        thread::park();
                    },
                    Err(RecvTimeoutError::Disconnected) => return Ok::<_, PyErr>(None),
                }
            }
        })?;
        result.ok_or_else(given_up)?.map_err(failed)
    }

    /// Does it; `deliver` is called with what comes of it and the exception, one of which is `None`, on
    /// another thread.
    fn start(&self, deliver: Py<PyAny>) -> PyResult<Task> {
        Task::start(self.take()?, deliver).map_err(|error| not_started(&error))
    }
}

impl Errand {
    pub(crate) fn new<T: Into<Done>>(work: impl Future<Output = Result<T, Error>> + Send + 'static) -> Self {
        Self(Mutex::new(Some(Box::pin(async { work.await.map(Into::into) }))))
    }

    fn take(&self) -> PyResult<Work> {
        let mut work = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        work.take().ok_or_else(given_up)
    }
}

/// What comes of it: a token, how tokens stand, whether something is so, whose tokens it was, or nothing more to tell.
pub(crate) enum Done {
    Token(AccessToken),
    Status(Box<TokenStatus>),
    Flag(bool),
    Accounts(Vec<String>),
    Nothing,
}

impl From<AccessToken> for Done {
    fn from(token: AccessToken) -> Self {
        Self::Token(token)
    }
}

impl From<TokenStatus> for Done {
    fn from(status: TokenStatus) -> Self {
        Self::Status(Box::new(status))
    }
}

impl From<bool> for Done {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Vec<Account>> for Done {
    fn from(accounts: Vec<Account>) -> Self {
        Self::Accounts(accounts.iter().map(Account::to_string).collect())
    }
}

impl From<()> for Done {
    fn from((): ()) -> Self {
        Self::Nothing
    }
}

impl<'py> IntoPyObject<'py> for Done {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let life = |life: Life| (life.issued_at, life.expires_at);
        let failure = |failure: Failure| {
            let times = (failure.failures, failure.failed_at, failure.until);
            (times.0, times.1, times.2, failure.kind, failure.message)
        };
        match self {
            Self::Token(token) => token.expose().into_bound_py_any(py),
            Self::Status(status) => (
                status.state.name(),
                status.scope,
                status.access_life.map(life),
                status.refresh_life.map(life),
                status.failure.map(failure),
                status.asked,
                status.unsaved,
                status.store,
            )
                .into_bound_py_any(py),
            Self::Flag(flag) => flag.into_bound_py_any(py),
            Self::Accounts(names) => names.into_bound_py_any(py),
            Self::Nothing => ().into_bound_py_any(py),
        }
    }
}
