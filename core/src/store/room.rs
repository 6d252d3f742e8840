//! Room on the disk for a record, made before the record is asked for.

use std::fs::{self, TryLockError};
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::beside;
use super::lock_file::LockFile;
use super::place::Place;
use super::private::{self, sync_folder};
use super::remedy::{answered, failed, without_locks};
use super::seal::Seal;
use super::stored_token::StoredToken;
use crate::error::Error;

/// More bytes than a record has.
const ROOM: [u8; 16 * 1024] = [b' '; 16 * 1024];

/// How many logins to one profile can wait at a time.
const MOST: u32 = 1000;

/// A file of our own beside the profile's, with room for the next record.
pub struct Room {
    path: PathBuf,
    file: LockFile,
    seal: Seal,
    /// Whether it stays when it is dropped.
    stays: bool,
    holds: Option<StoredToken>,
}

impl Room {
    /// Room that stays, also if this process is killed, and so tells the next one that a token may
    /// have been issued and lost. It takes the place of the mark that another one left.
    ///
    /// # Errors
    ///
    /// `Store`, as for a full disk; that mark is then still there.
    pub(super) fn mark(profile: &Place) -> Result<Self, Error> {
        let mut room = Self::passing(profile)?;
        let path = beside::next(profile);
        fs::rename(&room.path, &path).map_err(|error| failed(&path, "cannot be written", error))?;
        sync_folder(&path);
        room.path = path;
        room.stays = true;
        Ok(room)
    }

    /// Room that goes when it is dropped empty. It is locked until then, so that no other process
    /// takes it for something that was left behind.
    ///
    /// # Errors
    ///
    /// `Store`, as for a full disk.
    pub(super) fn passing(profile: &Place) -> Result<Self, Error> {
        // Without a key nothing could be written: that is known before anything is asked for.
        profile.seal.ids()?;
        let mut number = 0;
        loop {
            number += 1;
            let path = beside::numbered_next(profile, number);
            let file = private::options().write(true).create_new(true).open(&path);
            let file = match file {
                Ok(file) => LockFile::new(file),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < MOST => continue,
                Err(error) => return Err(failed(&path, "cannot be written", error)),
            };
            match file.try_lock() {
                // Another process may have found it empty and unlocked.
                Ok(()) if private::is_removed(&path, &file) => {}
                Ok(()) => return Self::fill(path, file, profile.seal.clone()),
                // Another process looks at it, and removes it.
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => {
                    let _ = fs::remove_file(&path);
                    return Err(without_locks(&path, error));
                }
            }
        }
    }

    fn fill(path: PathBuf, file: LockFile, seal: Seal) -> Result<Self, Error> {
        let mut room = Self {
            path,
            file,
            seal,
            stays: false,
            holds: None,
        };
        room.file
            .write_all(&ROOM)
            .and_then(|()| room.file.sync_all())
            .map_err(|error| failed(&room.path, "cannot be written", error))?;
        sync_folder(&room.path);
        Ok(room)
    }

    /// Writes a record into the room, and to the disk. Another process that finds it takes it from there.
    ///
    /// # Errors
    ///
    /// `Store`, if the disk fails.
    pub fn write(&mut self, token: &StoredToken) -> Result<(), Error> {
        let text = self
            .seal
            .seal(token.to_json())
            .map_err(|error| answered(&error))?;
        self.put(text.as_bytes())
            .map_err(|error| answered(&failed(&self.path, "cannot be written", error)))?;
        self.holds = Some(token.clone());
        Ok(())
    }

    /// Writes a text, and to the disk.
    pub(super) fn put(&mut self, text: &[u8]) -> io::Result<()> {
        // What is half written is no room any more, and may be all that is left of a token.
        self.stays = true;
        self.file.rewind()?;
        self.file.write_all(text)?;
        self.file.set_len(text.len() as u64)?;
        self.file.sync_all()?;
        self.stands_there()
    }

    /// Room that has the record on the disk: this one or, if it has another or fails, a new one in
    /// the same folder.
    ///
    /// # Errors
    ///
    /// `Store`, if the disk fails everywhere.
    pub(super) fn holding(mut self, profile: &Place, token: &StoredToken) -> Result<Self, Error> {
        if self.holds.is_none() && self.write(token).is_ok() || self.holds.as_ref() == Some(token) {
            return Ok(self);
        }
        let mut other = profile
            .parent()
            // Somebody may have removed it.
            .map_or(Ok(()), private::folder)
            .and_then(|()| Self::passing(profile))
            .map_err(|error| answered(&error))?;
        other.write(token)?;
        // What this one holds is in the other as well.
        self.stays = false;
        Ok(other)
    }

    /// Puts the record that the room holds in the profile's place.
    ///
    /// # Errors
    ///
    /// `Store`, saying where the record is.
    pub(super) fn put_in_place(self, profile: &Path) -> Result<(), Error> {
        self.stands_there()
            .map_err(|error| answered(&failed(&self.path, "cannot be put in place", error)))?;
        fs::rename(&self.path, profile)
            .map_err(|error| self.stands(&failed(profile, "cannot be replaced", error)))?;
        sync_folder(profile);
        Ok(())
    }

    /// Puts what was written in the place of another file; it is gone if that fails.
    pub(super) fn take_place_of(mut self, path: &Path) -> Result<(), Error> {
        let moved = fs::rename(&self.path, path);
        self.stays = moved.is_ok();
        moved.map_err(|error| failed(path, "cannot be replaced", error))
    }

    /// Whether its name still leads to it: whoever removes the lock's file lets another process make
    /// room under the same name.
    fn stands_there(&self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let (named, own) = (fs::symlink_metadata(&self.path)?, self.file.metadata()?);
            if (named.dev(), named.ino()) != (own.dev(), own.ino()) {
                return Err(io::Error::new(
                    io::ErrorKind::NotFound,
                    "somebody removed or replaced it",
                ));
            }
        }
        Ok(())
    }

    /// A failure after the record was got, and written here if that could be.
    pub fn stands(&self, error: &Error) -> Error {
        if self.holds.is_none() {
            return answered(error);
        }
        let place = format!(
            "they are in {}, and the next command puts them in place once it can",
            self.path.display()
        );
        answered(error).with_hint(match error.hint() {
            Some(hint) => format!("{hint}; {place}"),
            None => place,
        })
    }

    /// Gives the room back: nothing was asked for, or it was refused.
    pub fn give_up(mut self) {
        self.stays = false;
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if !self.stays && self.stands_there().is_ok() {
            // What stays is found, and removed, by the next process.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::{LockFile, MOST, Place, Room, Seal};
    use crate::error::{ErrorKind, Outcome};
    use crate::store::stored_token::record;
    use crate::store::{beside, leftovers};

    /// A folder of its own for each test, and the profile's place in it.
    fn place(name: &str) -> (PathBuf, Place) {
        let folder = std::env::temp_dir().join(format!("pinterest-sdk-room-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        let seal = Seal::new("default".parse().unwrap(), None);
        (folder.clone(), Place::new(folder.join("default.json"), seal))
    }

    fn names(folder: &PathBuf) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_record_whose_room_fails_is_written_elsewhere_in_the_folder() {
        let (folder, profile) = place("fails");
        let mut room = Room::mark(&profile).unwrap();
        // A file that cannot be written in, as on a disk that fails.
        room.file = LockFile::new(File::open(&room.path).unwrap());
        let room = room.holding(&profile, &record("a", None)).unwrap();
        assert_eq!(names(&folder), ["default.json.new-1"]);
        room.put_in_place(&profile).unwrap();
        assert_eq!(names(&folder), ["default.json"]);
        assert!(fs::read_to_string(&profile).unwrap().contains("\"a\""));
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn room_whose_name_is_anothers_by_now_is_not_written_in_and_not_removed() {
        let (folder, profile) = place("anothers");
        let room = Room::mark(&profile).unwrap();
        let another = folder.join("another");
        fs::write(&another, "theirs").unwrap();
        fs::rename(another, &room.path).unwrap();
        let room = room.holding(&profile, &record("a", None)).unwrap();
        room.put_in_place(&profile).unwrap();
        assert_eq!(names(&folder), ["default.json", "default.json.new"]);
        assert_eq!(
            fs::read_to_string(folder.join("default.json.new")).unwrap(),
            "theirs"
        );
        fs::remove_dir_all(folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn what_is_anothers_is_not_put_in_place() {
        let (folder, profile) = place("not-ours");
        let room = Room::mark(&profile).unwrap();
        let room = room.holding(&profile, &record("a", None)).unwrap();
        let another = folder.join("another");
        fs::write(&another, "theirs").unwrap();
        fs::rename(another, &room.path).unwrap();
        assert!(room.put_in_place(&profile).is_err());
        assert_eq!(names(&folder), ["default.json.new"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_text_that_takes_no_place_is_gone() {
        let (folder, profile) = place("no-place");
        for (to, left) in [
            ("none/default.json", None),
            ("default.json.aside-1", Some("default.json.aside-1")),
        ] {
            let mut room = Room::passing(&profile).unwrap();
            room.put(b"text").unwrap();
            assert_eq!(room.take_place_of(&folder.join(to)).is_ok(), left.is_some());
            assert_eq!(names(&folder), left.as_slice());
        }
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_record_that_cannot_be_put_in_place_stays_where_the_error_says() {
        let (folder, profile) = place("place");
        let room = Room::mark(&profile)
            .unwrap()
            .holding(&profile, &record("a", None))
            .unwrap();
        let error = room.put_in_place(&folder.join("none/default.json")).unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Store, Outcome::Unknown)
        );
        let left = folder.join("default.json.new");
        assert!(error.hint().unwrap().contains(left.to_str().unwrap()), "{error}");
        assert!(fs::read_to_string(left).unwrap().contains("\"a\""));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn room_that_passes_is_gone_when_it_is_dropped_and_a_mark_is_not() {
        let (folder, profile) = place("passes");
        let rooms = [Room::passing(&profile).unwrap(), Room::passing(&profile).unwrap()];
        assert_eq!(names(&folder), ["default.json.new-1", "default.json.new-2"]);
        // More than a record has, so that a disk that is full is full before one is asked for.
        assert_eq!(fs::metadata(&rooms[1].path).unwrap().len(), 16 * 1024);
        drop(rooms);
        assert!(names(&folder).is_empty());
        drop(Room::mark(&profile).unwrap());
        assert_eq!(names(&folder), ["default.json.new"]);
        Room::mark(&profile).unwrap().give_up();
        assert!(names(&folder).is_empty());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_logins_that_can_wait_are_counted() {
        let (folder, profile) = place("most");
        for number in 1..MOST {
            File::create(beside::numbered_next(&profile, number)).unwrap();
        }
        let last = Room::passing(&profile).unwrap();
        assert!(Room::passing(&profile).is_err());
        drop(last);
        assert!(Room::passing(&profile).is_ok());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn room_that_somebody_removes_before_it_is_locked_is_made_again() {
        let (folder, profile) = place("removed");
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let _ = leftovers::settle(&profile);
                }
            });
            let made = (0..300).all(|_| Room::passing(&profile).is_ok_and(|room| room.path.exists()));
            stop.store(true, Ordering::Relaxed);
            assert!(made);
        });
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_record_that_was_rewritten_meanwhile_is_put_in_place_once() {
        let (folder, profile) = place("twice");
        let mut room = Room::passing(&profile).unwrap();
        room.write(&record("a", None)).unwrap();
        let room = room.holding(&profile, &record("a", None)).unwrap();
        assert_eq!(names(&folder), ["default.json.new-1"]);
        let room = room.holding(&profile, &record("b", None)).unwrap();
        // The first is whole until the second is.
        assert_eq!(names(&folder), ["default.json.new-2"]);
        room.put_in_place(&profile).unwrap();
        assert_eq!(names(&folder), ["default.json"]);
        assert!(fs::read_to_string(&profile).unwrap().contains("\"b\""));
        fs::remove_dir_all(folder).unwrap();
    }
}
