//! A profile that is about to be changed: locked, and looked at again.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use super::need::Need;
use crate::client::ApiClient;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Outcome};
use crate::store::{Account, FileStore, Record, StoreKey, StoreLock, StoredToken, TokenStore};

/// How often a profile may turn out to be another app's, or to have another secret, meanwhile.
const ATTEMPTS: usize = 3;

/// What a session needs of whoever uses it.
pub trait App {
    /// How that fails.
    type Error: From<Error>;

    /// A client that can renew these tokens.
    ///
    /// # Errors
    ///
    /// As without the app's secret. Nobody is asked for it if the renewal can wait.
    fn client(&self, stored: &StoredToken, need: Need) -> Result<ApiClient, Self::Error>;

    /// Refuses tokens of another app or environment than are wanted.
    ///
    /// # Errors
    ///
    /// The refusal.
    fn accept(&self, stored: &StoredToken) -> Result<(), Self::Error>;

    /// Hears, however the rest went, where copies are of what could not be read or ranked. Nobody waits
    /// for it: the profile is not locked any more, and what was got is kept.
    fn set_aside(&self, copies: &[PathBuf]);
}

/// A profile's tokens and how to renew them.
pub struct Session<'a, A> {
    pub(super) store: &'a FileStore,
    pub(super) profile: &'a Account,
    pub(super) clock: &'a Clock,
    pub(super) app: A,
    /// Set while a token is asked for and has no place on the disk: whoever stops then loses it.
    busy: &'a AtomicBool,
}

/// A profile under its lock.
pub(super) struct Held<'a> {
    /// Made for the profile's app.
    pub(super) client: ApiClient,
    pub(super) lock: Box<dyn StoreLock>,
    /// What is kept now, whatever was read before.
    pub(super) current: Record,
    _busy: Busy<'a>,
}

/// The same, and nothing that renews the tokens.
pub(super) struct Locked<'a> {
    lock: Box<dyn StoreLock>,
    pub(super) current: Record,
    busy: Busy<'a>,
}

pub(super) enum Failed<E> {
    App(E),
    Core(Error),
}

impl<E> From<Error> for Failed<E> {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl<E: From<Error>> Failed<E> {
    pub(super) fn into_error(self) -> E {
        match self {
            Self::App(error) => error,
            Self::Core(error) => error.into(),
        }
    }
}

/// Says that a stop would lose a token, until it is dropped.
pub(super) struct Busy<'a>(&'a AtomicBool);

impl<'a> Busy<'a> {
    fn begin(busy: &'a AtomicBool) -> Self {
        busy.store(true, Ordering::Relaxed);
        Self(busy)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl<'a, A: App> Session<'a, A> {
    /// The session of a profile. `busy` is set while whoever stops the program loses a token.
    pub fn new(
        store: &'a FileStore,
        profile: &'a Account,
        clock: &'a Clock,
        app: A,
        busy: &'a AtomicBool,
    ) -> Self {
        Self {
            store,
            profile,
            clock,
            app,
            busy,
        }
    }

    /// Tells what was found on the way. Whatever that takes, nobody waits for it.
    pub(super) fn tell(&self, aside: &[PathBuf]) {
        if !aside.is_empty() {
            self.app.set_aside(aside);
        }
    }

    /// Waits for the profile's lock and reads what is kept then: what was read before it may be
    /// anybody's by now. `aside` gets what is to be told of it, once the lock is given up.
    pub(super) async fn hold(
        &self,
        old: &StoredToken,
        need: Need,
        aside: &mut Vec<PathBuf>,
    ) -> Result<Held<'a>, Failed<A::Error>> {
        let mut old = old.clone();
        for _ in 0..ATTEMPTS {
            // Whatever it takes to make one, such as a person's answer, nobody else waits for it.
            let client = self.app.client(&old, need).map_err(Failed::App)?;
            let Locked { lock, current, busy } = self.locked(&old, need, aside).await?;
            // The client is made with both.
            if !current.token.is_same_app_as(&old) || current.token.app_secret != old.app_secret {
                old = current.token;
                continue;
            }
            return Ok(Held {
                client,
                lock,
                current,
                _busy: busy,
            });
        }
        let often = Error::new(
            ErrorKind::Store,
            Outcome::NotSent,
            format!(
                "the profile `{}` is logged in to another app, or with another secret, again and again",
                self.profile
            ),
        );
        Err(often.with_hint("use a profile for each app").into())
    }

    /// The same without what renews the tokens.
    pub(super) async fn locked(
        &self,
        old: &StoredToken,
        need: Need,
        aside: &mut Vec<PathBuf>,
    ) -> Result<Locked<'a>, Failed<A::Error>> {
        let key = StoreKey::new(old.host.clone(), old.app_id.clone(), self.profile.clone());
        let mut lock = TokenStore::lock(self.store, &key, need.patience()).await?;
        let busy = Busy::begin(self.busy);
        let found = lock.load().await;
        aside.extend(lock.set_aside());
        let current = found?.ok_or_else(|| absent(self.profile))?;
        self.app.accept(&current.token).map_err(Failed::App)?;
        Ok(Locked { lock, current, busy })
    }
}

/// Nobody is logged in.
pub fn absent(profile: &Account) -> Error {
    let why = format!("the profile `{profile}` is not logged in");
    Error::new(ErrorKind::ReauthorizationRequired, Outcome::NotSent, why).with_hint(log_in(profile))
}

/// What a person has to do.
pub(super) fn log_in(profile: &Account) -> String {
    match profile.as_str() {
        "default" => "run `pinterest login`".to_owned(),
        other => format!("run `pinterest login --profile {other}`"),
    }
}
