//! A program's own store, which is asked on a thread or in an event loop of Python's: nothing waits for it
//! here.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use pinterest_sdk::store::{Later, Record, foreign_failure};
use pinterest_sdk::{Error, StoreKey, StoreLock, TokenStore};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyString;
use tokio::sync::oneshot;

pyo3::import_exception!(pinterest_sdk._places, Hangs);

/// What a method of the store gave, or raised.
pub(crate) type Given = PyResult<Py<PyAny>>;

/// Where a method's outcome goes. If it is dropped, there is none.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Reply(Mutex<Option<oneshot::Sender<Given>>>);

#[pymethods]
impl Reply {
    /// What the method gave; whether anybody still waits for it.
    fn give(&self, value: Py<PyAny>) -> bool {
        self.send(Ok(value))
    }

    /// What it raised.
    fn fail(&self, exception: Bound<'_, PyAny>) -> bool {
        self.send(Err(PyErr::from_value(exception)))
    }
}

impl Reply {
    pub(crate) fn new(sender: oneshot::Sender<Given>) -> Self {
        Self(Mutex::new(Some(sender)))
    }

    fn send(&self, given: Given) -> bool {
        let mut sender = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sender.take().is_some_and(|sender| sender.send(given).is_ok())
    }
}

/// A store that Python's `pinterest_sdk._own_store.Keeper` asks.
pub(crate) struct OwnStore {
    keeper: Py<PyAny>,
    what: String,
}

impl OwnStore {
    pub(crate) fn new(keeper: Py<PyAny>, what: String) -> Self {
        Self { keeper, what }
    }
}

impl TokenStore for OwnStore {
    fn describe(&self) -> String {
        self.what.clone()
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        Box::pin(async {
            let key = key.to_string();
            let given = ask("load", |py, reply| {
                self.keeper.call_method1(py, "load", (key, reply)).map(drop)
            });
            record(&given.await?)
        })
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        Box::pin(async move {
            let (key, seconds) = (key.to_string(), patience.as_secs_f64());
            let asked = ask("lock", |py, reply| {
                self.keeper
                    .call_method1(py, "lock", (key, seconds, reply))
                    .map(drop)
            });
            Ok(Box::new(Held(Some(asked.await?))) as Box<dyn StoreLock>)
        })
    }
}

/// A lock that is held, until this is dropped.
struct Held(Option<Py<PyAny>>);

impl Held {
    async fn ask(
        &self,
        what: &'static str,
        arguments: (Option<String>, Option<String>),
    ) -> Result<Py<PyAny>, Error> {
        let given = ask(what, |py, reply| match &self.0 {
            Some(session) => session
                .call_method1(py, what, (arguments.0, arguments.1, reply))
                .map(drop),
            None => Err(PyRuntimeError::new_err("the lock was given up")),
        });
        given.await
    }
}

impl StoreLock for Held {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        Box::pin(async { record(&self.ask("load", (None, None)).await?) })
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        let text = |record: &Record| record.text().as_text().map(str::to_owned);
        let arguments = (expected.and_then(text), new.and_then(text));
        Box::pin(async move { flag(&self.ask("compare_and_swap", arguments).await?) })
    }

    fn unlock(mut self: Box<Self>) -> Later<'static, ()> {
        Box::pin(async move {
            self.ask("unlock", (None, None)).await?;
            self.0 = None;
            Ok(())
        })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(session) = self.0.take() {
            let none = None::<String>;
            // Nobody waits, and what it says nobody hears.
            Python::try_attach(|py| session.call_method1(py, "unlock", (&none, &none, &none)).is_ok());
        }
    }
}

/// Asks a method, and waits for the reply.
async fn ask(
    what: &'static str,
    call: impl FnOnce(Python<'_>, Py<Reply>) -> PyResult<()>,
) -> Result<Py<PyAny>, Error> {
    match coming(call, what == "lock").await {
        Some(Ok(value)) => Ok(value),
        Some(Err(error)) => Err(Raised::error(what, error)),
        None => Err(ended(what)),
    }
}

/// Hands a question on to Python, which returns at once, and waits for the reply; none if there will be none.
pub(crate) async fn handed_over(call: impl FnOnce(Python<'_>, Py<Reply>) -> PyResult<()>) -> Option<Given> {
    coming(call, false).await
}

/// A reply that somebody waits for. A lock that came just when its waiter stopped waiting is given up.
struct Coming {
    reply: oneshot::Receiver<Given>,
    is_lock: bool,
}

impl Drop for Coming {
    fn drop(&mut self) {
        // What comes from here on Python hears of.
        self.reply.close();
        if self.is_lock
            && let Ok(Ok(session)) = self.reply.try_recv()
        {
            drop(Held(Some(session)));
        }
    }
}

async fn coming(call: impl FnOnce(Python<'_>, Py<Reply>) -> PyResult<()>, is_lock: bool) -> Option<Given> {
    let (sender, reply) = oneshot::channel();
    let mut coming = Coming { reply, is_lock };
    let asked = Python::try_attach(|py| {
        let reply = Py::new(py, Reply::new(sender))?;
        call(py, reply)
    });
    match asked {
        None => None,
        Some(Ok(())) => (&mut coming.reply).await.ok(),
        Some(Err(error)) => Some(Err(error)),
    }
}

/// Nobody will answer any more.
pub(crate) fn ended(what: &str) -> Error {
    Error::store(format!("the store's `{what}` ended without an answer"))
        .with_advice("close the manager before what its store needs: an event loop, an interpreter")
}

fn record(given: &Py<PyAny>) -> Result<Option<Record>, Error> {
    let text = Python::try_attach(|py| {
        let read = given.extract::<Option<String>>(py);
        read.map_err(|_| unlike("load", given.bind(py), "a text or None"))
    });
    // Never as if nothing were kept.
    let text = text.unwrap_or_else(|| Err(ended("load")))?;
    text.as_deref().map(Record::from_text).transpose()
}

fn flag(given: &Py<PyAny>) -> Result<bool, Error> {
    let flag = Python::try_attach(|py| {
        let read = given.extract::<bool>(py);
        read.map_err(|_| unlike("compare_and_swap", given.bind(py), "True or False"))
    });
    flag.unwrap_or_else(|| Err(ended("compare_and_swap")))
}

/// It gave something else than it is to give; what, is not repeated.
fn unlike(what: &str, given: &Bound<'_, PyAny>, wanted: &str) -> Error {
    let kind = given.get_type().name();
    let kind = kind.map_or_else(|_| "something else".to_owned(), |name| name.to_string());
    Error::store(format!("the store's `{what}` gave {kind}, not {wanted}")).with_advice(
        "let `load` give back what it was given to keep, and `compare_and_swap` say whether it kept it",
    )
}

/// An exception of the store's, behind an error.
pub(crate) struct Raised {
    error: PyErr,
    kind: String,
}

impl Raised {
    /// What a method of the store raised, or `keys` of a source of keys.
    pub(crate) fn error(method: &str, error: PyErr) -> Error {
        let seen = Python::try_attach(|py| {
            // Its words may be anybody's code, which may raise as well.
            let text =
                |value: PyResult<Bound<'_, PyString>>| value.map(|text| text.to_string()).unwrap_or_default();
            let (kind, words) = (text(error.get_type(py).name()), text(error.value(py).str()));
            (error.is_instance_of::<Hangs>(py), kind, words)
        });
        let (is_ours, kind, words) = seen.unwrap_or_default();
        if is_ours {
            return Error::store(words).with_advice("let it raise an error after a while");
        }
        foreign_failure(method, &kind, &words).with_source(Self { error, kind })
    }

    /// What the connection to Redis raised, which has Redis's own words.
    pub(crate) fn of_redis(told: PyErr) -> Error {
        let seen = Python::try_attach(|py| {
            let words = told.value(py).to_string();
            (words, told.cause(py).unwrap_or_else(|| told.clone_ref(py)))
        });
        let (words, error) = seen.unwrap_or_else(|| ("the interpreter ends".to_owned(), told));
        let kind = "an exception of redis-py".to_owned();
        foreign_failure("eval", "", &words).with_source(Self { error, kind })
    }

    /// The one behind an error, if there is one.
    pub(crate) fn behind(error: &Error) -> Option<&Self> {
        let mut next = StdError::source(error);
        while let Some(source) = next {
            if let Some(raised) = source.downcast_ref() {
                return Some(raised);
            }
            next = source.source();
        }
        None
    }

    pub(crate) fn exception(&self, py: Python<'_>) -> PyErr {
        self.error.clone_ref(py)
    }
}

impl fmt::Debug for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)
    }
}

impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind)
    }
}

impl StdError for Raised {}
