//! From "Connect with Pinterest" to a token: what of it crosses the border.

use std::time::Duration;

use napi::bindgen_prelude::{Env, Result};
use napi_derive::napi;
use pinterest_sdk::{
    AuthorizationRequest, Error, LoopbackLogin, OauthAccessTokenRequest, PendingAuthorization, Scope,
    open_browser,
};
use tokio::task::spawn_blocking;

use crate::answer_json;
use crate::callbacks::Callbacks;
use crate::calls::{Calls, Options};
use crate::connection::Connection;

/// What to ask a person for, as in the core.
#[napi(object, object_to_js = false)]
pub struct AuthorizationFields {
    pub redirect_uri: String,
    /// Each is a scope or a list of them.
    pub scopes: Vec<String>,
    pub pkce: Option<bool>,
    pub continuous_refresh: Option<bool>,
    pub comma_separated_scopes: Option<bool>,
    pub lifetime_seconds: Option<f64>,
}

/// A login that listens, or whose outcome says why it does not.
#[napi(object, object_from_js = false)]
pub struct StartedLogin {
    /// The call's number.
    pub number: u32,
    /// Where to send the person.
    pub url: Option<String>,
}

#[napi]
impl Connection {
    /// Starts an authorization. Gives an outcome, whose data is what to keep.
    #[napi(catch_unwind)]
    pub fn start_authorization(&self, fields: AuthorizationFields) -> String {
        let request = AuthorizationRequest::from(fields);
        let client = self.client.as_ref().map_err(AsRef::as_ref);
        match client.map(|client| request.start(client)) {
            Ok(Ok(pending)) => answer_json::pending(&pending),
            Ok(Err(error)) => answer_json::failure(&error).to_string(),
            Err(error) => answer_json::failure(error).to_string(),
        }
    }

    /// Checks a callback, which counts from here on. Gives an outcome, whose data is the form that
    /// exchanges its code.
    #[napi(catch_unwind)]
    #[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
    pub fn token_form(&self, kept: String, callback: String) -> String {
        let pending = match PendingAuthorization::from_json(&kept) {
            Ok(pending) => pending,
            Err(error) => return answer_json::failure(&error).to_string(),
        };
        match &self.client {
            Ok(client) => answer_json::token_form(&pending.redeem(client, &callback)).to_string(),
            Err(error) => answer_json::failure(error).to_string(),
        }
    }

    /// Reads an authorization that was kept. Gives an outcome, whose data is the same again.
    #[napi(catch_unwind)]
    #[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
    pub fn restore_authorization(kept: String) -> String {
        match PendingAuthorization::from_json(&kept) {
            Ok(pending) => answer_json::pending(&pending),
            Err(error) => answer_json::failure(&error).to_string(),
        }
    }
}

#[napi]
impl Calls {
    /// Checks a callback and exchanges its code. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn complete_authorization(
        &mut self,
        env: Env,
        connection: &Connection,
        kept: String,
        callback: String,
        options: Options,
    ) -> Result<u32> {
        self.start(env, connection, options, |client, options| async move {
            let completed = match PendingAuthorization::from_json(&kept) {
                Ok(pending) => {
                    pending
                        .complete_with_http_info(&client, &callback, &options)
                        .await
                }
                Err(error) => Err(error),
            };
            answer_json::token(&completed)
        })
    }

    /// Listens for a callback on this machine and waits for it. Cancelling frees the port before
    /// the call's outcome arrives. With `form_alone` the outcome is the form that exchanges the
    /// callback's code, and `tell` is to be called.
    #[napi(catch_unwind)]
    pub fn login(
        &mut self,
        env: Env,
        connection: &Connection,
        fields: AuthorizationFields,
        form_alone: bool,
        options: Options,
    ) -> Result<StartedLogin> {
        let request = AuthorizationRequest::from(fields);
        let mut url = None;
        let callbacks = self.callbacks();
        let number = self.next();
        self.begin(env, || {
            let login = LoopbackLogin::start(connection.client.as_ref().map_err(Clone::clone)?, &request)?;
            let login = login.with_options(options.into());
            url = Some(login.url().to_owned());
            Ok(async move {
                if form_alone {
                    answer_json::token_form(&form_of(login, number, &callbacks).await)
                } else {
                    answer_json::token_alone(&login.finish().await)
                }
            })
        })?;
        Ok(StartedLogin { number, url })
    }

    /// After a login that gave its form: tells the person's browser how the exchange went, in `why` it
    /// did not. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn tell(&mut self, env: Env, login: u32, why: Option<String>) -> Result<u32> {
        let callback = self.callbacks().take(login);
        self.begin(env, || {
            Ok(async move {
                if let Some(callback) = callback {
                    callback.tell(why.as_deref().map_or(Ok(()), Err)).await;
                }
                answer_json::nothing(Ok(()))
            })
        })
    }

    /// Opens a URL in the person's browser, which may take a second. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn open_browser(&mut self, env: Env, url: String) -> Result<u32> {
        self.begin(env, || {
            Ok(async move {
                let opened = spawn_blocking(move || open_browser(&url)).await;
                match opened {
                    Ok(opened) => answer_json::nothing(opened),
                    Err(_) => answer_json::Text::new(answer_json::ENDED.to_owned()),
                }
            })
        })
    }
}

/// Waits for the callback and keeps it, for the page that its browser waits for.
async fn form_of(
    login: LoopbackLogin,
    number: u32,
    callbacks: &Callbacks,
) -> std::result::Result<OauthAccessTokenRequest, Error> {
    let callback = login.wait().await?;
    match callback.redeem() {
        Ok(request) => {
            callbacks.keep(number, callback);
            Ok(request)
        }
        Err(error) => {
            callback.tell(Err(error.message())).await;
            Err(error)
        }
    }
}

impl From<AuthorizationFields> for AuthorizationRequest {
    fn from(fields: AuthorizationFields) -> Self {
        Self::from(pinterest_sdk::AuthorizationFields {
            redirect_uri: fields.redirect_uri,
            scopes: fields.scopes,
            pkce: fields.pkce.unwrap_or_default(),
            continuous_refresh: fields.continuous_refresh.unwrap_or_default(),
            comma_separated_scopes: fields.comma_separated_scopes.unwrap_or_default(),
            lifetime: fields
                .lifetime_seconds
                .map(|seconds| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)),
        })
    }
}

/// The scopes that have constants.
#[cfg_attr(test, allow(dead_code))] // JavaScript calls it, and is not there.
#[napi(catch_unwind)]
pub fn known_scopes() -> Vec<String> {
    Scope::KNOWN.iter().map(ToString::to_string).collect()
}
