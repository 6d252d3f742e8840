//! An authorization between its URL and its callback.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};
use url::{Origin, Url};

use super::callback::Callback;
use super::proof;
use crate::api::OauthApi;
use crate::client::ApiClient;
use crate::error::{Error, Outcome};
use crate::models::{OauthAccessTokenRequest, OauthAccessTokenResponse};
use crate::secret::same;

/// States that were completed in this process, with their end: a callback counts once, also when
/// its pending authorization was restored from a session twice.
static COMPLETED: Mutex<Option<HashMap<String, i64>>> = Mutex::new(None);

/// What to remember while a person is at Pinterest. Keep it in their session (it holds no secret)
/// and nowhere that another person's session can reach.
#[derive(Debug, Clone, PartialEq)]
pub struct PendingAuthorization {
    pub(crate) url: String,
    pub(crate) state: String,
    pub(crate) client_id: String,
    pub(crate) host: String,
    pub(crate) redirect_uri: String,
    pub(crate) expires_at: i64,
    pub(crate) pkce: bool,
    pub(crate) continuous_refresh: bool,
}

impl PendingAuthorization {
    /// Where to send the person. Holds no secret.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The state that the callback must bring back.
    pub fn state(&self) -> &str {
        &self.state
    }

    /// The redirect URI, byte for byte as it will be sent with the code.
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// When it ends, in seconds since 1970.
    pub fn expires_at(&self) -> i64 {
        self.expires_at
    }

    /// Everything as JSON text, for a session. No secret is in it.
    pub fn to_json(&self) -> String {
        json!({
            "version": 1,
            "url": self.url,
            "state": self.state,
            "client_id": self.client_id,
            "host": self.host,
            "redirect_uri": self.redirect_uri,
            "expires_at": self.expires_at,
            "pkce": self.pkce,
            "continuous_refresh": self.continuous_refresh,
        })
        .to_string()
    }

    /// Restores what [`to_json`](Self::to_json) gave.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for anything else.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        let string = |name: &str| value[name].as_str().map(str::to_owned);
        let restored = (value["version"] == 1)
            .then(|| {
                Some(Self {
                    url: string("url")?,
                    state: string("state")?,
                    client_id: string("client_id")?,
                    host: string("host")?,
                    redirect_uri: string("redirect_uri")?,
                    expires_at: value["expires_at"].as_i64()?,
                    pkce: value["pkce"].as_bool()?,
                    continuous_refresh: value["continuous_refresh"].as_bool()?,
                })
            })
            .flatten();
        restored.ok_or_else(|| Error::invalid_input("this is not a pending authorization as JSON"))
    }

    /// Checks the callback and exchanges its code. `callback` is the URL that the person came back
    /// to, or its query. A callback counts once, unless its code could not be sent; one that is not
    /// ours changes nothing, so the right one can still come.
    ///
    /// # Errors
    ///
    /// `Authorization` for a wrong, missing or repeated state, a late or used callback, a refusal by
    /// the person; otherwise those of [`OauthApi::oauth_token`].
    pub async fn complete(
        &self,
        client: &ApiClient,
        callback: &str,
    ) -> Result<OauthAccessTokenResponse, Error> {
        let callback = self.verify(client, callback)?;
        self.exchange(client, &callback).await
    }

    /// Whether a callback is this authorization's; nothing is sent or used up.
    ///
    /// # Errors
    ///
    /// `Authorization`, as [`complete`](Self::complete).
    pub fn check(&self, client: &ApiClient, callback: &str) -> Result<(), Error> {
        self.verify(client, callback).map(drop)
    }

    /// The callback, if it is this authorization's; nothing is sent or used up.
    pub(crate) fn verify(&self, client: &ApiClient, callback: &str) -> Result<Callback, Error> {
        let configuration = client.configuration();
        if configuration.host != self.host || configuration.username.as_deref() != Some(&self.client_id) {
            return Err(Error::authorization(
                "this authorization was started for another app or environment than the client's",
            ));
        }
        let callback = Callback::parse(callback)?;
        match callback.get("state") {
            None => return Err(not_ours("the callback holds no `state`")),
            Some(state) if !same(state, &self.state) => {
                return Err(not_ours(
                    "the callback's `state` is not the one of this authorization",
                ));
            }
            Some(_) => {}
        }
        if let Some(issuer) = callback.get("iss")
            && origin(issuer) != origin(&self.url)
        {
            return Err(not_ours("the callback names another issuer (RFC 9207)"));
        }
        if self.expires_at <= configuration.clock.now() {
            return Err(
                Error::authorization("the callback came too late").with_hint("start the authorization again")
            );
        }
        Ok(callback)
    }

    /// Exchanges a verified callback's code, once.
    pub(crate) async fn exchange(
        &self,
        client: &ApiClient,
        callback: &Callback,
    ) -> Result<OauthAccessTokenResponse, Error> {
        let code = callback.code();
        self.count_once(client.configuration().clock.now())?;
        let mut request = OauthAccessTokenRequest::authorization_code(code?, self.redirect_uri.as_str())
            .with_continuous_refresh(self.continuous_refresh);
        if let (true, Some(secret)) = (self.pkce, &client.configuration().password) {
            request = request.with_code_verifier(proof::code_verifier(secret, &self.state));
        }
        let result = OauthApi::new(client.clone()).oauth_token(request).await;
        if result
            .as_ref()
            .is_err_and(|error| error.outcome() == Outcome::NotSent)
        {
            // The code never left: loading the page again may do better.
            self.count_not();
        }
        result
    }

    fn count_once(&self, now: i64) -> Result<(), Error> {
        let mut completed = COMPLETED.lock().unwrap_or_else(PoisonError::into_inner);
        let completed = completed.get_or_insert_default();
        completed.retain(|_, end| *end > now);
        match completed.insert(self.state.clone(), self.expires_at) {
            None => Ok(()),
            Some(_) => Err(Error::authorization("this callback was used already").with_hint(
                "a page that is loaded again does this; start the authorization again if there is no token",
            )),
        }
    }

    fn count_not(&self) {
        let mut completed = COMPLETED.lock().unwrap_or_else(PoisonError::into_inner);
        completed.get_or_insert_default().remove(&self.state);
    }
}

/// Scheme, host and port; none for what is not a URL.
fn origin(url: &str) -> Option<Origin> {
    Url::parse(url).ok().map(|url| url.origin())
}

fn not_ours(what: &str) -> Error {
    Error::authorization(what).with_hint("it may belong to another login, or be forged; nothing was sent")
}
