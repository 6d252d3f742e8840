//! The tokens and codes that the sandbox has issued.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::switches::Rotation;

/// Whose token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    User,
    System,
    Client,
    Conversion,
}

/// A one-time code.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) app_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scope: Vec<String>,
    pub(crate) expires_at: i64,
    /// The PKCE challenge that a `code_verifier` must match (RFC 7636, S256).
    pub(crate) challenge: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct AccessToken {
    pub(crate) app_id: String,
    pub(crate) kind: Kind,
    pub(crate) scope: Vec<String>,
    pub(crate) environment: String,
    /// Seconds since 1970; `None` for conversion tokens, which have no end.
    pub(crate) expires_at: Option<i64>,
}

#[derive(Debug, Clone)]
pub(crate) struct RefreshToken {
    pub(crate) app_id: String,
    pub(crate) kind: Kind,
    pub(crate) scope: Vec<String>,
    pub(crate) environment: String,
    pub(crate) expires_at: i64,
    /// Renewed with each refresh; the legacy kind is not.
    pub(crate) continuous: bool,
    /// Of a commerce integration, whose answers look different.
    pub(crate) integration: bool,
    /// The token that this one replaced.
    pub(crate) predecessor: Option<String>,
}

/// Every code and token, by its text.
#[derive(Default)]
pub(crate) struct Tokens {
    pub(crate) codes: HashMap<String, Code>,
    pub(crate) access: HashMap<String, AccessToken>,
    pub(crate) refresh: HashMap<String, RefreshToken>,
    /// The access token last minted for an app, with the second it was minted in.
    last: HashMap<(String, Kind), (i64, String)>,
}

impl Tokens {
    /// Mints an access token. Pinterest gives the same one twice within a second; with
    /// `same_second` so does this.
    pub(crate) fn mint_access(&mut self, token: AccessToken, now: i64, same_second: bool) -> String {
        let key = (token.app_id.clone(), token.kind);
        if let (true, Some((second, text))) = (same_second, self.last.get(&key))
            && *second == now
            && self
                .access
                .get(text)
                .is_some_and(|last| last.scope == token.scope && last.environment == token.environment)
        {
            return text.clone();
        }
        let prefix = if token.kind == Kind::Client {
            "pinc_"
        } else {
            "pina_"
        };
        let text = format!("{prefix}{}", random(72));
        self.last.insert(key, (now, text.clone()));
        self.access.insert(text.clone(), token);
        text
    }

    /// Mints a refresh token, `pinr.` and what looks like a JWT.
    pub(crate) fn mint_refresh(&mut self, token: RefreshToken) -> String {
        let text = format!("pinr.eyJhbGciOiJSUzI1NiJ9.{}.{}", random(60), random(30));
        self.refresh.insert(text.clone(), token);
        text
    }

    /// `used` was exchanged; `renewed`: a successor was issued for it.
    pub(crate) fn used(&mut self, used: &str, renewed: bool, rotation: Rotation) {
        match rotation {
            Rotation::InvalidateOnUse if renewed => {
                self.refresh.remove(used);
            }
            Rotation::KeepUntilExpiry | Rotation::InvalidateOnUse => {}
            Rotation::InvalidateOnNewTokenUse => {
                let predecessor = self.refresh.get(used).and_then(|token| token.predecessor.clone());
                if let Some(predecessor) = predecessor {
                    self.refresh.remove(&predecessor);
                }
            }
        }
    }
}

/// Base64url of so many random bytes.
pub(crate) fn random(bytes: usize) -> String {
    let mut buffer = vec![0; bytes];
    // Without the system's random numbers tokens are all alike, which a test would notice.
    let _ = getrandom::fill(&mut buffer);
    URL_SAFE_NO_PAD.encode(buffer)
}
