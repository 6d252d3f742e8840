//! Where tokens rest: the core's stores, as Python holds them.

use std::convert::Infallible;
use std::path::PathBuf;

use pinterest_sdk::TokenStore;
use pinterest_sdk::{FileStore as Files, MemoryStore as Memory};
use pyo3::prelude::*;

use crate::answer::failed;
use crate::own_store::OwnStore;
use crate::per_process::PerProcess;

/// Tokens that live as long as the process. A forked child has none of its parent's.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct MemoryStore(PerProcess<Memory>);

#[pymethods]
impl MemoryStore {
    #[new]
    fn new() -> Self {
        Self(PerProcess::new())
    }
}

/// Tokens in files of a folder, one for each account.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct FileStore(Files);

#[pymethods]
impl FileStore {
    /// In the command line's folder for `None`.
    #[new]
    fn new(folder: Option<PathBuf>) -> PyResult<Self> {
        let files = match folder {
            Some(folder) => Files::new(folder),
            None => Files::in_data_folder().map_err(failed)?,
        };
        Ok(Self(files))
    }

    /// Where the files are.
    #[getter]
    fn folder(&self) -> PathBuf {
        self.0.folder().to_owned()
    }
}

/// A store, from which one for each process is made.
pub(crate) enum Store {
    Memory(Py<MemoryStore>),
    Files(Files),
    Own(Py<PyAny>, String),
}

impl Store {
    /// One of these, or an object that calls a program's own; `what` that is.
    pub(crate) fn of(store: &Bound<'_, PyAny>, what: String) -> Self {
        if let Ok(memory) = store.cast::<MemoryStore>() {
            Self::Memory(memory.clone().unbind())
        } else if let Ok(files) = store.cast::<FileStore>() {
            Self::Files(files.get().0.clone())
        } else {
            Self::Own(store.clone().unbind(), what)
        }
    }

    /// This process's.
    pub(crate) fn of_process(&self, py: Python<'_>) -> Box<dyn TokenStore> {
        match self {
            Self::Memory(memory) => {
                let Ok(memory) = memory.get().0.get(|| Ok::<_, Infallible>(Memory::new()));
                Box::new(Memory::clone(&memory))
            }
            Self::Files(files) => Box::new(files.clone()),
            Self::Own(store, what) => Box::new(OwnStore::new(store.clone_ref(py), what.clone())),
        }
    }
}
