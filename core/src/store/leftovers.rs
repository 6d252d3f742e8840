//! What processes that were ended left beside a profile's file.

use std::fs::{self, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::beside::{self, Beside};
use super::chain::{Rank, rank};
use super::lock_file::LockFile;
use super::pause::Pause;
use super::place::Place;
use super::private::{self, Exposure, sync_folder};
use super::record_file::{load, parse};
use super::remedy::{failed, in_use};
use super::seal::Seal;
use super::stored_token::{StoredToken, Unreadable};
use crate::error::Error;

/// What was found, and where it is now.
#[derive(Debug, Default)]
pub struct Settled {
    /// Whether the last process that asked for a token here ended before it could keep it, and no newer ones have come
    /// since.
    pub interrupted: bool,
    /// What could not be read or ranked: it is kept under these names.
    pub aside: Vec<PathBuf>,
}

enum Left {
    Gone,
    /// Whoever made it lives.
    Busy,
    /// Room without anything in it, still open: whoever made it finds it locked.
    Empty(LockFile),
    /// A part of a record, a later release's, or what others could have written.
    Foreign,
    Record(Box<StoredToken>),
}

/// Puts whole records where they belong: a newer one in the profile's place, one that cannot be
/// ranked aside. The profile's lock is held.
pub(super) fn settle(profile: &Place) -> Result<Settled, Error> {
    let mut settled = Settled::default();
    let mut records = Vec::new();
    let Beside { left, mut set_aside } = Beside::of(profile)?;
    for path in left {
        let is_mark = path == beside::next(profile);
        match look(&path, &profile.seal)? {
            Left::Record(record) => records.push((record, path)),
            Left::Empty(_locked) if !is_mark => remove(&path)?,
            Left::Foreign if !is_mark => settled.aside.push(move_aside(&path, beside::aside(profile))?),
            // It stays until there is new room: it says that a token may have been lost.
            Left::Empty(_) | Left::Foreign => settled.interrupted = true,
            Left::Gone | Left::Busy => {}
        }
    }
    // So that each finds in place the one that it replaced.
    records.sort_by_key(|(record, _)| record.sequence);
    for (record, path) in records {
        let current = match current(profile) {
            Current::Record(current) => Some(current),
            Current::Broken => {
                let kept = move_aside(profile, beside::corrupt(profile))?;
                settled.aside.push(kept);
                None
            }
            Current::None => None,
            // Whoever reads it is told what is wrong with it.
            Current::Refused | Current::Sealed(_) => continue,
        };
        match current
            .as_ref()
            .map_or(Rank::Newer, |current| rank(&record, current))
        {
            Rank::Newer => {
                // Its place was taken without being named: only earlier releases did that.
                let is_named =
                    |current: &StoredToken| record.follows(Some(current)) || record.has_used_up(current);
                if let Some(current) = current.filter(|current| !is_named(current)) {
                    settled.aside.push(copy_aside(profile, &current)?);
                }
                put_in_place(&path, profile)?;
                // What may have been lost is the next of the tokens that were in this place.
                if settled.interrupted {
                    settled.aside.extend(end_mark(profile)?);
                    settled.interrupted = false;
                }
            }
            Rank::Same | Rank::Older => remove(&path)?,
            Rank::Unknown => settled.aside.push(move_aside(&path, beside::aside(profile))?),
        }
    }
    // What could not be ranked once may be the next one by now.
    set_aside.extend_from_slice(&settled.aside);
    while let Some((path, _)) = next_aside(profile, &set_aside) {
        put_in_place(&path, profile)?;
        for aside in [&mut set_aside, &mut settled.aside] {
            aside.retain(|aside| aside != &path);
        }
    }
    Ok(settled)
}

/// What was set aside and was issued in place of the record in use.
fn next_aside(profile: &Place, set_aside: &[PathBuf]) -> Option<(PathBuf, StoredToken)> {
    let Some(Current::Record(current)) = (!set_aside.is_empty()).then(|| current(profile)) else {
        return None;
    };
    set_aside.iter().find_map(|path| match look(path, &profile.seal) {
        Ok(Left::Record(record)) if record.follows(Some(&current)) => Some((path.clone(), *record)),
        _ => None,
    })
}

fn put_in_place(path: &Path, profile: &Path) -> Result<(), Error> {
    fs::rename(path, profile).map_err(|error| failed(profile, "cannot be replaced", error))?;
    sync_folder(profile);
    // It was about other tokens.
    Pause::new(profile).end();
    Ok(())
}

/// The newest of the records that [`settle`] would put in the profile's place, and where it is.
pub(super) fn waiting(profile: &Place) -> Option<(PathBuf, StoredToken)> {
    let current = match current(profile) {
        Current::Record(current) => Some(current),
        Current::None | Current::Broken => None,
        Current::Refused | Current::Sealed(_) => return None,
    };
    let Beside { left, set_aside } = Beside::of(profile).ok()?;
    left.into_iter()
        .filter_map(|path| match look(&path, &profile.seal) {
            Ok(Left::Record(record)) => Some((path, *record)),
            _ => None,
        })
        .filter(|(_, record)| {
            current
                .as_ref()
                .is_none_or(|current| rank(record, current) == Rank::Newer)
        })
        .chain(next_aside(profile, &set_aside))
        .max_by_key(|(_, record)| record.sequence)
}

/// Whether somebody is about to ask for a token, or has asked: whoever holds the profile's lock does
/// not, unless the lock's file was removed, and others lock another.
pub(super) fn is_in_use(profile: &Place) -> bool {
    matches!(look(&beside::next(profile), &profile.seal), Ok(Left::Busy))
}

/// Whether nothing stands in the place of the next record that can neither be read nor moved, nor in the
/// profile's what another key sealed.
pub(super) fn check(profile: &Place) -> Result<(), Error> {
    if let Current::Sealed(error) = current(profile) {
        return Err(*error);
    }
    beside::left(profile)?
        .iter()
        .try_for_each(|path| look(path, &profile.seal).map(drop))
}

/// Makes place for new room: what is there and no empty room is kept.
pub(super) fn clear(profile: &Place) -> Result<Option<PathBuf>, Error> {
    let path = beside::next(profile);
    match look(&path, &profile.seal)? {
        Left::Gone | Left::Empty(_) => Ok(None),
        // Its refresh token is on its way: nobody else sends it.
        Left::Busy => Err(in_use(&path)),
        Left::Foreign | Left::Record(_) => move_aside(&path, beside::aside(profile)).map(Some),
    }
}

/// Removes the mark of an interruption; what is there and no empty room is kept.
pub(super) fn end_mark(profile: &Place) -> Result<Option<PathBuf>, Error> {
    let aside = clear(profile)?;
    if aside.is_none() {
        remove(&beside::next(profile))?;
    }
    Ok(aside)
}

/// Keeps what is in the profile's place, before a new record comes there, unless that replaces it.
pub(super) fn keep_others(profile: &Place, new: &StoredToken) -> Result<Option<PathBuf>, Error> {
    match current(profile) {
        Current::None => Ok(None),
        Current::Record(current) if new.follows(Some(&current)) || rank(new, &current) == Rank::Same => {
            Ok(None)
        }
        // It came although the profile is locked: somebody removed the lock's file.
        Current::Record(current) => copy_aside(profile, &current).map(Some),
        Current::Broken | Current::Refused => move_aside(profile, beside::corrupt(profile)).map(Some),
        Current::Sealed(error) => Err(*error),
    }
}

enum Current {
    None,
    Record(Box<StoredToken>),
    /// Not whole.
    Broken,
    /// Of a later release, no file, or not private.
    Refused,
    /// Of a store with other keys, or without any: what to say.
    Sealed(Box<Error>),
}

fn current(profile: &Place) -> Current {
    match load(profile) {
        Ok(None) => Current::None,
        Ok(Some(Ok(record))) => Current::Record(Box::new(record)),
        Ok(Some(Err(Unreadable::Broken(_)))) => Current::Broken,
        Ok(Some(Err(Unreadable::Sealed(error)))) => Current::Sealed(error),
        Ok(Some(Err(Unreadable::Newer))) | Err(_) => Current::Refused,
    }
}

/// What stands beside a profile's file, but for the room of a login that is going on, and for
/// folders, which this program did not make.
pub(super) fn removable(profile: &Place) -> Result<Beside, Error> {
    let is_folder = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|entry| entry.is_dir());
    let mut beside = Beside::of(profile)?;
    beside
        .left
        .retain(|path| !is_folder(path) && !matches!(look(path, &profile.seal), Ok(Left::Busy | Left::Gone)));
    beside.set_aside.retain(|path| !is_folder(path));
    Ok(beside)
}

fn look(path: &Path, seal: &Seal) -> Result<Left, Error> {
    let Some((file, exposure)) = private::open_any(path, private::options().read(true))? else {
        return Ok(Left::Gone);
    };
    let file = LockFile::new(file);
    // Whoever makes room locks it; those who look disturb nobody, and not each other.
    match file.try_lock_shared() {
        Ok(()) | Err(TryLockError::Error(_)) => {}
        Err(TryLockError::WouldBlock) => return Ok(Left::Busy),
    }
    // Its name may be another's by now.
    if private::is_removed(path, &file) {
        return Ok(Left::Gone);
    }
    let text = private::read(path, &file)?;
    if text.iter().all(u8::is_ascii_whitespace) {
        return Ok(Left::Empty(file));
    }
    match parse(path, &text, seal) {
        Ok(record) if exposure == Exposure::None => Ok(Left::Record(Box::new(record))),
        // It waits for whoever has its key.
        Err(Unreadable::Sealed(error)) => Err(*error),
        _ => Ok(Left::Foreign),
    }
}

/// Removes a file, if it is still there: a login that ends takes its room along without the lock.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(failed(path, "cannot be removed", error))
        }
        _ => Ok(()),
    }
}

fn move_aside(path: &Path, aside: PathBuf) -> Result<PathBuf, Error> {
    fs::rename(path, &aside).map_err(|error| failed(path, "cannot be moved aside", error))?;
    sync_folder(path);
    Ok(aside)
}

/// Keeps a record beside the profile's, so that its place is never empty. Where a copy of the tokens is there already,
/// that one will do: what comes again and again, as at each start of a program, fills no folder.
pub(super) fn copy_aside(profile: &Place, current: &StoredToken) -> Result<PathBuf, Error> {
    let has_it = |path: &PathBuf| match look(path, &profile.seal) {
        Ok(Left::Record(copy)) => {
            rank(&copy, current) == Rank::Same
                && copy.is_same_app_as(current)
                && copy.app_secret == current.app_secret
        }
        _ => false,
    };
    if let Some(copy) = beside::set_aside(profile).into_iter().find(has_it) {
        return Ok(copy);
    }
    let aside = beside::aside(profile);
    let text = profile.seal.seal(current.to_json())?;
    let written = private::options()
        .write(true)
        .create_new(true)
        .open(&aside)
        .and_then(|mut file| {
            io::Write::write_all(&mut file, text.as_bytes())
                .and_then(|()| file.sync_all())
                // A part of a record would be kept for ever, and one more each time.
                .inspect_err(|_| drop(fs::remove_file(&aside)))
        });
    written.map_err(|error| failed(&aside, "cannot be written", error))?;
    sync_folder(&aside);
    Ok(aside)
}
