//! Operations with a manager's token as their credential.

use std::sync::Arc;

use serde_json::Value;
use url::Url;

use super::access_token::AccessToken;
use super::manager::TokenManager;
use crate::api::{ApiRequest, Caller, Later, OperationCall, Pages};
use crate::client::{ApiClient, ApiResponse, Auth, CallOptions};
use crate::error::Error;
use crate::secret::Secret;

impl ApiClient {
    /// [`call`](Self::call) with a valid token of a manager's account in place of the configuration's. A token that is
    /// [refused](TokenManager::refused) is renewed, once, and the call made again: a refused one had no effect. The
    /// options' limits are for each of the two; [`TokenOptions::wait`](crate::TokenOptions) is for the wait for a token.
    ///
    /// # Errors
    ///
    /// Those of `call` and of [`TokenManager::access_token`]; `InvalidInput` for tokens of another host than the client's.
    pub async fn call_with(
        &self,
        tokens: &TokenManager,
        call: &OperationCall,
        options: &CallOptions,
    ) -> Result<ApiResponse<Value>, Error> {
        let request = call.request()?;
        if request.auth() != Auth::Bearer {
            return self.request(request, options).await;
        }
        tokens.check_address(self.origin())?;
        let token = tokens.access_token().await?;
        let done = self.request_with(&token, request.clone(), options).await;
        match done {
            Err(error) if tokens.are_to_blame(&token, &error) => {
                let token = tokens.access_token().await?;
                self.request_with(&token, request, options).await
            }
            done => done,
        }
    }

    /// [`pages`](Self::pages), each asked for as by [`call_with`](Self::call_with).
    ///
    /// # Errors
    ///
    /// `InvalidInput` for an operation without pages.
    pub fn pages_with(
        &self,
        tokens: &TokenManager,
        call: OperationCall,
        options: &CallOptions,
    ) -> Result<Pages, Error> {
        let caller = Managed {
            client: self.clone(),
            tokens: tokens.clone(),
        };
        Pages::through(Arc::new(caller), call, options)
    }

    async fn request_with(
        &self,
        token: &AccessToken,
        request: ApiRequest,
        options: &CallOptions,
    ) -> Result<ApiResponse<Value>, Error> {
        let client = self.with_token(Secret::new(token.expose()));
        client.request(request, options).await
    }
}

impl TokenManager {
    /// Refuses an address that no token is for: whoever has one can act for the person. They are for the API's own server, as
    /// the manager's client has it. Ask before a token is put on a request that this library does not send.
    ///
    /// # Errors
    ///
    /// `InvalidInput`, with what to do.
    pub fn check_address(&self, url: &str) -> Result<(), Error> {
        let own = self.shared.client.origin();
        // Addresses without a server all have the same, which is none's.
        let other = Url::parse(url).map(|url| url.origin().ascii_serialization());
        let other = other.as_deref().unwrap_or("no address");
        if other == own {
            return Ok(());
        }
        Err(Error::invalid_input(format!(
            "the token is for {own}, and this request goes to {other}"
        ))
        .with_hint(format!("send it to {own}, or without the token")))
    }

    fn are_to_blame(&self, token: &AccessToken, error: &Error) -> bool {
        let body = error.answer().and_then(|answer| answer.body.as_deref());
        error
            .status()
            .is_some_and(|status| self.refused(token.expose(), status, body.unwrap_or_default().as_bytes()))
    }
}

/// A client whose calls have a manager's token.
#[derive(Debug)]
struct Managed {
    client: ApiClient,
    tokens: TokenManager,
}

impl Caller for Managed {
    fn call<'a>(
        &'a self,
        call: &'a OperationCall,
        options: &'a CallOptions,
    ) -> Later<'a, Result<ApiResponse<Value>, Error>> {
        Box::pin(self.client.call_with(&self.tokens, call, options))
    }
}
