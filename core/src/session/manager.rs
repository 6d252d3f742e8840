//! [`TokenManager`]: valid tokens for many accounts, renewed in time by one of all processes.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::access_token::AccessToken;
use super::accounts::{Accounts, Own};
use super::budget::Budget;
use super::contained::Contained;
use super::need::Need;
use super::options::TokenOptions;
use super::status::{TokenState, TokenStatus};
use crate::client::{ApiClient, limit};
use crate::error::{Error, ErrorKind, Outcome};
use crate::models::OauthAccessTokenResponse;
use crate::runtime;
use crate::secret::Secret;
use crate::stop::Phase;
use crate::store::{Account, StoreKey, TokenStore};

/// How often a renewal is begun for one caller.
const ATTEMPTS: usize = 3;
/// The first pause before a store is asked again while a program ends; each further one is twice as long, up to
/// the last.
const AGAIN: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(1));

/// Gives out valid access tokens of an account, and renews them in time.
///
/// A renewal holds the store's lock from before it asks until the new tokens are kept, so that of all
/// processes one renews; it says in the store that it asks before it does; and nobody who waits for it
/// can cancel it. Clones, and the managers of [`account`](Self::account), share everything.
#[derive(Clone)]
pub struct TokenManager {
    pub(super) shared: Arc<Shared>,
    pub(super) own: Arc<Own>,
}

/// What all accounts of a manager share.
pub(super) struct Shared {
    pub(super) client: ApiClient,
    pub(super) app_id: String,
    pub(super) store: Box<dyn TokenStore>,
    pub(super) options: TokenOptions,
    pub(super) budget: Budget,
    accounts: Accounts,
}

impl TokenManager {
    /// How long [`close`](Self::close) waits in every language unless told.
    pub const CLOSING: Duration = Duration::from_secs(10);

    /// The manager of an account whose tokens rest in a store. Nothing is read yet.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the client has no app id.
    pub fn new(client: ApiClient, store: impl TokenStore + 'static, account: Account) -> Result<Self, Error> {
        Self::with_options(client, store, account, TokenOptions::default())
    }

    /// [`new`](Self::new), with other options.
    ///
    /// # Errors
    ///
    /// As `new`.
    pub fn with_options(
        client: ApiClient,
        store: impl TokenStore + 'static,
        account: Account,
        options: TokenOptions,
    ) -> Result<Self, Error> {
        let app_id = client.configuration().username.clone().unwrap_or_default();
        if app_id.is_empty() {
            return Err(
                Error::invalid_input("a token manager's client needs the app id and secret")
                    .with_hint("make the client with both: they renew the tokens"),
            );
        }
        let shared = Arc::new(Shared {
            client,
            app_id,
            store: Box::new(Contained(Box::new(store))),
            options,
            budget: Budget::default(),
            accounts: Accounts::default(),
        });
        Ok(Self {
            own: shared.own(account),
            shared,
        })
    }

    /// The manager of another account, with the same client, store and options. It costs little: one for
    /// each request will do.
    #[must_use]
    pub fn account(&self, account: Account) -> Self {
        Self {
            own: self.shared.own(account),
            shared: Arc::clone(&self.shared),
        }
    }

    /// Whose tokens it gives out.
    pub fn name(&self) -> &Account {
        self.own.key.account()
    }

    /// The token in memory, if it is valid and nothing is to be done. It asks nobody, and takes no time.
    pub fn fresh(&self) -> Option<AccessToken> {
        let now = self.now();
        self.own.memory().fresh(now).cloned()
    }

    /// A valid access token: the one in memory; the store's; or a new one. While the old one is valid it is
    /// given out, and renewed behind that.
    ///
    /// # Errors
    ///
    /// `ReauthorizationRequired` if a person has to authorize; `Store`; and what asking for a new token
    /// gave, if no valid one is left. `Network` with the phase `Timeout` if it takes longer than
    /// [`TokenOptions::wait`]; the renewal goes on then.
    pub async fn access_token(&self) -> Result<AccessToken, Error> {
        match self.fresh() {
            Some(token) => Ok(token),
            None => self.obtain(Need::Now).await,
        }
    }

    /// [`access_token`](Self::access_token) as the value of the header `Authorization`.
    ///
    /// # Errors
    ///
    /// As `access_token`.
    pub async fn authorization_header(&self) -> Result<Secret, Error> {
        let token = self.access_token().await?;
        Ok(Secret::new(["Bearer ", token.expose()].concat()))
    }

    /// Says that the API refused a token: it is not given out again, and one renewal takes its place. A
    /// token that is not the current one counts for nothing.
    pub fn invalidate(&self, token: &str) {
        let mut memory = self.own.memory_mut();
        // A process that knows of none yet, such as a forked child, is told before it looks.
        if memory
            .token
            .as_ref()
            .is_none_or(|current| current.expose() == token)
        {
            memory.rejected = Some(token.into());
            drop(memory);
            self.shared.options.refusals.tell(self.name());
        }
    }

    /// A new token now. If somebody else has just renewed it, that one, and nothing is asked for.
    ///
    /// # Errors
    ///
    /// As [`access_token`](Self::access_token).
    pub async fn refresh(&self) -> Result<AccessToken, Error> {
        self.obtain(Need::Asked).await
    }

    /// Keeps the tokens of an answer, in place of the account's: those of a code exchange or a login. If the account's
    /// came after them, by their refresh token, which is spent, or by a later login, they stay, and it gives theirs;
    /// [`forget`](Self::forget) comes before going back on purpose. An end that as seconds lies after the year 9999 is taken
    /// to be in milliseconds.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if there is no access token in it, a refresh token in its place, or a token has a character that none
    /// has. `Store`, with the outcome `Unknown`, if they could not be kept; they are used all the same, and kept as soon as
    /// can be. `ReauthorizationRequired` if they were ended before that.
    pub async fn adopt(&self, response: OauthAccessTokenResponse) -> Result<AccessToken, Error> {
        let response = response.with_fit_tokens()?;
        if response.access_token.is_empty() {
            return Err(Error::invalid_input("there is no access token to adopt")
                .with_hint("give `adopt` what a code exchange or a login gave"));
        }
        let this = self.clone();
        self.detached(async move { this.take_over(response).await }).await
    }

    /// How the tokens stand in the store, or those that it has not taken yet. It asks nobody else.
    ///
    /// # Errors
    ///
    /// `Store`.
    pub async fn status(&self) -> Result<TokenStatus, Error> {
        let record = self.load().await?;
        let mut status = TokenStatus::new(
            record.as_ref(),
            &self.own.memory(),
            self.shared.store.describe(),
            self.now(),
        );
        // The first of an app's own is asked for as the next ones are, and needs no person either.
        if status.access_life.is_none() && self.shared.options.client_credentials.is_some() {
            status.state = TokenState::Expired;
        }
        Ok(status)
    }

    /// Ends the account's tokens at Pinterest, and forgets them. They stay if Pinterest refuses.
    ///
    /// # Errors
    ///
    /// `ReauthorizationRequired` if there are none, `Store`, and those of
    /// [`OauthApi::revoke_token`](crate::OauthApi::revoke_token).
    pub async fn revoke(&self) -> Result<(), Error> {
        let this = self.clone();
        self.detached(async move { this.end().await }).await
    }

    /// Forgets the account's tokens; whether there were any. Pinterest accepts them until they expire.
    ///
    /// # Errors
    ///
    /// `Store`.
    pub async fn forget(&self) -> Result<bool, Error> {
        let this = self.clone();
        self.detached(async move { this.drop_tokens().await }).await
    }

    /// Waits, up to `limit`, until nothing of any account is being renewed, adopted, ended or forgotten, and
    /// everything is kept; whether that is so. A store that does not take it is asked again until then.
    pub async fn close(&self, limit: Duration) -> bool {
        if runtime::equipped().is_err() {
            return false;
        }
        let patience = limit.min(Need::Asked.patience());
        // All at once: one that somebody has locked takes the time of no other.
        let mut closing = JoinSet::new();
        for own in self.shared.accounts.all() {
            let shared = Arc::clone(&self.shared);
            let account = Self { shared, own };
            if account.is_busy() {
                closing.spawn(async move { account.settle(patience).await });
            }
        }
        let done = async { while closing.join_next().await.is_some() {} };
        timeout(limit, done).await.is_ok()
    }

    /// Waits until nothing of this account goes on, and everything is kept.
    async fn settle(self, patience: Duration) {
        let mut pause = AGAIN.0;
        loop {
            self.own.works.ended().await;
            if let Some(flight) = self.own.runway.current() {
                let _ = flight.landed().await;
            }
            if self.save(patience).await.is_ok() {
                return;
            }
            sleep(pause).await;
            pause = (pause * 2).min(AGAIN.1);
        }
    }

    /// Whether the account's tokens are being renewed, adopted, ended or forgotten, or new ones are not kept yet:
    /// a program that ended now might lose them. [`close`](Self::close) waits for it.
    pub fn is_busy(&self) -> bool {
        let own = &self.own;
        own.works.any() || own.runway.current().is_some() || own.memory().unsaved.is_some()
    }

    pub(super) fn now(&self) -> i64 {
        self.shared.client.configuration().clock.now()
    }

    /// A token by one flight, whoever began it.
    async fn obtain(&self, need: Need) -> Result<AccessToken, Error> {
        let runtime = runtime::equipped()?;
        let known = self.own.memory().token.clone();
        // Whoever is at it keeps what comes of it.
        if self.own.runway.current().is_none() && !self.own.works.any() {
            self.save_behind(&runtime);
        }
        let flights = async {
            for _ in 0..ATTEMPTS {
                if need == Need::Now {
                    let now = self.now();
                    let valid = self.own.memory().valid(now).cloned();
                    if let Some(token) = valid {
                        self.renew_behind(&token, now, &runtime);
                        return Ok(token);
                    }
                }
                let flight = self.own.runway.join(need, &runtime, || {
                    let (this, known) = (self.clone(), known.clone());
                    async move { this.fly(need, known).await }
                });
                if let Some(landing) = flight.landed().await {
                    // What the store had may be about to end: a program may ask but once.
                    if let (Need::Now, Ok(token)) = (need, &landing) {
                        self.renew_behind(token, self.now(), &runtime);
                    }
                    return landing;
                }
            }
            Err(
                Error::store("the renewal was ended again and again before it could finish")
                    .with_hint("keep the tokio runtime that it began on until `close` has returned"),
            )
        };
        let wait = limit(self.shared.options.wait);
        timeout(wait, flights).await.unwrap_or_else(|_| {
            Err(Error::network(
                Phase::Timeout,
                Outcome::Unknown,
                format!("there is no new token after {} s", wait.as_secs_f32()),
            )
            .with_hint("the renewal goes on, and what comes of it is kept: ask again later"))
        })
    }

    /// Begins an early renewal, if it is time for one.
    fn renew_behind(&self, token: &AccessToken, now: i64, runtime: &tokio::runtime::Handle) {
        let paused = self.own.memory().pause.contains(&now);
        if token.is_fresh(now) || paused || !token.is_renewable() {
            return;
        }
        let _ = self.own.runway.join(Need::Early, runtime, || {
            let (this, known) = (self.clone(), Some(token.clone()));
            async move { this.fly(Need::Early, known).await }
        });
    }

    /// Does something to its end, whoever stops waiting for it.
    async fn detached<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, Error> {
        let (runtime, going_on) = (runtime::equipped()?, self.own.works.begin());
        let work = async move {
            let done = work.await;
            drop(going_on);
            done
        };
        runtime.spawn(work).await.unwrap_or_else(|error| {
            Err(Error::new(
                ErrorKind::Store,
                Outcome::Unknown,
                "the runtime ended before this was done",
            )
            .with_hint("keep the tokio runtime until `close` has returned")
            .with_source(error))
        })
    }
}

impl Shared {
    fn own(&self, account: Account) -> Arc<Own> {
        let host = &self.client.configuration().host;
        let key = |account: &Account| StoreKey::new(host.clone(), self.app_id.clone(), account.clone());
        self.accounts.own(account, key)
    }
}

impl fmt::Debug for TokenManager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenManager")
            .field("account", self.name())
            .field("store", &self.shared.store)
            .finish_non_exhaustive()
    }
}
