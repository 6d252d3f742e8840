//! How a manager behaves.

use std::time::Duration;

use super::event::{Listener, TokenEvent};
use crate::client::CallOptions;
use crate::secret::Secret;
use crate::store::Account;

/// How a [`TokenManager`](super::TokenManager) behaves.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TokenOptions {
    /// How long a caller waits for a token that has to be renewed first; a minute unless set, and zero is no
    /// limit. The renewal itself goes on after that.
    pub wait: Duration,
    /// The scopes to ask for with the app's own credentials where the store has no tokens, or the app's own that were
    /// asked for without one of these, separated by commas; without them a person has to authorize.
    pub client_credentials: Option<String>,
    /// Headers of every request of the manager's own, as name and value: see
    /// [`CallOptions::headers`](crate::CallOptions).
    pub headers: Vec<(String, Secret)>,
    pub(super) listener: Listener,
    pub(super) refusals: Listener<Account>,
}

impl Default for TokenOptions {
    fn default() -> Self {
        Self {
            wait: Duration::from_secs(60),
            client_credentials: None,
            headers: Vec::new(),
            listener: Listener::default(),
            refusals: Listener::default(),
        }
    }
}

impl TokenOptions {
    /// The same options with another wait.
    #[must_use]
    pub fn with_wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// The same options, for the app's own tokens: with these scopes, separated by commas.
    #[must_use]
    pub fn with_client_credentials(mut self, scope: impl Into<String>) -> Self {
        self.client_credentials = Some(scope.into());
        self
    }

    /// The same options with one more header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// What a request of the manager's own does differently.
    pub(super) fn call(&self) -> CallOptions {
        let mut options = CallOptions::default();
        options.headers.clone_from(&self.headers);
        options
    }

    /// The same options with somebody who hears of events. It is called on the runtime, and must not block.
    #[must_use]
    pub fn with_listener(mut self, hear: impl Fn(&TokenEvent) + Send + Sync + 'static) -> Self {
        self.listener = Listener::new(hear);
        self
    }

    /// The same options with somebody who keeps copies of tokens, and hears whose was refused, before another is asked
    /// for: that is not given out meanwhile.
    #[doc(hidden)]
    #[must_use]
    pub fn with_refusals(mut self, hear: impl Fn(&Account) + Send + Sync + 'static) -> Self {
        self.refusals = Listener::new(hear);
        self
    }
}
