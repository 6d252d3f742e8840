//! The calls.

use std::sync::Arc;

use pinterest_sdk::{ApiClient, CallOptions, OauthApi, Secret, TokenRevocationRequest};

use crate::error::NativeError;
use crate::models::{
    NativeConfiguration, NativeConversionToken, NativeHttp, NativeToken, NativeTokenRequest,
    NativeTokenTypeHint,
};
use crate::runtime;

/// One configuration and its pool of connections.
#[derive(Debug, uniffi::Object)]
pub struct NativeClient {
    oauth: OauthApi,
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
        Ok(Arc::new(Self {
            oauth: OauthApi::new(client),
        }))
    }

    /// `POST /oauth/token`.
    pub async fn oauth_token(&self, request: NativeTokenRequest) -> Result<NativeToken, NativeError> {
        let oauth = self.oauth.clone();
        runtime::run(async move {
            oauth
                .oauth_token_with_http_info(request.into(), &CallOptions::default())
                .await
        })
        .await
        .map(NativeToken::from)
    }

    /// `POST /oauth/token/revoke`.
    pub async fn revoke_token(
        &self,
        token: Secret,
        hint: Option<NativeTokenTypeHint>,
    ) -> Result<NativeHttp, NativeError> {
        let oauth = self.oauth.clone();
        let mut request = TokenRevocationRequest::new(token);
        if let Some(hint) = hint {
            request = request.with_token_type_hint(hint.into());
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
        let oauth = self.oauth.clone();
        runtime::run(async move {
            oauth
                .conversion_token_with_http_info(&CallOptions::default())
                .await
        })
        .await
        .map(NativeConversionToken::from)
    }
}
