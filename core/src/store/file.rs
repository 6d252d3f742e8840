//! One file a profile in the person's data folder.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use etcetera::BaseStrategy as _;

use super::private::{self, Exposure, MAX_FILE, failed, refuse};
use super::profile::ProfileName;
use super::reservation::Reservation;
use super::stored_token::StoredToken;
use crate::error::{Error, ErrorKind, Outcome};
use crate::runtime;

/// How long to wait for another process: longer than its requests may take.
const PATIENCE: Duration = Duration::from_secs(150);
/// How often a waiting process looks whether a lock is free.
const LOOK: Duration = Duration::from_millis(20);

/// The folder with a file a profile.
#[derive(Debug, Clone)]
pub struct FileStore {
    folder: PathBuf,
}

/// A profile that no other process changes meanwhile.
pub struct Lock {
    path: PathBuf,
    /// The system frees it when the process ends, however it ends. Its file stays: removing it would
    /// let two processes lock two files of one name.
    _file: File,
}

impl FileStore {
    /// The store in the platform's data folder; nothing is made yet.
    ///
    /// # Errors
    ///
    /// `Store` if the person has no home folder.
    pub fn in_data_folder() -> Result<Self, Error> {
        let base = etcetera::choose_base_strategy().map_err(|error| {
            Error::new(
                ErrorKind::Store,
                Outcome::NotSent,
                "there is no home folder to keep tokens in",
            )
            .with_hint("set HOME or XDG_DATA_HOME")
            .with_source(error)
        })?;
        Ok(Self {
            folder: base.data_dir().join("pinterest-sdk"),
        })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn path(&self, profile: &ProfileName) -> PathBuf {
        self.folder.join(format!("{profile}.json"))
    }

    /// The profiles that have a file, by name.
    ///
    /// # Errors
    ///
    /// `Store` if the folder cannot be read.
    pub fn profiles(&self) -> Result<Vec<ProfileName>, Error> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(&self.folder, "cannot be read", error)),
        };
        let mut profiles: Vec<ProfileName> = entries
            .filter_map(|entry| {
                entry
                    .ok()?
                    .file_name()
                    .to_str()?
                    .strip_suffix(".json")?
                    .parse()
                    .ok()
            })
            .collect();
        profiles.sort();
        Ok(profiles)
    }

    /// What is kept for a profile.
    ///
    /// # Errors
    ///
    /// `Store` if its file is not a private file of tokens.
    pub fn read(&self, profile: &ProfileName) -> Result<Option<StoredToken>, Error> {
        read(&self.path(profile))
    }

    /// Waits until no other process changes the profile.
    ///
    /// # Errors
    ///
    /// `Store` if the folder cannot be used, or another process keeps the lock for minutes.
    pub async fn lock(&self, profile: &ProfileName) -> Result<Lock, Error> {
        private::create_folder(&self.folder)
            .map_err(|error| failed(&self.folder, "cannot be made", error))?;
        let metadata =
            fs::metadata(&self.folder).map_err(|error| failed(&self.folder, "cannot be read", error))?;
        match private::exposure(&metadata) {
            Exposure::None => {}
            Exposure::Owner => return Err(refuse(&self.folder, "belongs to another user")),
            Exposure::Mode(mode) => {
                return Err(
                    refuse(&self.folder, &format!("can be changed by others (mode {mode:o})"))
                        .with_hint(format!("run `chmod 700 '{}'`", self.folder.display())),
                );
            }
        }
        let path = self.folder.join(format!("{profile}.lock"));
        let file = private::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| failed(&path, "cannot be opened", error))?;
        // Waiting needs one.
        runtime::equipped()?;
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if started.elapsed() < PATIENCE => {
                    tokio::time::sleep(LOOK).await;
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(refuse(&path, "is locked: another program changes this profile")
                        .with_hint("try again when it has ended"));
                }
                Err(TryLockError::Error(error)) => return Err(failed(&path, "cannot be locked", error)),
            }
        }
        Ok(Lock {
            path: self.path(profile),
            _file: file,
        })
    }
}

impl Lock {
    /// What is kept now.
    ///
    /// # Errors
    ///
    /// As [`FileStore::read`].
    pub fn read(&self) -> Result<Option<StoredToken>, Error> {
        read(&self.path)
    }

    /// Makes sure, before a token is asked for, that it can be kept.
    ///
    /// # Errors
    ///
    /// `Store`, as for a full disk.
    pub fn reserve(&self) -> Result<Reservation<'_>, Error> {
        Reservation::new(&self.path)
    }

    /// Forgets the profile's tokens, with copies of what could not be read; whether there were any.
    ///
    /// # Errors
    ///
    /// `Store` if the file cannot be removed.
    pub fn remove(&self) -> Result<bool, Error> {
        Reservation::forget(&self.path);
        for copy in self.unreadable_copies() {
            fs::remove_file(&copy).map_err(|error| failed(&copy, "cannot be removed", error))?;
        }
        match fs::remove_file(&self.path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(failed(&self.path, "cannot be removed", error)),
        }
    }

    /// What logins moved aside.
    fn unreadable_copies(&self) -> Vec<PathBuf> {
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let start = name(&self.path).unwrap_or_default() + ".corrupt-";
        let entries = self.path.parent().and_then(|folder| fs::read_dir(folder).ok());
        entries
            .into_iter()
            .flatten()
            .flatten()
            // A folder is nothing that this program wrote.
            .filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_dir()))
            .map(|entry| entry.path())
            .filter(|path| name(path).is_some_and(|name| name.starts_with(&start)))
            .collect()
    }
}

fn read(path: &Path) -> Result<Option<StoredToken>, Error> {
    let Some(file) = private::open(path)? else {
        return Ok(None);
    };
    let mut text = zeroize::Zeroizing::new(Vec::new());
    file.take(MAX_FILE)
        .read_to_end(&mut text)
        .map_err(|error| failed(path, "cannot be read", error))?;
    StoredToken::from_json(&text).map(Some).map_err(|error| {
        let said = refuse(path, &format!("cannot be used: {}", error.message()));
        said.with_hint(
            error
                .hint()
                .unwrap_or("log in again; the file is kept beside the new one"),
        )
    })
}
