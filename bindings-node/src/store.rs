//! The stores that the core has, and those that it asks JavaScript for.

use std::sync::Arc;

use napi_derive::napi;
use pinterest_sdk::store::{KeySource, RedisStore};
use pinterest_sdk::{Error, FileStore, KeyFile, KeyVariable, MemoryStore, TokenKey, TokenStore};

use crate::asks::{Asks, Question};
use crate::own_redis::OwnRedis;
use crate::own_store::OwnStore;

/// A store, or why there is none: a manager that is made with it then fails with that reason.
#[napi]
pub struct Store(Kind);

enum Kind {
    Memory(MemoryStore),
    File(Result<FileStore, Arc<Error>>),
    /// Files whose keys JavaScript is asked for.
    Sealed(Result<FileStore, Arc<Error>>),
    Redis(String),
    Own(String),
}

/// Where the keys come from that files are sealed with: one of these.
#[napi(object, object_to_js = false)]
pub struct StoreKeys {
    /// Keys in Base64, the current one first.
    pub texts: Option<Vec<String>>,
    /// A file of keys.
    pub file: Option<String>,
    /// A variable of the environment.
    pub variable: Option<String>,
}

#[napi]
impl Store {
    /// Tokens that live as long as the process.
    #[napi(factory, catch_unwind)]
    #[must_use]
    pub fn memory() -> Self {
        Self(Kind::Memory(MemoryStore::new()))
    }

    /// Files in a folder, or in the one that the command line uses, as they are or sealed. JavaScript is asked
    /// for keys that come from nowhere.
    #[napi(factory, catch_unwind)]
    #[must_use]
    pub fn file(folder: Option<String>, keys: Option<StoreKeys>) -> Self {
        let store = match folder {
            Some(folder) => Ok(FileStore::new(folder)),
            None => FileStore::in_data_folder().map_err(Arc::new),
        };
        Self(match keys {
            None => Kind::File(store),
            Some(StoreKeys {
                texts: Some(texts), ..
            }) => Kind::File(match (store, TokenKey::all_of(&texts)) {
                (Ok(store), Ok(keys)) => Ok(store.with_keys(move || Ok(keys.clone()))),
                (Err(error), _) => Err(error),
                (_, Err(error)) => Err(Arc::new(error)),
            }),
            Some(StoreKeys { file: Some(file), .. }) => {
                Kind::File(store.map(|store| store.with_keys(KeyFile::new(file))))
            }
            Some(StoreKeys {
                variable: Some(name), ..
            }) => Kind::File(store.map(|store| store.with_keys(KeyVariable::new(name)))),
            Some(_) => Kind::Sealed(store),
        })
    }

    /// Redis, over a connection of JavaScript's.
    #[napi(factory, catch_unwind)]
    #[must_use]
    pub fn redis(name: String) -> Self {
        Self(Kind::Redis(name))
    }

    /// A store that is written in JavaScript.
    #[napi(factory, catch_unwind)]
    #[must_use]
    pub fn own(name: String) -> Self {
        Self(Kind::Own(name))
    }
}

impl Store {
    /// Its files, whose keys may be asked of a listener by JavaScript's number.
    pub(crate) fn files(&self, asks: &Arc<Asks>, listener: u32) -> Result<FileStore, Arc<Error>> {
        match &self.0 {
            Kind::File(store) => store.clone(),
            Kind::Sealed(store) => {
                let asks = Arc::clone(asks);
                let manager = listener;
                Ok(store.clone()?.with_keys(AskedKeys { asks, manager }))
            }
            _ => Err(Arc::new(Error::store("this store has no files"))),
        }
    }

    /// As the core wants it, for a manager by JavaScript's number.
    pub(crate) fn store(&self, asks: &Arc<Asks>, manager: u32) -> Result<Box<dyn TokenStore>, Arc<Error>> {
        let asks = Arc::clone(asks);
        Ok(match &self.0 {
            Kind::Memory(store) => Box::new(store.clone()),
            Kind::File(_) | Kind::Sealed(_) => Box::new(self.files(&asks, manager)?),
            Kind::Redis(name) => Box::new(RedisStore::new(OwnRedis {
                asks,
                manager,
                name: name.clone(),
            })),
            Kind::Own(name) => Box::new(OwnStore {
                asks,
                manager,
                name: name.clone(),
            }),
        })
    }
}

/// Keys that a function of the program gives.
struct AskedKeys {
    asks: Arc<Asks>,
    manager: u32,
}

impl KeySource for AskedKeys {
    fn keys(&self) -> Result<Vec<TokenKey>, Error> {
        let answer = self.asks.ask_blocking(Question::new(self.manager, "key"))?;
        let texts = answer.keys.unwrap_or_default();
        TokenKey::all_of(&texts)
    }
}
