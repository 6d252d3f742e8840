//! An account's place in the store: its lock, and records that say whose they are.

use std::time::Duration;

use tokio::time::timeout;

use super::keeping::{PATIENCE, bounded};
use super::manager::TokenManager;
use crate::error::Error;
use crate::store::{Record, StoreLock, StoredToken};

impl TokenManager {
    pub(super) async fn load(&self) -> Result<Option<Record>, Error> {
        let mut record = bounded(self.shared.store.load(&self.own.key)).await?;
        if let Some(record) = &mut record {
            self.check(record)?;
        }
        Ok(record)
    }

    /// The store's lock, if it says within its patience whether there is one.
    pub(super) async fn lock(&self, patience: Duration) -> Result<Box<dyn StoreLock>, Error> {
        let lock = self.shared.store.lock(&self.own.key, patience);
        let answer = timeout(patience.saturating_add(PATIENCE), lock).await;
        answer.unwrap_or_else(|_| {
            let seconds = patience.as_secs();
            Err(Error::store(format!(
                "the store's `lock` took longer than the {seconds} s that it was given"
            ))
            .with_hint("let it fail when that time is over, and look at who holds the lock"))
        })
    }

    /// Gives a lock up, and says what was set aside under it. A lock that is not given up ends by itself.
    pub(super) async fn unlock(&self, mut lock: Box<dyn StoreLock>) {
        let aside = lock.set_aside();
        let _ = bounded(lock.unlock()).await;
        self.tell_aside(&aside);
    }

    /// A new one, which says whose it is.
    pub(super) fn record(&self, token: StoredToken) -> Record {
        let mut record = Record::new(token);
        // It says nothing else yet.
        let _ = record.claim(&self.own.key);
        record
    }

    /// What is there, also if it is another app's.
    pub(super) async fn found(&self, lock: &mut dyn StoreLock) -> Result<Option<Record>, Error> {
        let mut found = bounded(lock.load()).await?;
        if let Some(record) = &mut found {
            record.claim(&self.own.key)?;
        }
        Ok(found)
    }

    pub(super) fn check(&self, record: &mut Record) -> Result<(), Error> {
        let key = &self.own.key;
        record.claim(key)?;
        if key.is_of(&record.token) {
            return Ok(());
        }
        Err(Error::store(format!(
            "the tokens of `{}` in {} are those of the app {} at {}, not of {} at {}",
            key.account(),
            self.shared.store.describe(),
            record.token.app_id,
            record.token.host,
            key.app_id(),
            key.host()
        ))
        .with_hint("give the account another name, or keep it in another place"))
    }
}
