//! Pinterest's side: which endpoint answers, and what every answer carries.

mod access;
mod authorize;
mod conversion;
mod errors;
mod grants;
mod hosts;
mod resources;
mod revoke;
mod token;
mod wanted;

use crate::clock::http_date;
use crate::facts;
use crate::http::{Request, Response};
use crate::odd::Odd;
use crate::world::World;

pub(crate) use wanted::wanted;

/// What follows has an operation's path.
const API: &str = "/v5";

/// Answers a request as Pinterest would, or oddly; `is_tls` says how it came.
pub(crate) fn answer(world: &mut World, request: &Request, is_tls: bool, odd: Option<Odd>) -> Response {
    // The answer to a HEAD is a GET's without its body (RFC 9110 section 9.3.2).
    let method = if request.is_head() {
        "GET"
    } else {
        request.method.as_str()
    };
    let response = if let Some(elsewhere) = hosts::elsewhere(request) {
        errors::refuse(world, 404, 0, &elsewhere)
    } else if let Some(path) = request.path.strip_prefix(API) {
        operation(world, request, method, path, is_tls)
    } else {
        match (request.path.as_str(), method) {
            ("/oauth" | "/oauth/", "GET" | "POST") => authorize::answer(world, request, is_tls),
            ("/oauth" | "/oauth/", _) => other_method(world),
            ("/", "GET") if request.query.is_empty() => {
                Response::empty(303).with_header("Location", "/_sandbox/")
            }
            (path, "GET") if resources::is_download(path) => resources::download(world, request),
            (path, "POST") if resources::is_upload(path) => resources::upload(world, request),
            _ => errors::refuse(world, 404, 0, "No endpoint has this path."),
        }
    };
    let response = match odd {
        Some(odd) => odd.of(
            response,
            method,
            request.path.strip_prefix(API).unwrap_or_default(),
        ),
        None => response,
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

/// An operation of API v5, at a path below it.
fn operation(world: &mut World, request: &Request, method: &str, path: &str, is_tls: bool) -> Response {
    let Some(found) = facts::find(path) else {
        return errors::refuse(world, 404, 0, "No endpoint has this path.");
    };
    let Some(route) = found.route(method) else {
        return other_method(world);
    };
    match (method, found.pattern) {
        ("POST", "/oauth/token") => token::answer(world, request),
        ("POST", "/oauth/token/revoke") => revoke::answer(world, request),
        ("POST", "/oauth/conversion_token") => conversion::answer(world, request, route),
        _ => resources::answer(world, request, route, &found.ids, is_tls),
    }
}

fn other_method(world: &World) -> Response {
    errors::refuse(world, 405, 5, "Method not allowed")
}
