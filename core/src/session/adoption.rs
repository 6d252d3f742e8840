//! What a manager does with the answer of a person's authorization: it keeps it in place of what is there.

use super::access_token::AccessToken;
use super::flight::Landing;
use super::keeping::{bounded, changed, had_answered};
use super::manager::TokenManager;
use super::memory::Unsaved;
use super::need::Need;
use super::saving::REMEDY;
use crate::error::{Error, ErrorKind, Outcome};
use crate::models::OauthAccessTokenResponse;
use crate::store::{Rank, Record, StoreLock, rank};

impl TokenManager {
    /// Keeps an answer's tokens in place of what is there.
    pub(super) async fn take_over(&self, response: OauthAccessTokenResponse) -> Landing {
        let token = self.stored(response);
        // Whatever ends meanwhile, the next call finds them.
        let new = self.own.memory_mut().wait(token);
        let locked = self.lock(Need::Asked.patience()).await;
        let mut lock = match locked {
            Ok(lock) => lock,
            Err(_) if self.own.memory().is_taken(&new) => {
                let last = self.own.memory().token.clone();
                return Ok(last.unwrap_or_else(|| AccessToken::of(&new.token)));
            }
            Err(error) => return Err(self.not_adopted(&new, error)),
        };
        // What cannot be read is kept aside by whoever can do that, or else is why these are not kept.
        let (found, unread) = match self.found(&mut *lock).await {
            Ok(found) => (found, None),
            Err(error) => (None, Some(error)),
        };
        // What became of them, where somebody who had the lock before has kept them, or those of a later login: they are
        // not kept once more.
        if self.own.memory().is_taken(&new) && unread.is_none() {
            let landing = self.what_became(found.as_ref());
            self.unlock(lock).await;
            return landing;
        }
        // An answer that came once more, when it has been renewed already: what that gave is all that there is.
        if let Some(newer) = found.as_ref().filter(|found| new.is_spent(&found.token)) {
            self.own.memory_mut().saved(&new);
            let landing = Ok(self.publish(&newer.token, false));
            self.unlock(lock).await;
            return landing;
        }
        // Or was renewed here, which the store does not have yet.
        let new = self.own.memory().newest_of(new);
        let record = self.succeeding(&new, found.as_ref());
        let is_new = found.as_ref().is_none_or(|found| found.token != record.token);
        let replaced = if is_new {
            self.replace(&mut *lock, found.as_ref(), &record).await
        } else {
            Ok(())
        };
        let landing = match replaced.map_err(|error| unread.unwrap_or(error)) {
            Ok(()) => {
                let access_token = self.publish_newest(&new, &record.token, true, is_new);
                self.own.memory_mut().adopted(&new);
                Ok(access_token)
            }
            Err(error) => Err(self.not_adopted(&new, error)),
        };
        // Whoever has the lock next knows what came of it.
        self.unlock(lock).await;
        landing
    }

    /// The newest tokens, which followed those that were kept, be they these.
    fn what_became(&self, found: Option<&Record>) -> Landing {
        if let Some(unsaved) = &self.own.memory().unsaved {
            return Ok(AccessToken::of(&unsaved.token));
        }
        if let Some(found) = found.filter(|found| self.own.key.is_of(&found.token)) {
            return Ok(self.publish(&found.token, false));
        }
        let why = format!(
            "the new tokens of the account `{}` were kept, and somebody has ended, forgotten or replaced them since",
            self.name()
        );
        let error = Error::new(ErrorKind::ReauthorizationRequired, Outcome::NotSent, why);
        Err(error.with_hint(REMEDY))
    }

    /// The record that comes in the place of what was found.
    fn succeeding(&self, new: &Unsaved, found: Option<&Record>) -> Record {
        let own = found.filter(|found| self.own.key.is_of(&found.token));
        if let Some(found) = own.filter(|found| rank(&new.token, &found.token) == Rank::Same) {
            // A program gives what it has at each start: that does not undo what is noted of their renewal.
            return found.told_anew(&new.token);
        }
        self.record(new.clone().in_place_of(found.map(|found| &found.token)))
    }

    async fn replace(
        &self,
        lock: &mut dyn StoreLock,
        found: Option<&Record>,
        new: &Record,
    ) -> Result<(), Error> {
        self.spare(lock, found).await?;
        let swapped = bounded(lock.compare_and_swap(found, Some(new))).await?;
        if swapped { Ok(()) } else { Err(changed()) }
    }

    fn not_adopted(&self, new: &Unsaved, error: Error) -> Error {
        let error = had_answered(error);
        self.own.memory_mut().wait_again(new);
        self.issued(new, Err(error.clone()));
        error
    }
}
