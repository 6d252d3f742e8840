//! A store that fails to write, before or after it did.

#![allow(dead_code)] // Not every test program needs all of it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use pinterest_sdk::store::{Later, Record};
use pinterest_sdk::{Error, StoreKey, StoreLock, TokenStore};

/// Another store, and the failure that comes: after how many writes, and whether it wrote.
#[derive(Clone)]
pub struct FailingStore {
    inner: Arc<dyn TokenStore>,
    failure: Arc<Mutex<Option<(usize, bool)>>>,
}

struct FailingLock {
    inner: Box<dyn StoreLock>,
    failure: Arc<Mutex<Option<(usize, bool)>>>,
}

impl FailingStore {
    pub fn new(inner: Box<dyn TokenStore>) -> Self {
        Self {
            inner: Arc::from(inner),
            failure: Arc::default(),
        }
    }

    pub fn fail(&self, after: usize, wrote: bool) {
        *self.failure.lock().unwrap() = Some((after, wrote));
    }

    pub fn mend(&self) {
        *self.failure.lock().unwrap() = None;
    }
}

impl TokenStore for FailingStore {
    fn describe(&self) -> String {
        self.inner.describe()
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        self.inner.load(key)
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        Box::pin(async move {
            Ok(Box::new(FailingLock {
                inner: self.inner.lock(key, patience).await?,
                failure: Arc::clone(&self.failure),
            }) as Box<dyn StoreLock>)
        })
    }
}

impl StoreLock for FailingLock {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        self.inner.load()
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        Box::pin(async move {
            let now = {
                let mut failure = self.failure.lock().unwrap();
                match &mut *failure {
                    Some((0, _)) => failure.take(),
                    Some((writes, _)) => {
                        *writes -= 1;
                        None
                    }
                    None => None,
                }
            };
            match now {
                None => self.inner.compare_and_swap(expected, new).await,
                Some((_, wrote)) => {
                    if wrote {
                        self.inner.compare_and_swap(expected, new).await?;
                    }
                    Err(Error::store("the store fails"))
                }
            }
        })
    }

    fn unlock(self: Box<Self>) -> Later<'static, ()> {
        self.inner.unlock()
    }
}
