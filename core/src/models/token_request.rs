//! `POST /oauth/token`: the request of every grant.

use crate::credential::{self, Alphabet, trimmed_secret};
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
        self.scope = Some(scope.into());
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
    pub(crate) fn missing_fields(&self) -> Option<Vec<&'static str>> {
        let required: &[&'static str] = match self.grant_type.as_str() {
            "authorization_code" => &["code", "redirect_uri"],
            "refresh_token" => &["refresh_token"],
            "client_credentials" => &["scope"],
            _ => return None,
        };
        // An empty value is what an unset variable leaves behind.
        let fields = self.fields();
        let given = |name: &str| {
            fields
                .iter()
                .any(|(field, value)| *field == name && !value.is_empty())
        };
        Some(required.iter().copied().filter(|name| !given(name)).collect())
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
    use super::OauthAccessTokenRequest as Request;

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
            Some(vec!["code", "redirect_uri"])
        );
        assert_eq!(
            Request::raw("refresh_token").missing_fields(),
            Some(vec!["refresh_token"])
        );
        assert_eq!(
            Request::client_credentials("ads:read").missing_fields(),
            Some(vec![])
        );
        assert_eq!(
            Request::refresh_token("").missing_fields(),
            Some(vec!["refresh_token"])
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
