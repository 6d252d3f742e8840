//! Keys of sealed files that Python gives.

use pinterest_sdk::{Error, KeySource, Secret, TokenKey};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};
use tokio::sync::oneshot;

use crate::answer::failed;
use crate::own_store::{Raised, Reply};

/// Keys that were given, or what asks for them.
pub(crate) enum Keys {
    Given(Vec<TokenKey>),
    Asked(Py<PyAny>, String),
}

impl Keys {
    /// A list of keys, or an object that asks a program for them; `what` that is.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for what is no key.
    pub(crate) fn of(keys: &Bound<'_, PyAny>, what: String) -> PyResult<Self> {
        match keys.cast::<PyList>() {
            Ok(list) => Ok(Self::Given(list_of(list).map_err(failed)?)),
            Err(_) => Ok(Self::Asked(keys.clone().unbind(), what)),
        }
    }

    pub(crate) fn for_process(&self, py: Python<'_>) -> Self {
        match self {
            Self::Given(keys) => Self::Given(keys.clone()),
            Self::Asked(source, what) => Self::Asked(source.clone_ref(py), what.clone()),
        }
    }
}

impl KeySource for Keys {
    fn describe(&self) -> String {
        match self {
            Self::Given(_) => "the program".to_owned(),
            Self::Asked(_, what) => what.clone(),
        }
    }

    /// Asks on a thread of Python's, and waits here, where nobody holds the interpreter.
    fn keys(&self) -> Result<Vec<TokenKey>, Error> {
        let source = match self {
            Self::Given(keys) => return Ok(keys.clone()),
            Self::Asked(source, _) => source,
        };
        let (sender, reply) = oneshot::channel();
        let asked = Python::try_attach(|py| {
            let reply = Py::new(py, Reply::new(sender))?;
            source.call_method1(py, "keys", (reply,)).map(drop)
        });
        let given = match asked {
            Some(Ok(())) => reply.blocking_recv().ok(),
            Some(Err(error)) => Some(Err(error)),
            None => None,
        };
        match given {
            Some(Ok(list)) => read(&list),
            Some(Err(error)) => Err(Raised::error("keys", error)),
            None => Err(ended()),
        }
    }
}

/// What Python's part gave, which is a list of bytes and texts.
fn read(list: &Py<PyAny>) -> Result<Vec<TokenKey>, Error> {
    let read = Python::try_attach(|py| match list.bind(py).cast::<PyList>() {
        Ok(list) => list_of(list),
        Err(_) => Ok(Vec::new()),
    });
    // Never as if there were none.
    let read = read.ok_or_else(ended)?;
    read.map_err(|error| {
        let why = format!(
            "the function that gives the keys gave something else: {}",
            error.message()
        );
        Error::store(why).with_advice(error.hint().unwrap_or_default())
    })
}

/// Nobody will answer any more.
fn ended() -> Error {
    Error::store("the interpreter ends")
}

fn list_of(list: &Bound<'_, PyList>) -> Result<Vec<TokenKey>, Error> {
    let mut keys = Vec::new();
    for given in list {
        keys.extend(if let Ok(bytes) = given.cast::<PyBytes>() {
            TokenKey::all_of([bytes.as_bytes()])?
        } else {
            let text = Secret::new(given.extract::<String>().unwrap_or_default());
            TokenKey::all_of([text.expose()])?
        });
    }
    Ok(keys)
}
