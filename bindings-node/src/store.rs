//! The stores that the core has.

use std::sync::Arc;

use napi_derive::napi;
use pinterest_sdk::{Error, FileStore, MemoryStore, TokenStore};

/// A store, or why there is none: a manager that is made with it then fails with that reason.
#[napi]
pub struct Store(Kind);

enum Kind {
    Memory(MemoryStore),
    File(Result<FileStore, Arc<Error>>),
}

#[napi]
impl Store {
    /// Tokens that live as long as the process.
    #[napi(factory, catch_unwind)]
    #[must_use]
    pub fn memory() -> Self {
        Self(Kind::Memory(MemoryStore::new()))
    }

    /// Files in a folder, or in the one that the command line uses.
    #[napi(factory, catch_unwind)]
    #[must_use]
    pub fn file(folder: Option<String>) -> Self {
        Self(Kind::File(match folder {
            Some(folder) => Ok(FileStore::new(folder)),
            None => FileStore::in_data_folder().map_err(Arc::new),
        }))
    }
}

impl Store {
    /// As the core wants it.
    pub(crate) fn store(&self) -> Result<Box<dyn TokenStore>, Arc<Error>> {
        match &self.0 {
            Kind::Memory(store) => Ok(Box::new(store.clone())),
            Kind::File(store) => Ok(Box::new(store.clone()?)),
        }
    }
}
