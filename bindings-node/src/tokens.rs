//! A manager of tokens: what of it crosses the border.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use napi::bindgen_prelude::{Env, Result};
use napi_derive::napi;
use pinterest_sdk::{
    Account, Error, OauthAccessTokenResponse, ResponseType, Scope, TokenManager, TokenOptions, TokenStore,
};

use crate::answer_json::{self, Text};
use crate::asks::StoreAnswer;
use crate::calls::Calls;
use crate::connection::{Connection, milliseconds, pairs};
use crate::store::Store;
use crate::token_json;

/// How long a process is kept alive: what a renewal takes at most, with all that it may wait for, or a store that does
/// not take new tokens.
const SETTLING: Duration = Duration::from_secs(300);

/// How a manager is made.
#[napi(object, object_to_js = false)]
pub struct TokenSettings {
    /// The manager, as JavaScript numbers it: events and questions go to it.
    pub number: u32,
    pub account: String,
    /// Milliseconds; 0 is no limit.
    pub wait: Option<f64>,
    /// Each is a scope or a list of them.
    pub client_credentials: Option<Vec<String>>,
    /// Of every request of the manager's own.
    pub headers: Option<Vec<(String, String)>>,
}

/// The fields of an answer that are kept.
#[napi(object, object_to_js = false)]
pub struct AnsweredToken {
    pub access_token: String,
    pub expires_in: Option<f64>,
    pub expires_at: Option<f64>,
    pub scope: Option<String>,
    pub response_type: Option<String>,
    pub refresh_token: Option<String>,
    pub refresh_token_expires_in: Option<f64>,
    pub refresh_token_expires_at: Option<f64>,
}

/// What of a token stays after a refresh.
#[cfg_attr(test, allow(dead_code))] // JavaScript calls it, and is not there.
#[napi(object, object_from_js = false)]
pub struct LastingToken {
    pub scope: Option<String>,
    pub refresh_token: Option<String>,
    pub refresh_token_expires_in: Option<f64>,
    pub refresh_token_expires_at: Option<f64>,
}

/// What to keep after a refresh, of its answer and of the token before.
#[cfg_attr(test, allow(dead_code))] // As above.
#[napi(catch_unwind)]
#[must_use]
pub fn merge_tokens(fresh: AnsweredToken, old: AnsweredToken) -> LastingToken {
    // A year in JavaScript is a number without a fraction, too.
    #[allow(clippy::cast_precision_loss)]
    let number = |seconds: i64| seconds as f64;
    let merged = OauthAccessTokenResponse::from(fresh).merged_with(&old.into());
    LastingToken {
        scope: merged.scope,
        refresh_token: merged.refresh_token.map(|token| token.expose().to_owned()),
        refresh_token_expires_in: merged.refresh_token_expires_in.map(number),
        refresh_token_expires_at: merged.refresh_token_expires_at.map(number),
    }
}

/// The tokens of one account, or why there can be none: every call then fails with that.
#[napi]
pub struct Tokens(std::result::Result<TokenManager, Arc<Error>>);

#[napi]
impl Tokens {
    /// The outcome that says why there can be none.
    #[napi(catch_unwind)]
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        let error = self.0.as_ref().err()?;
        Some(answer_json::failure(error).to_string())
    }

    /// Another account's.
    #[napi(catch_unwind)]
    #[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
    #[must_use]
    pub fn account(&self, name: String) -> Self {
        Self(self.0.clone().and_then(|manager| {
            let account = Account::new(&name).map_err(Arc::new)?;
            Ok(manager.account(account))
        }))
    }

    /// Says that the API refused a token.
    #[napi(catch_unwind)]
    #[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
    pub fn invalidate(&self, token: String) {
        if let Ok(manager) = &self.0 {
            manager.invalidate(&token);
        }
    }

    /// Says how the API answered a request with a token: whether another one may help. It was invalidated then.
    #[napi(catch_unwind)]
    #[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
    #[must_use]
    pub fn refused(&self, token: String, status: i64, body: String) -> bool {
        let manager = self.0.as_ref();
        manager.is_ok_and(|manager| manager.refused(&token, status, body.as_bytes()))
    }

    /// Why a request there is not to have a token, and what to do; nothing if it is.
    #[napi(catch_unwind)]
    #[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
    #[must_use]
    pub fn foreign(&self, url: String) -> Option<String> {
        let refused = self.0.as_ref().ok()?.check_address(&url).err();
        refused.map(|error| error.to_string())
    }
}

#[napi]
impl Calls {
    /// A manager of tokens in a store.
    #[napi(catch_unwind)]
    pub fn open_tokens(&self, connection: &Connection, store: &Store, settings: TokenSettings) -> Tokens {
        let store = store.store(self.asks(), settings.number);
        Tokens(store.and_then(|store| self.manager(connection, store, settings)))
    }

    fn manager(
        &self,
        connection: &Connection,
        store: Box<dyn TokenStore>,
        settings: TokenSettings,
    ) -> std::result::Result<TokenManager, Arc<Error>> {
        let client = connection.client.clone()?;
        let account = Account::new(&settings.account).map_err(Arc::new)?;
        let mailbox = Arc::clone(self.asks().mailbox());
        let number = settings.number;
        let mut options = TokenOptions::default().with_listener(move |event| {
            mailbox.post(&token_json::event(number, event));
        });
        options.headers = pairs(settings.headers);
        if let Some(wait) = settings.wait {
            options.wait = milliseconds(wait);
        }
        if let Some(scopes) = settings.client_credentials {
            let scopes: Vec<Scope> = scopes.iter().flat_map(|list| Scope::parse_list(list)).collect();
            options = options.with_client_credentials(Scope::join_with_commas(&scopes));
        }
        TokenManager::with_options(client, store, account, options).map_err(Arc::new)
    }

    /// A valid token. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn access_token(&mut self, env: Env, tokens: &Tokens) -> Result<u32> {
        self.manage(env, tokens, |manager| async move {
            let token = manager.access_token().await;
            token_json::given(&manager, &token)
        })
    }

    /// A new token. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn refresh(&mut self, env: Env, tokens: &Tokens) -> Result<u32> {
        self.manage(env, tokens, |manager| async move {
            let token = manager.refresh().await;
            token_json::given(&manager, &token)
        })
    }

    /// Keeps an answer's tokens. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn adopt(&mut self, env: Env, tokens: &Tokens, answer: AnsweredToken) -> Result<u32> {
        self.manage(env, tokens, |manager| async move {
            let token = manager.adopt(answer.into()).await;
            token_json::given(&manager, &token)
        })
    }

    /// How the tokens stand. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn status(&mut self, env: Env, tokens: &Tokens) -> Result<u32> {
        self.manage(env, tokens, |manager| async move {
            let status = manager.status().await;
            token_json::status(&manager, &status)
        })
    }

    /// Ends the tokens at Pinterest, and forgets them. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn revoke(&mut self, env: Env, tokens: &Tokens) -> Result<u32> {
        self.manage(env, tokens, |manager| async move {
            let revoked = manager.revoke().await;
            token_json::plain(&manager, &revoked)
        })
    }

    /// Forgets the tokens; whether there were any. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn forget(&mut self, env: Env, tokens: &Tokens) -> Result<u32> {
        self.manage(env, tokens, |manager| async move {
            let known = manager.forget().await;
            token_json::plain(&manager, &known)
        })
    }

    /// Waits, up to `limit` milliseconds or as long as the core does, until every account's tokens are kept; whether
    /// they are. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn close(&mut self, env: Env, tokens: &Tokens, limit: Option<f64>) -> Result<u32> {
        self.manage(env, tokens, move |manager| async move {
            let closed = manager
                .close(limit.map_or(TokenManager::CLOSING, milliseconds))
                .await;
            token_json::plain(&manager, &Ok(closed))
        })
    }

    /// The same for as long as a process may be kept alive for it. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn settle(&mut self, env: Env, tokens: &Tokens) -> Result<u32> {
        self.manage(env, tokens, |manager| async move {
            let settled = manager.close(SETTLING).await;
            token_json::plain(&manager, &Ok(settled))
        })
    }

    /// Seals an account's files with the current key, or everybody's; the accounts whose it changed. `listener`
    /// is asked for keys. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn reseal(&mut self, env: Env, store: &Store, listener: u32, account: Option<String>) -> Result<u32> {
        let files = store.files(self.asks(), listener);
        self.begin(env, || {
            let account = account.map(|name| Account::new(&name)).transpose();
            let (files, account) = (files?, account.map_err(Arc::new)?);
            Ok(async move { token_json::accounts(files.reseal_of(account).await) })
        })
    }

    /// Answers a question to a store; false if nobody waits for that any more.
    #[napi(catch_unwind)]
    pub fn answer_store(&self, ask: u32, answer: StoreAnswer) -> bool {
        self.asks().answer(ask, answer)
    }

    fn manage<F>(&mut self, env: Env, tokens: &Tokens, work: impl FnOnce(TokenManager) -> F) -> Result<u32>
    where
        F: Future<Output = Text> + Send + 'static,
    {
        self.begin(env, || tokens.0.clone().map(work))
    }
}

impl From<AnsweredToken> for OauthAccessTokenResponse {
    fn from(given: AnsweredToken) -> Self {
        // What no whole number of seconds can be counts as the nearest.
        #[allow(clippy::cast_possible_truncation)]
        let seconds = |number: f64| number as i64;
        let mut answer = Self::new(given.access_token);
        answer.expires_in = given.expires_in.map(seconds);
        answer.expires_at = given.expires_at.map(seconds);
        answer.scope = given.scope;
        answer.response_type = given.response_type.map(ResponseType::from);
        answer.refresh_token = given.refresh_token.map(Into::into);
        answer.refresh_token_expires_in = given.refresh_token_expires_in.map(seconds);
        answer.refresh_token_expires_at = given.refresh_token_expires_at.map(seconds);
        answer
    }
}
