//! What the dashboard shows of the state.

use serde_json::{Value, json};

use crate::apps::App;
use crate::world::World;

/// How many codes and tokens of each kind are shown.
const SHOWN: usize = 50;

/// Apps and the newest codes and tokens. The page decides how much of each it shows.
pub(crate) fn of(world: &World) -> Value {
    let row = |kind: &str, text: &str, app_id: &str, scope: &[String], expires_at: Option<i64>| json!({"kind": kind, "text": text, "app_id": app_id, "scope": scope, "expires_at": expires_at});
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
    let apps: Vec<&App> = world.apps.values().collect();
    json!({
        "apps": apps,
        "tokens": tokens,
        "requests": world.log.len(),
        "oldest_request": world.log.oldest(),
        "scripted": world.script.waiting(),
        "now": world.clock.now(),
        "frozen": world.clock.is_frozen(),
    })
}
