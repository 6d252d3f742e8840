//! What goes in and what comes out, in the shapes that cross the border.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use pinterest_sdk::{
    AdditionalProperties, ApiResponse, Configuration, ConversionToken, Environment, OauthAccessTokenRequest,
    OauthAccessTokenResponse, OddField, RateLimit, ResponseType, Secret, TokenRequestFields,
};
use serde_json::Value;

/// Which of Pinterest's two worlds to talk to.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum NativeEnvironment {
    Production,
    Sandbox,
}

/// A client's settings; what is absent keeps the core's default.
#[derive(Debug, uniffi::Record)]
pub struct NativeConfiguration {
    pub environment: NativeEnvironment,
    /// Replaces the environment's host.
    pub host: Option<String>,
    pub username: Option<String>,
    pub password: Option<Secret>,
    pub access_token: Option<Secret>,
    pub user_agent: Option<String>,
    /// Nanoseconds until the request's first byte.
    pub connect_timeout: Option<u64>,
    /// Nanoseconds until the answer's last byte.
    pub timeout: Option<u64>,
    /// How often to make a request again that could not be sent.
    pub retries: u32,
    /// Bytes of an answer's body, after decompression.
    pub max_answer_bytes: Option<u64>,
    /// URL of an HTTP proxy; it may hold a password.
    pub proxy: Option<Secret>,
    /// Hosts to reach without it.
    pub no_proxy: Option<String>,
    /// PEM file with certificate authorities.
    pub ssl_ca_cert: Option<String>,
    /// PEM file with the client's certificate chain.
    pub cert_file: Option<String>,
    /// PEM file with its key.
    pub key_file: Option<String>,
    /// The page that asks a person for permission.
    pub authorization_url: Option<String>,
    /// Whether calls of operations wait where their category is used up.
    pub keep_rate_limits: bool,
    /// Nanoseconds that such a wait may take.
    pub rate_limit_wait: Option<u64>,
}

impl From<NativeConfiguration> for Configuration {
    fn from(settings: NativeConfiguration) -> Self {
        let mut configuration = Self::default().with_environment(match settings.environment {
            NativeEnvironment::Production => Environment::Production,
            NativeEnvironment::Sandbox => Environment::Sandbox,
        });
        replace(&mut configuration.host, settings.host);
        replace(&mut configuration.user_agent, settings.user_agent);
        replace(&mut configuration.authorization_url, settings.authorization_url);
        let connect_timeout = settings.connect_timeout.map(Duration::from_nanos);
        replace(&mut configuration.connect_timeout, connect_timeout);
        let timeout = settings.timeout.map(Duration::from_nanos);
        replace(&mut configuration.timeout, timeout);
        configuration.retries = settings.retries;
        configuration.keep_rate_limits = settings.keep_rate_limits;
        let wait = settings.rate_limit_wait.map(Duration::from_nanos);
        replace(&mut configuration.rate_limit_wait, wait);
        let bytes = settings.max_answer_bytes;
        replace(&mut configuration.max_answer_bytes, bytes.map(length));
        configuration.username = settings.username;
        configuration.password = settings.password;
        configuration.access_token = settings.access_token;
        let connection = &mut configuration.connection;
        connection.proxy = settings.proxy;
        connection.no_proxy = settings.no_proxy;
        connection.ssl_ca_cert = settings.ssl_ca_cert.map(PathBuf::from);
        connection.cert_file = settings.cert_file.map(PathBuf::from);
        connection.key_file = settings.key_file.map(PathBuf::from);
        configuration
    }
}

/// What the environment names.
#[derive(Debug, uniffi::Record)]
pub struct NativeNamedSettings {
    pub host: String,
    pub authorization_url: String,
    pub username: Option<String>,
    pub password: Option<Secret>,
    pub access_token: Option<Secret>,
}

/// The settings that the environment's variables name.
#[uniffi::export]
#[allow(clippy::needless_pass_by_value)] // It crosses the border whole.
pub fn settings_of_environment(variables: HashMap<String, Secret>) -> NativeNamedSettings {
    let value = |name: &str| variables.get(name).map(|value| value.expose().to_owned());
    let found = Configuration::from_variables(value);
    NativeNamedSettings {
        host: found.host,
        authorization_url: found.authorization_url,
        username: found.username,
        password: found.password,
        access_token: found.access_token,
    }
}

fn replace<T>(setting: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *setting = value;
    }
}

/// A token request: the grant's name and the fields that are set.
#[derive(Debug, uniffi::Record)]
pub struct NativeTokenRequest {
    pub grant_type: String,
    pub code: Option<Secret>,
    pub redirect_uri: Option<String>,
    pub refresh_token: Option<Secret>,
    pub scope: Option<String>,
    pub continuous_refresh: bool,
    pub refresh_on: bool,
}

impl From<NativeTokenRequest> for OauthAccessTokenRequest {
    fn from(fields: NativeTokenRequest) -> Self {
        Self::from(TokenRequestFields {
            grant_type: fields.grant_type,
            code: fields.code,
            redirect_uri: fields.redirect_uri,
            refresh_token: fields.refresh_token,
            scope: fields.scope,
            continuous_refresh: fields.continuous_refresh,
            refresh_on: fields.refresh_on,
        })
    }
}

/// What kind of token is being revoked.
#[derive(Debug, Clone, Copy, uniffi::Enum)]
pub enum NativeTokenKind {
    AccessToken,
    RefreshToken,
}

/// One too long for this machine is as good as the longest.
pub(crate) fn length(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// Of a query or form, or a header, whose name is in lower case. Any value may be a secret.
#[derive(Debug, uniffi::Record)]
pub struct NativeField {
    pub name: String,
    pub value: Secret,
}

/// Headers as they cross.
pub(crate) fn fields(headers: Vec<(String, String)>) -> Vec<NativeField> {
    let field = |(name, value): (_, String)| NativeField {
        name,
        value: value.into(),
    };
    headers.into_iter().map(field).collect()
}

/// What an answer says of the rate limit.
#[derive(Debug, uniffi::Record)]
pub struct NativeRateLimit {
    pub limit: Option<u64>,
    pub remaining: Option<u64>,
    pub reset_seconds: Option<u64>,
}

impl From<RateLimit> for NativeRateLimit {
    fn from(limits: RateLimit) -> Self {
        Self {
            limit: limits.limit,
            remaining: limits.remaining,
            reset_seconds: limits.reset.map(|wait| wait.as_secs()),
        }
    }
}

/// An answer's HTTP part.
#[derive(Debug, uniffi::Record)]
pub struct NativeHttp {
    pub status: u16,
    /// The headers in order of arrival.
    pub headers: Vec<NativeField>,
    pub rate_limit: NativeRateLimit,
}

impl NativeHttp {
    /// Tells an answer's HTTP part from what the call returns.
    pub(crate) fn split<T>(response: ApiResponse<T>) -> (T, Self) {
        let http = Self {
            status: response.status,
            headers: fields(response.headers),
            rate_limit: response.rate_limit.into(),
        };
        (response.data, http)
    }
}

/// Any endpoint's answer.
#[derive(uniffi::Record)]
pub struct NativeAnswer {
    /// As it came, since a parsed number may have lost digits; absent when there is none.
    pub json: Option<Secret>,
    /// Of one of any type.
    pub bytes: Option<Vec<u8>>,
    pub http: NativeHttp,
}

/// The text of an answer that the core has read as JSON, so that it is UTF-8; readers of text know no byte order mark.
pub(crate) fn json_text(response: &ApiResponse<Value>) -> String {
    let text = String::from_utf8_lossy(response.body.as_bytes());
    text.trim_start_matches('\u{feff}').trim_ascii().to_owned()
}

impl From<ApiResponse<Value>> for NativeAnswer {
    fn from(response: ApiResponse<Value>) -> Self {
        let json = json_text(&response);
        Self {
            json: (!json.is_empty()).then(|| json.into()),
            bytes: None,
            http: NativeHttp::split(response).1,
        }
    }
}

impl From<ApiResponse<()>> for NativeAnswer {
    fn from(response: ApiResponse<()>) -> Self {
        Self {
            json: None,
            bytes: Some(response.body.as_bytes().to_vec()),
            http: NativeHttp::split(response).1,
        }
    }
}

/// The body is left out.
impl fmt::Debug for NativeAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NativeAnswer")
            .field("http", &self.http)
            .finish_non_exhaustive()
    }
}

/// A token.
#[derive(Debug, uniffi::Record)]
pub struct NativeToken {
    pub access_token: Secret,
    pub token_type: String,
    /// Seconds.
    pub expires_in: Option<i64>,
    /// Seconds since 1970.
    pub expires_at: Option<i64>,
    pub scope: Option<String>,
    pub response_type: Option<String>,
    pub refresh_token: Option<Secret>,
    /// Seconds.
    pub refresh_token_expires_in: Option<i64>,
    /// Seconds since 1970.
    pub refresh_token_expires_at: Option<i64>,
    /// Other fields' JSON texts; one may be a token.
    pub additional_properties: HashMap<String, Secret>,
    pub odd_fields: Vec<NativeOddField>,
}

/// A part of an answer that is not as documented.
#[derive(Debug, uniffi::Record)]
pub struct NativeOddField {
    pub name: String,
    pub reason: String,
    /// JSON text.
    pub received: Secret,
}

impl From<OddField> for NativeOddField {
    fn from(odd: OddField) -> Self {
        Self {
            name: odd.name,
            reason: odd.reason.to_owned(),
            received: odd.received,
        }
    }
}

impl From<OauthAccessTokenResponse> for NativeToken {
    fn from(token: OauthAccessTokenResponse) -> Self {
        Self {
            access_token: token.access_token,
            token_type: token.token_type,
            expires_in: token.expires_in,
            expires_at: token.expires_at,
            scope: token.scope,
            response_type: token.response_type.map(|kind| kind.as_str().to_owned()),
            refresh_token: token.refresh_token,
            refresh_token_expires_in: token.refresh_token_expires_in,
            refresh_token_expires_at: token.refresh_token_expires_at,
            additional_properties: json_texts(&token.additional_properties),
            odd_fields: token.odd_fields.into_iter().map(NativeOddField::from).collect(),
        }
    }
}

/// What a program kept or got. What has no name here is kept nowhere.
impl From<NativeToken> for OauthAccessTokenResponse {
    fn from(token: NativeToken) -> Self {
        let mut response = Self::new(token.access_token);
        response.token_type = token.token_type;
        response.expires_in = token.expires_in;
        response.expires_at = token.expires_at;
        response.scope = token.scope;
        response.response_type = token.response_type.map(ResponseType::from);
        response.refresh_token = token.refresh_token;
        response.refresh_token_expires_in = token.refresh_token_expires_in;
        response.refresh_token_expires_at = token.refresh_token_expires_at;
        response
    }
}

/// The answer to a refresh with what it leaves out as it was before. What has no name here is not in it.
#[must_use]
#[uniffi::export]
pub fn merge_tokens(fresh: NativeToken, old: NativeToken) -> NativeToken {
    OauthAccessTokenResponse::from(fresh)
        .merged_with(&old.into())
        .into()
}

/// A token with the answer's HTTP part.
#[derive(Debug, uniffi::Record)]
pub struct NativeTokenAnswer {
    pub token: NativeToken,
    pub http: NativeHttp,
}

impl From<ApiResponse<OauthAccessTokenResponse>> for NativeTokenAnswer {
    fn from(response: ApiResponse<OauthAccessTokenResponse>) -> Self {
        let (token, http) = NativeHttp::split(response);
        Self {
            token: token.into(),
            http,
        }
    }
}

/// A token for the conversions API.
#[derive(Debug, uniffi::Record)]
pub struct NativeConversionToken {
    pub access_token: Secret,
    pub token_type: String,
    /// Other fields' JSON texts; one may be a token.
    pub additional_properties: HashMap<String, Secret>,
    pub odd_fields: Vec<NativeOddField>,
    pub http: NativeHttp,
}

impl From<ApiResponse<ConversionToken>> for NativeConversionToken {
    fn from(response: ApiResponse<ConversionToken>) -> Self {
        let (token, http) = NativeHttp::split(response);
        Self {
            access_token: token.access_token,
            token_type: token.token_type,
            additional_properties: json_texts(&token.additional_properties),
            odd_fields: token.odd_fields.into_iter().map(NativeOddField::from).collect(),
            http,
        }
    }
}

fn json_texts(properties: &AdditionalProperties) -> HashMap<String, Secret> {
    properties
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_string().into()))
        .collect()
}
