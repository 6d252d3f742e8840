//! Lock, look again, make room, ask, keep.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::hold::{App, Failed, Held, Session, log_in, reauthorize};
use super::need::Need;
use crate::api::OauthApi;
use crate::client::{ApiClient, CallOptions};
use crate::error::{Error, ErrorKind, Outcome};
use crate::models::{OauthAccessTokenRequest, OauthAccessTokenResponse};
use crate::secret::Secret;
use crate::store::StoredToken;

/// The least time in which asking once more makes sense.
const SHORTEST: Duration = Duration::from_secs(1);

/// A token that can be used now, and what became of its renewal.
pub struct Token<E> {
    pub stored: StoredToken,
    pub renewal: Renewal<E>,
}

/// What became of a renewal.
pub enum Renewal<E> {
    /// It was not time.
    NotDue,
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
        if let Some(seconds) = pause.left(now) {
            return Ok(as_it_is(stored, Renewal::Paused(seconds)));
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
                    pause.extend(self.clock.now(), error.retry_after());
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
        let held = self.hold(old, need, aside).await?;
        let replaced = held.current.access_token != old.access_token;
        let (life, now) = (held.current.access_life, self.clock.now());
        let unusable = match need {
            Need::Asked => life.is_ending(now),
            Need::Early | Need::Now => life.is_over(now),
        };
        if replaced && !unusable {
            return Ok(Token {
                stored: held.current,
                renewal: Renewal::ByAnother,
            });
        }
        self.renew_held(held, need, aside).await
    }

    async fn renew_held(
        &self,
        held: Held<'_>,
        need: Need,
        aside: &mut Vec<PathBuf>,
    ) -> Result<Token<A::Error>, Failed<A::Error>> {
        let (lock, current) = (&held.lock, &held.current);
        let mut lost = held.interrupted;
        let refresh_token = self.usable_refresh_token(current)?;
        let (room, moved) = lock.reserve()?;
        aside.extend(moved);
        match refresh(&held.client, refresh_token, need, &mut lost).await {
            Ok(token) => {
                let renewed = current.renewed(token, self.clock.now());
                let renewal = match lock.save(room, &renewed) {
                    Ok(kept) => {
                        aside.extend(kept);
                        self.store.pause(self.profile).end();
                        Renewal::Done
                    }
                    Err(error) => Renewal::NotKept(error),
                };
                Ok(Token {
                    stored: renewed,
                    renewal,
                })
            }
            Err(error) => {
                // Room that stays says that a token may have been issued; see `Settled::interrupted`.
                if !lost {
                    room.give_up();
                }
                Err(self.explain(error, lost, held.client.party()).into())
            }
        }
    }

    fn usable_refresh_token<'t>(&self, current: &'t StoredToken) -> Result<&'t Secret, Error> {
        if current.refresh_life.is_over(self.clock.now()) {
            // Which clock decided: it may be the one that is wrong.
            let date = self.clock.date().unwrap_or_else(|| "no date".to_owned());
            let why = format!("the refresh token has expired by this machine's clock, which says {date}");
            return Err(reauthorize(self.profile, &why));
        }
        current.refresh_token.as_ref().ok_or_else(|| {
            reauthorize(
                self.profile,
                "there is no refresh token: this token cannot be renewed",
            )
        })
    }

    /// A refused refresh token needs a person; whether one may have been lost helps them. An answer that
    /// did not come needs another attempt, of which the client can only know that it may be one too many.
    fn explain(&self, error: Error, lost: bool, party: &str) -> Error {
        if error.kind() == ErrorKind::Network && error.outcome() == Outcome::Unknown {
            return error.with_hint(format!(
                "{party} was asked for new tokens and did not answer; run this again: the refresh token is kept, and may be sent again"
            ));
        }
        if error.kind() != ErrorKind::InvalidGrant {
            return error;
        }
        let why = if lost {
            "an earlier renewal was cut off, and its token lost"
        } else {
            "it is wrong, expired, revoked or was renewed elsewhere"
        };
        Error::new(
            ErrorKind::ReauthorizationRequired,
            Outcome::Refused,
            format!("{party} refuses the refresh token: {why}"),
        )
        .with_hint(log_in(self.profile))
        .with_source(error)
    }
}

/// Asks once, and once more if the answer was lost: nothing else can bring back a token that was
/// issued meanwhile. What can wait gets its few seconds for both.
async fn refresh(
    client: &ApiClient,
    refresh_token: &Secret,
    need: Need,
    lost: &mut bool,
) -> Result<OauthAccessTokenResponse, Error> {
    let api = OauthApi::new(client.clone());
    let started = Instant::now();
    let limit = match client.configuration().timeout {
        Duration::ZERO => need.limit(),
        timeout => need.limit().min(timeout),
    };
    let left = || limit.saturating_sub(started.elapsed());
    let ask = || async {
        let options = CallOptions {
            timeout: Some(left().max(Duration::from_nanos(1))),
            ..CallOptions::default()
        };
        let request = OauthAccessTokenRequest::refresh_token(refresh_token.expose());
        let response = api.oauth_token_with_http_info(request, &options).await;
        response.map(|response| response.data)
    };
    match ask().await {
        Err(error) if error.outcome() == Outcome::Unknown => {
            *lost = true;
            if left() < SHORTEST {
                return Err(error);
            }
            ask().await
        }
        answer => answer,
    }
}
