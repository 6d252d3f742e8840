//! An authorization between its URL and its callback.

use serde_json::{Value, json};
use url::{Origin, Url};

use super::callback::{Callback, not_ours};
use super::once::{self, Claim};
use super::paste::{self, Expected};
use super::proof;
use crate::api::OauthApi;
use crate::client::{ApiClient, ApiResponse, CallOptions};
use crate::error::{AuthorizationReason, Error, ErrorKind, Outcome};
use crate::models::{OauthAccessTokenRequest, OauthAccessTokenResponse};
use crate::secret::same;
use crate::transport::SentWatch;

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

    /// Restores what [`to_json`](Self::to_json) gave. Take it out of the session for good before
    /// [`complete`](Self::complete): a callback then counts once, whichever process it comes to.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for anything else, with the reason `NotPending`.
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
        // Most often a visitor did this, who opened the callback's address by itself.
        restored.ok_or_else(|| {
            Error::invalid_input("this is not a pending authorization as JSON")
                .with_reason(AuthorizationReason::NotPending)
                .with_hint(
                    "if it is what a session held, then that person's has none: the callback's page was opened once \
                     more, from a bookmark or in another browser; start the authorization again",
                )
        })
    }

    /// Checks the callback and exchanges its code. `callback` is the URL that the person came back
    /// to, or its query; also as people paste it, in quotes or broken into lines. A callback counts
    /// once in this process, unless its code did not leave, as when the future was dropped early, or
    /// Pinterest refused the request for another reason than the code; one that is not ours changes
    /// nothing, so the right one can still come. Another process knows nothing of this one: delete
    /// what is pending from the session before completing it.
    ///
    /// # Errors
    ///
    /// `Authorization` for a wrong, missing or repeated state, a damaged, late or used callback, a
    /// refusal by the person, each with its [`reason`](Error::reason); otherwise those of [`OauthApi::oauth_token`].
    pub async fn complete(
        &self,
        client: &ApiClient,
        callback: &str,
    ) -> Result<OauthAccessTokenResponse, Error> {
        let options = CallOptions::default();
        let response = self.complete_with_http_info(client, callback, &options).await?;
        Ok(response.data)
    }

    /// [`complete`](Self::complete) with the answer's HTTP part. The options are the exchange's.
    ///
    /// # Errors
    ///
    /// As `complete`.
    pub async fn complete_with_http_info(
        &self,
        client: &ApiClient,
        callback: &str,
        options: &CallOptions,
    ) -> Result<ApiResponse<OauthAccessTokenResponse>, Error> {
        let callback = self.verify_pasted(client, callback)?;
        self.exchange(client, &callback, options).await
    }

    /// Whether a callback is this authorization's, and holds an answer, be it a refusal; nothing is
    /// sent or used up.
    ///
    /// # Errors
    ///
    /// `Authorization`, as [`complete`](Self::complete).
    pub fn check(&self, client: &ApiClient, callback: &str) -> Result<(), Error> {
        let callback = self.verify_pasted(client, callback)?;
        match callback.get("error") {
            Some(_) => Ok(()),
            None => callback.code().map(drop),
        }
    }

    /// The first half of [`complete`](Self::complete), for a program that sends the request by means
    /// of its own: checks the callback, which counts as used from now on, and gives the request.
    ///
    /// # Errors
    ///
    /// `Authorization`, as [`complete`](Self::complete).
    pub fn redeem(&self, client: &ApiClient, callback: &str) -> Result<OauthAccessTokenRequest, Error> {
        let callback = self.verify_pasted(client, callback)?;
        self.counted_request(client, &callback)
    }

    /// Lets the callback count once more, after a [`redeem`](Self::redeem) whose request did not leave.
    pub fn give_back(&self) {
        once::give_back(&self.state, self.expires_at);
    }

    /// The callback as a browser brings it, if it is this authorization's; nothing is sent or used up.
    pub(crate) fn verify(&self, client: &ApiClient, target: &str) -> Result<Callback, Error> {
        self.check_client(client)?;
        let callback = Callback::parse(target)?;
        match callback.get("state") {
            None => Err(not_ours(
                AuthorizationReason::Damaged,
                "the callback holds no `state`",
            )),
            Some(state) if !same(state, &self.state) => Err(not_ours(
                AuthorizationReason::Foreign,
                "the callback's `state` is not the one of this authorization",
            )),
            Some(_) => self.check_callback(client, callback),
        }
    }

    /// The same as a person may have pasted it.
    fn verify_pasted(&self, client: &ApiClient, text: &str) -> Result<Callback, Error> {
        self.check_client(client)?;
        let expected = Expected {
            url: &self.url,
            state: &self.state,
            redirect_uri: &self.redirect_uri,
        };
        let callback = paste::read(text, &expected)?;
        self.check_callback(client, callback)
    }

    fn check_client(&self, client: &ApiClient) -> Result<(), Error> {
        let configuration = client.configuration();
        // With a slash at its end or without, it is one address.
        let [own, other] = [&self.host, &configuration.host].map(|host| host.trim_end_matches('/'));
        if other != own || configuration.username.as_deref() != Some(&self.client_id) {
            return Err(Error::authorization(
                AuthorizationReason::OtherClient,
                "this authorization was started for another app or environment than the client's",
            ));
        }
        Ok(())
    }

    fn check_callback(&self, client: &ApiClient, callback: Callback) -> Result<Callback, Error> {
        if let Some(issuer) = callback.get("iss")
            && origin(issuer) != origin(&self.url)
        {
            return Err(not_ours(
                AuthorizationReason::Foreign,
                "the callback names another issuer (RFC 9207)",
            ));
        }
        if self.expires_at <= client.configuration().clock.now() {
            return Err(
                Error::authorization(AuthorizationReason::Late, "the callback came too late")
                    .with_hint("start the authorization again"),
            );
        }
        Ok(callback)
    }

    /// The request that exchanges a verified callback's code, which counts from here on.
    pub(super) fn counted_request(
        &self,
        client: &ApiClient,
        callback: &Callback,
    ) -> Result<OauthAccessTokenRequest, Error> {
        let request = self.request(client, callback)?;
        let now = client.configuration().clock.now();
        Claim::new(&self.state, self.expires_at, now, SentWatch::default())?.keep();
        Ok(request)
    }

    fn request(&self, client: &ApiClient, callback: &Callback) -> Result<OauthAccessTokenRequest, Error> {
        let request =
            OauthAccessTokenRequest::authorization_code(callback.code()?, self.redirect_uri.as_str())
                .with_continuous_refresh(self.continuous_refresh);
        Ok(if self.pkce {
            request.with_code_verifier(proof::code_verifier(client.app_secret()?, &self.state))
        } else {
            request
        })
    }

    /// Exchanges a verified callback's code, once.
    pub(crate) async fn exchange(
        &self,
        client: &ApiClient,
        callback: &Callback,
        options: &CallOptions,
    ) -> Result<ApiResponse<OauthAccessTokenResponse>, Error> {
        let request = self.request(client, callback)?;
        let (client, sent) = client.watched();
        let now = client.configuration().clock.now();
        // From here on the future may be dropped at any point: the claim then decides by itself.
        let claim = Claim::new(&self.state, self.expires_at, now, sent)?;
        let result = OauthApi::new(client)
            .oauth_token_with_http_info(request, options)
            .await;
        match &result {
            Err(error) if leaves_the_code(error) => claim.give_back(),
            _ => claim.keep(),
        }
        result
    }
}

/// Whether the code can still be exchanged after an error.
fn leaves_the_code(error: &Error) -> bool {
    match error.outcome() {
        Outcome::NotSent => true,
        // Too many requests, or a wrong app secret, which can be put right.
        Outcome::Refused => error.kind() != ErrorKind::InvalidGrant,
        Outcome::Unknown => false,
    }
}

/// Scheme, host and port; none for what is not a URL.
fn origin(url: &str) -> Option<Origin> {
    Url::parse(url).ok().map(|url| url.origin())
}
