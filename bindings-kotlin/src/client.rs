//! The calls.

use std::sync::Arc;

use pinterest_sdk::{ApiClient, CallOptions, OauthApi, Secret, TokenRevocationRequest, TokenTypeHint};
use serde_json::Value;

use crate::error::NativeError;
use crate::models::{
    NativeAnswer, NativeConfiguration, NativeConversionToken, NativeHttp, NativeRequest, NativeTokenAnswer,
    NativeTokenKind, NativeTokenRequest,
};
use crate::runtime;

/// One configuration and its pool of connections.
#[derive(Debug, uniffi::Object)]
pub struct NativeClient {
    pub(crate) client: ApiClient,
}

#[uniffi::export]
impl NativeClient {
    /// Checks the settings; connects to nothing yet.
    ///
    /// # Errors
    ///
    /// `InvalidInput` naming the setting that cannot be used.
    #[uniffi::constructor]
    #[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
    pub fn new(configuration: NativeConfiguration) -> Result<Arc<Self>, NativeError> {
        let client = ApiClient::new(configuration.into())?;
        Ok(Arc::new(Self { client }))
    }

    /// Any endpoint.
    pub async fn request(&self, request: NativeRequest) -> Result<NativeAnswer, NativeError> {
        let client = self.client.clone();
        runtime::run(async move {
            client
                .request::<Value>(request.into(), &CallOptions::default())
                .await
        })
        .await
        .map(NativeAnswer::from)
    }

    /// `POST /oauth/token`.
    pub async fn oauth_token(&self, request: NativeTokenRequest) -> Result<NativeTokenAnswer, NativeError> {
        let oauth = OauthApi::new(self.client.clone());
        runtime::run(async move {
            oauth
                .oauth_token_with_http_info(request.into(), &CallOptions::default())
                .await
        })
        .await
        .map(NativeTokenAnswer::from)
    }

    /// `POST /oauth/token/revoke`.
    pub async fn revoke_token(
        &self,
        token: Secret,
        hint: Option<NativeTokenKind>,
    ) -> Result<NativeHttp, NativeError> {
        let oauth = OauthApi::new(self.client.clone());
        let mut request = TokenRevocationRequest::new(token);
        if let Some(hint) = hint {
            request = request.with_token_type_hint(match hint {
                NativeTokenKind::AccessToken => TokenTypeHint::AccessToken,
                NativeTokenKind::RefreshToken => TokenTypeHint::RefreshToken,
            });
        }
        runtime::run(async move {
            oauth
                .revoke_token_with_http_info(request, &CallOptions::default())
                .await
        })
        .await
        .map(|response| NativeHttp::split(response).1)
    }

    /// `POST /oauth/conversion_token`.
    pub async fn conversion_token(&self) -> Result<NativeConversionToken, NativeError> {
        let oauth = OauthApi::new(self.client.clone());
        runtime::run(async move {
            oauth
                .conversion_token_with_http_info(&CallOptions::default())
                .await
        })
        .await
        .map(NativeConversionToken::from)
    }
}
