//! A file store with keys: what it says of them, and how files change their key.

use std::fs::TryLockError;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::account::Account;
use super::beside::Beside;
use super::file::{FileStore, Lock};
use super::key_ring::KeyRing;
use super::key_source::KeySource;
use super::lock_file::LockFile;
use super::place::Place;
use super::private::{self, sync_folder};
use super::remedy::{failed, other_key, unopened};
use super::room::Room;
use super::seal::Opened;
use crate::body::Body;
use crate::error::Error;

impl FileStore {
    /// The same store, which seals everything that it writes with the source's first key, and opens what any
    /// of its keys sealed. What is not sealed it refuses: see [`reseal`](Self::reseal).
    ///
    /// The source is asked when the first file is read or written, once, on a thread of its own, and for 25
    /// seconds at most.
    #[must_use]
    pub fn with_keys(mut self, source: impl KeySource + 'static) -> Self {
        self.keys = Some(Arc::new(KeyRing::new(source)));
        self
    }

    /// Where the keys come from, for people; none if nothing is sealed.
    pub fn key_source(&self) -> Option<String> {
        self.keys.as_ref().map(|keys| keys.describe())
    }

    /// What the keys are called by, the current one first; none if nothing is sealed. It may block.
    ///
    /// # Errors
    ///
    /// `Store` if no keys come from the source.
    pub fn key_ids(&self) -> Result<Vec<String>, Error> {
        match &self.keys {
            Some(keys) => keys.ids(),
            None => Ok(Vec::new()),
        }
    }

    /// Fetches the keys, if there are any to fetch, where nobody is blocked by it.
    ///
    /// # Errors
    ///
    /// As [`key_ids`](Self::key_ids).
    pub async fn ready(&self) -> Result<(), Error> {
        if self.keys.is_none() {
            return Ok(());
        }
        let store = self.clone();
        // A person may be asked, which takes longer than any disk.
        self.disk.apart(move || store.key_ids().map(drop)).await
    }

    /// Seals an account's files with the current key, those beside it included: what is plain, and what an
    /// older key sealed. Whether that changed any. The source is asked for the keys anew. Each file is replaced as a
    /// whole or not at all; after an interruption it is done again.
    ///
    /// # Errors
    ///
    /// `Store` if the lock is not free within `patience`, or a file cannot be read, opened or replaced. If
    /// one is sealed with a key that the source does not give, none is changed.
    pub async fn reseal(&self, account: &Account, patience: Duration) -> Result<bool, Error> {
        self.ask_again().await?;
        self.seal_anew(account, patience).await
    }

    /// Seals every account's files as [`reseal`](Self::reseal) does; which accounts' it changed.
    ///
    /// # Errors
    ///
    /// As `reseal`, once the others' are sealed: the first account's that could not be.
    pub async fn reseal_all(&self, patience: Duration) -> Result<Vec<Account>, Error> {
        let each = self.reseal_each(patience).await?;
        let changed = |(account, changed): (Account, Result<bool, Error>)| match changed {
            Ok(changed) => changed.then_some(Ok(account)),
            Err(error) => Some(Err(error)),
        };
        each.into_iter().filter_map(changed).collect()
    }

    /// Seals an account's files or, without one, everybody's, as [`reseal`](Self::reseal) and
    /// [`reseal_all`](Self::reseal_all) do, and waits a minute for each; which accounts' it changed.
    ///
    /// # Errors
    ///
    /// As those.
    pub async fn reseal_of(&self, account: Option<Account>) -> Result<Vec<Account>, Error> {
        const PATIENCE: Duration = Duration::from_secs(60);
        let Some(account) = account else {
            return self.reseal_all(PATIENCE).await;
        };
        let changed = self.reseal(&account, PATIENCE).await?;
        Ok(changed.then_some(account).into_iter().collect())
    }

    /// [`reseal_all`](Self::reseal_all), with what came of each account, by name.
    ///
    /// # Errors
    ///
    /// `Store` if no keys come from the source, or the folder cannot be read.
    pub async fn reseal_each(
        &self,
        patience: Duration,
    ) -> Result<Vec<(Account, Result<bool, Error>)>, Error> {
        self.ask_again().await?;
        let store = self.clone();
        let mut each = Vec::new();
        for account in self.disk.blocking(move || store.all_profiles()).await? {
            let changed = self.seal_anew(&account, patience).await;
            each.push((account, changed));
        }
        Ok(each)
    }

    /// What a source gave before a key was changed would seal with the old one.
    async fn ask_again(&self) -> Result<(), Error> {
        let Some(keys) = self.keys.clone() else {
            return Err(Error::store("this store has no keys to seal with").with_advice("give it some"));
        };
        self.disk.apart(move || keys.asked_again().map(drop)).await
    }

    async fn seal_anew(&self, account: &Account, patience: Duration) -> Result<bool, Error> {
        let lock = self.lock(account, patience).await?;
        self.disk.blocking(move || lock.reseal()).await
    }
}

impl Lock {
    fn reseal(&self) -> Result<bool, Error> {
        let place = self.place();
        let mut changes = Vec::new();
        for path in everything(place)? {
            if let Some(text) = resealed(&path, place)? {
                changes.push((path, text));
            }
        }
        for (path, text) in &changes {
            replace(place, path, text)?;
        }
        Ok(!changes.is_empty())
    }
}

/// Whatever of a profile's may hold tokens. Folders are not this program's.
fn everything(place: &Place) -> Result<impl Iterator<Item = PathBuf>, Error> {
    let Beside { left, set_aside } = Beside::of(place)?;
    let beside = set_aside.into_iter().chain(left);
    Ok(beside.chain([place.to_path_buf()]).filter(|path| !path.is_dir()))
}

/// A file's text under the current key, if it is not already.
fn resealed(path: &Path, place: &Place) -> Result<Option<Body>, Error> {
    let seal = &place.seal;
    // What others could have written would be believed from then on.
    let Some(file) = private::open(path, private::options().read(true))? else {
        return Ok(None);
    };
    let file = LockFile::new(file);
    match file.try_lock_shared() {
        Ok(()) | Err(TryLockError::Error(_)) => {}
        // A login's, which goes on, and seals by itself.
        Err(TryLockError::WouldBlock) => return Ok(None),
    }
    let text = private::read(path, &file)?;
    match seal.open(&text)? {
        // Half of a record may hold a whole token.
        Opened::Plain if text.iter().all(u8::is_ascii_whitespace) => Ok(None),
        Opened::Plain => seal.seal(Body::new(text)).map(Some),
        Opened::Whole { is_current: true, .. } => Ok(None),
        // What is set aside nobody uses, and with another key it would open no better.
        Opened::Damaged(id) if path != &**place || seal.ids()?.first() == Some(&id) => Ok(None),
        Opened::Damaged(_) => Err(unopened(path)),
        Opened::Whole { text, .. } => seal.seal(Body::new(text)).map(Some),
        Opened::Foreign(id) => Err(other_key(path, &id, &seal.ids()?)),
    }
}

/// Puts a text in a file's place, which has one or the other whatever happens.
fn replace(place: &Place, path: &Path, text: &Body) -> Result<(), Error> {
    let mut room = Room::passing(place)?;
    room.put(text.as_bytes())
        .map_err(|error| failed(path, "cannot be replaced", error))?;
    room.take_place_of(path)?;
    sync_folder(path);
    Ok(())
}
