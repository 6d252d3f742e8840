//! Where tokens rest: the core's stores, as Python holds them.

use std::convert::Infallible;
use std::path::PathBuf;

use pinterest_sdk::{Account, FileStore as Files, MemoryStore as Memory};
use pinterest_sdk::{RedisStore, TokenStore};
use pyo3::prelude::*;

use crate::answer::failed;
use crate::errand::Errand;
use crate::own_keys::Keys;
use crate::own_redis::OwnRedis;
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

/// Tokens in files of a folder, one for each account, sealed if there are keys.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct FileStore {
    files: PerProcess<Files>,
    folder: PathBuf,
    keys: Option<Keys>,
}

#[pymethods]
impl FileStore {
    /// In the command line's folder for `None`. `keys` is a list of keys, or an object that asks a program
    /// for them, and what describes it.
    #[new]
    fn new(folder: Option<PathBuf>, keys: Option<(Bound<'_, PyAny>, String)>) -> PyResult<Self> {
        let folder = match folder {
            Some(folder) => folder,
            None => Files::in_data_folder().map_err(failed)?.folder().to_owned(),
        };
        Ok(Self {
            files: PerProcess::new(),
            folder,
            keys: keys.map(|(keys, what)| Keys::of(&keys, what)).transpose()?,
        })
    }

    /// Seals an account's files with the current key, or everybody's; the accounts whose it changed.
    fn reseal(&self, py: Python<'_>, account: Option<&str>) -> PyResult<Errand> {
        let files = self.of_process(py);
        let account = account.map(Account::new).transpose().map_err(failed)?;
        Ok(Errand::new(async move { files.reseal_of(account).await }))
    }

    /// Where the files are.
    #[getter]
    fn folder(&self) -> PathBuf {
        self.folder.clone()
    }
}

impl FileStore {
    /// This process's: it asks for keys itself, and nobody else waits for its disk.
    fn of_process(&self, py: Python<'_>) -> Files {
        let Ok(files) = self.files.get(|| Ok::<_, Infallible>(Files::new(&self.folder)));
        let files = Files::clone(&files);
        match &self.keys {
            Some(keys) => files.with_keys(keys.for_process(py)),
            None => files,
        }
    }
}

/// A store, from which one for each process is made.
pub(crate) enum Store {
    Memory(Py<MemoryStore>),
    Files(Py<FileStore>),
    Own(Py<PyAny>, String),
    Redis(Py<PyAny>, String),
}

impl Store {
    /// One of these, or an object that calls a program's own, or its connection to Redis; `what` that is.
    pub(crate) fn of(store: &Bound<'_, PyAny>, what: String) -> Self {
        if let Ok(memory) = store.cast::<MemoryStore>() {
            Self::Memory(memory.clone().unbind())
        } else if let Ok(files) = store.cast::<FileStore>() {
            Self::Files(files.clone().unbind())
        } else if store.hasattr("eval").unwrap_or_default() {
            Self::Redis(store.clone().unbind(), what)
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
            Self::Files(store) => Box::new(store.get().of_process(py)),
            Self::Redis(scripts, what) => {
                let connection = OwnRedis::new(scripts.clone_ref(py), what.clone());
                Box::new(RedisStore::new(connection))
            }
            Self::Own(store, what) => Box::new(OwnStore::new(store.clone_ref(py), what.clone())),
        }
    }
}
