//! `POST /oauth/token`: the request of every grant.

use crate::credential::{self, Alphabet, trimmed, trimmed_secret};
use crate::error::Error;
use crate::secret::Secret;
use crate::words::Setting;

/// The form of a token request, one constructor a grant, so that a missing field cannot be written.
/// Source: Pinterest API 5.28, operation `oauth/token`.
#[derive(Debug, Clone)]
pub struct OauthAccessTokenRequest {
    grant_type: String,
    code: Option<Secret>,
    redirect_uri: Option<String>,
    refresh_token: Option<Secret>,
    scope: Option<String>,
    continuous_refresh: bool,
    refresh_on: bool,
    code_verifier: Option<Secret>,
}

/// The fields of any token request, for a program that has them apart. Those that are absent, and a flag
/// that is false, are not sent. What each means, [`OauthAccessTokenRequest`] says.
#[derive(Debug, Clone, Default)]
pub struct TokenRequestFields {
    /// The grant's name.
    pub grant_type: String,
    /// See [`OauthAccessTokenRequest::with_code`].
    pub code: Option<Secret>,
    /// See [`OauthAccessTokenRequest::with_redirect_uri`].
    pub redirect_uri: Option<String>,
    /// See [`OauthAccessTokenRequest::with_refresh_token`].
    pub refresh_token: Option<Secret>,
    /// See [`OauthAccessTokenRequest::with_scope`].
    pub scope: Option<String>,
    /// See [`OauthAccessTokenRequest::with_continuous_refresh`].
    pub continuous_refresh: bool,
    /// See [`OauthAccessTokenRequest::with_refresh_on`].
    pub refresh_on: bool,
}

impl From<TokenRequestFields> for OauthAccessTokenRequest {
    fn from(fields: TokenRequestFields) -> Self {
        let request = Self {
            redirect_uri: fields.redirect_uri,
            continuous_refresh: fields.continuous_refresh,
            refresh_on: fields.refresh_on,
            ..Self::raw(fields.grant_type)
        };
        let request = fields.code.into_iter().fold(request, Self::with_code);
        let request = fields
            .refresh_token
            .into_iter()
            .fold(request, Self::with_refresh_token);
        fields.scope.into_iter().fold(request, Self::with_scope)
    }
}

impl OauthAccessTokenRequest {
    /// Exchanges the one-time `code` of a callback. `redirect_uri` must be the one that the
    /// authorization URL named, byte for byte (RFC 6749 section 4.1.3).
    pub fn authorization_code(code: impl Into<Secret>, redirect_uri: impl Into<String>) -> Self {
        Self::raw("authorization_code")
            .with_code(code)
            .with_redirect_uri(redirect_uri)
    }

    /// Exchanges a refresh token for a new access token (RFC 6749 section 6).
    pub fn refresh_token(refresh_token: impl Into<Secret>) -> Self {
        Self::raw("refresh_token").with_refresh_token(refresh_token)
    }

    /// A token for the app owner's own account (RFC 6749 section 4.4). `scope` lists scopes,
    /// separated by commas or spaces.
    pub fn client_credentials(scope: impl Into<String>) -> Self {
        Self::raw("client_credentials").with_scope(scope)
    }

    /// Any grant, with only the fields that are then set: what the reference pages show.
    pub fn raw(grant_type: impl Into<String>) -> Self {
        Self {
            grant_type: grant_type.into(),
            code: None,
            redirect_uri: None,
            refresh_token: None,
            scope: None,
            continuous_refresh: false,
            refresh_on: false,
            code_verifier: None,
        }
    }

    /// Sets `code`.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<Secret>) -> Self {
        self.code = Some(trimmed_secret(code.into()));
        self
    }

    /// Sets `redirect_uri`.
    #[must_use]
    pub fn with_redirect_uri(mut self, redirect_uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(redirect_uri.into());
        self
    }

    /// Sets `refresh_token`.
    #[must_use]
    pub fn with_refresh_token(mut self, refresh_token: impl Into<Secret>) -> Self {
        self.refresh_token = Some(trimmed_secret(refresh_token.into()));
        self
    }

    /// Sets `scope`; on a refresh it may narrow what was granted.
    #[must_use]
    pub fn with_scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(trimmed(&scope.into()).to_owned());
        self
    }

    /// Asks for a refresh token that is renewed with each refresh (60 days each) in place of the
    /// legacy one (365 days, once). Apps made before 25 September 2025 must ask. `false` is not
    /// sent: Pinterest may take the field's presence for a yes.
    #[must_use]
    pub fn with_continuous_refresh(mut self, yes: bool) -> Self {
        self.continuous_refresh = yes;
        self
    }

    /// Asks for a new refresh token along with a refresh (API 5.12 to 5.14). `false` is not sent.
    #[must_use]
    pub fn with_refresh_on(mut self, yes: bool) -> Self {
        self.refresh_on = yes;
        self
    }

    /// Sets the PKCE `code_verifier` of the authorization's challenge (RFC 7636 section 4.5).
    #[must_use]
    pub fn with_code_verifier(mut self, verifier: impl Into<Secret>) -> Self {
        self.code_verifier = Some(trimmed_secret(verifier.into()));
        self
    }

    /// The grant's name.
    pub fn grant_type(&self) -> &str {
        &self.grant_type
    }

    /// The form fields in the order in which they are sent, secrets among them.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        [
            ("grant_type", Some(self.grant_type.as_str())),
            ("code", self.code.as_ref().map(Secret::expose)),
            ("redirect_uri", self.redirect_uri.as_deref()),
            ("refresh_token", self.refresh_token.as_ref().map(Secret::expose)),
            ("scope", self.scope.as_deref()),
            ("continuous_refresh", self.continuous_refresh.then_some("true")),
            ("refresh_on", self.refresh_on.then_some("true")),
            ("code_verifier", self.code_verifier.as_ref().map(Secret::expose)),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// Refuses a field with characters that it cannot have.
    pub(crate) fn check(&self) -> Result<(), Error> {
        for (name, value) in self.fields() {
            let (setting, alphabet) = match name {
                "grant_type" => (Setting::GrantType, Alphabet::Visible),
                "code" => (Setting::Code, Alphabet::Visible),
                "redirect_uri" => (Setting::RedirectUri, Alphabet::Unspaced),
                "refresh_token" => (Setting::RefreshToken, Alphabet::Token),
                "code_verifier" => (Setting::CodeVerifier, Alphabet::Token),
                "scope" => (Setting::Scope, Alphabet::Visible),
                // The others are ours, or looked at by name.
                _ => continue,
            };
            credential::check(setting, value, alphabet)?;
        }
        Ok(())
    }

    /// The fields that Pinterest requires for this grant and that are not set; `None` for a grant
    /// that Pinterest does not know.
    pub(crate) fn missing_fields(&self) -> Option<Vec<Setting>> {
        let code = (Setting::Code, self.code.as_ref().map(Secret::expose));
        let redirect_uri = (Setting::RedirectUri, self.redirect_uri.as_deref());
        let refresh_token = (
            Setting::RefreshToken,
            self.refresh_token.as_ref().map(Secret::expose),
        );
        let required = match self.grant_type.as_str() {
            "authorization_code" => vec![code, redirect_uri],
            "refresh_token" => vec![refresh_token],
            "client_credentials" => vec![(Setting::Scope, self.scope.as_deref())],
            _ => return None,
        };
        // An empty value is what an unset variable leaves behind.
        let missing = required
            .into_iter()
            .filter(|(_, value)| value.is_none_or(str::is_empty));
        Some(missing.map(|(setting, _)| setting).collect())
    }

    /// The secrets that an answer might echo.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.code
            .iter()
            .chain(&self.refresh_token)
            .chain(&self.code_verifier)
    }
}

#[cfg(test)]
mod tests {
    use super::{OauthAccessTokenRequest as Request, TokenRequestFields};
    use crate::words::Setting;

    #[test]
    fn fields_make_the_request_that_the_setters_make() {
        let fields = TokenRequestFields {
            grant_type: "refresh_token".into(),
            code: Some(" c\n".into()),
            redirect_uri: Some("http://localhost:8085/ ".into()),
            refresh_token: Some("r\r".into()),
            scope: Some(" a ".into()),
            continuous_refresh: true,
            refresh_on: true,
        };
        let made = Request::raw("refresh_token")
            .with_code(" c\n")
            .with_redirect_uri("http://localhost:8085/ ")
            .with_refresh_token("r\r")
            .with_scope(" a ")
            .with_continuous_refresh(true)
            .with_refresh_on(true);
        assert_eq!(Request::from(fields).fields(), made.fields());
        let bare = TokenRequestFields {
            grant_type: "g".into(),
            ..TokenRequestFields::default()
        };
        assert_eq!(Request::from(bare).fields(), [("grant_type", "g")]);
    }

    #[test]
    fn every_field_is_looked_at_and_called_by_its_name() {
        for (request, setting) in [
            (Request::raw("refresh\u{200b}token"), Setting::GrantType),
            (Request::raw("g").with_code("a\nb"), Setting::Code),
            (Request::raw("g").with_redirect_uri("a b"), Setting::RedirectUri),
            (Request::raw("g").with_refresh_token("a b"), Setting::RefreshToken),
            (Request::raw("g").with_code_verifier("a b"), Setting::CodeVerifier),
            (Request::raw("g").with_scope("a\u{200b}b"), Setting::Scope),
        ] {
            let error = request.check().unwrap_err();
            assert!(error.message().contains(setting.phrase()), "{error}");
        }
    }

    #[test]
    fn a_false_flag_is_not_sent() {
        let request =
            Request::authorization_code("c", "http://localhost:8085/").with_continuous_refresh(false);
        assert_eq!(
            request.fields(),
            [
                ("grant_type", "authorization_code"),
                ("code", "c"),
                ("redirect_uri", "http://localhost:8085/")
            ]
        );
        assert_eq!(
            request.with_continuous_refresh(true).fields().last(),
            Some(&("continuous_refresh", "true"))
        );
    }

    #[test]
    fn missing_fields_are_named() {
        assert_eq!(
            Request::raw("authorization_code").missing_fields(),
            Some(vec![Setting::Code, Setting::RedirectUri])
        );
        assert_eq!(
            Request::raw("refresh_token").missing_fields(),
            Some(vec![Setting::RefreshToken])
        );
        assert_eq!(
            Request::client_credentials("ads:read").missing_fields(),
            Some(vec![])
        );
        assert_eq!(
            Request::refresh_token("").missing_fields(),
            Some(vec![Setting::RefreshToken])
        );
        assert_eq!(
            Request::client_credentials(" \n").missing_fields(),
            Some(vec![Setting::Scope])
        );
        assert_eq!(Request::raw("grantType_example").missing_fields(), None);
    }

    #[test]
    fn debug_shows_no_secret() {
        let shown = format!(
            "{:?}",
            Request::authorization_code("canary", "https://x").with_refresh_token("canary")
        );
        assert!(!shown.contains("canary"), "{shown}");
    }
}
