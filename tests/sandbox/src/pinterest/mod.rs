//! Pinterest's side: which endpoint answers, and what every answer carries.

mod access;
mod authorize;
mod conversion;
mod errors;
mod grants;
mod resources;
mod revoke;
mod token;

use crate::http::{Request, Response};
use crate::world::World;

/// Answers a request as Pinterest would.
pub(crate) fn answer(world: &mut World, request: &Request) -> Response {
    let method = request.method.as_str();
    let response = match (request.path.as_str(), method) {
        ("/oauth" | "/oauth/", "GET" | "POST") => authorize::answer(world, request),
        ("/v5/oauth/token", "POST") => token::answer(world, request),
        ("/v5/oauth/token/revoke", "POST") => revoke::answer(world, request),
        ("/v5/oauth/conversion_token", "POST") => conversion::answer(world, request),
        ("/v5/user_account", "GET") => resources::user_account(world, request),
        ("/v5/boards", "GET") => resources::boards(world, request),
        (
            "/v5/oauth/token"
            | "/v5/oauth/token/revoke"
            | "/v5/oauth/conversion_token"
            | "/v5/user_account"
            | "/v5/boards",
            _,
        ) => errors::refuse(world, 405, 5, "Method not allowed."),
        _ => errors::refuse(world, 404, 0, "No endpoint has this path."),
    };
    // What Pinterest's edge adds to every answer (seen in public reports).
    let length = response.body.len().to_string();
    response
        .with_header("Content-Length", length)
        .with_header("x-content-type-options", "nosniff")
        .with_header("x-envoy-upstream-service-time", "9")
        .with_header("cache-control", "no-cache, no-store, must-revalidate")
        .with_header("age", "0")
        .with_header("x-pinterest-rid", world.request_id())
        .with_header("x-cdn", "fastly")
}
