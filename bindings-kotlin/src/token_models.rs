//! What a token manager tells, in the shapes that cross the border.

use pinterest_sdk::store::{Failure, Life};
use pinterest_sdk::{AccessToken, Secret, TokenEvent, TokenStatus};

use crate::error::NativeError;

/// A valid token, and until when it can be given out without asking again.
#[derive(Debug, uniffi::Record)]
pub struct NativeAccessToken {
    pub token: Secret,
    /// Seconds since 1970.
    pub fresh_until: i64,
}

impl From<AccessToken> for NativeAccessToken {
    fn from(token: AccessToken) -> Self {
        Self {
            fresh_until: token.fresh_until(),
            token: token.expose().into(),
        }
    }
}

/// How an account's tokens stand; the state by name.
#[derive(Debug, uniffi::Record)]
pub struct NativeTokenStatus {
    pub state: String,
    pub scope: Option<String>,
    pub access_life: Option<NativeLife>,
    pub refresh_life: Option<NativeLife>,
    pub failure: Option<NativeTokenFailure>,
    pub asked: bool,
    pub unsaved: bool,
    pub store: String,
}

/// From when to when a token is valid, in seconds since 1970.
#[derive(Debug, uniffi::Record)]
pub struct NativeLife {
    pub issued_at: i64,
    pub expires_at: Option<i64>,
}

/// The last renewal that failed; times in seconds since 1970.
#[derive(Debug, uniffi::Record)]
pub struct NativeTokenFailure {
    pub failures: u32,
    pub failed_at: i64,
    pub until: i64,
    pub kind: String,
    pub message: String,
}

impl From<TokenStatus> for NativeTokenStatus {
    fn from(status: TokenStatus) -> Self {
        Self {
            state: status.state.name().to_owned(),
            scope: status.scope,
            access_life: status.access_life.map(NativeLife::from),
            refresh_life: status.refresh_life.map(NativeLife::from),
            failure: status.failure.map(NativeTokenFailure::from),
            asked: status.asked,
            unsaved: status.unsaved,
            store: status.store,
        }
    }
}

impl From<Life> for NativeLife {
    fn from(life: Life) -> Self {
        Self {
            issued_at: life.issued_at,
            expires_at: life.expires_at,
        }
    }
}

impl From<Failure> for NativeTokenFailure {
    fn from(failure: Failure) -> Self {
        Self {
            failures: failure.failures,
            failed_at: failure.failed_at,
            until: failure.until,
            kind: failure.kind,
            message: failure.message,
        }
    }
}

/// What happened to an account's tokens; the kind by name.
#[derive(Debug, uniffi::Record)]
pub struct NativeTokenEvent {
    pub kind: String,
    pub account: String,
    pub error: Option<NativeError>,
    /// Seconds since 1970.
    pub at: Option<i64>,
}

impl From<TokenEvent> for NativeTokenEvent {
    fn from(event: TokenEvent) -> Self {
        Self {
            kind: event.kind.name().to_owned(),
            account: event.account.to_string(),
            error: event.error.map(NativeError::from),
            at: event.at,
        }
    }
}
