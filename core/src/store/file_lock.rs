//! Files as a [`TokenStore`].

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::time::Duration;

use super::blocking::Disk;
use super::chain::{Rank, rank};
use super::file::{FileStore, Lock};
use super::key::StoreKey;
use super::leftovers::copy_aside;
use super::pause::Pause;
use super::record::Record;
use super::room::Room;
use super::stored_token::StoredToken;
use super::token_store::{Later, StoreLock, TokenStore};
use crate::error::Error;

/// A profile's file under its lock. That new tokens are asked for is told by room for them beside the file,
/// so that the disk has it when they come.
pub struct FileLock {
    held: Arc<Mutex<Held>>,
    disk: Disk,
}

struct Held {
    lock: Lock,
    pause: Pause,
    room: Option<Room>,
    aside: Vec<PathBuf>,
}

impl TokenStore for FileStore {
    fn describe(&self) -> String {
        let folder = self.folder().display();
        match self.key_source() {
            Some(source) => format!("file {folder}, sealed; keys: {source}"),
            None => format!("file {folder}"),
        }
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        let (store, key) = (self.clone(), key.clone());
        self.disk.blocking(move || {
            let account = key.account();
            let failure = store.pause(account).read();
            // First, for what is read without the lock may change: of new tokens nobody says that they are asked for.
            let token = store.read(account);
            let is_there = matches!(token, Ok(Some(_)));
            // What waits is put in its place by whoever has the lock next. Another app's is no reason to have none.
            let waiting = (!is_there || store.may_wait(account)).then(|| store.newer(account));
            if let Some((_, newer)) = waiting.flatten().filter(|(_, newer)| key.is_of(newer)) {
                // A failure is of what is in the place.
                return Ok(Some(Record::new(newer)));
            }
            let is_asked = store.is_asked(account);
            Ok(token?.map(|token| Record::new(token).failed(is_asked, failure)))
        })
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        Box::pin(async move {
            let lock = FileStore::lock(self, key.account(), patience).await?;
            let held = Held {
                lock,
                pause: self.pause(key.account()),
                room: None,
                aside: Vec::new(),
            };
            Ok(Box::new(FileLock {
                held: Arc::new(Mutex::new(held)),
                disk: self.disk.clone(),
            }) as Box<dyn StoreLock>)
        })
    }
}

impl FileLock {
    fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Held) -> Result<T, Error> + Send + 'static,
    ) -> Later<'static, T> {
        let held = Arc::clone(&self.held);
        self.disk
            .blocking(move || work(&mut held.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl StoreLock for FileLock {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        self.with(Held::load)
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        let (expected, new) = (expected.cloned(), new.cloned());
        self.with(move |held| held.swap(expected.as_ref(), new.as_ref()))
    }

    fn keep_aside<'a>(&'a mut self, record: &'a Record) -> Later<'a, Option<PathBuf>> {
        let token = record.token.clone();
        self.with(move |held| copy_aside(held.lock.place(), &token).map(Some))
    }

    fn remove_unread(&mut self) -> Later<'_, bool> {
        self.with(|held| held.lock.remove_unread())
    }

    fn unlock(self: Box<Self>) -> Later<'static, ()> {
        Box::pin(async { Ok(()) })
    }

    fn set_aside(&mut self) -> Vec<PathBuf> {
        match self.held.try_lock() {
            Ok(mut held) => std::mem::take(&mut held.aside),
            Err(TryLockError::Poisoned(held)) => std::mem::take(&mut held.into_inner().aside),
            // Nobody waits for a disk that hangs.
            Err(TryLockError::WouldBlock) => Vec::new(),
        }
    }
}

impl Held {
    fn load(&mut self) -> Result<Option<Record>, Error> {
        let settled = self.lock.settle()?;
        self.aside.extend(settled.aside);
        let token = self.lock.read()?;
        Ok(token.map(|token| Record::new(token).failed(settled.interrupted, self.pause.read())))
    }

    fn swap(&mut self, expected: Option<&Record>, new: Option<&Record>) -> Result<bool, Error> {
        if let (Some(old), None) = (expected, new) {
            let is_another = |current: &StoredToken| rank(current, &old.token) != Rank::Same;
            if self.lock.read()?.as_ref().is_some_and(is_another) {
                return Ok(false);
            }
            self.lock.remove_current(&old.token)?;
            return Ok(true);
        }
        let read = self.lock.read();
        let is_expected = match (&read, expected) {
            (Ok(None), None) => true,
            (Ok(Some(current)), Some(expected)) => rank(current, &expected.token) == Rank::Same,
            // What cannot be read is moved aside when something else takes its place.
            (Err(_), _) => new.is_some(),
            // Somebody removed it while new tokens were asked for: they are all that is left. What was removed
            // does not come back.
            (Ok(None), Some(expected)) => match (self.room.take(), new) {
                (Some(room), Some(new)) if rank(&new.token, &expected.token) == Rank::Same => {
                    room.give_up();
                    false
                }
                (room, _) => {
                    self.room = room;
                    self.room.is_some()
                }
            },
            _ => false,
        };
        if !is_expected {
            return Ok(false);
        }
        let Some(new) = new else {
            return Ok(true);
        };
        if matches!(&read, Ok(Some(current)) if current == &new.token) {
            self.mark(new.asked)?;
        } else {
            self.keep(&new.token)?;
            if new.asked {
                self.mark(true)?;
            }
        }
        match &new.failure {
            Some(failure) => self.pause.keep(failure),
            None => self.pause.end(),
        }
        Ok(true)
    }

    /// Says with room beside the file that new tokens are asked for, or that they are not.
    fn mark(&mut self, asked: bool) -> Result<(), Error> {
        match (asked, self.room.take()) {
            (true, Some(room)) => self.room = Some(room),
            (true, None) => {
                let (room, aside) = self.lock.reserve()?;
                self.room = Some(room);
                self.aside.extend(aside);
            }
            (false, Some(room)) => room.give_up(),
            (false, None) => self.aside.extend(self.lock.end_interruption()?),
        }
        Ok(())
    }

    fn keep(&mut self, token: &StoredToken) -> Result<(), Error> {
        self.mark(true)?;
        if let Some(room) = self.room.take() {
            self.aside.extend(self.lock.save(room, token)?);
        }
        Ok(())
    }
}
