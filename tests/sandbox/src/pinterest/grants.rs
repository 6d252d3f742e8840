//! The three grants and the shapes of their answers.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::access::AppForm;
use super::errors;
use crate::http::Response;
use crate::scopes;
use crate::switches::{Environment, NewRefreshToken, RefreshOnResponseType, RefreshScope};
use crate::tokens::{AccessToken, Family, Kind, RefreshToken};
use crate::world::World;

type Granted = Result<Response, Response>;

/// A code becomes an access token and a refresh token.
pub(crate) fn authorization_code(world: &mut World, form: &AppForm, environment: Environment) -> Granted {
    let (Some(text), Some(redirect_uri)) = (form.get("code"), form.get("redirect_uri")) else {
        return Err(errors::invalid_body(world));
    };
    let now = world.clock.now();
    let lifetime = i64::from(world.switches.code_lifetime_seconds);
    let code = world
        .tokens
        .codes
        .get(text)
        .filter(|code| code.app_id == form.app_id)
        .ok_or_else(|| errors::invalid_grant(world))?;
    if let (Some(family), true) = (&code.used, world.switches.code_single_use) {
        if world.switches.code_reuse_revokes_tokens {
            family.revoke();
        }
        return Err(errors::invalid_grant(world));
    }
    let is_expired = code.issued_at.is_some_and(|issued| now >= issued + lifetime);
    let verifier = form.get("code_verifier").unwrap_or_default();
    // Without a challenge any verifier will do.
    let is_proven = code
        .challenge
        .as_ref()
        .is_none_or(|challenge| challenge.is_met_by(verifier));
    if code.redirect_uri != redirect_uri || is_expired || !is_proven {
        return Err(errors::invalid_grant(world));
    }

    let family = Arc::<Family>::default();
    let mut scope = code.scope.clone();
    if let Some(code) = world.tokens.codes.get_mut(text) {
        code.used = Some(Arc::clone(&family));
    }
    let asked = form.flag("continuous_refresh", &world.switches);
    let app = world.apps.get_mut(&form.app_id);
    let continuous = asked || app.as_ref().is_some_and(|app| !app.is_legacy());
    let approved = app.map(|app| app.approve(&scope)).unwrap_or_default();
    if world.switches.cumulative_scope {
        scope = approved;
    }
    let refresh = RefreshToken {
        app_id: form.app_id.clone(),
        kind: Kind::User,
        scope,
        environment,
        expires_at: now + world.switches.refresh_lifetime(continuous),
        continuous,
        integration: false,
        family,
        generation: 0,
        retired_at: None,
    };
    let mut body = access_token(world, AccessToken::beside(&refresh), "authorization_code");
    add_refresh_token(world, &mut body, refresh, continuous);
    Ok(Response::json(200, &Value::Object(body)))
}

/// A refresh token becomes an access token, and by its kind a new refresh token.
pub(crate) fn refresh_token(world: &mut World, form: &AppForm, environment: Environment) -> Granted {
    let text = form
        .get("refresh_token")
        .ok_or_else(|| errors::invalid_body(world))?;
    let now = world.clock.now();
    let used = world
        .tokens
        .refresh
        .get(text)
        .filter(|token| token.app_id == form.app_id && token.environment == environment)
        .cloned()
        .ok_or_else(|| errors::invalid_grant(world))?;
    if used.is_retired(now) && world.switches.refresh_reuse_revokes_tokens {
        used.family.revoke();
    }
    if !used.is_valid(now) {
        return Err(errors::invalid_grant(world));
    }
    let scope = match form.get("scope").map(scopes::split) {
        Some(narrowed) if world.switches.refresh_scope == RefreshScope::Narrow => {
            if !narrowed.iter().all(|name| used.scope.contains(name)) {
                return Err(errors::invalid_grant(world));
            }
            narrowed
        }
        _ => used.scope.clone(),
    };
    let refresh_on = form.flag("refresh_on", &world.switches);
    let asked = refresh_on || form.flag("continuous_refresh", &world.switches);
    let wanted = used.continuous || asked || used.integration;
    let renewed = wanted && world.switches.new_refresh_token == NewRefreshToken::Auto;
    if let Some(token) = world.tokens.refresh.get_mut(text) {
        token.used(renewed, now, &world.switches);
    }

    let response_type = match (
        used.integration,
        refresh_on,
        world.switches.refresh_on_response_type,
    ) {
        (true, _, _) => "integration_refresh",
        (false, true, RefreshOnResponseType::EverlastingRefresh) => "everlasting_refresh",
        _ => "refresh_token",
    };
    let generation = used.generation + u64::from(renewed);
    let access = AccessToken {
        scope,
        generation,
        ..AccessToken::beside(&used)
    };
    let mut body = access_token(world, access, response_type);
    if renewed {
        let continuous = used.continuous || asked;
        let with_end = !used.integration;
        let refresh = RefreshToken {
            expires_at: now + world.switches.refresh_lifetime(continuous),
            continuous,
            generation,
            retired_at: None,
            ..used
        };
        add_refresh_token(world, &mut body, refresh, with_end);
    } else if world.switches.new_refresh_token == NewRefreshToken::Same {
        describe_refresh_token(&mut body, text, used.expires_at, now, !used.integration);
    }
    Ok(Response::json(200, &Value::Object(body)))
}

/// A token for the app owner's own account.
pub(crate) fn client_credentials(world: &mut World, form: &AppForm, environment: Environment) -> Granted {
    let scope = scopes::split(form.get("scope").ok_or_else(|| errors::invalid_body(world))?);
    if scope.is_empty() || !(world.switches.accept_unknown_scopes || scopes::are_known(&scope)) {
        return Err(errors::invalid_body(world));
    }
    let token = AccessToken {
        app_id: form.app_id.clone(),
        kind: Kind::Client,
        scope,
        environment,
        expires_at: None,
        family: None,
        generation: 0,
    };
    let body = access_token(world, token, "client_credentials");
    Ok(Response::json(200, &Value::Object(body)))
}

impl AccessToken {
    /// One with the same rights as a refresh token.
    fn beside(refresh: &RefreshToken) -> Self {
        Self {
            app_id: refresh.app_id.clone(),
            kind: refresh.kind,
            scope: refresh.scope.clone(),
            environment: refresh.environment,
            expires_at: None,
            family: Some(Arc::clone(&refresh.family)),
            generation: refresh.generation,
        }
    }
}

/// Mints an access token with the usual lifetime; gives the fields that every answer has.
fn access_token(world: &mut World, mut token: AccessToken, response_type: &str) -> Map<String, Value> {
    let now = world.clock.now();
    let lifetime = world.switches.access_token_lifetime_seconds;
    token.expires_at = Some(now + i64::from(lifetime));
    let scope = token.scope.join(&world.switches.scope_separator);
    let text = world
        .tokens
        .mint_access(token, now, world.switches.same_second_same_token);
    let mut body = Map::new();
    body.insert("response_type".into(), json!(response_type));
    body.insert("access_token".into(), json!(text));
    body.insert("token_type".into(), json!("bearer"));
    body.insert("expires_in".into(), json!(lifetime));
    body.insert("scope".into(), json!(scope));
    body
}

fn add_refresh_token(world: &mut World, body: &mut Map<String, Value>, token: RefreshToken, with_end: bool) {
    let (now, expires_at) = (world.clock.now(), token.expires_at);
    let text = world.tokens.mint_refresh(token);
    describe_refresh_token(body, &text, expires_at, now, with_end);
}

fn describe_refresh_token(
    body: &mut Map<String, Value>,
    text: &str,
    expires_at: i64,
    now: i64,
    with_end: bool,
) {
    body.insert("refresh_token".into(), json!(text));
    body.insert("refresh_token_expires_in".into(), json!(expires_at - now));
    if with_end {
        body.insert("refresh_token_expires_at".into(), json!(expires_at));
    }
}
