//! What a place for tokens has to do, whoever wrote it.

use std::fmt;
use std::future::ready;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use super::key::StoreKey;
use super::record::Record;
use crate::error::Error;

/// What a store's method gives, later.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// A place where tokens rest, shared by every process that renews them.
///
/// It keeps one text a key and decides nothing: what a text means, which of two is newer and when one is
/// replaced is [`TokenManager`](crate::TokenManager)'s to know. Its methods may take their time; none of
/// them is called while another of the same lock is.
pub trait TokenStore: Send + Sync {
    /// What it is, and where, for people: `file /home/ada/.local/share/pinterest-sdk`. No secret.
    fn describe(&self) -> String;

    /// What is kept for a key, whoever has it locked.
    ///
    /// # Errors
    ///
    /// [`Error::store`], saying what to do.
    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>>;

    /// Waits, up to `patience`, until nobody else has the key locked, in this process and in all others.
    /// A lock of a process that has died must not last for ever.
    ///
    /// # Errors
    ///
    /// [`Error::store`], also when the patience is at its end.
    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>>;
}

/// A key that nobody else changes meanwhile. Dropping it gives the lock up as well, as soon as can be.
pub trait StoreLock: Send {
    /// What is kept now.
    ///
    /// # Errors
    ///
    /// As [`TokenStore::load`].
    fn load(&mut self) -> Later<'_, Option<Record>>;

    /// Keeps `new` durably, or nothing for `None`, if `expected` is what is kept: if [`Record::text`] is the
    /// same, or both are nothing. Otherwise, and once the lock is somebody else's, nothing is changed
    /// and it gives `false`.
    ///
    /// # Errors
    ///
    /// As [`TokenStore::load`]; it may then have been kept or not.
    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool>;

    /// Makes the lock last: called every few seconds while it is needed.
    ///
    /// # Errors
    ///
    /// As [`TokenStore::load`].
    fn keep_alive(&mut self) -> Later<'_, ()> {
        Box::pin(ready(Ok(())))
    }

    /// Keeps beside what is there a record of which nobody knows whether it is newer, and gives its name; none
    /// where a store has no such place.
    ///
    /// # Errors
    ///
    /// As [`TokenStore::load`].
    fn keep_aside<'a>(&'a mut self, _record: &'a Record) -> Later<'a, Option<PathBuf>> {
        Box::pin(ready(Ok(None)))
    }

    /// Removes what is there although it cannot be read; `false` where a store does not do that. It is not asked of one
    /// whose texts are given to [`Record::from_text`]: what is none is swapped for nothing.
    ///
    /// # Errors
    ///
    /// As [`TokenStore::load`].
    fn remove_unread(&mut self) -> Later<'_, bool> {
        Box::pin(ready(Ok(false)))
    }

    /// Gives the lock up.
    ///
    /// # Errors
    ///
    /// As [`TokenStore::load`].
    fn unlock(self: Box<Self>) -> Later<'static, ()>;

    /// Where copies are of what could not be read or ranked, and was kept.
    fn set_aside(&mut self) -> Vec<PathBuf> {
        Vec::new()
    }
}

/// For a program that chooses its store while it runs.
impl TokenStore for Box<dyn TokenStore> {
    fn describe(&self) -> String {
        (**self).describe()
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        (**self).load(key)
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        (**self).lock(key, patience)
    }
}

impl fmt::Debug for dyn TokenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe())
    }
}
