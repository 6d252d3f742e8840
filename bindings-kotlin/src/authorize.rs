//! From the authorization URL to the callback's token.

use std::time::Duration;

use pinterest_sdk::{AuthorizationFields, AuthorizationRequest, PendingAuthorization};

use crate::client::NativeClient;
use crate::error::NativeError;

/// What to ask a person for.
#[derive(Debug, uniffi::Record)]
pub struct NativeAuthorizationRequest {
    pub redirect_uri: String,
    pub scopes: Vec<String>,
    pub pkce: bool,
    pub continuous_refresh: bool,
    pub comma_separated_scopes: bool,
    /// Nanoseconds from the URL to the callback.
    pub lifetime: u64,
}

impl From<NativeAuthorizationRequest> for AuthorizationRequest {
    fn from(fields: NativeAuthorizationRequest) -> Self {
        Self::from(AuthorizationFields {
            redirect_uri: fields.redirect_uri,
            scopes: fields.scopes,
            pkce: fields.pkce,
            continuous_refresh: fields.continuous_refresh,
            comma_separated_scopes: fields.comma_separated_scopes,
            lifetime: Some(Duration::from_nanos(fields.lifetime)),
        })
    }
}

/// An authorization between its URL and its callback: a record, so that there is nothing to close.
#[derive(Debug, uniffi::Record)]
pub struct NativePendingAuthorization {
    pub url: String,
    pub state: String,
    pub redirect_uri: String,
    /// Seconds since 1970.
    pub expires_at: i64,
    /// All of it; what the core restores it from.
    pub json: String,
}

impl From<PendingAuthorization> for NativePendingAuthorization {
    fn from(pending: PendingAuthorization) -> Self {
        Self {
            url: pending.url().to_owned(),
            state: pending.state().to_owned(),
            redirect_uri: pending.redirect_uri().to_owned(),
            expires_at: pending.expires_at(),
            json: pending.to_json(),
        }
    }
}

/// Restores one from its JSON text.
///
/// # Errors
///
/// `InvalidInput` for any other text.
#[uniffi::export]
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
pub fn restore_authorization(json: &str) -> Result<NativePendingAuthorization, NativeError> {
    Ok(PendingAuthorization::from_json(json)?.into())
}

#[uniffi::export]
impl NativeClient {
    /// The URL to send a person to, and what is needed when they come back.
    ///
    /// # Errors
    ///
    /// `InvalidInput` naming what is missing.
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    pub fn start_authorization(
        &self,
        request: NativeAuthorizationRequest,
    ) -> Result<NativePendingAuthorization, NativeError> {
        Ok(AuthorizationRequest::from(request).start(&self.client)?.into())
    }
}
