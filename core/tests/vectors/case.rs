//! A case of `tests/vectors`, as its README describes it. An unknown field is an error.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    #[serde(default)]
    pub configuration: Settings,
    pub call: Call,
    pub server: Script,
    pub outcome: Expected,
    pub within_seconds: Option<f64>,
    #[serde(default)]
    pub canary: Vec<String>,
}

/// A field that is absent, null or a value.
pub type Setting<T> = Option<Option<T>>;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    #[serde(deserialize_with = "setting")]
    pub host: Setting<String>,
    pub environment: Option<String>,
    pub proxy: Option<String>,
    #[serde(deserialize_with = "setting")]
    pub username: Setting<String>,
    #[serde(deserialize_with = "setting")]
    pub password: Setting<String>,
    pub access_token: Option<String>,
    pub timeout_seconds: Option<f64>,
    pub connect_timeout_seconds: Option<f64>,
    /// Rust's own type has no numbers below zero.
    pub retries: Option<i64>,
    /// Likewise.
    pub max_answer_bytes: Option<i64>,
}

pub fn setting<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Setting<String>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub method: String,
    pub grant_type: Option<String>,
    pub code: Option<String>,
    pub redirect_uri: Option<String>,
    pub refresh_token: Option<String>,
    pub scope: Option<String>,
    pub continuous_refresh: Option<bool>,
    pub refresh_on: Option<bool>,
    pub token: Option<String>,
    pub token_type_hint: Option<String>,
    pub scopes: Option<Vec<String>>,
    pub pkce: Option<bool>,
    pub comma_separated_scopes: Option<bool>,
    pub lifetime_seconds: Option<u64>,
    pub callback: Option<String>,
    /// The token that the answer's is merged with.
    pub merged_with: Option<Kept>,
    #[serde(default = "one")]
    pub uses: u32,
    #[serde(default = "one")]
    pub times: u32,
    #[serde(default)]
    pub pause_ms: u64,
    #[serde(default)]
    pub options: Options,
    pub http_method: Option<String>,
    pub path: Option<String>,
    pub json: Option<Value>,
    pub content: Option<Content>,
    pub parts: Option<Vec<Part>>,
    #[serde(default)]
    pub any_type: bool,
}

/// A token that was kept.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    pub access_token: String,
    pub scope: Option<String>,
    pub refresh_token: Option<String>,
    pub refresh_token_expires_at: Option<i64>,
}

/// What one call does differently.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    pub timeout_seconds: Option<f64>,
    pub connect_timeout_seconds: Option<f64>,
    pub headers: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    pub content_type: String,
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub name: String,
    pub text: String,
    pub file_name: Option<String>,
    pub content_type: Option<String>,
}

pub fn one() -> u32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    #[serde(default)]
    pub setup: Vec<(String, String, Value)>,
    pub respond: Option<Value>,
    pub expect: Option<Vec<ExpectedRequest>>,
    pub connections: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedRequest {
    pub method: Option<String>,
    pub path: Option<String>,
    #[serde(default)]
    pub headers: BTreeMap<String, Option<String>>,
    pub body: Option<String>,
    #[serde(default)]
    pub body_contains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    pub response: Option<Map<String, Value>>,
    pub error: Option<ExpectedError>,
    pub status: Option<u16>,
    pub text: Option<String>,
    /// Seconds from now to the access token's end.
    pub ends_in: Option<i64>,
    #[serde(default)]
    pub url_contains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedError {
    pub kind: String,
    pub outcome: String,
    pub phase: Option<String>,
    pub reason: Option<Value>,
    pub status: Option<Value>,
    pub code: Option<Value>,
    pub retry_after_seconds: Option<Value>,
    pub request_id: Option<String>,
    pub body: Option<String>,
    pub retryable: Option<bool>,
    /// By lower-case name; null must be absent.
    #[serde(default)]
    pub headers: BTreeMap<String, Option<String>>,
    #[serde(default)]
    pub message_contains: Vec<String>,
    /// What the message must be about, by its name in Rust.
    pub setting: Option<String>,
    #[serde(default)]
    pub hint_contains: Vec<String>,
    /// What the hint must be about, likewise.
    #[serde(default)]
    pub hint_settings: Vec<String>,
}
