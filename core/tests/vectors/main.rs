//! Runs every case of `tests/vectors` from Rust.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod case;
mod check;
#[path = "../support/mod.rs"]
mod support;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use case::{Call, Case, Kept, Settings};
use check::{Given, check_error, check_requests, check_response};
use pinterest_sdk::{
    ApiClient, ApiRequest, AuthorizationRequest, CallOptions, Configuration, Environment, Error,
    OauthAccessTokenRequest, OauthAccessTokenResponse, OauthApi, OddField, Part, PendingAuthorization,
    ResponseType, Scope, Secret, TokenRevocationRequest, TokenTypeHint,
};
use serde_json::{Value, json};
use support::Server;

#[tokio::test]
async fn every_vector() {
    if support::ran_without_proxies("every_vector") {
        return;
    }
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
        .map(|error| format!("{error} {error:?}"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn configuration(server: &Server, settings: &Settings) -> Configuration {
    let mut configuration = Configuration::default();
    if let Some(name) = &settings.environment {
        configuration = configuration.with_environment(Environment::of_name(name).expect("an environment"));
    }
    match &settings.host {
        Some(None) => {}
        Some(Some(host)) => configuration.host.clone_from(host),
        None => configuration.host = format!("{}/v5", server.address("http")),
    }
    configuration.connection.proxy = settings.proxy.clone().map(Into::into);
    configuration.username = settings
        .username
        .clone()
        .unwrap_or_else(|| Some("1234567".into()));
    configuration.password = settings
        .password
        .clone()
        .unwrap_or_else(|| Some("0123456789abcdef0123456789abcdef01234567".into()))
        .map(Into::into);
    configuration.access_token = settings.access_token.clone().map(Into::into);
    configuration.timeout = Duration::from_secs_f64(settings.timeout_seconds.unwrap_or(5.0));
    if let Some(seconds) = settings.connect_timeout_seconds {
        configuration.connect_timeout = Duration::from_secs_f64(seconds);
    }
    configuration.retries = u32::try_from(settings.retries.unwrap_or(0)).unwrap_or(0);
    if let Some(bytes) = settings.max_answer_bytes {
        configuration.max_answer_bytes = usize::try_from(bytes).unwrap_or(0);
    }
    configuration
}

fn options(given: &case::Options) -> CallOptions {
    let mut options = CallOptions::default();
    options.timeout = given.timeout_seconds.map(Duration::from_secs_f64);
    options.connect_timeout = given.connect_timeout_seconds.map(Duration::from_secs_f64);
    for (name, value) in &given.headers {
        options = options.with_header(name, value.as_str());
    }
    options
}

/// Any endpoint.
async fn request(client: &ApiClient, call: &Call) -> Result<Given, Error> {
    let mut request = ApiRequest::new(
        call.http_method.clone().expect("a method"),
        call.path.clone().expect("a path"),
    );
    if let Some(json) = &call.json {
        request = request.with_json(json)?;
    }
    if let Some(content) = &call.content {
        request = request.with_content(&content.content_type, content.text.as_bytes());
    }
    if let Some(parts) = &call.parts {
        request = request.with_multipart(parts.iter().map(part).collect());
    }
    let options = options(&call.options);
    let (status, body, shown) = if call.any_type {
        let answer = client.request_any(request, &options).await?;
        (answer.status, answer.body.clone(), format!("{answer:?}"))
    } else {
        let answer = client.request::<Value>(request, &options).await?;
        (answer.status, answer.body.clone(), format!("{answer:?}"))
    };
    let text = body.as_text().map(str::to_owned);
    Ok(Given {
        text,
        ..given(status, json!({}), shown)
    })
}

fn part(given: &case::Part) -> Part {
    let mut part = Part::new(&given.name, given.text.as_str());
    if let Some(name) = &given.file_name {
        part = part.with_file_name(name);
    }
    match &given.content_type {
        Some(content_type) => part.with_content_type(content_type),
        None => part,
    }
}

/// A scope, or `constant:NAME`.
fn scope(text: &str) -> Scope {
    let Some(name) = text.strip_prefix("constant:") else {
        return Scope::from(text);
    };
    let named = |scope: &&Scope| scope.as_str().to_uppercase().replace(':', "_") == name;
    Scope::KNOWN.iter().find(named).expect(name).clone()
}

async fn call(server: &Server, case: &Case) -> Result<Given, Error> {
    let client = ApiClient::new(configuration(server, &case.configuration))?;
    if case.call.method == "authorize" {
        return authorize(&client, case).await;
    }
    if case.call.method == "request" {
        return request(&client, &case.call).await;
    }
    let api = OauthApi::new(client);
    let mut given = once(&api, &case.call).await;
    for _ in 1..case.call.times {
        given?;
        tokio::time::sleep(Duration::from_millis(case.call.pause_ms)).await;
        given = once(&api, &case.call).await;
    }
    given
}

/// Starts an authorization, keeps it as JSON and completes it as often as the case says.
async fn authorize(client: &ApiClient, case: &Case) -> Result<Given, Error> {
    let call = &case.call;
    let scopes = call.scopes.as_ref().expect("scopes").iter();
    let mut request = AuthorizationRequest::new(
        call.redirect_uri.clone().expect("a redirect URI"),
        scopes.map(|name| scope(name)),
    );
    if call.pkce == Some(true) {
        request = request.with_pkce();
    }
    if call.continuous_refresh == Some(true) {
        request = request.with_continuous_refresh();
    }
    if call.comma_separated_scopes == Some(true) {
        request = request.with_comma_separated_scopes();
    }
    if let Some(seconds) = call.lifetime_seconds {
        request = request.with_lifetime(Duration::from_secs(seconds));
    }
    let started = request.start(client)?;
    for part in &case.outcome.url_contains {
        assert!(started.url().contains(part), "{}: {}", case.name, started.url());
    }
    let callback = call
        .callback
        .as_ref()
        .expect("a callback")
        .replace("{state}", started.state());
    let pending = PendingAuthorization::from_json(&started.to_json())?;
    let options = options(&call.options);
    let complete = || pending.complete_with_http_info(client, &callback, &options);
    let mut answer = complete().await;
    for _ in 1..call.uses {
        answer?;
        answer = complete().await;
    }
    let answer = answer?;
    Ok(given_token(answer.status, &answer.data, format!("{answer:?}")))
}

async fn once(api: &OauthApi, call: &Call) -> Result<Given, Error> {
    let options = options(&call.options);
    match call.method.as_str() {
        "oauth_token" => {
            let response = api
                .oauth_token_with_http_info(token_request(call), &options)
                .await?;
            let shown = format!("{response:?}");
            let token = match &call.merged_with {
                Some(old) => response.data.merged_with(&kept(old)),
                None => response.data,
            };
            Ok(given_token(response.status, &token, shown))
        }
        "conversion_token" => {
            let response = api.conversion_token_with_http_info(&options).await?;
            let fields = json!({
                "access_token": response.data.access_token.expose(),
                "token_type": response.data.token_type,
                "additional_properties": response.data.additional_properties,
                "odd_fields": odd_fields(&response.data.odd_fields),
            });
            Ok(given(response.status, fields, format!("{response:?}")))
        }
        "revoke_token" => {
            let mut request = TokenRevocationRequest::new(call.token.clone().expect("a token"));
            request = match call.token_type_hint.as_deref() {
                None => request,
                Some(name) => {
                    request.with_token_type_hint(TokenTypeHint::of_name(name).expect("a kind of token"))
                }
            };
            let response = api.revoke_token_with_http_info(request, &options).await?;
            Ok(given(response.status, json!({}), format!("{response:?}")))
        }
        other => panic!("no such method: {other}"),
    }
}

/// A token that a program kept.
fn kept(fields: &Kept) -> OauthAccessTokenResponse {
    let mut token = OauthAccessTokenResponse::new(fields.access_token.as_str());
    token.scope.clone_from(&fields.scope);
    token.refresh_token = fields.refresh_token.as_deref().map(Secret::from);
    token.refresh_token_expires_at = fields.refresh_token_expires_at;
    token
}

fn given_token(status: u16, token: &OauthAccessTokenResponse, shown: String) -> Given {
    Given {
        end: token.expires_at,
        ..given(status, token_fields(token), shown)
    }
}

fn token_fields(token: &OauthAccessTokenResponse) -> Value {
    json!({
        "access_token": token.access_token.expose(),
        "token_type": token.token_type,
        "expires_in": token.expires_in,
        "scope": token.scope,
        "response_type": token.response_type.as_ref().map(ResponseType::as_str),
        "refresh_token": token.refresh_token.as_ref().map(Secret::expose),
        "refresh_token_expires_in": token.refresh_token_expires_in,
        "refresh_token_expires_at": token.refresh_token_expires_at,
        "additional_properties": token.additional_properties,
        "odd_fields": odd_fields(&token.odd_fields),
    })
}

/// Names and values.
fn odd_fields(odd: &[OddField]) -> Value {
    let parsed = |odd: &OddField| {
        let value: Value = serde_json::from_str(odd.received.expose()).expect("JSON text");
        json!([odd.name, value])
    };
    odd.iter().map(parsed).collect()
}

fn given(status: u16, fields: Value, shown: String) -> Given {
    let Value::Object(fields) = fields else {
        unreachable!("built as an object")
    };
    Given {
        status,
        fields,
        end: None,
        text: None,
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
