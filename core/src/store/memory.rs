//! Tokens that live as long as the process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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

/// Somebody who wants an account's lock, or has it. A place with nothing in it goes with the last of them.
struct Visitor {
    store: MemoryStore,
    key: StoreKey,
    lock: Arc<tokio::sync::Mutex<()>>,
}

/// The lock is given up before its visitor goes.
struct Held {
    _lock: OwnedMutexGuard<()>,
    visitor: Visitor,
}

impl Drop for Visitor {
    fn drop(&mut self) {
        let mut places = self.store.places();
        // While the others wait: of two that went at once, each would take the other for one that stays.
        drop(std::mem::take(&mut self.lock));
        let is_left = |place: &Place| place.record.is_none() && Arc::strong_count(&place.lock) == 1;
        if places.get(&self.key).is_some_and(is_left) {
            places.remove(&self.key);
        }
    }
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    fn places(&self) -> MutexGuard<'_, HashMap<StoreKey, Place>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn visitor(&self, key: &StoreKey) -> Visitor {
        Visitor {
            lock: Arc::clone(&self.places().entry(key.clone()).or_default().lock),
            store: self.clone(),
            key: key.clone(),
        }
    }

    fn read(&self, key: &StoreKey) -> Option<Record> {
        self.places().get(key).and_then(|place| place.record.clone())
    }
}

impl TokenStore for MemoryStore {
    fn describe(&self) -> String {
        "memory".to_owned()
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        Box::pin(async { Ok(self.read(key)) })
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        Box::pin(async move {
            runtime::equipped()?;
            let visitor = self.visitor(key);
            let lock = timeout(patience, Arc::clone(&visitor.lock).lock_owned());
            let lock = lock.await.map_err(|_| {
                Error::store(format!("the tokens of `{}` are being changed", key.account()))
                    .with_hint("try again in a while")
            })?;
            Ok(Box::new(Held { _lock: lock, visitor }) as Box<dyn StoreLock>)
        })
    }
}

impl StoreLock for Held {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        Box::pin(async { Ok(self.visitor.store.read(&self.visitor.key)) })
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        Box::pin(async move {
            let Visitor { store, key, .. } = &self.visitor;
            let text = |record: Option<&Record>| record.map(Record::text);
            let mut places = store.places();
            let place = places.entry(key.clone()).or_default();
            let same = text(place.record.as_ref()) == text(expected);
            if same {
                place.record = new.cloned();
            }
            Ok(same)
        })
    }

    fn unlock(self: Box<Self>) -> Later<'static, ()> {
        Box::pin(async { Ok(()) })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::time::Duration;

    use super::{MemoryStore, TokenStore};
    use crate::store::{Record, StoreKey, stored_token::record};

    #[tokio::test]
    async fn only_what_is_kept_or_locked_takes_room() {
        let store = MemoryStore::new();
        let key = |name: &str| StoreKey::new("https://h/v5", "1", name.parse().unwrap());
        for number in 0..100 {
            let key = key(&format!("shop-{number}"));
            assert!(store.load(&key).await.unwrap().is_none());
            drop(store.lock(&key, Duration::ZERO).await.unwrap());
        }
        assert!(store.places().is_empty());
        let (key, new) = (key("a"), Record::new(record("a", None)));
        let lock = store.lock(&key, Duration::ZERO).await.unwrap();
        assert!(store.lock(&key, Duration::ZERO).await.is_err());
        let waits = store.lock(&key, Duration::from_secs(5));
        let (next, ()) = tokio::join!(waits, async { drop(lock) });
        let mut next = next.unwrap();
        // It is the same lock yet.
        assert!(store.lock(&key, Duration::ZERO).await.is_err());
        assert!(next.compare_and_swap(None, Some(&new)).await.unwrap());
        drop(next);
        assert_eq!(store.places().len(), 1);
        let mut last = store.lock(&key, Duration::ZERO).await.unwrap();
        assert!(last.compare_and_swap(Some(&new), None).await.unwrap());
        drop(last);
        assert!(store.places().is_empty());
    }

    #[test]
    fn nothing_stays_of_many_that_go_at_once() {
        let store = MemoryStore::new();
        let key = StoreKey::new("https://h/v5", "1", "a".parse().unwrap());
        for _ in 0..20_000 {
            let visitors: Vec<_> = (0..2).map(|_| store.visitor(&key)).collect();
            let barrier = &Barrier::new(2);
            std::thread::scope(|threads| {
                for visitor in visitors {
                    threads.spawn(move || {
                        barrier.wait();
                        drop(visitor);
                    });
                }
            });
            assert!(store.places().is_empty());
        }
    }
}
