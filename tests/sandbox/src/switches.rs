//! How the sandbox behaves where Pinterest's own behaviour is not known, or can be chosen.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What becomes of a refresh token once it has been used and a new one was issued. Pinterest does
/// not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rotation {
    /// Stays valid until it expires by itself.
    KeepUntilExpiry,
    /// Invalid at once.
    InvalidateOnUse,
    /// Invalid when its successor is first used.
    InvalidateOnNewTokenUse,
}

/// The README lists each with its default and whether that is known.
// Each is a switch of its own, not a state in disguise.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Switches {
    pub(crate) rotation: Rotation,
    pub(crate) code_lifetime_seconds: i64,
    pub(crate) code_single_use: bool,
    pub(crate) access_token_lifetime_seconds: i64,
    pub(crate) refresh_token_lifetime_seconds: i64,
    pub(crate) legacy_refresh_token_lifetime_seconds: i64,
    pub(crate) cumulative_scope: bool,
    pub(crate) scope_separator: String,
    pub(crate) same_second_same_token: bool,
    pub(crate) refresh_on_response_type: String,
    pub(crate) failure_status_field: bool,
    pub(crate) missing_credentials_status: u16,
    pub(crate) revoke_system_users_only: bool,
    pub(crate) denial_redirects: bool,
    pub(crate) environment: String,
    pub(crate) proxy_requires_authentication: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            rotation: Rotation::KeepUntilExpiry,
            code_lifetime_seconds: 600,
            code_single_use: true,
            access_token_lifetime_seconds: 2_592_000,
            refresh_token_lifetime_seconds: 5_184_000,
            legacy_refresh_token_lifetime_seconds: 31_536_000,
            cumulative_scope: true,
            scope_separator: " ".into(),
            same_second_same_token: true,
            refresh_on_response_type: "refresh_token".into(),
            failure_status_field: true,
            missing_credentials_status: 400,
            revoke_system_users_only: true,
            denial_redirects: true,
            environment: "production".into(),
            proxy_requires_authentication: false,
        }
    }
}

impl Switches {
    /// The same with some set anew.
    ///
    /// # Errors
    ///
    /// A sentence naming the switch or value that does not exist.
    pub(crate) fn with(&self, changes: &Map<String, Value>) -> Result<Self, String> {
        let Ok(Value::Object(mut all)) = serde_json::to_value(self) else {
            return Err("the switches cannot be read".into());
        };
        all.extend(changes.clone());
        serde_json::from_value(Value::Object(all)).map_err(|error| error.to_string())
    }
}
