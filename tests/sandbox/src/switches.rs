//! How the sandbox behaves where Pinterest's own behaviour is not known, or can be chosen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::facts::is_category;

/// What becomes of a refresh token once it has been used and a new one was issued. Pinterest does
/// not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rotation {
    /// Stays valid until it expires by itself.
    KeepUntilExpiry,
    /// Invalid at once, or after the grace.
    InvalidateOnUse,
    /// Invalid when one of the tokens issued for it is first used.
    InvalidateOnNewTokenUse,
}

/// Whether a refresh gives a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NewRefreshToken {
    /// A new one for continuous tokens, none for legacy ones.
    Auto,
    /// None.
    Never,
    /// The one that was sent.
    Same,
}

/// What the `scope` of a refresh does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RefreshScope {
    /// Narrows the new access token; more than was granted is refused (RFC 6749 section 6).
    Narrow,
    /// Nothing.
    Ignore,
}

/// The `response_type` of a refresh with `refresh_on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RefreshOnResponseType {
    /// Since version 5.16 of the API.
    RefreshToken,
    /// Until version 5.15.
    EverlastingRefresh,
}

/// Tokens of one environment are not valid in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Environment {
    Production,
    Sandbox,
}

/// How the proxy fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProxyFault {
    /// Hangs up instead of an answer to `CONNECT`.
    Close,
    /// Answers 502 to `CONNECT`.
    BadGateway,
    /// Says that the tunnel stands, and hangs up.
    CloseTunnel,
}

/// The README lists each with its default and whether that is known.
// Each is a switch of its own, not a state in disguise.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Switches {
    pub(crate) rotation: Rotation,
    pub(crate) rotation_grace_seconds: u32,
    pub(crate) refresh_reuse_revokes_tokens: bool,
    pub(crate) new_refresh_token: NewRefreshToken,
    pub(crate) refresh_scope: RefreshScope,
    pub(crate) refresh_on_response_type: RefreshOnResponseType,
    pub(crate) flags_by_presence: bool,
    pub(crate) code_lifetime_seconds: u32,
    pub(crate) code_single_use: bool,
    pub(crate) code_reuse_revokes_tokens: bool,
    pub(crate) access_token_lifetime_seconds: u32,
    pub(crate) refresh_token_lifetime_seconds: u32,
    pub(crate) legacy_refresh_token_lifetime_seconds: u32,
    pub(crate) same_second_same_token: bool,
    pub(crate) cumulative_scope: bool,
    pub(crate) scope_separator: String,
    pub(crate) accept_unknown_scopes: bool,
    pub(crate) environment: Environment,
    pub(crate) failure_status_field: bool,
    pub(crate) missing_credentials_status: u16,
    pub(crate) client_tokens_where_listed: bool,
    pub(crate) revoke_system_users_only: bool,
    pub(crate) revoke_unknown_tokens: bool,
    pub(crate) media_processing_seconds: u32,
    pub(crate) report_processing_seconds: u32,
    pub(crate) rate_limit: u32,
    pub(crate) rate_limit_window_seconds: u32,
    pub(crate) rate_limit_per_second: Option<u32>,
    pub(crate) rate_limits_by_category: Option<BTreeMap<String, u32>>,
    pub(crate) rate_limit_retry_after: bool,
    pub(crate) enforce_rate_limit: bool,
    pub(crate) denial_redirects: bool,
    pub(crate) proxy_requires_authentication: bool,
    pub(crate) proxy_fault: Option<ProxyFault>,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            rotation: Rotation::KeepUntilExpiry,
            rotation_grace_seconds: 0,
            refresh_reuse_revokes_tokens: false,
            new_refresh_token: NewRefreshToken::Auto,
            refresh_scope: RefreshScope::Narrow,
            refresh_on_response_type: RefreshOnResponseType::RefreshToken,
            flags_by_presence: true,
            code_lifetime_seconds: 600,
            code_single_use: true,
            code_reuse_revokes_tokens: false,
            access_token_lifetime_seconds: 2_592_000,
            refresh_token_lifetime_seconds: 5_184_000,
            legacy_refresh_token_lifetime_seconds: 31_536_000,
            same_second_same_token: true,
            cumulative_scope: true,
            scope_separator: " ".into(),
            accept_unknown_scopes: true,
            environment: Environment::Production,
            failure_status_field: true,
            missing_credentials_status: 400,
            client_tokens_where_listed: true,
            revoke_system_users_only: true,
            revoke_unknown_tokens: true,
            media_processing_seconds: 1,
            report_processing_seconds: 1,
            rate_limit: 1000,
            rate_limit_window_seconds: 60,
            rate_limit_per_second: None,
            rate_limits_by_category: None,
            rate_limit_retry_after: false,
            enforce_rate_limit: false,
            denial_redirects: true,
            proxy_requires_authentication: false,
            proxy_fault: None,
        }
    }
}

impl Switches {
    /// How long a new refresh token lives, in seconds.
    pub(crate) fn refresh_lifetime(&self, continuous: bool) -> i64 {
        i64::from(if continuous {
            self.refresh_token_lifetime_seconds
        } else {
            self.legacy_refresh_token_lifetime_seconds
        })
    }

    /// The same with some set anew; `null` puts one back to its default.
    ///
    /// # Errors
    ///
    /// A sentence naming the switch or value that does not exist.
    pub(crate) fn with(&self, changes: &Map<String, Value>) -> Result<Self, String> {
        let Ok(Value::Object(mut all)) = serde_json::to_value(self) else {
            return Err("the switches cannot be read".into());
        };
        for (name, value) in changes {
            // A name that does not exist stays, so that it is reported.
            if value.is_null() && all.remove(name).is_some() {
                continue;
            }
            all.insert(name.clone(), value.clone());
        }
        let result: Self = serde_json::from_value(Value::Object(all)).map_err(|error| error.to_string())?;
        if ![400, 401].contains(&result.missing_credentials_status) {
            return Err("missing_credentials_status is 400 or 401".into());
        }
        if ![" ", ","].contains(&result.scope_separator.as_str()) {
            return Err("scope_separator is a space or a comma".into());
        }
        let mut categories = result.rate_limits_by_category.iter().flat_map(BTreeMap::keys);
        if let Some(name) = categories.find(|name| !is_category(name)) {
            return Err(format!("Pinterest counts no calls as {name}"));
        }
        Ok(result)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(changes: &Value) -> Result<Switches, String> {
        Switches::default().with(changes.as_object().expect("an object"))
    }

    #[test]
    fn null_is_the_default_and_a_wrong_name_is_reported() {
        let changed = with(&json!({"rate_limit": 5, "proxy_fault": "close"})).unwrap();
        assert_eq!(
            (changed.rate_limit, changed.proxy_fault),
            (5, Some(ProxyFault::Close))
        );
        let back = json!({"rate_limit": null, "proxy_fault": null});
        let back = changed.with(back.as_object().unwrap()).unwrap();
        assert_eq!((back.rate_limit, back.proxy_fault), (1000, None));
        for wrong in [
            json!({"no_such_switch": null}),
            json!({"rotation": "sometimes"}),
            json!({"missing_credentials_status": 200}),
            json!({"scope_separator": ";"}),
            json!({"rate_limits_by_category": {"ads": 1}}),
            json!({"code_lifetime_seconds": -1}),
        ] {
            assert!(with(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_readme_lists_every_switch_with_its_default() {
        let readme = include_str!("../README.md");
        let Ok(Value::Object(all)) = serde_json::to_value(Switches::default()) else {
            panic!("switches are an object");
        };
        for (name, default) in all {
            let row = readme
                .lines()
                .find(|line| line.starts_with(&format!("| `{name}` | ")))
                .unwrap_or_else(|| panic!("{name} is not in the README"));
            assert!(
                row.contains(&format!("| `{default}` |")),
                "{name} is {default}: {row}"
            );
        }
    }
}
