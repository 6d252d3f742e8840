//! A store whose panics are failures like others: what was asked for meanwhile is used and kept all the same.

use std::future::{poll_fn, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::task::Poll;
use std::time::Duration;

use crate::error::Error;
use crate::store::{Later, Record, StoreKey, StoreLock, TokenStore};

/// A store that somebody else may have written.
pub(super) struct Contained(pub(super) Box<dyn TokenStore>);

struct ContainedLock(Box<dyn StoreLock>);

/// What a method gives, later. Whatever panicked is not asked again.
fn contained<'a, T: Send + 'a>(method: &'static str, begin: impl FnOnce() -> Later<'a, T>) -> Later<'a, T> {
    let panicked = move || {
        Error::store(format!("the store's `{method}` panicked"))
            .with_advice("look at the cause, which the panic said where it happened")
    };
    let Ok(mut later) = catch_unwind(AssertUnwindSafe(begin)) else {
        return Box::pin(ready(Err(panicked())));
    };
    Box::pin(poll_fn(move |context| {
        let polled = catch_unwind(AssertUnwindSafe(|| later.as_mut().poll(context)));
        polled.unwrap_or_else(|_| Poll::Ready(Err(panicked())))
    }))
}

impl TokenStore for Contained {
    fn describe(&self) -> String {
        let said = catch_unwind(AssertUnwindSafe(|| self.0.describe()));
        said.unwrap_or_else(|_| "a store that panics when it is asked what it is".to_owned())
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        contained("load", || self.0.load(key))
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        let lock = contained("lock", || self.0.lock(key, patience));
        Box::pin(async { Ok(Box::new(ContainedLock(lock.await?)) as Box<dyn StoreLock>) })
    }
}

impl StoreLock for ContainedLock {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        let lock = &mut self.0;
        contained("load", move || lock.load())
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        let lock = &mut self.0;
        contained("compare_and_swap", move || lock.compare_and_swap(expected, new))
    }

    fn keep_alive(&mut self) -> Later<'_, ()> {
        let lock = &mut self.0;
        contained("keep_alive", move || lock.keep_alive())
    }

    fn keep_aside<'a>(&'a mut self, record: &'a Record) -> Later<'a, Option<PathBuf>> {
        let lock = &mut self.0;
        contained("keep_aside", move || lock.keep_aside(record))
    }

    fn remove_unread(&mut self) -> Later<'_, bool> {
        let lock = &mut self.0;
        contained("remove_unread", move || lock.remove_unread())
    }

    fn unlock(self: Box<Self>) -> Later<'static, ()> {
        contained("unlock", move || self.0.unlock())
    }

    fn set_aside(&mut self) -> Vec<PathBuf> {
        catch_unwind(AssertUnwindSafe(|| self.0.set_aside())).unwrap_or_default()
    }
}
