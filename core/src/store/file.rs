//! One file a profile in the person's data folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use etcetera::BaseStrategy as _;

use super::account::Account;
use super::beside::{self, Beside};
use super::blocking::Disk;
use super::chain::{Rank, rank};
use super::key_ring::KeyRing;
use super::leftovers::{self, Settled};
use super::lock_file::LockFile;
use super::namesake;
use super::pause::Pause;
use super::place::Place;
use super::private;
use super::record_file::load;
use super::remedy::{failed, homeless, refuse};
use super::room::Room;
use super::seal::Seal;
use super::stored_token::{StoredToken, Unreadable};
use crate::error::Error;

/// The folder with a file a profile.
#[derive(Debug, Clone)]
pub struct FileStore {
    pub(super) folder: PathBuf,
    /// What a folder's files are truly called, whatever other names open them.
    pub(super) names: fn(&Path) -> Vec<String>,
    /// Set while a lock is waited for.
    pub(super) waits: Arc<AtomicBool>,
    /// Where the disk is waited for.
    pub(super) disk: Disk,
    /// What seals the files, if anything does.
    pub(super) keys: Option<Arc<KeyRing>>,
}

/// A profile that no other process changes meanwhile.
pub struct Lock {
    path: Place,
    /// The system frees it when the process ends, however it ends. Its file stays: removing it would
    /// let two processes lock two files of one name.
    _file: LockFile,
}

impl FileStore {
    /// The store in the platform's data folder; nothing is made yet.
    ///
    /// # Errors
    ///
    /// `Store` if the person has no home folder.
    pub fn in_data_folder() -> Result<Self, Error> {
        let base = etcetera::choose_base_strategy().map_err(homeless)?;
        Ok(Self::new(base.data_dir().join("pinterest-sdk")))
    }

    /// The store in a folder, which is made, for its owner alone, when something is kept.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            names: beside::names,
            waits: Arc::default(),
            disk: Disk::default(),
            keys: None,
        }
    }

    /// The same store, with a flag that is set while it waits for another process to give up a lock.
    #[must_use]
    pub fn with_wait_flag(mut self, flag: Arc<AtomicBool>) -> Self {
        self.waits = flag;
        self
    }

    /// The same store, which waits for the disk on the thread that asks: for a program that has nothing
    /// else to do meanwhile, and starts no thread for it.
    #[must_use]
    pub fn without_threads(mut self) -> Self {
        self.disk = Disk::without_threads();
        self
    }

    /// Where the files are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The profile's file.
    pub fn path(&self, profile: &Account) -> PathBuf {
        self.folder.join(self.stem(profile) + ".json")
    }

    pub(super) fn place(&self, profile: &Account) -> Place {
        self.placed(self.path(profile), profile)
    }

    fn placed(&self, path: PathBuf, profile: &Account) -> Place {
        Place::new(path, Seal::new(profile.clone(), self.keys.clone()))
    }

    /// A file that an earlier release wrote under the plain name keeps it, if it is this profile's:
    /// where `Work` and `work` are one to the file system, the folder's list tells whose it is.
    fn stem(&self, profile: &Account) -> String {
        let (stem, plain) = (profile.stem(), profile.as_str());
        if stem == plain {
            return stem;
        }
        let plain_file = format!("{plain}.json");
        let is_listed = fs::symlink_metadata(self.folder.join(&plain_file)).is_ok()
            && (self.names)(&self.folder).contains(&plain_file);
        if is_listed { plain.to_owned() } else { stem }
    }

    /// The profile's file, if what opens under its name is its own.
    pub(super) fn own_path(&self, profile: &Account) -> Result<PathBuf, Error> {
        let path = self.path(profile);
        if !namesake::may_be(&path) {
            return Ok(path);
        }
        namesake::check(&path, &(self.names)(&self.folder)).map(|()| path)
    }

    /// The profiles that have a file, or something that a process left in its place, by name.
    ///
    /// # Errors
    ///
    /// `Store` if the folder cannot be read.
    pub fn profiles(&self) -> Result<Vec<Account>, Error> {
        self.named(beside::stem)
    }

    /// The same, and those of whom only what could not be read or ranked is left: it may hold tokens that live.
    ///
    /// # Errors
    ///
    /// As [`profiles`](Self::profiles).
    pub fn all_profiles(&self) -> Result<Vec<Account>, Error> {
        self.named(beside::owner)
    }

    fn named(&self, stem_of: fn(&str) -> Option<&str>) -> Result<Vec<Account>, Error> {
        match fs::read_dir(&self.folder) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(&self.folder, "cannot be read", error)),
        }
        let mut profiles: Vec<Account> = (self.names)(&self.folder)
            .iter()
            .filter_map(|name| Account::from_stem(stem_of(name)?))
            .collect();
        profiles.sort();
        profiles.dedup();
        Ok(profiles)
    }

    /// Those beside whose file something stands, as [`newer`](Self::newer) and [`set_aside`](Self::set_aside)
    /// find it, by name: one look at the folder tells it of many thousand profiles.
    ///
    /// # Errors
    ///
    /// As [`profiles`](Self::profiles).
    pub fn profiles_with_more(&self) -> Result<Vec<Account>, Error> {
        self.named(|name| beside::owner(name).filter(|stem| name.strip_prefix(*stem) != Some(".json")))
    }

    /// What is kept for a profile.
    ///
    /// # Errors
    ///
    /// `Store` if its file is not a private file of tokens.
    pub fn read(&self, profile: &Account) -> Result<Option<StoredToken>, Error> {
        read(&self.placed(self.own_path(profile)?, profile))
    }

    /// Whether new tokens were asked for, and what came of it is not in its place yet.
    pub(super) fn is_asked(&self, profile: &Account) -> bool {
        fs::symlink_metadata(beside::next(&self.path(profile))).is_ok()
    }

    /// Whether newer tokens may stand beside the profile's. A look at the whole folder, which has the files of every
    /// profile, would miss none; but room is made in the first place that is free, and few wait at a time.
    pub(super) fn may_wait(&self, profile: &Account) -> bool {
        let path = self.path(profile);
        let places = [beside::next(&path), beside::numbered_next(&path, 1)];
        places.iter().any(|place| fs::symlink_metadata(place).is_ok())
    }

    /// Whether something stands beside a profile's file that [`Lock::settle`] may put in its place.
    pub fn has_leftovers(&self, profile: &Account) -> bool {
        beside::left(&self.path(profile)).is_ok_and(|left| !left.is_empty())
    }

    /// Tokens that are newer than the profile's, and where they are: a process that was ended left them beside its place,
    /// and [`Lock::settle`] puts them there. What a process that lives has there is its own.
    pub fn newer(&self, profile: &Account) -> Option<(PathBuf, StoredToken)> {
        leftovers::waiting(&self.place(profile))
    }

    /// What of a profile's could not be read or ranked, and is kept beside its file.
    pub fn set_aside(&self, profile: &Account) -> Vec<PathBuf> {
        beside::set_aside(&self.path(profile))
    }

    /// The pause between early renewals of a profile.
    pub fn pause(&self, profile: &Account) -> Pause {
        Pause::new(&self.path(profile))
    }

    /// Room for a record that is asked for without the profile's lock, as by a login. It is gone
    /// when it is dropped empty.
    ///
    /// # Errors
    ///
    /// `Store`, as for a full disk.
    pub fn reserve(&self, profile: &Account) -> Result<Room, Error> {
        // What would stand in the way at the end is said at the beginning.
        self.check_lock(profile)?;
        let place = self.place(profile);
        leftovers::check(&place)?;
        Room::passing(&place)
    }

    /// Makes sure that a profile can be locked, without waiting for whoever has it locked.
    ///
    /// # Errors
    ///
    /// `Store` if its lock's file cannot be opened, or is not private.
    pub fn check_lock(&self, profile: &Account) -> Result<(), Error> {
        private::folder(&self.folder)?;
        self.lock_file(profile).map(drop)
    }

    pub(super) fn lock_file(&self, profile: &Account) -> Result<(PathBuf, LockFile), Error> {
        let path = self.own_path(profile)?.with_extension("lock");
        let mut options = private::options();
        let options = options.read(true).write(true).create(true).truncate(false);
        let file = private::open(&path, options)?
            .ok_or_else(|| failed(&path, "cannot be opened", io::ErrorKind::NotFound.into()))?;
        Ok((path, LockFile::new(file)))
    }
}

impl Lock {
    /// That of a file that is locked.
    pub(super) fn new(path: Place, file: LockFile) -> Self {
        Self { path, _file: file }
    }

    pub(super) fn place(&self) -> &Place {
        &self.path
    }

    /// Puts what processes that were ended left behind where it belongs.
    ///
    /// # Errors
    ///
    /// `Store` if it cannot be read or moved.
    pub fn settle(&self) -> Result<Settled, Error> {
        leftovers::settle(&self.path)
    }

    /// What is kept now.
    ///
    /// # Errors
    ///
    /// As [`FileStore::read`].
    pub fn read(&self) -> Result<Option<StoredToken>, Error> {
        read(&self.path)
    }

    /// Makes sure, before a token is asked for, that it can be kept; also the name of what stood in
    /// the way and was kept.
    ///
    /// # Errors
    ///
    /// `Store`, as for a full disk.
    pub fn reserve(&self) -> Result<(Room, Option<PathBuf>), Error> {
        leftovers::check(&self.path)?;
        let aside = leftovers::clear(&self.path)?;
        Ok((Room::mark(&self.path)?, aside))
    }

    /// Forgets that a renewal was cut off, once other tokens are kept than it may have lost; also the
    /// name of what it left behind and is kept.
    ///
    /// # Errors
    ///
    /// `Store` if its mark cannot be removed.
    pub fn end_interruption(&self) -> Result<Option<PathBuf>, Error> {
        leftovers::end_mark(&self.path)
    }

    /// Replaces the profile's file, as a whole or not at all. What was there and was not replaced by
    /// these tokens, or could not be read, is kept beside it, under the name that is returned.
    ///
    /// # Errors
    ///
    /// `Store`, with the outcome `Unknown`: Pinterest has answered. Where the tokens are on the disk
    /// all the same, the next [`settle`](Self::settle) puts them in place.
    pub fn save(&self, room: Room, token: &StoredToken) -> Result<Option<PathBuf>, Error> {
        // On the disk first: whatever happens then, the next process finds it.
        let room = room.holding(&self.path, token)?;
        let kept = leftovers::keep_others(&self.path, token).map_err(|error| room.stands(&error))?;
        if let Err(error) = room.put_in_place(&self.path) {
            // Somebody removed it, or the disk fails there: once more, from another place.
            let again = Room::passing(&self.path)
                .and_then(|room| room.holding(&self.path, token)?.put_in_place(&self.path));
            return again.map(|()| kept).map_err(|_| error);
        }
        Ok(kept)
    }

    /// Forgets the profile's tokens, which have ended, and nothing that is kept beside them, whose
    /// tokens are others.
    ///
    /// # Errors
    ///
    /// `Store` if the file cannot be removed, or holds other tokens by now.
    pub fn remove_current(&self, ended: &StoredToken) -> Result<(), Error> {
        match load(&self.path) {
            Ok(Some(Ok(current))) if rank(&current, ended) != Rank::Same => {
                return Err(
                    refuse(&self.path, "holds other tokens by now, which have not ended")
                        .with_hint("revoke those as well"),
                );
            }
            Ok(Some(Err(Unreadable::Sealed(error)))) => return Err(*error),
            _ => {}
        }
        Pause::new(&self.path).end();
        self.end_interruption()?;
        leftovers::remove(&self.path)
    }

    /// [`remove`](Self::remove) for what cannot be read; whether that was done. Where reading fails for now, because the
    /// keys are not to be had or the disk fails, it stays.
    pub(super) fn remove_unread(&self) -> Result<bool, Error> {
        let fails = match load(&self.path) {
            Ok(_) => self.path.seal.ids().is_err(),
            // What the system refuses has a cause of its own.
            Err(error) => std::error::Error::source(&error).is_some(),
        };
        if fails { Ok(false) } else { self.remove() }
    }

    /// Forgets the profile's tokens, with everything that is kept beside them; whether there were any.
    ///
    /// # Errors
    ///
    /// `Store` if a file cannot be removed.
    pub fn remove(&self) -> Result<bool, Error> {
        Pause::new(&self.path).end();
        let Beside { left, set_aside } = leftovers::removable(&self.path)?;
        let waited = !left.is_empty() && leftovers::waiting(&self.path).is_some();
        for path in left.iter().chain(&set_aside) {
            leftovers::remove(path)?;
        }
        match fs::remove_file(&self.path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(waited || !set_aside.is_empty()),
            Err(error) => Err(failed(&self.path, "cannot be removed", error)),
        }
    }
}

fn read(place: &Place) -> Result<Option<StoredToken>, Error> {
    load(place)?.transpose().map_err(|error| {
        let refused = refuse(place, &format!("cannot be used: {}", error.what()));
        match error {
            Unreadable::Newer => refused.with_hint("update this program"),
            Unreadable::Broken(_) => refused.with_hint("log in again; the file is kept beside the new one"),
            Unreadable::Sealed(error) => *error,
        }
    })
}
