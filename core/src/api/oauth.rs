//! `OauthApi`: the three OAuth operations.

use http::Method;

use crate::api::hint;
use crate::client::{ApiClient, ApiResponse, Auth, Call, CallOptions};
use crate::error::Error;
use crate::models::{
    ConversionToken, JsonObject, OauthAccessTokenRequest, OauthAccessTokenResponse, ObjectError,
    TokenRevocationRequest,
};
use crate::redaction::Redactor;
use crate::refusal::Reader;
use crate::request_body::RequestBody;
use crate::secret::Secret;
use crate::transport::Answer;

/// Bytes of an answer's body, whatever the configuration says: it holds a token or a refusal.
const MAX_ANSWER: usize = 1024 * 1024;

/// Pinterest's `oauth` operations.
#[derive(Debug, Clone)]
pub struct OauthApi {
    client: ApiClient,
}

impl OauthApi {
    /// Calls through `client`.
    pub fn new(client: ApiClient) -> Self {
        Self { client }
    }

    /// `POST /oauth/token`: a token for a grant. Sent once; dropping the future ends the request,
    /// and a code that had left by then may be used up.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind). A refusal of a request that lacked a field says so in its hint.
    pub async fn oauth_token(
        &self,
        request: OauthAccessTokenRequest,
    ) -> Result<OauthAccessTokenResponse, Error> {
        let response = self
            .oauth_token_with_http_info(request, &CallOptions::default())
            .await?;
        Ok(response.data)
    }

    /// [`oauth_token`](Self::oauth_token) with the answer's HTTP part.
    ///
    /// # Errors
    ///
    /// As `oauth_token`.
    pub async fn oauth_token_with_http_info(
        &self,
        request: OauthAccessTokenRequest,
        options: &CallOptions,
    ) -> Result<ApiResponse<OauthAccessTokenResponse>, Error> {
        request.check()?;
        let redactor = || self.redactor(options, request.secrets());
        let answer = self
            .client
            .exchange(
                Call {
                    method: Method::POST,
                    path: "/oauth/token",
                    auth: Auth::Basic,
                    body: RequestBody::Form(&request.fields()),
                    options,
                    freely: false,
                    category: None,
                    max_answer: Some(MAX_ANSWER),
                },
                redactor,
            )
            .await?;
        let now = self.client.configuration().clock.now();
        let read = |object: JsonObject<'_>| OauthAccessTokenResponse::parse(object, now);
        self.read(answer, redactor, read)
            .map_err(|error| hint::for_token_request(error, &request, self.client.party()))
    }

    /// `POST /oauth/conversion_token`: a long-lived token for sending conversions. Needs the
    /// configuration's `access_token` with the scope `ads:write`.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn conversion_token(&self) -> Result<ConversionToken, Error> {
        let response = self
            .conversion_token_with_http_info(&CallOptions::default())
            .await?;
        Ok(response.data)
    }

    /// [`conversion_token`](Self::conversion_token) with the answer's HTTP part.
    ///
    /// # Errors
    ///
    /// As `conversion_token`.
    pub async fn conversion_token_with_http_info(
        &self,
        options: &CallOptions,
    ) -> Result<ApiResponse<ConversionToken>, Error> {
        let redactor = || self.redactor(options, []);
        let answer = self
            .client
            .exchange(
                Call {
                    method: Method::POST,
                    path: "/oauth/conversion_token",
                    auth: Auth::Bearer,
                    body: RequestBody::Empty,
                    options,
                    freely: false,
                    category: None,
                    max_answer: Some(MAX_ANSWER),
                },
                redactor,
            )
            .await?;
        self.read(answer, redactor, ConversionToken::parse)
            .map_err(|error| hint::for_call(error, Auth::Bearer, self.client.party()))
    }

    /// `POST /oauth/token/revoke`: ends a token at once. Success says that the token is not valid
    /// now, even if it never was (RFC 7009 section 2.2).
    ///
    /// # Errors
    ///
    /// `Forbidden` for tokens of ordinary users; `Protocol` for what is no JSON, such as a page of HTML: it is no answer
    /// of Pinterest's whatever its status; else see [`ErrorKind`](crate::ErrorKind).
    pub async fn revoke_token(&self, request: TokenRevocationRequest) -> Result<(), Error> {
        self.revoke_token_with_http_info(request, &CallOptions::default())
            .await?;
        Ok(())
    }

    /// [`revoke_token`](Self::revoke_token) with the answer's HTTP part.
    ///
    /// # Errors
    ///
    /// As `revoke_token`.
    pub async fn revoke_token_with_http_info(
        &self,
        request: TokenRevocationRequest,
        options: &CallOptions,
    ) -> Result<ApiResponse<()>, Error> {
        request.check()?;
        let redactor = || self.redactor(options, [&request.token]);
        let answer = self
            .client
            .exchange(
                Call {
                    method: Method::POST,
                    path: "/oauth/token/revoke",
                    auth: Auth::Basic,
                    body: RequestBody::Form(&request.fields()),
                    options,
                    freely: false,
                    category: None,
                    max_answer: Some(MAX_ANSWER),
                },
                redactor,
            )
            .await?;
        self.reader(redactor)
            .refuse(&answer)
            .map_err(|error| hint::for_revocation(error, self.client.party()))?;
        Ok(ApiResponse::new(answer, ()))
    }

    fn redactor<'a>(&self, options: &CallOptions, secrets: impl IntoIterator<Item = &'a Secret>) -> Redactor {
        let mut redactor = self.client.redactor(options);
        redactor.hide_all(secrets);
        redactor
    }

    fn reader<F: Fn() -> Redactor>(&self, redactor: F) -> Reader<'_, F> {
        Reader {
            origin: self.client.origin(),
            redactor,
        }
    }

    fn read<T>(
        &self,
        answer: Answer,
        redactor: impl Fn() -> Redactor,
        parse: impl FnOnce(JsonObject<'_>) -> Result<T, ObjectError>,
    ) -> Result<ApiResponse<T>, Error> {
        let data = self.reader(redactor).read(&answer, parse)?;
        Ok(ApiResponse::new(answer, data))
    }
}
