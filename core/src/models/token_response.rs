//! `POST /oauth/token`: the answer to every grant.

use super::additional_properties::AdditionalProperties;
use super::lasting::Lasting;
use super::object::{JsonObject, ObjectError};
use super::odd_field::OddField;
#[cfg(feature = "store")]
use crate::clock;
#[cfg(feature = "store")]
use crate::credential::{self, Alphabet, trimmed_secret};
#[cfg(feature = "store")]
use crate::error::Error;
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
    /// When that is, in seconds since 1970, by [`Configuration::clock`](crate::Configuration::clock) as
    /// the answer came. Pinterest does not send it.
    pub expires_at: Option<i64>,
    /// Every scope the user has approved, now or earlier; separated by spaces or commas.
    pub scope: Option<String>,
    /// Which kind of answer it is.
    pub response_type: Option<ResponseType>,
    /// `pinr.…`. On a refresh: replaces the old one; absent, the old one stays valid: see
    /// [`merged_with`](Self::merged_with).
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
    /// A token that a program kept, and nothing else known of it.
    pub fn new(access_token: impl Into<Secret>) -> Self {
        Self {
            access_token: access_token.into(),
            token_type: "bearer".to_owned(),
            expires_in: None,
            expires_at: None,
            scope: None,
            response_type: None,
            refresh_token: None,
            refresh_token_expires_in: None,
            refresh_token_expires_at: None,
            additional_properties: AdditionalProperties::default(),
            odd_fields: Vec::new(),
        }
    }

    /// The answer to a refresh, with what it leaves out as it was before (RFC 6749 section 6): the
    /// refresh token and when that expires, if no new one came, and the scope. This is what to keep.
    #[must_use]
    pub fn merged_with(mut self, old: &Self) -> Self {
        let lasting = Lasting {
            scope: self.scope.take(),
            refresh_token: self.refresh_token.take(),
            refresh_end: (self.refresh_token_expires_in, self.refresh_token_expires_at),
        };
        let lasting = lasting.or(Lasting {
            scope: old.scope.clone(),
            refresh_token: old.refresh_token.clone(),
            // What counts from the old answer says nothing by itself.
            refresh_end: (None, old.refresh_token_end()),
        });
        (self.scope, self.refresh_token) = (lasting.scope, lasting.refresh_token);
        (self.refresh_token_expires_in, self.refresh_token_expires_at) = lasting.refresh_end;
        self
    }

    /// The same by the one rule for credentials, as a program may give it from a row, a file or a variable: without what
    /// nobody sees around its tokens. An empty refresh token is none.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for a token with a character that none has, and for a refresh token as access token.
    #[cfg(feature = "store")]
    pub(crate) fn with_fit_tokens(mut self) -> Result<Self, Error> {
        self.access_token = trimmed_secret(self.access_token);
        let refresh_token = self.refresh_token.map(trimmed_secret);
        self.refresh_token = refresh_token.filter(|token| !token.is_empty());
        let refresh = self
            .refresh_token
            .as_ref()
            .map(|token| ("the refresh token to adopt", token));
        let access = ("the access token to adopt", &self.access_token);
        for (named, token) in refresh.into_iter().chain([access]) {
            credential::check_named(named.into(), token.expose(), Alphabet::Token)?;
        }
        if credential::is_refresh_token(self.access_token.expose()) {
            return Err(
                Error::invalid_input("the access token to adopt is a refresh token")
                    .with_hint("give each of both under its own name: an access token begins with pina"),
            );
        }
        Ok(self)
    }

    /// An answer that a program may have kept for a while, as it was when it came, and when that was: at
    /// `now`, unless it tells by its `expires_at`. Its ends may be in milliseconds, as databases have them.
    #[cfg(feature = "store")]
    pub(crate) fn with_arrival(mut self, now: i64) -> (Self, i64) {
        // Of an answer with an absurd life the end is as far, and in no other unit.
        let life = self.expires_in.unwrap_or_default();
        self.expires_at = self.expires_at.map(|end| {
            if life > end / 2 {
                end
            } else {
                clock::in_seconds(end)
            }
        });
        self.refresh_token_expires_at = self.refresh_token_expires_at.map(clock::in_seconds);
        // What does not end is no moment.
        let Some(end) = self.expires_at.filter(|end| *end < i64::MAX) else {
            return (self, now);
        };
        // Of a row that has the end alone.
        let left = || end.saturating_sub(now).max(1);
        let seconds = *self.expires_in.get_or_insert_with(left);
        (self, end.saturating_sub(seconds).min(now))
    }

    /// When the refresh token expires, in seconds since 1970, as far as the answer tells.
    fn refresh_token_end(&self) -> Option<i64> {
        self.refresh_token_expires_at.or_else(|| {
            let received = self.expires_at?.checked_sub(self.expires_in?)?;
            received.checked_add(self.refresh_token_expires_in?)
        })
    }

    /// Reads an answer that came at `now`, in seconds since 1970.
    pub(crate) fn parse(mut object: JsonObject<'_>, now: i64) -> Result<Self, ObjectError> {
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
            expires_at: expires_in.map(|seconds| now.saturating_add(seconds)),
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
    use super::{OauthAccessTokenResponse, ResponseType};
    use crate::models::JsonObject;
    use crate::secret::Secret;

    fn answer(text: &str, now: i64) -> OauthAccessTokenResponse {
        OauthAccessTokenResponse::parse(JsonObject::parse(text).unwrap(), now).unwrap()
    }

    #[test]
    fn an_access_token_ends_so_long_after_its_answer_came() {
        let end = |text, now| answer(text, now).expires_at;
        assert_eq!(
            end(r#"{"access_token":"pina_a","expires_in":60}"#, 1_000),
            Some(1_060)
        );
        assert_eq!(end(r#"{"access_token":"pina_a"}"#, 1_000), None);
        let far = r#"{"access_token":"pina_a","expires_in":9223372036854775807}"#;
        assert_eq!(end(far, 1_000), Some(i64::MAX));
    }

    #[cfg(feature = "store")]
    #[test]
    fn a_kept_answer_tells_when_it_came() {
        let came = |mut kept: OauthAccessTokenResponse, end: Option<i64>| {
            kept.expires_at = end.or(kept.expires_at);
            let (kept, came) = kept.with_arrival(5_000);
            (came, kept.expires_in)
        };
        let an_hour = || answer(r#"{"access_token":"pina_a","expires_in":3600}"#, 1_000);
        assert_eq!(came(an_hour(), None), (1_000, Some(3_600)));
        let told_nothing = || OauthAccessTokenResponse::new("pina_a");
        assert_eq!(came(told_nothing(), None), (5_000, None));
        assert_eq!(came(told_nothing(), Some(5_060)), (5_000, Some(60)));
        assert_eq!(came(told_nothing(), Some(4_000)), (3_999, Some(1)));
        let odd = r#"{"access_token":"pina_a","expires_in":9223372036854775807}"#;
        assert_eq!(came(answer(odd, 1_000), None), (5_000, Some(i64::MAX)));
        // By a clock that is ahead of ours.
        assert_eq!(came(an_hour(), Some(9_000)).0, 5_000);
    }

    #[test]
    fn what_a_refresh_leaves_out_stays_as_it_was() {
        let old = answer(
            r#"{"access_token":"pina_a","expires_in":60,"scope":"pins:read","refresh_token":"pinr.a","refresh_token_expires_in":600}"#,
            1_000,
        );
        let merged = answer(r#"{"access_token":"pina_b","expires_in":60}"#, 1_050).merged_with(&old);
        assert_eq!(merged.access_token.expose(), "pina_b");
        assert_eq!(merged.refresh_token.as_ref().map(Secret::expose), Some("pinr.a"));
        assert_eq!(
            (merged.expires_at, merged.scope.as_deref()),
            (Some(1_110), Some("pins:read"))
        );
        assert_eq!(
            (merged.refresh_token_expires_in, merged.refresh_token_expires_at),
            (None, Some(1_600))
        );
        // And so on, whatever else came in between.
        let again = answer(r#"{"access_token":"pina_c"}"#, 1_100).merged_with(&merged);
        assert_eq!(again.refresh_token_expires_at, Some(1_600));
    }

    #[test]
    fn a_new_refresh_token_comes_with_its_own_end_or_none() {
        let mut old = OauthAccessTokenResponse::new("pina_a");
        old.refresh_token = Some("pinr.a".into());
        old.refresh_token_expires_at = Some(7);
        let new = answer(r#"{"access_token":"pina_b","refresh_token":"pinr.b"}"#, 1_000);
        assert_eq!(new.clone().merged_with(&old), new);
    }

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
