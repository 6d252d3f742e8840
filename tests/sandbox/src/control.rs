//! `/_sandbox/…`: your side.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use crate::addresses::Addresses;
use crate::http::{Request, Response};
use crate::pages;
use crate::script::Scripted;
use crate::tokens::{AccessToken, Kind, RefreshToken};
use crate::world::{App, World, split_scope};

/// Where it all begins.
pub(crate) const PREFIX: &str = "/_sandbox/";

type Answer = Result<Value, String>;

/// Answers a control request.
pub(crate) fn answer(
    world: &mut World,
    addresses: &Addresses,
    log_limit: usize,
    request: &Request,
) -> Response {
    let path = request.path.strip_prefix(PREFIX).unwrap_or_default();
    let answered = match (request.method.as_str(), path) {
        ("POST", "reset") => reset(world, log_limit, request),
        ("GET", "addresses") => Ok(json!(addresses)),
        ("GET", "switches") => Ok(json!(world.switches)),
        ("PATCH", "switches") => {
            parse(request).and_then(|changes: Map<String, Value>| switch(world, &changes))
        }
        ("POST", "apps") => parse(request).map(|app: App| {
            let registered = json!({"app_id": app.app_id, "name": app.name});
            world.apps.insert(app.app_id.clone(), app);
            registered
        }),
        ("POST", "codes") => parse(request).and_then(|wanted| code(world, &wanted)),
        ("POST", "tokens") => parse(request).and_then(|wanted| tokens(world, wanted)),
        ("POST", "clock") => parse(request).map(|moved: Moved| {
            world.clock.advance(moved.advance_seconds);
            json!({"now": world.clock.now()})
        }),
        ("POST", "script") => parse(request).map(|answers: Vec<Scripted>| {
            let count = answers.len();
            world.script.push(answers);
            json!({"queued": count})
        }),
        ("POST", "standing") => parse(request).map(|answer: Option<Scripted>| {
            world.script.stand(answer);
            json!({})
        }),
        ("GET", "") => return with_length(pages::dashboard()),
        ("GET", "overview") => Ok(overview(world)),
        ("GET", "requests") => {
            let number = |name| query_number(request, name);
            let limit = number("limit").and_then(|limit| usize::try_from(limit).ok());
            Ok(world
                .log
                .to_json(number("after").unwrap_or(0), limit.unwrap_or(usize::MAX)))
        }
        ("DELETE", "requests") => {
            world.log.clear();
            Ok(json!({}))
        }
        _ => {
            return finish(
                404,
                &json!({"error": format!("no such control: {} {}", request.method, request.path)}),
            );
        }
    };
    match answered {
        Ok(value) => finish(200, &value),
        Err(sentence) => finish(400, &json!({"error": sentence})),
    }
}

fn finish(status: u16, body: &Value) -> Response {
    with_length(Response::json(status, body))
}

fn with_length(response: Response) -> Response {
    let length = response.body.len().to_string();
    response.with_header("Content-Length", length)
}

fn query_number(request: &Request, name: &str) -> Option<u64> {
    let mut parameters = form_urlencoded::parse(request.query.as_bytes());
    parameters
        .find(|(parameter, _)| parameter == name)?
        .1
        .parse()
        .ok()
}

/// The dashboard's summary: the newest codes and tokens, without their secret part.
fn overview(world: &World) -> Value {
    const SHOWN: usize = 50;
    const START: usize = 9;
    let row = |kind: &str, text: &str, app_id: &str, scope: &[String], expires_at: Option<i64>| {
        let start: String = text.chars().take(START).collect();
        json!({"kind": kind, "starts_with": start, "app_id": app_id, "scope": scope, "expires_at": expires_at})
    };
    let tokens = &world.tokens;
    let mut rows: Vec<Value> = Vec::new();
    rows.extend(
        tokens
            .codes
            .iter()
            .map(|(text, code)| row("code", text, &code.app_id, &code.scope, Some(code.expires_at))),
    );
    rows.extend(tokens.access.iter().map(|(text, token)| {
        row(
            "access token",
            text,
            &token.app_id,
            &token.scope,
            token.expires_at,
        )
    }));
    rows.extend(tokens.refresh.iter().map(|(text, token)| {
        row(
            "refresh token",
            text,
            &token.app_id,
            &token.scope,
            Some(token.expires_at),
        )
    }));
    rows.sort_by_key(|row| std::cmp::Reverse(row["expires_at"].as_i64()));
    rows.truncate(SHOWN);
    let apps: Vec<Value> = world
        .apps
        .values()
        .map(|app| json!({"app_id": app.app_id, "name": app.name, "redirect_uris": app.redirect_uris}))
        .collect();
    json!({"apps": apps, "tokens": rows, "requests": world.log.len(), "scripted": world.script.waiting()})
}

/// An empty body is an empty object.
fn parse<T: DeserializeOwned>(request: &Request) -> Result<T, String> {
    let body = if request.body.is_empty() {
        b"{}"
    } else {
        &request.body[..]
    };
    serde_json::from_slice(body).map_err(|error| format!("the body is not as the README says: {error}"))
}

fn reset(world: &mut World, log_limit: usize, request: &Request) -> Answer {
    let changes = parse(request)?;
    *world = World::new(log_limit);
    switch(world, &changes)
}

fn switch(world: &mut World, changes: &Map<String, Value>) -> Answer {
    world.switches = world.switches.with(changes)?;
    Ok(json!(world.switches))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    advance_seconds: i64,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WantedCode {
    app_id: Option<String>,
    redirect_uri: Option<String>,
    scope: Option<String>,
    code: Option<String>,
}

fn code(world: &mut World, wanted: &WantedCode) -> Answer {
    let code = world.issue_code(
        wanted.app_id.as_deref(),
        wanted.redirect_uri.as_deref(),
        wanted.scope.as_deref(),
        wanted.code.as_deref(),
    )?;
    Ok(json!({"code": code}))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WantedTokens {
    app_id: String,
    kind: Kind,
    scope: String,
    access_token: Option<String>,
    refresh_token: Option<String>,
    environment: Option<String>,
    integration: bool,
    continuous: bool,
}

impl Default for WantedTokens {
    fn default() -> Self {
        Self {
            app_id: "app-id".into(),
            kind: Kind::User,
            scope: "user_accounts:read,pins:read,boards:read".into(),
            access_token: None,
            refresh_token: None,
            environment: None,
            integration: false,
            continuous: true,
        }
    }
}

fn tokens(world: &mut World, wanted: WantedTokens) -> Answer {
    if !world.apps.contains_key(&wanted.app_id) {
        return Err(format!("no app has the id {}", wanted.app_id));
    }
    let now = world.clock.now();
    let scope = split_scope(&wanted.scope);
    let environment = wanted
        .environment
        .unwrap_or_else(|| world.switches.environment.clone());
    let access = AccessToken {
        app_id: wanted.app_id.clone(),
        kind: wanted.kind,
        scope: scope.clone(),
        environment: environment.clone(),
        expires_at: Some(now + world.switches.access_token_lifetime_seconds),
    };
    let access_token = match wanted.access_token {
        Some(text) => {
            world.tokens.access.insert(text.clone(), access);
            text
        }
        None => world.tokens.mint_access(access, now, false),
    };
    if wanted.kind == Kind::Client {
        return Ok(json!({"access_token": access_token}));
    }
    let lifetime = if wanted.continuous {
        world.switches.refresh_token_lifetime_seconds
    } else {
        world.switches.legacy_refresh_token_lifetime_seconds
    };
    let refresh = RefreshToken {
        app_id: wanted.app_id,
        kind: wanted.kind,
        scope,
        environment,
        expires_at: now + lifetime,
        continuous: wanted.continuous,
        integration: wanted.integration,
        predecessor: None,
    };
    let refresh_token = match wanted.refresh_token {
        Some(text) => {
            world.tokens.refresh.insert(text.clone(), refresh);
            text
        }
        None => world.tokens.mint_refresh(refresh),
    };
    Ok(json!({"access_token": access_token, "refresh_token": refresh_token}))
}
