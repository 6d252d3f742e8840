//! Waits until no other process changes a profile.

use std::fs::TryLockError;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::account::Account;
use super::file::{FileStore, Lock};
use super::leftovers;
use super::lock_file::LockFile;
use super::private;
use super::remedy::{busy, in_use, without_locks};
use super::wait::Wait;
use crate::error::Error;
use crate::runtime;

/// How often a waiting process looks whether a lock is free.
const LOOK: Duration = Duration::from_millis(20);

/// A lock's file, which every process opens.
type Open = (PathBuf, LockFile);

/// What a look at a lock came to.
enum Look {
    Ours(Lock),
    /// Another process has it, though it may have lost its file.
    Anothers {
        open: Open,
        is_lost: bool,
    },
}

impl FileStore {
    /// Waits until no other process changes the profile.
    ///
    /// # Errors
    ///
    /// `Store` if the folder cannot be used, or another process keeps the lock for longer than `patience`.
    pub async fn lock(&self, profile: &Account, patience: Duration) -> Result<Lock, Error> {
        let (store, account) = (self.clone(), profile.clone());
        let mut open = self
            .disk
            .blocking(move || {
                private::folder(&store.folder)?;
                store.lock_file(&account)
            })
            .await?;
        // Waiting needs one.
        runtime::equipped()?;
        // Whoever is asked for keys keeps nobody waiting for the lock. Without them, who needs them is told.
        let _ = self.ready().await;
        let started = Instant::now();
        let mut wait = None;
        loop {
            let (store, account) = (self.clone(), profile.clone());
            // A folder that is slow, as one elsewhere in the network may, stops nothing else of the program.
            let seen = self.disk.blocking(move || store.look(&account, open)).await?;
            let is_lost;
            (open, is_lost) = match seen {
                Look::Ours(lock) => return Ok(lock),
                Look::Anothers { open, is_lost } => (open, is_lost),
            };
            if started.elapsed() >= patience {
                let (path, file) = &open;
                return Err(if is_lost { in_use(path) } else { busy(path, file) });
            }
            wait.get_or_insert_with(|| Wait::begin(&self.waits));
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Takes the lock, if nobody has it.
    fn look(&self, profile: &Account, open: Open) -> Result<Look, Error> {
        let (mut path, mut file) = open;
        let is_lost = loop {
            match file.try_lock() {
                // While it waited somebody removed it, or what it locked: others lock another.
                Ok(()) if !self.is_still_lock(profile, &path, &file)? => {
                    (path, file) = self.lock_file(profile)?;
                }
                Ok(()) if !leftovers::is_in_use(&self.place(profile)) => {
                    // For whoever waits in vain, to find the one that holds it.
                    let _ = file
                        .set_len(0)
                        .and_then(|()| writeln!(file, "{}", std::process::id()));
                    return Ok(Look::Ours(Lock::new(self.place(profile), file)));
                }
                // Somebody removed it while its holder asks for a token, which the room shows.
                Ok(()) => {
                    // It is locked again after a while, or ends with the file.
                    let _ = file.unlock();
                    break true;
                }
                Err(TryLockError::WouldBlock) => break false,
                Err(TryLockError::Error(error)) => return Err(without_locks(&path, error)),
            }
        };
        let open = (path, file);
        Ok(Look::Anothers { open, is_lost })
    }

    /// Whether an open file is what every other process locks for this profile.
    fn is_still_lock(&self, profile: &Account, path: &Path, file: &LockFile) -> Result<bool, Error> {
        Ok(!private::is_removed(path, file) && self.own_path(profile)?.with_extension("lock") == path)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::{Account, FileStore};
    use crate::store::beside;

    /// A folder whose list takes its time.
    fn slowly(folder: &Path) -> Vec<String> {
        thread::sleep(Duration::from_millis(300));
        beside::names(folder)
    }

    #[tokio::test]
    async fn a_folder_that_is_slow_stops_nothing_else_of_the_program() {
        let folder = std::env::temp_dir().join(format!("pinterest-sdk-slow-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for name in ["default.json", "DEFAULT.JSON"] {
            fs::write(folder.join(name), "{}").unwrap();
        }
        let mut store = FileStore::new(&folder);
        store.names = slowly;
        let turns = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&turns);
        let other = tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(10)).await;
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        let profile: Account = "default".parse().unwrap();
        let lock = store.lock(&profile, Duration::ZERO).await.unwrap();
        other.abort();
        drop(lock);
        fs::remove_dir_all(folder).unwrap();
        let turns = turns.load(Ordering::Relaxed);
        assert!(turns > 5, "{turns} turns of another task");
    }
}
