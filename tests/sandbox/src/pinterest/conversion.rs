//! `POST /oauth/conversion_token`.

use serde_json::json;

use super::access;
use crate::facts::Route;
use crate::http::{Request, Response};
use crate::tokens::{AccessToken, Kind};
use crate::world::World;

pub(crate) fn answer(world: &mut World, request: &Request, route: &Route) -> Response {
    let token = match access::bearer(world, request, route) {
        Ok(token) => AccessToken {
            kind: Kind::Conversion,
            scope: Vec::new(),
            expires_at: None,
            ..token.clone()
        },
        Err(refusal) => return refusal,
    };
    let now = world.clock.now();
    let text = world.tokens.mint_access(token, now, false);
    Response::json(200, &json!({"access_token": text, "token_type": "conversion"}))
}
