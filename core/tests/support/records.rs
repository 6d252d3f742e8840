//! One profile's folder, and records for it that no server gave.

#![allow(dead_code)] // Not every test program needs all of it.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use pinterest_sdk::store::{Account, FileStore, Life, Lock, StoredToken};

/// A folder of a test's own, with one profile.
pub struct World {
    pub folder: PathBuf,
    pub store: FileStore,
    pub profile: Account,
}

impl World {
    pub fn new(name: &str) -> Self {
        /// Tests of the same name's folder run at the same time.
        static FOLDERS: AtomicU32 = AtomicU32::new(0);
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let own = format!("pinterest-sdk-store-{name}-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        let _ = fs::remove_dir_all(&folder);
        Self {
            store: FileStore::new(&folder),
            folder,
            profile: "default".parse().unwrap(),
        }
    }

    pub async fn lock(&self) -> Lock {
        self.store.lock(&self.profile, Duration::ZERO).await.unwrap()
    }

    /// Keeps a record as a login does.
    pub fn keep(&self, lock: &Lock, token: &StoredToken) -> Option<PathBuf> {
        lock.save(self.store.reserve(&self.profile).unwrap(), token)
            .unwrap()
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.join(name);
        fs::write(&path, text).unwrap();
        mode(&path, 0o600);
        path
    }

    /// The file names, but for the lock's.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name != "default.lock")
            .collect();
        names.sort();
        names
    }

    pub fn access_token(&self) -> String {
        let stored = self.store.read(&self.profile).unwrap().unwrap();
        stored.access_token.expose().to_owned()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[cfg(unix)]
pub fn mode(path: &PathBuf, mode: u32) {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
pub fn mode(_: &PathBuf, _: u32) {}

pub fn record(access: &str, refresh: &str) -> StoredToken {
    let life = Life {
        issued_at: 0,
        expires_at: None,
    };
    StoredToken {
        host: "https://h/v5".into(),
        app_id: "1".into(),
        app_secret: None,
        account: None,
        scope: None,
        access_token: access.into(),
        access_life: life,
        refresh_token: Some(refresh.into()),
        refresh_life: life,
        sequence: 0,
        replaces: None,
        spent: Vec::new(),
        logins: Vec::new(),
        requested: None,
        client_credentials: false,
    }
}
