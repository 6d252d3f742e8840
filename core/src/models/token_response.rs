//! `POST /oauth/token`: the answer to every grant.

use super::additional_properties::AdditionalProperties;
use super::object::{JsonObject, ObjectError};
use super::odd_field::OddField;
use crate::secret::Secret;

/// Which kind of answer it is: an open set, for Pinterest adds kinds without notice.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseType {
    /// To a code exchange.
    AuthorizationCode,
    /// To a refresh.
    RefreshToken,
    /// To a client-credentials request.
    ClientCredentials,
    /// To a refresh with a new refresh token (API 5.12 to 5.15).
    EverlastingRefresh,
    /// To a refresh by a commerce integration.
    IntegrationRefresh,
    /// A kind this release has no name for.
    Other(String),
}

impl ResponseType {
    /// The name on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::AuthorizationCode => "authorization_code",
            Self::RefreshToken => "refresh_token",
            Self::ClientCredentials => "client_credentials",
            Self::EverlastingRefresh => "everlasting_refresh",
            Self::IntegrationRefresh => "integration_refresh",
            Self::Other(name) => name,
        }
    }
}

impl From<String> for ResponseType {
    fn from(name: String) -> Self {
        match name.as_str() {
            "authorization_code" => Self::AuthorizationCode,
            "refresh_token" => Self::RefreshToken,
            "client_credentials" => Self::ClientCredentials,
            "everlasting_refresh" => Self::EverlastingRefresh,
            "integration_refresh" => Self::IntegrationRefresh,
            _ => Self::Other(name),
        }
    }
}

/// A token answer: every field of every kind (Pinterest API 5.28, schema `OauthAccessToken`, and
/// the earlier `OauthAccessTokenResponse…`).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OauthAccessTokenResponse {
    /// The bearer token, `pina_…`.
    pub access_token: Secret,
    /// `bearer`, as received; that when absent.
    pub token_type: String,
    /// Seconds from now until the access token expires.
    pub expires_in: Option<i64>,
    /// Every scope the user has approved, now or earlier; separated by spaces or commas.
    pub scope: Option<String>,
    /// Which kind of answer it is.
    pub response_type: Option<ResponseType>,
    /// `pinr.…`. On a refresh: replaces the old one; absent, the old one stays valid.
    pub refresh_token: Option<Secret>,
    /// Seconds from now until the refresh token expires.
    pub refresh_token_expires_in: Option<i64>,
    /// When the refresh token expires, in seconds since 1970.
    pub refresh_token_expires_at: Option<i64>,
    /// Fields this release has no name for.
    pub additional_properties: AdditionalProperties,
    /// What is not as documented; empty, as a rule. The token is good all the same.
    pub odd_fields: Vec<OddField>,
}

impl OauthAccessTokenResponse {
    pub(crate) fn parse(mut object: JsonObject<'_>) -> Result<Self, ObjectError> {
        let access_token = object.take_access_token()?;
        let is_bearer = |kind: &str| kind.eq_ignore_ascii_case("bearer");
        let token_type =
            object.take_text_like("token_type", "not bearer; it is kept all the same", is_bearer);
        let expires_in = object.take_integer("expires_in");
        let scope = object.take_text("scope");
        let response_type = object.take_text("response_type").map(ResponseType::from);
        let refresh_token = object.take_refresh_token();
        let refresh_token_expires_in = object.take_integer("refresh_token_expires_in");
        let refresh_token_expires_at = object.take_integer("refresh_token_expires_at");
        let (additional_properties, odd_fields) = object.rest();
        Ok(Self {
            access_token,
            token_type: token_type.unwrap_or_else(|| "bearer".into()),
            expires_in,
            scope,
            response_type,
            refresh_token,
            refresh_token_expires_in,
            refresh_token_expires_at,
            additional_properties,
            odd_fields,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ResponseType;

    #[test]
    fn a_kind_is_read_by_the_name_that_it_is_written_with() {
        for kind in [
            ResponseType::AuthorizationCode,
            ResponseType::RefreshToken,
            ResponseType::ClientCredentials,
            ResponseType::EverlastingRefresh,
            ResponseType::IntegrationRefresh,
            ResponseType::Other("other".into()),
        ] {
            assert_eq!(ResponseType::from(kind.as_str().to_owned()), kind);
        }
    }
}
