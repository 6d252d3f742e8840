//! Pinterest's side: which endpoint answers, and what every answer carries.

mod access;
mod authorize;
mod conversion;
mod errors;
mod grants;
mod resources;
mod revoke;
mod token;

use crate::clock::http_date;
use crate::http::{Request, Response};
use crate::world::World;

/// Answers a request as Pinterest would.
pub(crate) fn answer(world: &mut World, request: &Request) -> Response {
    // The answer to a HEAD is a GET's without its body (RFC 9110 section 9.3.2).
    let method = if request.is_head() {
        "GET"
    } else {
        request.method.as_str()
    };
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
            | "/v5/boards"
            | "/oauth"
            | "/oauth/",
            _,
        ) => errors::refuse(world, 405, 5, "Method not allowed"),
        _ => errors::refuse(world, 404, 0, "No endpoint has this path."),
    };
    // What Pinterest's edge adds to every answer (seen in public reports).
    response
        .measured(request.is_head())
        .with_header("Date", http_date(world.clock.now()))
        .with_header("X-Content-Type-Options", "nosniff")
        .with_header("x-envoy-upstream-service-time", "9")
        .with_header("Cache-Control", "no-cache, no-store, must-revalidate")
        .with_header("Age", "0")
        .with_header("Set-Cookie", "_ir=0; Max-Age=1800; HttpOnly; Path=/; Secure")
        .with_header("x-pinterest-rid", world.request_id())
        .with_header("X-CDN", "fastly")
        .with_header("Pinterest-Generated-By", "pinterest-sandbox")
}
