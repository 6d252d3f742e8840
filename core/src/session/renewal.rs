//! Lock, look again, make room, ask, keep.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::api::OauthApi;
use crate::client::ApiClient;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Outcome};
use crate::models::{OauthAccessTokenRequest, OauthAccessTokenResponse};
use crate::secret::Secret;
use crate::store::{FileStore, Lock, ProfileName, StoredToken};

/// A profile's tokens and how to renew them.
pub struct Session<'a, F> {
    store: &'a FileStore,
    profile: &'a ProfileName,
    /// Makes the client for a renewal, which needs the app secret; a valid token needs none.
    client: F,
    /// Set while a token is asked for and has no place on the disk: whoever stops then loses it.
    busy: &'a AtomicBool,
}

/// A token that can be used now.
pub struct Token<E> {
    pub stored: StoredToken,
    /// Why it could not be renewed although it was time; it is valid for a while yet.
    pub renewal_failed: Option<E>,
}

impl<'a, F> Session<'a, F> {
    pub fn new(store: &'a FileStore, profile: &'a ProfileName, client: F, busy: &'a AtomicBool) -> Self {
        Self {
            store,
            profile,
            client,
            busy,
        }
    }

    /// A valid token: `stored`, renewed if it is time.
    ///
    /// # Errors
    ///
    /// Those of [`renew`](Self::renew), unless the old token is still valid.
    pub async fn token<E>(&self, stored: StoredToken) -> Result<Token<E>, E>
    where
        F: Fn(&StoredToken) -> Result<ApiClient, E>,
        E: From<Error>,
    {
        if !stored.access_life.is_ending(Clock::system().now()) {
            return Ok(Token {
                stored,
                renewal_failed: None,
            });
        }
        match self.renew(&stored).await {
            Ok(stored) => Ok(Token {
                stored,
                renewal_failed: None,
            }),
            Err(error) if !stored.access_life.is_over(Clock::system().now()) => Ok(Token {
                stored,
                renewal_failed: Some(error),
            }),
            Err(error) => Err(error),
        }
    }

    /// A new token in place of `old`. If another process replaced it meanwhile, that one's, and
    /// nothing is asked for.
    ///
    /// # Errors
    ///
    /// `ReauthorizationRequired` if there is no valid refresh token, `Store` if a new token could
    /// not be kept (then nothing is asked for), and those of [`OauthApi::oauth_token`].
    pub async fn renew<E>(&self, old: &StoredToken) -> Result<StoredToken, E>
    where
        F: Fn(&StoredToken) -> Result<ApiClient, E>,
        E: From<Error>,
    {
        // Whatever it takes to make one, such as a person's answer, nobody else waits for it.
        let client = (self.client)(old)?;
        let lock = self.store.lock(self.profile).await?;
        self.busy.store(true, Ordering::Relaxed);
        let renewed = self.renew_locked(&client, &lock, old).await;
        self.busy.store(false, Ordering::Relaxed);
        renewed.map_err(E::from)
    }

    async fn renew_locked(
        &self,
        client: &ApiClient,
        lock: &Lock,
        old: &StoredToken,
    ) -> Result<StoredToken, Error> {
        let room = lock.reserve()?;
        let current = match lock.read() {
            Ok(Some(current)) if current.access_token == old.access_token => current,
            // Somebody changed it meanwhile: nothing is to be asked for.
            changed => {
                room.give_up();
                return changed?.ok_or_else(|| absent(self.profile));
            }
        };
        let mut lost = room.was_interrupted();
        match self.refresh(client, &current, &mut lost).await {
            Ok(token) => {
                let renewed = current.renewed(token, Clock::system().now());
                room.save(&renewed)?;
                Ok(renewed)
            }
            Err(error) => {
                // Room that stays says that a token may have been issued; see `was_interrupted`.
                if !lost {
                    room.give_up();
                }
                Err(self.explain(error, lost))
            }
        }
    }

    /// Asks once, and once more if the answer was lost: nothing else can bring back a token that was
    /// issued meanwhile.
    async fn refresh(
        &self,
        client: &ApiClient,
        current: &StoredToken,
        lost: &mut bool,
    ) -> Result<OauthAccessTokenResponse, Error> {
        let refresh_token = self.usable_refresh_token(current)?;
        let api = OauthApi::new(client.clone());
        let request = || OauthAccessTokenRequest::refresh_token(refresh_token.expose());
        match api.oauth_token(request()).await {
            Err(error) if error.outcome() == Outcome::Unknown => {
                *lost = true;
                api.oauth_token(request()).await
            }
            answer => answer,
        }
    }

    fn usable_refresh_token<'t>(&self, current: &'t StoredToken) -> Result<&'t Secret, Error> {
        if current.refresh_life.is_over(Clock::system().now()) {
            return Err(reauthorize(self.profile, "the refresh token has expired"));
        }
        current.refresh_token.as_ref().ok_or_else(|| {
            reauthorize(
                self.profile,
                "there is no refresh token: this token cannot be renewed",
            )
        })
    }

    /// A refused refresh token needs a person; whether one may have been lost helps them.
    fn explain(&self, error: Error, lost: bool) -> Error {
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
            format!("Pinterest refuses the refresh token: {why}"),
        )
        .with_hint(log_in(self.profile))
        .with_source(error)
    }
}

/// Nobody is logged in.
pub fn absent(profile: &ProfileName) -> Error {
    reauthorize(profile, &format!("the profile `{profile}` is not logged in"))
}

fn reauthorize(profile: &ProfileName, why: &str) -> Error {
    Error::new(ErrorKind::ReauthorizationRequired, Outcome::NotSent, why).with_hint(log_in(profile))
}

/// What a person has to do.
fn log_in(profile: &ProfileName) -> String {
    match profile.as_str() {
        "default" => "run `pinterest login`".to_owned(),
        other => format!("run `pinterest login --profile {other}`"),
    }
}
