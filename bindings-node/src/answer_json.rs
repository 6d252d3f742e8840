//! What a call gave, as the JSON text that crosses the border.
//!
//! One text for a whole batch of outcomes costs one crossing, where an object built property by
//! property costs one for each; the text is written on the runtime's thread and read by V8's own
//! parser.

use crate::phrases::phrase;
use crate::thrown::thrown;
use pinterest_sdk::{
    AdditionalProperties, ApiResponse, AuthorizationReason, ConversionToken, Error, OauthAccessTokenRequest,
    OauthAccessTokenResponse, OddField, PendingAuthorization, Phase, RateLimit, ResponseType, Secret,
};
use serde::Serialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::network_code::network_code;

/// An outcome, wiped here once JavaScript has it.
pub(crate) type Text = Zeroizing<String>;

/// The outcome of a call that ended inside this library, by a defect of ours or with the process.
pub(crate) const ENDED: &str = r#"{"error":{"kind":"Network","phase":"receive","outcome":"Unknown",
"retryable":false,"message":"the call ended inside the library, before an answer was read"}}"#;

#[derive(Serialize)]
struct Success<'a, T> {
    data: T,
    status: u16,
    headers: &'a [(String, String)],
    #[serde(rename = "rateLimit")]
    rate_limit: Option<Value>,
    /// The body, where it is text.
    text: Option<&'a str>,
    /// The body where it is not: one character for each byte.
    bytes: Option<String>,
}

#[derive(Serialize)]
struct TokenData<'a> {
    access_token: &'a str,
    token_type: &'a str,
    expires_in: Option<i64>,
    /// Not of the answer, and no field of the model.
    ends_at: Option<i64>,
    scope: Option<&'a str>,
    response_type: Option<&'a str>,
    refresh_token: Option<&'a str>,
    refresh_token_expires_in: Option<i64>,
    refresh_token_expires_at: Option<i64>,
    additional_properties: &'a AdditionalProperties,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    odd_fields: Vec<Odd<'a>>,
}

/// A part of an answer that is not as documented.
#[derive(Serialize)]
struct Odd<'a> {
    name: &'a str,
    reason: &'a str,
    /// JSON text.
    received: &'a str,
}

fn odd(fields: &[OddField]) -> Vec<Odd<'_>> {
    fields
        .iter()
        .map(|odd| Odd {
            name: &odd.name,
            reason: odd.reason,
            received: odd.received.expose(),
        })
        .collect()
}

impl<'a> From<&'a OauthAccessTokenResponse> for TokenData<'a> {
    fn from(data: &'a OauthAccessTokenResponse) -> Self {
        Self {
            access_token: data.access_token.expose(),
            token_type: &data.token_type,
            expires_in: data.expires_in,
            ends_at: data.expires_at,
            scope: data.scope.as_deref(),
            response_type: data.response_type.as_ref().map(ResponseType::as_str),
            refresh_token: data.refresh_token.as_ref().map(Secret::expose),
            refresh_token_expires_in: data.refresh_token_expires_in,
            refresh_token_expires_at: data.refresh_token_expires_at,
            additional_properties: &data.additional_properties,
            odd_fields: odd(&data.odd_fields),
        }
    }
}

#[derive(Serialize)]
struct ConversionData<'a> {
    access_token: &'a str,
    token_type: &'a str,
    additional_properties: &'a AdditionalProperties,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    odd_fields: Vec<Odd<'a>>,
}

/// An outcome without the HTTP part.
#[derive(Serialize)]
struct Data<T> {
    data: T,
}

/// The outcome of a token call.
pub(crate) fn token(result: &Result<ApiResponse<OauthAccessTokenResponse>, Error>) -> Text {
    text(result, TokenData::from)
}

/// The outcome of an authorization: its token, without the HTTP part.
pub(crate) fn token_alone(result: &Result<OauthAccessTokenResponse, Error>) -> Text {
    match result {
        Ok(data) => written(&Data {
            data: TokenData::from(data),
        }),
        Err(error) => failure(error),
    }
}

/// The outcome of checking a callback: the form that exchanges its code, as names and values.
pub(crate) fn token_form(request: &Result<OauthAccessTokenRequest, Error>) -> Text {
    match request {
        Ok(request) => written(&Data {
            data: request.fields(),
        }),
        Err(error) => failure(error),
    }
}

/// The outcome of starting or restoring an authorization: what to keep of it, which holds no secret.
pub(crate) fn pending(pending: &PendingAuthorization) -> String {
    format!(r#"{{"data":{}}}"#, pending.to_json())
}

/// The outcome of what gives nothing.
pub(crate) fn nothing(result: Result<(), Error>) -> Text {
    match result {
        Ok(()) => written(&Data { data: () }),
        Err(error) => failure(&error),
    }
}

/// The outcome of a conversion-token call.
pub(crate) fn conversion_token(result: &Result<ApiResponse<ConversionToken>, Error>) -> Text {
    text(result, |data| ConversionData {
        access_token: data.access_token.expose(),
        token_type: &data.token_type,
        additional_properties: &data.additional_properties,
        odd_fields: odd(&data.odd_fields),
    })
}

/// The outcome of any call, its data written as `read` gives it.
pub(crate) fn text<'a, T, D: Serialize>(
    result: &'a Result<ApiResponse<T>, Error>,
    read: impl FnOnce(&'a T) -> D,
) -> Text {
    let response = match result {
        Ok(response) => response,
        Err(error) => return failure(error),
    };
    let text = response.body.as_text();
    let outcome = Success {
        data: read(&response.data),
        status: response.status,
        headers: &response.headers,
        rate_limit: rate_limit(response.rate_limit),
        text,
        bytes: text
            .is_none()
            .then(|| response.body.as_bytes().iter().copied().map(char::from).collect()),
    };
    written(&outcome)
}

pub(crate) fn written(outcome: &impl Serialize) -> Text {
    // Only a map with keys that are no strings could fail, and there is none.
    Text::new(serde_json::to_string(outcome).unwrap_or_else(|_| ENDED.to_owned()))
}

/// The outcome of a failed call.
pub(crate) fn failure(error: &Error) -> Text {
    Text::new(json!({ "error": fields(error) }).to_string())
}

/// The fields of `ApiError` in the JavaScript half.
pub(crate) fn fields(error: &Error) -> Value {
    let answer = error.answer();
    json!({
        "kind": error.kind().name(),
        "outcome": error.outcome().name(),
        "message": error.line_in(phrase),
        "retryable": error.is_retryable(),
        "reason": error.reason().map(AuthorizationReason::name),
        "phase": error.phase().map(Phase::name),
        "status": error.status(),
        "code": error.code(),
        "networkCode": network_code(error),
        "retryAfter": error.retry_after().map(|wait| wait.as_secs_f64()),
        "requestId": error.request_id(),
        "hint": error.hint_in(phrase),
        "rateLimit": answer.and_then(|answer| rate_limit(answer.rate_limit)),
        "headers": answer.map(|answer| &answer.headers),
        "text": answer.and_then(|answer| answer.body.as_deref()),
        "thrown": thrown(error),
    })
}

/// What the answer says of the rate limit, if it says anything; the reset in seconds.
fn rate_limit(limits: RateLimit) -> Option<Value> {
    let reset = limits.reset.map(|wait| wait.as_secs());
    let said = json!({ "limit": limits.limit, "remaining": limits.remaining, "reset": reset });
    (limits != RateLimit::default()).then_some(said)
}
