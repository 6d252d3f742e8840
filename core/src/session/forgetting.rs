//! What a manager does with an account's tokens that are to be there no more: it ends them, or forgets them.

use tokio::time::timeout;

use super::keeping::{PATIENCE, bounded, changed, settle, unanswered};
use super::manager::TokenManager;
use super::need::Need;
use super::revocation;
use super::transaction::alive;
use crate::error::{Error, ErrorKind, Outcome};
use crate::store::{Record, StoreLock};

impl TokenManager {
    pub(super) async fn end(&self) -> Result<(), Error> {
        let mut lock = self.lock(Need::Asked.patience()).await?;
        let ended = self.end_locked(&mut *lock).await;
        self.unlock(lock).await;
        ended
    }

    async fn end_locked(&self, lock: &mut dyn StoreLock) -> Result<(), Error> {
        let Some(record) = self.newest(lock).await? else {
            let absent = Error::new(
                ErrorKind::ReauthorizationRequired,
                Outcome::NotSent,
                self.absent(),
            );
            return Err(
                absent.with_hint("nothing was ended; look at the account's name, and at where it is kept")
            );
        };
        let options = self.shared.options.call();
        alive(
            lock,
            revocation::end(&self.shared.client, &record.token, &options),
        )
        .await?;
        self.forget_here();
        let removed = settle(lock, &record, None).await;
        // Somebody may have read them until now.
        self.forget_here();
        match removed {
            Ok(true) => Ok(()),
            Ok(false) => Err(changed().with_outcome(Outcome::Unknown)),
            Err(error) => Err(error.with_outcome(Outcome::Unknown)),
        }
    }

    pub(super) async fn drop_tokens(&self) -> Result<bool, Error> {
        let mut lock = self.lock(Need::Asked.patience()).await?;
        let dropped = self.drop_locked(&mut *lock).await;
        self.unlock(lock).await;
        dropped
    }

    async fn drop_locked(&self, lock: &mut dyn StoreLock) -> Result<bool, Error> {
        // What is not there in time may well be read later.
        let Ok(found) = timeout(PATIENCE, lock.load()).await else {
            return Err(unanswered(PATIENCE));
        };
        let mut found = match found {
            Ok(found) => found,
            // What cannot be read is anybody's, and is forgotten.
            Err(error) => {
                let removed = match Record::unread(&error) {
                    Some(unread) => bounded(lock.compare_and_swap(Some(&unread), None)).await?,
                    None => bounded(lock.remove_unread()).await?,
                };
                if !removed {
                    return Err(error);
                }
                self.forget_here();
                return Ok(true);
            }
        };
        if let Some(record) = &mut found {
            self.check(record)?;
            if !bounded(lock.compare_and_swap(Some(record), None)).await? {
                return Err(changed());
            }
        }
        let known = self.forget_here();
        Ok(found.is_some() || known)
    }
}
