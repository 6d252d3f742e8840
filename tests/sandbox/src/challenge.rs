//! PKCE (RFC 7636): what a code is bound to, and what proves it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A challenge as it was sent, by its method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// The verifier itself.
    Plain(String),
    /// The Base64url of the verifier's SHA-256.
    S256(String),
}

impl Challenge {
    /// The challenge of an authorization request, if it has one. A method that is left out is `plain`
    /// (section 4.3).
    ///
    /// # Errors
    ///
    /// A sentence about a method that there is not (section 4.4.1), or one without a challenge.
    pub(crate) fn of(challenge: Option<&str>, method: Option<&str>) -> Result<Option<Self>, &'static str> {
        match (challenge, method) {
            (None, None) => Ok(None),
            (None, Some(_)) => Err("code_challenge_method without a code_challenge"),
            (Some(text), None | Some("plain")) => Ok(Some(Self::Plain(text.to_owned()))),
            (Some(text), Some("S256")) => Ok(Some(Self::S256(text.to_owned()))),
            (Some(_), Some(_)) => Err("code_challenge_method is 'S256' or 'plain'"),
        }
    }

    /// Whether the challenge was made of this verifier (section 4.6).
    pub(crate) fn is_met_by(&self, verifier: &str) -> bool {
        match self {
            Self::Plain(text) => verifier == text,
            Self::S256(text) => {
                let digest = ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes());
                URL_SAFE_NO_PAD.encode(digest) == *text
            }
        }
    }
}
