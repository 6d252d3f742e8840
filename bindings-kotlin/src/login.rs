//! A login on one machine: a listener on the redirect URI's port, a browser, a token.

use std::sync::Arc;

use pinterest_sdk::LoopbackLogin;

use crate::authorize::NativeAuthorizationRequest;
use crate::client::NativeClient;
use crate::error::NativeError;
use crate::numbered::Numbered;

/// Those that nobody waits for yet.
static LOGINS: Numbered<LoopbackLogin> = Numbered::new();

/// A login that listens. Dropping it before anyone waits for it frees the port.
#[derive(Debug, uniffi::Object)]
pub struct NativeLogin {
    url: String,
    number: u64,
}

#[uniffi::export]
impl NativeLogin {
    /// Where to send the person.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// What the call that waits for it names it by.
    pub fn number(&self) -> u64 {
        self.number
    }
}

impl Drop for NativeLogin {
    fn drop(&mut self) {
        LOGINS.take(self.number);
    }
}

/// The login of that number, for whoever waits for it. Dropping that frees the port.
///
/// # Errors
///
/// `Unexpected` if it was taken already.
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
pub(crate) fn take(number: u64) -> Result<LoopbackLogin, NativeError> {
    LOGINS
        .take(number)
        .ok_or_else(|| NativeError::unexpected("this login was waited for already"))
}

#[uniffi::export]
impl NativeClient {
    /// Listens on the redirect URI's port.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if that cannot be.
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    pub fn start_login(&self, request: NativeAuthorizationRequest) -> Result<Arc<NativeLogin>, NativeError> {
        let login = LoopbackLogin::start(&self.client, &request.into())?;
        Ok(Arc::new(NativeLogin {
            url: login.url().to_owned(),
            number: LOGINS.keep(login),
        }))
    }
}

/// Opens a URL in the person's browser, within a second.
///
/// # Errors
///
/// `Authorization` if there is none.
#[uniffi::export]
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
pub fn open_browser(url: &str) -> Result<(), NativeError> {
    Ok(pinterest_sdk::open_browser(url)?)
}
