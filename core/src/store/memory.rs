//! Tokens that live as long as the process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::timeout;

use super::key::StoreKey;
use super::record::Record;
use super::token_store::{Later, StoreLock, TokenStore};
use crate::error::Error;
use crate::runtime;

/// Tokens that live as long as the process, and that no other process sees. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<HashMap<StoreKey, Place>>>);

#[derive(Debug, Default)]
struct Place {
    record: Option<Record>,
    lock: Arc<tokio::sync::Mutex<()>>,
}

struct Held {
    store: MemoryStore,
    key: StoreKey,
    _lock: OwnedMutexGuard<()>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn at<T>(&self, key: &StoreKey, look: impl FnOnce(&mut Place) -> T) -> T {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        look(places.entry(key.clone()).or_default())
    }
}

impl TokenStore for MemoryStore {
    fn describe(&self) -> String {
        "memory".to_owned()
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        Box::pin(async { Ok(self.at(key, |place| place.record.clone())) })
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        Box::pin(async move {
            runtime::equipped()?;
            let lock = self.at(key, |place| Arc::clone(&place.lock)).lock_owned();
            let lock = timeout(patience, lock).await.map_err(|_| {
                Error::store(format!("the tokens of `{}` are being changed", key.account()))
                    .with_hint("try again in a while")
            })?;
            Ok(Box::new(Held {
                store: self.clone(),
                key: key.clone(),
                _lock: lock,
            }) as Box<dyn StoreLock>)
        })
    }
}

impl StoreLock for Held {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        Box::pin(async { Ok(self.store.at(&self.key, |place| place.record.clone())) })
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        Box::pin(async move {
            let text = |record: Option<&Record>| record.map(Record::text);
            Ok(self.store.at(&self.key, |place| {
                let same = text(place.record.as_ref()) == text(expected);
                if same {
                    place.record = new.cloned();
                }
                same
            }))
        })
    }

    fn unlock(self: Box<Self>) -> Later<'static, ()> {
        Box::pin(async { Ok(()) })
    }
}
