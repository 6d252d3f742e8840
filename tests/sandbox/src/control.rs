//! `/_sandbox/…`: your side.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use crate::apps::App;
use crate::http::{Request, Response};
use crate::log::Selection;
use crate::options::Options;
use crate::overview;
use crate::pages;
use crate::pinterest;
use crate::scopes;
use crate::script::Scripted;
use crate::shared::Shared;
use crate::switches::Environment;
use crate::tokens::{AccessToken, Kind, RefreshToken};
use crate::world::World;

/// Where it all begins.
const PREFIX: &str = "/_sandbox/";
/// What comes before a request's number.
const ONE_REQUEST: &str = "requests/";
/// Browsers ask for it unasked; it must not use up a scripted answer, nor be in the log.
const ICON: &str = "/favicon.ico";

/// Whether a request is answered here, and not as Pinterest would.
pub(crate) fn is_ours(request: &Request) -> bool {
    let path = request.path.as_str();
    path.starts_with(PREFIX) || path == PREFIX.trim_end_matches('/') || path == ICON || is_front_door(request)
}

/// Whether it is a browser that was given the bare address: a program's request is a mistake to be
/// seen in the log.
fn is_front_door(request: &Request) -> bool {
    let is_page = request
        .header("accept")
        .is_some_and(|kinds| kinds.contains("text/html"));
    request.path == "/" && request.query.is_empty() && is_page
}

type Answer = Result<Value, String>;

/// Answers a control request.
pub(crate) fn answer(shared: &Shared, request: &Request) -> Response {
    let Some(path) = request.path.strip_prefix(PREFIX) else {
        return match request.path.as_str() {
            ICON => Response::empty(200),
            "/" => Response::empty(303).with_header("Location", PREFIX),
            _ => Response::empty(308).with_header("Location", PREFIX),
        };
    };
    if let ("GET", Some(file)) = (request.method.as_str(), pages::file(path)) {
        return file;
    }
    let mut world = shared.world();
    let world = &mut *world;
    let answered = match (request.method.as_str(), path) {
        ("GET", "") => return pages::dashboard(),
        ("GET", "overview") => Ok(overview::of(world)),
        ("POST", "reset") => reset(world, &shared.options, request),
        ("GET", "addresses") => Ok(json!(shared.addresses)),
        ("GET", "switches") => Ok(json!(world.switches)),
        ("PATCH", "switches") => parse(request).and_then(|changes| switch(world, &changes)),
        ("POST", "apps") => parse(request).and_then(|app| register(world, app)),
        ("POST", "redirect-uris") => parse(request).and_then(|wanted| register_redirect_uri(world, wanted)),
        ("POST", "codes") => parse(request).and_then(|wanted| code(world, &wanted)),
        ("POST", "tokens") => parse(request).and_then(|wanted| tokens(world, wanted)),
        ("POST", "tokens/expire") => parse(request).and_then(|wanted| end(world, &wanted, true)),
        ("POST", "tokens/revoke") => parse(request).and_then(|wanted| end(world, &wanted, false)),
        ("GET", "clock") => Ok(clock(world)),
        ("POST", "clock") => parse(request).map(|wanted| set_clock(world, &wanted)),
        ("POST", "script") => parse(request).and_then(|answers| script(world, answers)),
        ("POST", "standing") => parse(request).and_then(|answer| stand(world, answer)),
        ("GET", "requests") => Ok(world.log.to_json(&selection(request))),
        ("GET", path) if path.starts_with(ONE_REQUEST) => one_request(world, path),
        ("DELETE", "requests") => {
            world.log.clear();
            Ok(json!({}))
        }
        (method, _) => {
            return Response::error(404, &format!("no such control: {method} {}", request.path));
        }
    };
    match answered {
        Ok(value) => Response::json(200, &value),
        Err(sentence) => Response::error(400, &sentence),
    }
}

fn selection(request: &Request) -> Selection {
    let number = |name| query_number(request, name);
    let limit = number("limit").and_then(|limit| usize::try_from(limit).ok());
    Selection {
        after: number("after").unwrap_or(0),
        before: number("before").unwrap_or(u64::MAX),
        limit: limit.unwrap_or(usize::MAX),
        is_brief: request.query.split('&').any(|part| part == "brief=true"),
    }
}

fn one_request(world: &World, path: &str) -> Answer {
    let number = path.strip_prefix(ONE_REQUEST).and_then(|id| id.parse().ok());
    let (mut entry, request) = number
        .and_then(|id| world.log.one(id))
        .ok_or("no request with this number is kept")?;
    entry["wanted"] = json!(pinterest::wanted(request));
    Ok(entry)
}

fn query_number(request: &Request, name: &str) -> Option<u64> {
    let mut parameters = form_urlencoded::parse(request.query.as_bytes());
    parameters
        .find(|(parameter, _)| parameter == name)?
        .1
        .parse()
        .ok()
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

fn reset(world: &mut World, options: &Options, request: &Request) -> Answer {
    let changes = parse(request)?;
    let mut new = World::new(options);
    let answer = switch(&mut new, &changes)?;
    // Numbers go on, so that no request after a reset looks like one before it.
    new.log = world.log.emptied();
    *world = new;
    Ok(answer)
}

fn switch(world: &mut World, changes: &Map<String, Value>) -> Answer {
    world.switches = world.switches.with(changes)?;
    Ok(json!(world.switches))
}

fn register(world: &mut World, app: App) -> Answer {
    app.check()?;
    let registered = json!(app);
    world.apps.insert(app.app_id.clone(), app);
    Ok(registered)
}

/// A code or token that is to end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedEnd {
    token: String,
}

fn end(world: &mut World, wanted: &WantedEnd, by_age: bool) -> Answer {
    let is_known = if by_age {
        let lifetime = i64::from(world.switches.code_lifetime_seconds);
        let now = world.clock.now();
        world.tokens.expire(&wanted.token, now, lifetime)
    } else {
        world.tokens.revoke(&wanted.token)
    };
    if is_known {
        Ok(json!({}))
    } else {
        Err("no code or token is like this".into())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WantedRedirectUri {
    app_id: Option<String>,
    redirect_uri: String,
}

fn register_redirect_uri(world: &mut World, wanted: WantedRedirectUri) -> Answer {
    let app_id = wanted.app_id.as_ref().unwrap_or(&world.first_app);
    let app = world
        .apps
        .get_mut(app_id)
        .ok_or_else(|| format!("no app has the id {app_id}"))?;
    if !app.redirect_uris.contains(&wanted.redirect_uri) {
        app.redirect_uris.push(wanted.redirect_uri);
    }
    Ok(json!(app))
}

fn script(world: &mut World, answers: Vec<Scripted>) -> Answer {
    for (index, answer) in answers.iter().enumerate() {
        answer
            .check()
            .map_err(|error| format!("answer {index}: {error}"))?;
    }
    let count = answers.len();
    world.script.push(answers);
    Ok(json!({"queued": count}))
}

fn stand(world: &mut World, answer: Option<Scripted>) -> Answer {
    if let Some(answer) = &answer {
        answer.check()?;
    }
    world.script.stand(answer);
    Ok(json!({}))
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct WantedClock {
    advance_seconds: i64,
    frozen: Option<bool>,
}

fn set_clock(world: &mut World, wanted: &WantedClock) -> Value {
    world.clock.advance(wanted.advance_seconds);
    if let Some(frozen) = wanted.frozen {
        world.clock.freeze(frozen);
    }
    clock(world)
}

fn clock(world: &World) -> Value {
    json!({"now": world.clock.now(), "frozen": world.clock.is_frozen()})
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
    app_id: Option<String>,
    kind: Kind,
    scope: String,
    access_token: Option<String>,
    refresh_token: Option<String>,
    environment: Option<Environment>,
    integration: bool,
    continuous: bool,
}

impl Default for WantedTokens {
    fn default() -> Self {
        Self {
            app_id: None,
            kind: Kind::User,
            scope: scopes::DEFAULT.into(),
            access_token: None,
            refresh_token: None,
            environment: None,
            integration: false,
            continuous: true,
        }
    }
}

fn tokens(world: &mut World, wanted: WantedTokens) -> Answer {
    let app_id = wanted.app_id.unwrap_or_else(|| world.first_app.clone());
    if !world.apps.contains_key(&app_id) {
        return Err(format!("no app has the id {app_id}"));
    }
    let now = world.clock.now();
    let environment = wanted.environment.unwrap_or(world.switches.environment);
    let has_refresh_token = wanted.kind != Kind::Client;
    let refresh = RefreshToken {
        app_id,
        kind: wanted.kind,
        scope: scopes::split(&wanted.scope),
        environment,
        expires_at: now + world.switches.refresh_lifetime(wanted.continuous),
        continuous: wanted.continuous,
        integration: wanted.integration,
        family: Arc::default(),
        generation: 0,
        retired_at: None,
    };
    let access = AccessToken {
        app_id: refresh.app_id.clone(),
        kind: refresh.kind,
        scope: refresh.scope.clone(),
        environment,
        expires_at: Some(now + i64::from(world.switches.access_token_lifetime_seconds)),
        family: has_refresh_token.then(|| Arc::clone(&refresh.family)),
        generation: 0,
    };
    let access_token = match wanted.access_token {
        Some(text) => {
            world.tokens.access.insert(&text, access);
            text
        }
        None => world.tokens.mint_access(access, now, false),
    };
    if !has_refresh_token {
        return Ok(json!({"access_token": access_token}));
    }
    let refresh_token = match wanted.refresh_token {
        Some(text) => {
            world.tokens.refresh.insert(&text, refresh);
            text
        }
        None => world.tokens.mint_refresh(refresh),
    };
    Ok(json!({"access_token": access_token, "refresh_token": refresh_token}))
}
