//! One object for each JavaScript thread: starts its calls and drops them.

use std::future::Future;
use std::sync::Arc;

use napi::bindgen_prelude::{Env, Function, FunctionRef, Result, Uint8Array, spawn};
use napi_derive::napi;
use pinterest_sdk::{
    ApiClient, ApiRequest, Auth, CallOptions, Error, OauthAccessTokenRequest, OauthApi, Part,
    TokenRequestFields, TokenRevocationRequest, TokenTypeHint,
};
use serde_json::Value;

use crate::answer_json::{self, Text};
use crate::asks::Asks;
use crate::callbacks::Callbacks;
use crate::connection::{Connection, milliseconds, pairs};
use crate::mailbox::Mailbox;

/// Fields of a token request, as in the core.
#[napi(object, object_to_js = false)]
pub struct TokenRequest {
    pub grant_type: String,
    pub code: Option<String>,
    pub redirect_uri: Option<String>,
    pub refresh_token: Option<String>,
    pub scope: Option<String>,
    pub continuous_refresh: Option<bool>,
    pub refresh_on: Option<bool>,
}

/// A request to any endpoint.
#[napi(object, object_to_js = false)]
pub struct AnyRequest {
    pub method: String,
    /// With the query.
    pub path: String,
    /// `basic` or `bearer`, from the connection's settings; anything else is none.
    pub auth: String,
    /// Names and values of a form.
    pub form: Option<Vec<(String, String)>>,
    /// A form with files.
    pub parts: Option<Vec<FormPart>>,
    /// Another body; `content_type` is its type.
    pub body: Option<Uint8Array>,
    pub content_type: String,
    /// Whether anything but JSON is an answer too.
    pub of_any_type: bool,
}

/// A field of a form with files, or a file, which has a name.
#[napi(object, object_to_js = false)]
pub struct FormPart {
    pub name: String,
    pub file_name: Option<String>,
    pub content_type: Option<String>,
    pub bytes: Uint8Array,
}

/// What one call does differently.
#[napi(object, object_to_js = false)]
pub struct Options {
    /// Milliseconds.
    pub timeout: Option<f64>,
    /// Milliseconds.
    pub connect_timeout: Option<f64>,
    /// Names and values.
    pub headers: Option<Vec<(String, String)>>,
}

impl From<Options> for CallOptions {
    fn from(given: Options) -> Self {
        let mut options = Self::default();
        options.timeout = given.timeout.map(milliseconds);
        options.connect_timeout = given.connect_timeout.map(milliseconds);
        options.headers = pairs(given.headers);
        options
    }
}

/// A JavaScript thread's side of all its calls. Calls have numbers, by which outcomes name them.
#[napi]
pub struct Calls {
    mailbox: Arc<Mailbox>,
    deliver: FunctionRef<(String,), ()>,
    last: u32,
    callbacks: Callbacks,
    asks: Arc<Asks>,
}

#[napi]
impl Calls {
    /// `deliver` is given JSON arrays: number, outcome, number, outcome …; after a zero comes a word to
    /// whoever its `to` numbers.
    #[napi(constructor, catch_unwind)]
    #[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
    pub fn new(
        #[napi(ts_arg_type = "(batch: string) => void")] deliver: Function<'_, (String,), ()>,
    ) -> Result<Self> {
        let mailbox = Arc::default();
        Ok(Self {
            asks: Arc::new(Asks::new(Arc::clone(&mailbox))),
            mailbox,
            deliver: deliver.create_ref()?,
            last: 0,
            callbacks: Callbacks::default(),
        })
    }

    /// `POST /oauth/token`. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn oauth_token(
        &mut self,
        env: Env,
        connection: &Connection,
        request: TokenRequest,
        options: Options,
    ) -> Result<u32> {
        let request = OauthAccessTokenRequest::from(request);
        self.start(env, connection, options, |client, options| async move {
            let api = OauthApi::new(client);
            answer_json::token(&api.oauth_token_with_http_info(request, &options).await)
        })
    }

    /// `POST /oauth/token/revoke`. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn revoke_token(
        &mut self,
        env: Env,
        connection: &Connection,
        token: String,
        of_refresh_token: Option<bool>,
        options: Options,
    ) -> Result<u32> {
        let mut request = TokenRevocationRequest::new(token);
        request = match of_refresh_token {
            Some(true) => request.with_token_type_hint(TokenTypeHint::RefreshToken),
            Some(false) => request.with_token_type_hint(TokenTypeHint::AccessToken),
            None => request,
        };
        self.start(env, connection, options, |client, options| async move {
            let api = OauthApi::new(client);
            answer_json::text(&api.revoke_token_with_http_info(request, &options).await, |()| ())
        })
    }

    /// `POST /oauth/conversion_token`. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn conversion_token(&mut self, env: Env, connection: &Connection, options: Options) -> Result<u32> {
        self.start(env, connection, options, |client, options| async move {
            let api = OauthApi::new(client);
            answer_json::conversion_token(&api.conversion_token_with_http_info(&options).await)
        })
    }

    /// Any endpoint. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn request(
        &mut self,
        env: Env,
        connection: &Connection,
        request: AnyRequest,
        options: Options,
    ) -> Result<u32> {
        let of_any_type = request.of_any_type;
        let request = any_request(request);
        self.start(env, connection, options, |client, options| async move {
            if of_any_type {
                answer_json::text(&client.request_any(request, &options).await, |()| ())
            } else {
                // JavaScript reads the text with its own parser.
                answer_json::text(&client.request::<Value>(request, &options).await, |_| ())
            }
        })
    }

    /// Drops a call: its request ends, its outcome no longer matters.
    #[napi(catch_unwind)]
    pub fn cancel(&self, number: u32) {
        self.mailbox.cancel(number);
        drop(self.callbacks.take(number));
    }

    /// Lets the process end: no call is pending.
    #[napi(catch_unwind)]
    pub fn rest(&self) {
        self.mailbox.close();
        self.asks.end();
    }

    pub(crate) fn start<F>(
        &mut self,
        env: Env,
        connection: &Connection,
        options: Options,
        call: impl FnOnce(ApiClient, CallOptions) -> F,
    ) -> Result<u32>
    where
        F: Future<Output = Text> + Send + 'static,
    {
        self.begin(env, || {
            let client = connection.client.clone()?;
            Ok(call(client, options.into()))
        })
    }

    pub(crate) fn asks(&self) -> &Arc<Asks> {
        &self.asks
    }

    pub(crate) fn callbacks(&self) -> Callbacks {
        self.callbacks.clone()
    }

    /// The number of the call that is begun next.
    pub(crate) fn next(&self) -> u32 {
        self.last.wrapping_add(1).max(1)
    }

    /// Starts a call. Its number is given whether or not it can start; the outcome says why not.
    pub(crate) fn begin<F>(
        &mut self,
        env: Env,
        call: impl FnOnce() -> std::result::Result<F, Arc<Error>>,
    ) -> Result<u32>
    where
        F: Future<Output = Text> + Send + 'static,
    {
        self.mailbox.open(|| self.deliver.borrow_back(&env))?;
        self.last = self.next();
        let ticket = self.mailbox.ticket(self.last);
        match call() {
            Err(error) => ticket.deliver(answer_json::failure(&error)),
            Ok(future) => {
                let task = spawn(async move { ticket.deliver(future.await) });
                self.mailbox.running(self.last, task.abort_handle());
            }
        }
        Ok(self.last)
    }
}

/// The thread is ending, perhaps in mid-call: nobody is left to take outcomes.
impl Drop for Calls {
    fn drop(&mut self) {
        self.mailbox.cancel_all();
        self.mailbox.close();
        self.asks.end();
    }
}

impl From<TokenRequest> for OauthAccessTokenRequest {
    fn from(fields: TokenRequest) -> Self {
        Self::from(TokenRequestFields {
            grant_type: fields.grant_type,
            code: fields.code.map(Into::into),
            redirect_uri: fields.redirect_uri,
            refresh_token: fields.refresh_token.map(Into::into),
            scope: fields.scope,
            continuous_refresh: fields.continuous_refresh.unwrap_or_default(),
            refresh_on: fields.refresh_on.unwrap_or_default(),
        })
    }
}

/// The form that a token request comes to, as names and values.
#[cfg_attr(test, allow(dead_code))] // JavaScript calls it, and is not there.
#[napi(catch_unwind)]
pub fn fields_of_token_request(request: TokenRequest) -> Vec<(&'static str, String)> {
    let request = OauthAccessTokenRequest::from(request);
    let fields = request.fields().into_iter();
    fields.map(|(name, value)| (name, value.to_owned())).collect()
}

impl From<FormPart> for Part {
    fn from(given: FormPart) -> Self {
        let part = Self::new(given.name, given.bytes.to_vec());
        let part = given.file_name.into_iter().fold(part, Self::with_file_name);
        given.content_type.into_iter().fold(part, Self::with_content_type)
    }
}

fn any_request(fields: AnyRequest) -> ApiRequest {
    let request = ApiRequest::new(fields.method, fields.path).with_auth(match fields.auth.as_str() {
        "basic" => Auth::Basic,
        "bearer" => Auth::Bearer,
        _ => Auth::None,
    });
    match (fields.parts, fields.form, fields.body) {
        (Some(parts), ..) => request.with_multipart(parts.into_iter().map(Part::from).collect()),
        (None, Some(form), _) => request.with_form(form),
        (None, None, Some(bytes)) => request.with_content(fields.content_type, bytes.to_vec()),
        (None, None, None) => request,
    }
}
