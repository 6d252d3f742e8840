//! A store of a program's own, which keeps texts: what a database does.

#![allow(dead_code)] // Not every test program needs all of it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pinterest_sdk::store::{Later, Record};
use pinterest_sdk::{Error, StoreKey, StoreLock, TokenStore};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Texts in memory, and how the store misbehaves.
#[derive(Default, Clone)]
pub struct TextStore {
    pub texts: Arc<Mutex<HashMap<String, String>>>,
    locks: Arc<Mutex<HashMap<String, Arc<Semaphore>>>>,
    /// Writes fail.
    pub is_down: Arc<AtomicBool>,
    /// Writes never end.
    pub hangs: Arc<AtomicBool>,
    /// Nothing is locked, read or written.
    pub is_gone: Arc<AtomicBool>,
    /// Reads without a lock, and what is given up, are told a second late.
    pub is_late: Arc<AtomicBool>,
    /// Its keys do not tell upper case from lower.
    pub ignores_case: Arc<AtomicBool>,
    /// How many reads were done.
    pub reads: Arc<AtomicUsize>,
    /// How many writes were done.
    pub writes: Arc<AtomicUsize>,
    /// How often a lock was told to last.
    pub lasts: Arc<AtomicUsize>,
}

struct Held {
    store: TextStore,
    key: String,
    _permit: OwnedSemaphorePermit,
}

impl TextStore {
    fn reach(&self) -> Result<(), Error> {
        if self.is_gone.load(Ordering::Relaxed) {
            return Err(Error::store("the database is gone").with_advice("bring it back"));
        }
        Ok(())
    }

    fn read(&self, key: &str) -> Result<Option<Record>, Error> {
        self.reach()?;
        self.reads.fetch_add(1, Ordering::Relaxed);
        let texts = self.texts.lock().unwrap();
        texts.get(key).map(|text| Record::from_text(text)).transpose()
    }

    fn key(&self, key: &StoreKey) -> String {
        let key = key.to_string();
        if self.ignores_case.load(Ordering::Relaxed) {
            return key.to_lowercase();
        }
        key
    }

    async fn tell(&self) {
        if self.is_late.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

impl TokenStore for TextStore {
    fn describe(&self) -> String {
        "texts".into()
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        Box::pin(async {
            let found = self.read(&self.key(key));
            self.tell().await;
            found
        })
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        Box::pin(async move {
            self.reach()?;
            let lock = {
                let mut locks = self.locks.lock().unwrap();
                let lock = locks
                    .entry(self.key(key))
                    .or_insert_with(|| Arc::new(Semaphore::new(1)));
                Arc::clone(lock)
            };
            let permit = lock.acquire_owned();
            let permit = tokio::time::timeout(patience, permit).await;
            Ok(Box::new(Held {
                store: self.clone(),
                key: self.key(key),
                _permit: permit.map_err(|_| Error::store("busy"))?.unwrap(),
            }) as Box<dyn StoreLock>)
        })
    }
}

impl StoreLock for Held {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        Box::pin(async { self.store.read(&self.key) })
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        Box::pin(async move {
            if self.store.is_down.load(Ordering::Relaxed) {
                return Err(Error::store("the database is down").with_advice("start it"));
            }
            if self.store.hangs.load(Ordering::Relaxed) {
                std::future::pending::<()>().await;
            }
            let text = |record: &Record| record.text().as_text().unwrap().to_owned();
            let mut texts = self.store.texts.lock().unwrap();
            if texts.get(&self.key) != expected.map(text).as_ref() {
                return Ok(false);
            }
            self.store.writes.fetch_add(1, Ordering::Relaxed);
            match new {
                Some(new) => texts.insert(self.key.clone(), text(new)),
                None => texts.remove(&self.key),
            };
            Ok(true)
        })
    }

    fn keep_alive(&mut self) -> Later<'_, ()> {
        self.store.lasts.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(()) })
    }

    fn unlock(self: Box<Self>) -> Later<'static, ()> {
        let store = self.store.clone();
        drop(self);
        Box::pin(async move {
            store.tell().await;
            Ok(())
        })
    }
}
