//! `POST /oauth/token/revoke`.

use super::{access, errors};
use crate::http::{Request, Response};
use crate::tokens::Kind;
use crate::world::World;

pub(crate) fn answer(world: &mut World, request: &Request) -> Response {
    let form = match access::app_form(world, request) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let hint = form.get("token_type_hint");
    let (Some(text), None | Some("access_token" | "refresh_token")) = (form.get("token"), hint) else {
        return errors::invalid_body(world);
    };
    let owner = world
        .tokens
        .access
        .get(text)
        .map(|token| (token.kind, &token.app_id))
        .or_else(|| {
            world
                .tokens
                .refresh
                .get(text)
                .map(|token| (token.kind, &token.app_id))
        });
    match owner {
        Some((_, app_id)) if *app_id != form.app_id => errors::not_permitted(world),
        Some((kind, _)) if kind != Kind::System && world.switches.revoke_system_users_only => {
            errors::not_permitted(world)
        }
        None if !world.switches.revoke_unknown_tokens => errors::not_permitted(world),
        _ => {
            world.tokens.access.remove(text);
            world.tokens.refresh.remove(text);
            Response::empty(200)
        }
    }
}
