//! Runs every case of `tests/vectors` from Rust.

mod support;

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use base64::Engine as _;
use pinterest_sdk::{
    ApiClient, CallOptions, Configuration, Error, OauthAccessTokenRequest, OauthApi, TokenRevocationRequest,
    TokenTypeHint,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use support::Server;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    configuration: Settings,
    call: Call,
    server: Script,
    outcome: Expected,
    within_seconds: Option<f64>,
    #[serde(default)]
    canary: Vec<String>,
}

/// A field that is absent, null or a value.
type Setting<T> = Option<Option<T>>;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    host: Option<String>,
    #[serde(deserialize_with = "setting")]
    username: Setting<String>,
    #[serde(deserialize_with = "setting")]
    password: Setting<String>,
    access_token: Option<String>,
    timeout_seconds: Option<f64>,
    connect_timeout_seconds: Option<f64>,
}

fn setting<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Setting<String>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    method: String,
    grant_type: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    refresh_token: Option<String>,
    scope: Option<String>,
    continuous_refresh: Option<bool>,
    refresh_on: Option<bool>,
    token: Option<String>,
    token_type_hint: Option<String>,
    #[serde(default = "one")]
    times: u32,
    #[serde(default)]
    pause_ms: u64,
}

fn one() -> u32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    #[serde(default)]
    setup: Vec<(String, String, Value)>,
    respond: Option<Value>,
    expect: Option<Vec<ExpectedRequest>>,
    connections: Option<usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedRequest {
    method: Option<String>,
    path: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, Option<String>>,
    body: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    response: Option<Map<String, Value>>,
    error: Option<ExpectedError>,
    status: Option<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedError {
    kind: String,
    outcome: String,
    phase: Option<String>,
    status: Option<Value>,
    code: Option<Value>,
    retry_after_seconds: Option<Value>,
    request_id: Option<String>,
    #[serde(default)]
    message_contains: Vec<String>,
    #[serde(default)]
    hint_contains: Vec<String>,
}

/// What a call gave, in the form of the vectors.
struct Given {
    status: u16,
    fields: Map<String, Value>,
    shown: String,
}

#[tokio::test]
async fn every_vector() {
    let server = Server::start().await;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors");
    let (mut held, mut ran, mut failures) = (0, 0, Vec::new());
    for entry in std::fs::read_dir(folder).expect("the vectors' folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let mut text = std::fs::read_to_string(&path).expect("a readable file");
        held += text.matches("\n    \"name\": ").count();
        for name in [
            "http",
            "https",
            "refused",
            "silent",
            "slam",
            "plain",
            "tls_expired",
            "tls_wrong_host",
            "tls_self_signed",
        ] {
            text = text.replace(&format!("{{{name}}}"), server.address(name));
        }
        let cases: Vec<Case> =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in cases {
            ran += 1;
            for problem in run(&server, &case).await {
                failures.push(format!("{}: {problem}", case.name));
            }
        }
    }
    assert_eq!(ran, held, "cases ran and cases in the files");
    assert!(
        failures.is_empty(),
        "{} of {ran} cases:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

async fn run(server: &Server, case: &Case) -> Vec<String> {
    let mut problems = Vec::new();
    server.reset().await;
    for (method, path, body) in &case.server.setup {
        server.control(method, path, body).await;
    }
    if let Some(answers) = &case.server.respond {
        server.respond(answers.clone()).await;
    }

    let started = Instant::now();
    let result = call(server, case).await;
    let limit = case
        .within_seconds
        .unwrap_or(case.configuration.timeout_seconds.unwrap_or(5.0) + 1.0);
    if case.call.times == 1 && started.elapsed() > Duration::from_secs_f64(limit) {
        problems.push(format!("took {:?}", started.elapsed()));
    }

    let shown = match &result {
        Ok(given) => given.shown.clone(),
        Err(error) => format!("{error}\n{error:?}\n{:?}\n{}", error.answer(), sources(error)),
    };
    problems.extend(
        case.canary
            .iter()
            .filter(|secret| shown.contains(*secret))
            .map(|secret| format!("shows {secret}")),
    );
    match (&case.outcome.error, result) {
        (None, Ok(given)) => problems.extend(check_response(&case.outcome, &given)),
        (Some(expected), Err(error)) => problems.extend(check_error(expected, &error)),
        (None, Err(error)) => problems.push(format!("failed: {error:?}")),
        (Some(_), Ok(_)) => problems.push("succeeded".into()),
    }

    let requests = server.requests().await;
    if let Some(expected) = &case.server.expect {
        problems.extend(check_requests(expected, &requests));
    }
    if let Some(connections) = case.server.connections {
        let numbers: HashSet<String> = requests
            .iter()
            .map(|request| request["connection"].to_string())
            .collect();
        if numbers.len() != connections {
            problems.push(format!("{} connections", numbers.len()));
        }
    }
    problems
}

fn sources(error: &dyn std::error::Error) -> String {
    std::iter::successors(error.source(), |error| error.source())
        .map(|error| format!("{error} {error:?}\n"))
        .collect()
}

fn configuration(server: &Server, settings: &Settings) -> Configuration {
    let mut configuration = Configuration::default();
    configuration.host = settings
        .host
        .clone()
        .unwrap_or_else(|| format!("{}/v5", server.address("http")));
    configuration.username = settings.username.clone().unwrap_or_else(|| Some("app-id".into()));
    configuration.password = settings
        .password
        .clone()
        .unwrap_or_else(|| Some("app-secret".into()))
        .map(Into::into);
    configuration.access_token = settings.access_token.clone().map(Into::into);
    configuration.timeout = Duration::from_secs_f64(settings.timeout_seconds.unwrap_or(5.0));
    if let Some(seconds) = settings.connect_timeout_seconds {
        configuration.connect_timeout = Duration::from_secs_f64(seconds);
    }
    configuration
}

async fn call(server: &Server, case: &Case) -> Result<Given, Error> {
    let api = OauthApi::new(ApiClient::new(configuration(server, &case.configuration))?);
    let mut given = once(&api, &case.call).await;
    for _ in 1..case.call.times {
        given?;
        tokio::time::sleep(Duration::from_millis(case.call.pause_ms)).await;
        given = once(&api, &case.call).await;
    }
    given
}

async fn once(api: &OauthApi, call: &Call) -> Result<Given, Error> {
    let options = CallOptions::default();
    match call.method.as_str() {
        "oauth_token" => {
            let response = api
                .oauth_token_with_http_info(token_request(call), &options)
                .await?;
            let data = &response.data;
            let fields = json!({
                "access_token": data.access_token.expose(),
                "token_type": data.token_type,
                "expires_in": data.expires_in,
                "scope": data.scope,
                "response_type": data.response_type.as_ref().map(pinterest_sdk::ResponseType::as_str),
                "refresh_token": data.refresh_token.as_ref().map(pinterest_sdk::Secret::expose),
                "refresh_token_expires_in": data.refresh_token_expires_in,
                "refresh_token_expires_at": data.refresh_token_expires_at,
                "additional_properties": data.additional_properties,
            });
            Ok(given(response.status, fields, format!("{response:?}")))
        }
        "conversion_token" => {
            let response = api.conversion_token_with_http_info(&options).await?;
            let fields = json!({
                "access_token": response.data.access_token.expose(),
                "token_type": response.data.token_type,
                "additional_properties": response.data.additional_properties,
            });
            Ok(given(response.status, fields, format!("{response:?}")))
        }
        "revoke_token" => {
            let mut request = TokenRevocationRequest::new(call.token.clone().expect("a token"));
            request = match call.token_type_hint.as_deref() {
                None => request,
                Some("access_token") => request.with_token_type_hint(TokenTypeHint::AccessToken),
                Some("refresh_token") => request.with_token_type_hint(TokenTypeHint::RefreshToken),
                Some(other) => panic!("no such hint: {other}"),
            };
            let response = api.revoke_token_with_http_info(request, &options).await?;
            Ok(given(response.status, json!({}), format!("{response:?}")))
        }
        other => panic!("no such method: {other}"),
    }
}

fn given(status: u16, fields: Value, shown: String) -> Given {
    let Value::Object(fields) = fields else {
        unreachable!("built as an object")
    };
    Given {
        status,
        fields,
        shown,
    }
}

fn token_request(call: &Call) -> OauthAccessTokenRequest {
    let mut request = OauthAccessTokenRequest::raw(call.grant_type.clone().expect("a grant"));
    if let Some(code) = &call.code {
        request = request.with_code(code.as_str());
    }
    if let Some(uri) = &call.redirect_uri {
        request = request.with_redirect_uri(uri);
    }
    if let Some(token) = &call.refresh_token {
        request = request.with_refresh_token(token.as_str());
    }
    if let Some(scope) = &call.scope {
        request = request.with_scope(scope);
    }
    request
        .with_continuous_refresh(call.continuous_refresh.unwrap_or_default())
        .with_refresh_on(call.refresh_on.unwrap_or_default())
}

fn check_response(expected: &Expected, given: &Given) -> Vec<String> {
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
    problems
}

fn check_error(expected: &ExpectedError, error: &Error) -> Vec<String> {
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
        json!(error.phase().map(|phase| phase.name())),
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
    for (name, wanted, text) in [
        ("message", &expected.message_contains, error.message()),
        ("hint", &expected.hint_contains, error.hint().unwrap_or_default()),
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

fn check_requests(expected: &[ExpectedRequest], requests: &[Value]) -> Vec<String> {
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
