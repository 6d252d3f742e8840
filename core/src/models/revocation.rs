//! `POST /oauth/token/revoke`: the request; the answer has no content.

use crate::credential::{self, Alphabet, trimmed_secret};
use crate::error::Error;
use crate::secret::Secret;
use crate::words::{Setting, words};

/// What kind of token is being revoked (RFC 7009 section 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenTypeHint {
    /// An access token.
    AccessToken,
    /// A refresh token.
    RefreshToken,
}

impl TokenTypeHint {
    /// The kind of that name, if there is one.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::AccessToken, Self::RefreshToken]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccessToken => "access_token",
            Self::RefreshToken => "refresh_token",
        }
    }
}

/// The token to revoke. Pinterest revokes tokens of system users only and refuses others with
/// [`ErrorKind::Forbidden`](crate::ErrorKind::Forbidden) (API 5.16, operation `token/revoke`).
#[derive(Debug, Clone)]
pub struct TokenRevocationRequest {
    pub(crate) token: Secret,
    pub(crate) token_type_hint: Option<TokenTypeHint>,
}

impl TokenRevocationRequest {
    /// The form fields in the order in which they are sent, a secret among them.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let hint = self
            .token_type_hint
            .map(|hint| ("token_type_hint", hint.as_str()));
        [("token", self.token.expose())].into_iter().chain(hint).collect()
    }

    /// Refuses a token with characters that it cannot have, and none: a server that does not know a token may say that
    /// it is revoked (RFC 7009 section 2.2), and whoever gave an unset variable would believe it.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.token.is_empty() {
            return Err(Error::invalid_input(words![Setting::Token, " is empty"])
                .with_hint("give the token that is to end; nothing was sent"));
        }
        credential::check(Setting::Token, self.token.expose(), Alphabet::Token)
    }

    /// Revokes `token`.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self {
            token: trimmed_secret(token.into()),
            token_type_hint: None,
        }
    }

    /// Says what kind of token it is.
    #[must_use]
    pub fn with_token_type_hint(mut self, hint: TokenTypeHint) -> Self {
        self.token_type_hint = Some(hint);
        self
    }
}
