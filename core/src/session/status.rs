//! How an account's tokens stand.

use super::memory::Memory;
use crate::store::{Failure, Life, Record};

/// What can be done with an account's tokens now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenState {
    /// Valid.
    Fresh,
    /// Valid, and to be renewed.
    Stale,
    /// Not valid, and renewed when it is asked for.
    Expired,
    /// Not valid, and nothing renews it: a person has to authorize again.
    ReauthorizationRequired,
}

impl TokenState {
    /// The state's name, stable across releases and languages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fresh => "Fresh",
            Self::Stale => "Stale",
            Self::Expired => "Expired",
            Self::ReauthorizationRequired => "ReauthorizationRequired",
        }
    }
}

/// How an account's tokens stand. It holds no secret.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TokenStatus {
    /// What can be done with them.
    pub state: TokenState,
    /// The scopes, separated by spaces or commas, if known.
    pub scope: Option<String>,
    /// When the access token was issued and expires; none without one.
    pub access_life: Option<Life>,
    /// The same of the refresh token.
    pub refresh_life: Option<Life>,
    /// The last renewal that failed, if none has worked since.
    pub failure: Option<Failure>,
    /// Whether new tokens were asked for, and whoever asked has not said yet what came of it.
    pub asked: bool,
    /// Whether newer tokens than the store's are in this process alone.
    pub unsaved: bool,
    /// What the store is, and where.
    pub store: String,
}

impl TokenStatus {
    pub(super) fn new(record: Option<&Record>, memory: &Memory, store: String, now: i64) -> Self {
        let token = record.map(|record| &record.token);
        let failure = record.and_then(|record| record.failure.clone());
        let refused = token
            .zip(failure.as_ref())
            .is_some_and(|(token, failure)| failure.refused.as_ref() == Some(&token.fingerprint()));
        let state = match token {
            Some(token)
                if !token.access_life.is_over(now) && !memory.rejects(token.access_token.expose()) =>
            {
                if token.access_life.is_ending(now) {
                    TokenState::Stale
                } else {
                    TokenState::Fresh
                }
            }
            Some(token) if token.client_credentials => TokenState::Expired,
            Some(token) if token.refresh_token.is_some() && !token.refresh_life.is_over(now) && !refused => {
                TokenState::Expired
            }
            _ => TokenState::ReauthorizationRequired,
        };
        Self {
            state,
            scope: token.and_then(|token| token.scope.clone()),
            access_life: token.map(|token| token.access_life),
            refresh_life: token.and_then(|token| token.refresh_token.as_ref().map(|_| token.refresh_life)),
            failure,
            asked: record.is_some_and(|record| record.asked),
            unsaved: memory.unsaved.is_some(),
            store,
        }
    }
}
