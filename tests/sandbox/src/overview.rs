//! What the dashboard shows of the state.

use serde_json::{Value, json};

use crate::world::World;

/// How many codes and tokens of each kind are shown.
const SHOWN: usize = 50;
/// How much of a secret is shown, in characters.
const START: usize = 9;

/// Apps and the newest codes and tokens, without their secret part.
pub(crate) fn of(world: &World) -> Value {
    let row = |kind: &str, text: &str, app_id: &str, scope: &[String], expires_at: Option<i64>| {
        let start: String = text.chars().take(START).collect();
        json!({"kind": kind, "starts_with": start, "app_id": app_id, "scope": scope, "expires_at": expires_at})
    };
    let tokens = &world.tokens;
    let lifetime = i64::from(world.switches.code_lifetime_seconds);
    let codes = tokens.codes.newest().take(SHOWN).map(|(text, code)| {
        let expires_at = code.issued_at.map(|issued| issued + lifetime);
        row("code", text, &code.app_id, &code.scope, expires_at)
    });
    let access = tokens.access.newest().take(SHOWN).map(|(text, token)| {
        row(
            "access token",
            text,
            &token.app_id,
            &token.scope,
            token.expires_at,
        )
    });
    let refresh = tokens.refresh.newest().take(SHOWN).map(|(text, token)| {
        row(
            "refresh token",
            text,
            &token.app_id,
            &token.scope,
            Some(token.expires_at),
        )
    });
    let tokens: Vec<Value> = codes.chain(access).chain(refresh).collect();
    let apps: Vec<Value> = world
        .apps
        .values()
        .map(|app| json!({"app_id": app.app_id, "name": app.name, "redirect_uris": app.redirect_uris}))
        .collect();
    json!({"apps": apps, "tokens": tokens, "requests": world.log.len(), "scripted": world.script.waiting()})
}
