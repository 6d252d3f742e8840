//! The three grants and the shapes of their answers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::access::AppForm;
use super::errors;
use crate::http::Response;
use crate::tokens::{AccessToken, Kind, RefreshToken};
use crate::world::{World, split_scope};

type Granted = Result<Response, Response>;

/// A code becomes an access token and a refresh token.
pub(crate) fn authorization_code(world: &mut World, form: &AppForm, environment: &str) -> Granted {
    let (Some(text), Some(redirect_uri)) = (form.get("code"), form.get("redirect_uri")) else {
        return Err(errors::invalid_body(world));
    };
    let now = world.clock.now();
    let code = world
        .tokens
        .codes
        .get(text)
        .filter(|code| {
            code.app_id == form.app_id && code.redirect_uri == redirect_uri && code.expires_at > now
        })
        .filter(|code| proves(code.challenge.as_deref(), form.get("code_verifier")))
        .cloned()
        .ok_or_else(|| errors::invalid_grant(world))?;
    if world.switches.code_single_use {
        world.tokens.codes.remove(text);
    }

    let app = world.apps.get_mut(&form.app_id);
    let continuous = form.has("continuous_refresh") || app.as_ref().is_some_and(|app| !app.is_legacy());
    let approved = app.map(|app| app.approve(&code.scope)).unwrap_or_default();
    let scope = if world.switches.cumulative_scope {
        approved
    } else {
        code.scope
    };
    let mut body = access_token(world, form, Kind::User, &scope, environment, "authorization_code");
    let refresh = RefreshToken {
        app_id: form.app_id.clone(),
        kind: Kind::User,
        scope,
        environment: environment.to_owned(),
        expires_at: now + refresh_lifetime(world, continuous),
        continuous,
        integration: false,
        predecessor: None,
    };
    add_refresh_token(world, &mut body, refresh, continuous);
    Ok(Response::json(200, &Value::Object(body)))
}

/// A refresh token becomes an access token, and by its kind a new refresh token.
pub(crate) fn refresh_token(world: &mut World, form: &AppForm, environment: &str) -> Granted {
    let text = form
        .get("refresh_token")
        .ok_or_else(|| errors::invalid_body(world))?;
    let now = world.clock.now();
    let used = world
        .tokens
        .refresh
        .get(text)
        .filter(|token| {
            token.app_id == form.app_id && token.environment == environment && token.expires_at > now
        })
        .cloned()
        .ok_or_else(|| errors::invalid_grant(world))?;
    let scope = match form.get("scope").map(split_scope) {
        None => used.scope.clone(),
        Some(narrowed) if narrowed.iter().all(|name| used.scope.contains(name)) => narrowed,
        Some(_) => return Err(errors::invalid_grant(world)),
    };
    let asked = form.has("refresh_on") || form.has("continuous_refresh");
    let renewed = used.continuous || asked || used.integration;
    world.tokens.used(text, renewed, world.switches.rotation);

    let response_type = match (used.integration, form.has("refresh_on")) {
        (true, _) => "integration_refresh".to_owned(),
        (false, true) => world.switches.refresh_on_response_type.clone(),
        (false, false) => "refresh_token".to_owned(),
    };
    let mut body = access_token(world, form, used.kind, &scope, environment, &response_type);
    if renewed {
        let continuous = used.continuous || asked;
        let integration = used.integration;
        let refresh = RefreshToken {
            expires_at: now + refresh_lifetime(world, continuous),
            continuous,
            predecessor: Some(text.to_owned()),
            ..used
        };
        add_refresh_token(world, &mut body, refresh, !integration);
    }
    Ok(Response::json(200, &Value::Object(body)))
}

/// A token for the app owner's own account.
pub(crate) fn client_credentials(world: &mut World, form: &AppForm, environment: &str) -> Granted {
    let scope = split_scope(form.get("scope").ok_or_else(|| errors::invalid_body(world))?);
    let body = access_token(
        world,
        form,
        Kind::Client,
        &scope,
        environment,
        "client_credentials",
    );
    Ok(Response::json(200, &Value::Object(body)))
}

/// The fields that every answer has.
fn access_token(
    world: &mut World,
    form: &AppForm,
    kind: Kind,
    scope: &[String],
    environment: &str,
    response_type: &str,
) -> Map<String, Value> {
    let now = world.clock.now();
    let lifetime = world.switches.access_token_lifetime_seconds;
    let token = AccessToken {
        app_id: form.app_id.clone(),
        kind,
        scope: scope.to_vec(),
        environment: environment.to_owned(),
        expires_at: Some(now + lifetime),
    };
    let same_second = world.switches.same_second_same_token;
    let text = world.tokens.mint_access(token, now, same_second);
    let mut body = Map::new();
    body.insert("response_type".into(), json!(response_type));
    body.insert("access_token".into(), json!(text));
    body.insert("token_type".into(), json!("bearer"));
    body.insert("expires_in".into(), json!(lifetime));
    body.insert("scope".into(), json!(scope.join(&world.switches.scope_separator)));
    body
}

fn add_refresh_token(world: &mut World, body: &mut Map<String, Value>, token: RefreshToken, with_end: bool) {
    let expires_at = token.expires_at;
    body.insert("refresh_token".into(), json!(world.tokens.mint_refresh(token)));
    body.insert(
        "refresh_token_expires_in".into(),
        json!(expires_at - world.clock.now()),
    );
    if with_end {
        body.insert("refresh_token_expires_at".into(), json!(expires_at));
    }
}

fn refresh_lifetime(world: &World, continuous: bool) -> i64 {
    if continuous {
        world.switches.refresh_token_lifetime_seconds
    } else {
        world.switches.legacy_refresh_token_lifetime_seconds
    }
}

/// Whether the verifier is the one that the challenge was made of; without a challenge any is.
fn proves(challenge: Option<&str>, verifier: Option<&str>) -> bool {
    challenge.is_none_or(|challenge| {
        let digest = ring::digest::digest(&ring::digest::SHA256, verifier.unwrap_or_default().as_bytes());
        URL_SAFE_NO_PAD.encode(digest) == challenge
    })
}
