//! A profile's tokens, renewed when it is time.

use std::path::PathBuf;

use super::hold::{App, Failed, Held, Session, log_in};
use super::keeping::keep_waiting;
use super::need::Need;
use super::transaction::{Renewed, Transaction, beyond_renewal};
use crate::client::CallOptions;
use crate::error::Error;
use crate::store::{Failure, Rank, StoreKey, StoredToken, TokenStore, rank};

/// A token that can be used now, and what became of its renewal.
pub struct Token<E> {
    /// What can be used.
    pub stored: StoredToken,
    /// What became of its renewal.
    pub renewal: Renewal<E>,
}

/// What became of a renewal.
pub enum Renewal<E> {
    /// It was not time.
    NotDue,
    /// This process renewed it.
    Done,
    /// Another process was faster, and its token is used.
    ByAnother,
    /// It failed a while ago and is tried again in so many seconds; the token is valid for longer.
    Paused(i64),
    /// It failed; the token is valid for a while yet.
    Failed(E),
    /// The new token can be used, but has no place on the disk.
    NotKept(Error),
}

impl<A: App> Session<'_, A> {
    /// A valid token: `stored`, renewed if it is time. While it is valid its renewal gets seconds
    /// and, having failed, is not tried again for a while.
    ///
    /// # Errors
    ///
    /// Those of [`renew`](Self::renew), unless the old token is still valid.
    pub async fn token(&self, stored: StoredToken) -> Result<Token<A::Error>, A::Error> {
        let now = self.clock.now();
        let as_it_is = |stored, renewal| Token { stored, renewal };
        if stored.access_life.is_over(now) {
            return self.replace(&stored, Need::Now).await.map_err(Failed::into_error);
        }
        if !stored.access_life.is_ending(now) {
            return Ok(as_it_is(stored, Renewal::NotDue));
        }
        let pause = self.store.pause(self.profile);
        if let Some(renewal) = self.paused(&stored, pause.read().as_ref(), now) {
            return Ok(as_it_is(stored, renewal));
        }
        match self.replace(&stored, Need::Early).await {
            Ok(token) => Ok(token),
            Err(failed) => {
                match self.store.read(self.profile) {
                    // Somebody logged out or revoked it: it is not valid for any while.
                    Ok(None) => return Err(failed.into_error()),
                    // Whoever was waited for has put a newer one there.
                    Ok(Some(current))
                        if current.access_token != stored.access_token
                            && !current.access_life.is_over(self.clock.now())
                            && self.app.accept(&current).is_ok() =>
                    {
                        return Ok(as_it_is(current, Renewal::ByAnother));
                    }
                    _ => {}
                }
                if let Failed::Core(error) = &failed {
                    pause.extend(self.clock.now(), error);
                }
                let error = failed.into_error();
                // It took seconds.
                if stored.access_life.is_over(self.clock.now()) {
                    return Err(error);
                }
                Ok(as_it_is(stored, Renewal::Failed(error)))
            }
        }
    }

    /// A new token in place of `old`. If another process replaced it meanwhile, that one's, and
    /// nothing is asked for.
    ///
    /// # Errors
    ///
    /// `ReauthorizationRequired` if there is no valid refresh token, `Store` if there is no place
    /// for a new token (then nothing is asked for), and those of [`OauthApi::oauth_token`].
    pub async fn renew(&self, old: &StoredToken) -> Result<Token<A::Error>, A::Error> {
        self.replace(old, Need::Asked).await.map_err(Failed::into_error)
    }

    /// Keeps tokens that were [not kept](Renewal::NotKept) when they were issued, if what they were issued in place of is
    /// there yet: whoever renewed that would send a refresh token that is used up. Other tokens stay, and what was
    /// forgotten does not come back.
    ///
    /// # Errors
    ///
    /// `Store` if they cannot be kept yet.
    pub async fn keep(&self, issued: &StoredToken, need: Need) -> Result<(), Error> {
        let key = StoreKey::new(issued.host.clone(), issued.app_id.clone(), self.profile.clone());
        let mut lock = TokenStore::lock(self.store, &key, need.patience()).await?;
        let found = lock.load().await;
        let kept = match found {
            Ok(Some(found)) if rank(issued, &found.token) == Rank::Newer => {
                let new = found.renewed(issued.clone());
                keep_waiting(&mut *lock, found, &new).await
            }
            found => found.map(drop),
        };
        let aside = lock.set_aside();
        // Whatever it takes to say something, nobody waits for it.
        drop(lock);
        self.tell(&aside);
        kept
    }

    async fn replace(&self, old: &StoredToken, need: Need) -> Result<Token<A::Error>, Failed<A::Error>> {
        let mut aside = Vec::new();
        let replaced = self.replace_locked(old, need, &mut aside).await;
        self.tell(&aside);
        replaced
    }

    async fn replace_locked(
        &self,
        old: &StoredToken,
        need: Need,
        aside: &mut Vec<PathBuf>,
    ) -> Result<Token<A::Error>, Failed<A::Error>> {
        let (mut seen, failure) = (old.clone(), self.store.pause(self.profile).read());
        // Nobody is asked for the app's secret where there is nothing to renew with.
        if self.in_vain(old, failure.as_ref(), need).is_some() {
            let current = self.locked(old, need, aside).await?.current;
            if let Some(token) = self.another(&current.token, old, need) {
                return Ok(token);
            }
            if let Some(error) = self.in_vain(&current.token, current.failure.as_ref(), need) {
                return Err(error.into());
            }
            seen = current.token;
        }
        let held = self.hold(&seen, need, aside).await?;
        if let Some(token) = self.another(&held.current.token, old, need) {
            return Ok(token);
        }
        let (life, now) = (held.current.token.access_life, self.clock.now());
        // Whoever was waited for may have tried in vain: that is enough for a while.
        let failure = held.current.failure.as_ref().filter(|_| need == Need::Early);
        if let Some(renewal) = self.paused(&held.current.token, failure, now)
            && !life.is_over(now)
        {
            return Ok(Token {
                stored: held.current.token,
                renewal,
            });
        }
        self.renew_held(held, need, aside).await
    }

    /// The token of another process, if it was faster and its token will do.
    fn another(&self, current: &StoredToken, old: &StoredToken, need: Need) -> Option<Token<A::Error>> {
        let (life, now) = (current.access_life, self.clock.now());
        let unusable = match need {
            Need::Asked => life.is_ending(now),
            Need::Early | Need::Now => life.is_over(now),
        };
        (current.access_token != old.access_token && !unusable).then(|| Token {
            stored: current.clone(),
            renewal: Renewal::ByAnother,
        })
    }

    /// Why nothing renews these tokens, if so. Somebody who asks for it may know that a refusal was a mistake.
    fn in_vain(&self, stored: &StoredToken, failure: Option<&Failure>, need: Need) -> Option<Error> {
        let failure = failure.filter(|_| need != Need::Asked);
        beyond_renewal(stored, failure, self.clock, &log_in(self.profile))
    }

    /// What is said instead of renewing, if that failed a while ago: it is tried again, or in vain.
    fn paused(&self, stored: &StoredToken, failure: Option<&Failure>, now: i64) -> Option<Renewal<A::Error>> {
        let seconds = failure?.left(now)?;
        let in_vain = self.in_vain(stored, failure, Need::Early);
        Some(in_vain.map_or(Renewal::Paused(seconds), |error| Renewal::Failed(error.into())))
    }

    async fn renew_held(
        &self,
        mut held: Held<'_>,
        need: Need,
        aside: &mut Vec<PathBuf>,
    ) -> Result<Token<A::Error>, Failed<A::Error>> {
        let transaction = Transaction {
            client: &held.client,
            clock: self.clock,
            options: CallOptions::default(),
            need,
            issued: &|_| {},
            budget: None,
            scope: None,
            remedy: &log_in(self.profile),
        };
        let renewed = transaction.renew(&mut *held.lock, &held.current).await;
        aside.extend(held.lock.set_aside());
        Ok(match renewed? {
            Renewed::Issued(stored, Ok(())) => Token {
                stored,
                renewal: Renewal::Done,
            },
            Renewed::Issued(stored, Err(error)) => Token {
                stored,
                renewal: Renewal::NotKept(error),
            },
            Renewed::Found(stored) => Token {
                stored,
                renewal: Renewal::ByAnother,
            },
        })
    }
}
