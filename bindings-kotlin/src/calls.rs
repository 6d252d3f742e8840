//! The calls.

use pinterest_sdk::{
    ApiClient, OauthApi, PendingAuthorization, Secret, TokenRevocationRequest, TokenTypeHint,
};
use serde_json::Value;

use crate::error::NativeError;
use crate::models::{NativeHttp, NativeTokenKind, NativeTokenRequest};
use crate::operation_calls::{NativeOperationCall, next_items, next_page};
use crate::outcome::NativeOutcome;
use crate::request::{NativeOptions, NativeRequest};
use crate::tokens::NativeTokenAct;

/// A call to make.
#[derive(Debug, uniffi::Enum)]
pub enum NativeCall {
    /// Any endpoint.
    Request {
        request: NativeRequest,
        options: NativeOptions,
    },
    /// `POST /oauth/token`.
    OauthToken {
        request: NativeTokenRequest,
        options: NativeOptions,
    },
    /// `POST /oauth/token/revoke`.
    RevokeToken {
        token: Secret,
        hint: Option<NativeTokenKind>,
        options: NativeOptions,
    },
    /// `POST /oauth/conversion_token`.
    ConversionToken {
        options: NativeOptions,
    },
    /// The exchange of a callback's code; the authorization is its JSON text.
    CompleteAuthorization {
        authorization: String,
        callback: Secret,
        options: NativeOptions,
    },
    /// What a token manager does, by its number, for an account.
    Tokens {
        manager: u64,
        account: String,
        act: NativeTokenAct,
    },
    /// An operation by its name.
    Operation {
        call: NativeOperationCall,
    },
    /// The next page of an operation, and the items of one; the pages by their number.
    NextPage {
        pages: u64,
    },
    NextItems {
        pages: u64,
    },
    /// Waits for the callback of a login that listens, by its number, and exchanges its code.
    #[cfg(not(target_os = "android"))]
    FinishLogin {
        login: u64,
    },
}

impl NativeCall {
    /// Makes it. Dropping the future ends it.
    pub(crate) async fn make(self, client: ApiClient) -> NativeOutcome {
        self.send(client)
            .await
            .unwrap_or_else(|error| NativeOutcome::Failed { error })
    }

    async fn send(self, client: ApiClient) -> Result<NativeOutcome, NativeError> {
        Ok(match self {
            Self::Request { request, options } => {
                let options = options.into();
                let answer = if request.of_any_type {
                    client.request_any(request.into(), &options).await?.into()
                } else {
                    client.request::<Value>(request.into(), &options).await?.into()
                };
                NativeOutcome::Answer { answer }
            }
            Self::Operation { call } => call.perform(client).await?,
            Self::NextPage { pages } => next_page(pages).await?,
            Self::NextItems { pages } => next_items(pages).await?,
            Self::OauthToken { request, options } => {
                let oauth = OauthApi::new(client);
                let answer = oauth
                    .oauth_token_with_http_info(request.into(), &options.into())
                    .await?;
                NativeOutcome::TokenAnswer {
                    answer: answer.into(),
                }
            }
            Self::RevokeToken { token, hint, options } => {
                let request = revocation(token, hint);
                let answer = OauthApi::new(client)
                    .revoke_token_with_http_info(request, &options.into())
                    .await?;
                NativeOutcome::Revoked {
                    http: NativeHttp::split(answer).1,
                }
            }
            Self::ConversionToken { options } => {
                let answer = OauthApi::new(client)
                    .conversion_token_with_http_info(&options.into())
                    .await?;
                NativeOutcome::ConversionToken { token: answer.into() }
            }
            Self::CompleteAuthorization {
                authorization,
                callback,
                options,
            } => {
                let pending = PendingAuthorization::from_json(&authorization)?;
                let answer = pending
                    .complete_with_http_info(&client, callback.expose(), &options.into())
                    .await?;
                NativeOutcome::TokenAnswer {
                    answer: answer.into(),
                }
            }
            Self::Tokens {
                manager,
                account,
                act,
            } => act.perform(manager, &account).await?,
            #[cfg(not(target_os = "android"))]
            Self::FinishLogin { login } => {
                let token = crate::login::take(login)?.finish().await?;
                NativeOutcome::Token { token: token.into() }
            }
        })
    }
}

fn revocation(token: Secret, hint: Option<NativeTokenKind>) -> TokenRevocationRequest {
    let request = TokenRevocationRequest::new(token);
    match hint {
        None => request,
        Some(NativeTokenKind::AccessToken) => request.with_token_type_hint(TokenTypeHint::AccessToken),
        Some(NativeTokenKind::RefreshToken) => request.with_token_type_hint(TokenTypeHint::RefreshToken),
    }
}
