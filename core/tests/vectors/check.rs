//! Compares what a call gave with what a case expects; gives the differences.

use base64::Engine as _;
use pinterest_sdk::{Clock, Error};
use serde_json::{Map, Value, json};

use crate::case::{Expected, ExpectedError, ExpectedRequest};

/// What a call gave, in the form of the vectors.
pub struct Given {
    pub status: u16,
    pub fields: Map<String, Value>,
    /// When the access token ends, in seconds since 1970.
    pub end: Option<i64>,
    /// The body, of a request to any endpoint.
    pub text: Option<String>,
    pub shown: String,
}

pub fn check_response(expected: &Expected, given: &Given) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, value) in expected.response.iter().flatten() {
        let actual = given.fields.get(name).unwrap_or(&Value::Null);
        if actual != value {
            problems.push(format!("{name} is {actual}, not {value}"));
        }
    }
    if expected.status.is_some_and(|status| status != given.status) {
        problems.push(format!("status {}", given.status));
    }
    if let Some(seconds) = expected.ends_in {
        let left = given.end.map(|end| end - Clock::system().now());
        if !left.is_some_and(|left| (seconds - 60..=seconds).contains(&left)) {
            problems.push(format!("the token ends in {left:?} seconds, not {seconds}"));
        }
    }
    if expected.text.is_some() && expected.text != given.text {
        problems.push(format!("the text is {:?}", given.text));
    }
    problems
}

pub fn check_error(expected: &ExpectedError, error: &Error) -> Vec<String> {
    let mut problems = Vec::new();
    let mut same = |name: &str, expected: Option<&Value>, actual: Value| {
        if expected.is_some_and(|expected| *expected != actual) {
            problems.push(format!("{name} is {actual}: {error:?}"));
        }
    };
    same("kind", Some(&json!(expected.kind)), json!(error.kind().name()));
    same(
        "outcome",
        Some(&json!(expected.outcome)),
        json!(error.outcome().name()),
    );
    same(
        "phase",
        expected.phase.as_ref().map(|phase| json!(phase)).as_ref(),
        json!(error.phase().map(pinterest_sdk::Phase::name)),
    );
    same(
        "reason",
        expected.reason.as_ref(),
        json!(error.reason().map(pinterest_sdk::AuthorizationReason::name)),
    );
    same("status", expected.status.as_ref(), json!(error.status()));
    same("code", expected.code.as_ref(), json!(error.code()));
    same(
        "retry_after",
        expected.retry_after_seconds.as_ref(),
        json!(error.retry_after().map(|wait| wait.as_secs())),
    );
    same(
        "request_id",
        expected.request_id.as_ref().map(|id| json!(id)).as_ref(),
        json!(error.request_id()),
    );
    same(
        "body",
        expected.body.as_ref().map(|body| json!(body)).as_ref(),
        json!(error.answer().and_then(|answer| answer.body.as_deref())),
    );
    same(
        "retryable",
        expected.retryable.map(|yes| json!(yes)).as_ref(),
        json!(error.is_retryable()),
    );
    let headers = error.answer().map_or(&[][..], |answer| &answer.headers);
    for (name, wanted) in &expected.headers {
        let actual = headers.iter().find(|(header, _)| header == name);
        same(name, Some(&json!(wanted)), json!(actual.map(|(_, value)| value)));
    }
    let quoted = |name: &String| format!("`{name}`");
    let setting: Vec<String> = expected.setting.iter().map(quoted).collect();
    let hint_settings: Vec<String> = expected.hint_settings.iter().map(quoted).collect();
    for (name, wanted, text) in [
        ("message", &setting, error.message()),
        ("message", &expected.message_contains, error.message()),
        ("hint", &expected.hint_contains, error.hint().unwrap_or_default()),
        ("hint", &hint_settings, error.hint().unwrap_or_default()),
    ] {
        problems.extend(
            wanted
                .iter()
                .filter(|part| !text.contains(*part))
                .map(|part| format!("{name} lacks {part}: {text}")),
        );
    }
    problems
}

pub fn check_requests(expected: &[ExpectedRequest], requests: &[Value]) -> Vec<String> {
    let mut problems = Vec::new();
    if expected.len() != requests.len() {
        problems.push(format!(
            "{} requests arrived, not {}",
            requests.len(),
            expected.len()
        ));
    }
    for (expected, request) in expected.iter().zip(requests) {
        for (name, wanted) in [
            ("method", &expected.method),
            ("path", &expected.path),
            ("body", &expected.body),
        ] {
            if wanted.as_deref().is_some_and(|wanted| request[name] != wanted) {
                problems.push(format!("{name} is {}", request[name]));
            }
        }
        let body = request["body"].as_str().unwrap_or_default();
        for part in expected.body_contains.iter().filter(|part| !body.contains(*part)) {
            problems.push(format!("the body lacks {part}: {body}"));
        }
        for (name, wanted) in &expected.headers {
            let wanted = wanted.as_deref().map(|text| match text.strip_prefix("basic:") {
                Some(pair) => format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair)),
                None => text.to_owned(),
            });
            let actual = request["headers"]
                .as_array()
                .into_iter()
                .flatten()
                .find(|header| {
                    header[0]
                        .as_str()
                        .is_some_and(|header| header.eq_ignore_ascii_case(name))
                });
            if actual.map(|header| header[1].as_str().unwrap_or_default()) != wanted.as_deref() {
                problems.push(format!("header {name} is {actual:?}"));
            }
        }
    }
    problems
}
