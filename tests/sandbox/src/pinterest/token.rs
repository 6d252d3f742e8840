//! `POST /oauth/token`.

use super::{access, errors, grants};
use crate::http::{Request, Response};
use crate::world::World;

pub(crate) fn answer(world: &mut World, request: &Request) -> Response {
    let form = match access::app_form(world, request) {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let environment = access::environment(world, request);
    let granted = match form.get("grant_type") {
        Some("authorization_code") => grants::authorization_code(world, &form, environment),
        Some("refresh_token") => grants::refresh_token(world, &form, environment),
        Some("client_credentials") => grants::client_credentials(world, &form, environment),
        _ => Err(errors::invalid_body(world)),
    };
    granted.unwrap_or_else(|refusal| refusal)
}
