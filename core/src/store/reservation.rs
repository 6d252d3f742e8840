//! Keeping a token: the room for it is made before it is asked for, and it replaces the old one at
//! once or not at all.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::private::{self, MAX_FILE, failed};
use super::stored_token::StoredToken;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Outcome};

/// More bytes than a file of tokens has.
const ROOM: [u8; 16 * 1024] = [b' '; 16 * 1024];

/// A file beside the profile's own, with room for the next token.
pub struct Reservation<'a> {
    path: &'a Path,
    beside: PathBuf,
    file: File,
    interrupted: bool,
}

impl<'a> Reservation<'a> {
    /// Makes the room. A complete token that an interrupted process left there is put in its place
    /// first, if it is newer.
    pub(super) fn new(path: &'a Path) -> Result<Self, Error> {
        let beside = beside(path);
        let fail = |error| failed(&beside, "cannot be written", error);
        let left = adopt(path, &beside).map_err(fail)?;
        let mut file = private::options()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&beside)
            .map_err(fail)?;
        file.write_all(&ROOM)
            .and_then(|()| file.sync_all())
            .map_err(|error| {
                // It could not be written; a rest of it helps nobody.
                let _ = fs::remove_file(&beside);
                fail(error)
            })?;
        Ok(Self {
            path,
            beside,
            file,
            interrupted: left == Left::Interrupted,
        })
    }

    /// Whether the last process that asked for a token here ended before it could keep it.
    pub fn was_interrupted(&self) -> bool {
        self.interrupted
    }

    /// Replaces the profile's file. What could not be read there is kept beside it, under the name
    /// that is returned.
    ///
    /// # Errors
    ///
    /// `Store`; the old file is then untouched.
    pub fn save(mut self, token: &StoredToken) -> Result<Option<PathBuf>, Error> {
        let text = zeroize::Zeroizing::new(token.to_json());
        let mut write = || {
            self.file.rewind()?;
            self.file.write_all(text.as_bytes())?;
            self.file.set_len(text.len() as u64)?;
            self.file.sync_all()
        };
        write().map_err(|error| failed(&self.beside, "cannot be written", error))?;
        let kept = keep_unreadable(self.path)?;
        put_in_place(&self.beside, self.path)
            .map_err(|error| failed(self.path, "cannot be replaced", error))?;
        Ok(kept)
    }

    /// Gives the room back: nothing was asked for, or it was refused.
    pub fn give_up(self) {
        Self::forget(self.path);
    }

    /// Removes the room that a process left for a profile's file.
    pub(super) fn forget(path: &Path) {
        // What stays is overwritten by the next reservation.
        let _ = fs::remove_file(beside(path));
    }
}

fn beside(path: &Path) -> PathBuf {
    path.with_extension("json.new")
}

#[derive(PartialEq)]
enum Left {
    Nothing,
    /// Room that was never filled: a token may have been issued and lost.
    Interrupted,
    /// A whole token.
    Token,
}

/// What an earlier process left beside the profile's file; a newer token takes its place.
fn adopt(path: &Path, beside: &Path) -> io::Result<Left> {
    let file = match private::options().read(true).open(beside) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Left::Nothing),
        Err(error) => return Err(error),
    };
    let Ok(left) = read(file) else {
        return Ok(Left::Interrupted);
    };
    let current = private::options()
        .read(true)
        .open(path)
        .ok()
        .and_then(|file| read(file).ok());
    if current.is_none_or(|current| current.access_life.issued_at <= left.access_life.issued_at) {
        put_in_place(beside, path)?;
    }
    Ok(Left::Token)
}

/// A file's token, if it holds one whole.
fn read(file: File) -> Result<StoredToken, Error> {
    let mut text = zeroize::Zeroizing::new(Vec::new());
    file.take(MAX_FILE)
        .read_to_end(&mut text)
        .map_err(|error| Error::new(ErrorKind::Store, Outcome::NotSent, error.to_string()))?;
    StoredToken::from_json(&text)
}

fn put_in_place(beside: &Path, path: &Path) -> io::Result<()> {
    fs::rename(beside, path)?;
    // The new name survives a power cut once its folder is on the disk.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Moves a file that is no file of tokens aside.
fn keep_unreadable(path: &Path) -> Result<Option<PathBuf>, Error> {
    let unreadable = match private::options().read(true).open(path) {
        Ok(file) => read(file).is_err(),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    };
    if !unreadable {
        return Ok(None);
    }
    let aside = path.with_extension(format!("json.corrupt-{}", Clock::system().now()));
    fs::rename(path, &aside).map_err(|error| failed(path, "cannot be moved aside", error))?;
    Ok(Some(aside))
}
