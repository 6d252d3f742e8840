//! The tokens and codes that the sandbox has issued.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::challenge::Challenge;
use crate::shelf::Shelf;
use crate::switches::{Environment, Rotation, Switches};

/// Whose token it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    User,
    System,
    Client,
    #[serde(skip)]
    Conversion,
}

/// A one-time code.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) app_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scope: Vec<String>,
    /// Seconds since 1970; `None` for those of the command line, which wait for their user.
    pub(crate) issued_at: Option<i64>,
    /// The PKCE challenge that a `code_verifier` must match.
    pub(crate) challenge: Option<Challenge>,
    /// The tokens it was exchanged for.
    pub(crate) used: Option<Arc<Family>>,
}

/// The tokens that descend from one consent.
#[derive(Debug, Default)]
pub(crate) struct Family {
    revoked: AtomicBool,
    /// Refresh tokens of earlier generations are no longer valid.
    oldest: AtomicU64,
}

impl Family {
    pub(crate) fn revoke(&self) {
        self.revoked.store(true, Relaxed);
    }
}

#[derive(Debug, Clone)]
pub(crate) struct AccessToken {
    pub(crate) app_id: String,
    pub(crate) kind: Kind,
    pub(crate) scope: Vec<String>,
    pub(crate) environment: Environment,
    /// Seconds since 1970; `None` for conversion tokens, which have no end.
    pub(crate) expires_at: Option<i64>,
    /// `None` for tokens that no refresh token belongs to.
    pub(crate) family: Option<Arc<Family>>,
    /// How many refreshes lie between the consent and this token.
    pub(crate) generation: u64,
}

impl AccessToken {
    pub(crate) fn is_valid(&self, now: i64) -> bool {
        self.expires_at.is_none_or(|end| end > now)
            && self
                .family
                .as_ref()
                .is_none_or(|family| !family.revoked.load(Relaxed))
    }

    /// It was shown to an endpoint.
    pub(crate) fn used(&self, rotation: Rotation) {
        if let (Rotation::InvalidateOnNewTokenUse, Some(family)) = (rotation, &self.family) {
            family.oldest.fetch_max(self.generation, Relaxed);
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct RefreshToken {
    pub(crate) app_id: String,
    pub(crate) kind: Kind,
    pub(crate) scope: Vec<String>,
    pub(crate) environment: Environment,
    pub(crate) expires_at: i64,
    /// Renewed with each refresh; the legacy kind is not.
    pub(crate) continuous: bool,
    /// Of a commerce integration, whose answers look different.
    pub(crate) integration: bool,
    pub(crate) family: Arc<Family>,
    /// How many refreshes lie between the consent and this token.
    pub(crate) generation: u64,
    /// Seconds since 1970 from which on it is replaced and no longer valid.
    pub(crate) retired_at: Option<i64>,
}

impl RefreshToken {
    /// Whether another token has taken its place.
    pub(crate) fn is_retired(&self, now: i64) -> bool {
        self.retired_at.is_some_and(|retired| retired <= now)
            || self.generation < self.family.oldest.load(Relaxed)
    }

    pub(crate) fn is_valid(&self, now: i64) -> bool {
        self.expires_at > now && !self.is_retired(now) && !self.family.revoked.load(Relaxed)
    }

    /// It was exchanged; `renewed`: a successor was issued for it.
    pub(crate) fn used(&mut self, renewed: bool, now: i64, switches: &Switches) {
        match switches.rotation {
            Rotation::InvalidateOnUse if renewed => {
                let retired = now + i64::from(switches.rotation_grace_seconds);
                self.retired_at = Some(self.retired_at.map_or(retired, |earlier| earlier.min(retired)));
            }
            Rotation::KeepUntilExpiry | Rotation::InvalidateOnUse => {}
            Rotation::InvalidateOnNewTokenUse => {
                self.family.oldest.fetch_max(self.generation, Relaxed);
            }
        }
    }
}

/// Every code and token, by its text.
#[derive(Default)]
pub(crate) struct Tokens {
    pub(crate) codes: Shelf<Code>,
    pub(crate) access: Shelf<AccessToken>,
    pub(crate) refresh: Shelf<RefreshToken>,
    /// The access token last minted for an app, with the second it was minted in.
    last: HashMap<(String, Kind), (i64, String)>,
}

impl Tokens {
    /// Mints an access token. Pinterest gives the same one twice within a second; with
    /// `same_second` so does this, of those that were minted with it.
    pub(crate) fn mint_access(&mut self, token: AccessToken, now: i64, same_second: bool) -> String {
        let key = (token.app_id.clone(), token.kind);
        if let (true, Some((second, text))) = (same_second, self.last.get(&key))
            && *second == now
            && self.access.get(text).is_some_and(|last| {
                last.scope == token.scope && last.environment == token.environment && last.is_valid(now)
            })
        {
            return text.clone();
        }
        let prefix = if token.kind == Kind::Client {
            "pinc_"
        } else {
            "pina_"
        };
        let text = format!("{prefix}{}", random(72));
        self.access.insert(&text, token);
        if same_second {
            self.last.insert(key, (now, text.clone()));
        }
        text
    }

    /// Mints a refresh token: `pinr.` and what looks like a JWT signed with RS256.
    pub(crate) fn mint_refresh(&mut self, token: RefreshToken) -> String {
        let text = format!("pinr.eyJhbGciOiJSUzI1NiJ9.{}.{}", random(60), random(256));
        self.refresh.insert(&text, token);
        text
    }
}

impl Tokens {
    /// Ends a code or token now, in seconds since 1970: it is known, and too old. Says whether there is
    /// one.
    pub(crate) fn expire(&mut self, text: &str, now: i64, code_lifetime: i64) -> bool {
        if let Some(code) = self.codes.get_mut(text) {
            code.issued_at = Some(now - code_lifetime);
        } else if let Some(token) = self.access.get_mut(text) {
            token.expires_at = Some(now);
        } else if let Some(token) = self.refresh.get_mut(text) {
            token.expires_at = now;
        } else {
            return false;
        }
        true
    }

    /// Forgets a code or token. Says whether there was one.
    pub(crate) fn revoke(&mut self, text: &str) -> bool {
        let is_known = self.codes.get(text).is_some()
            || self.access.get(text).is_some()
            || self.refresh.get(text).is_some();
        self.codes.remove(text);
        self.access.remove(text);
        self.refresh.remove(text);
        is_known
    }
}

/// Base64url of so many random bytes.
pub(crate) fn random(bytes: usize) -> String {
    let mut buffer = vec![0; bytes];
    // Without the system's random numbers tokens are all alike, which a test would notice.
    let _ = getrandom::fill(&mut buffer);
    URL_SAFE_NO_PAD.encode(buffer)
}
