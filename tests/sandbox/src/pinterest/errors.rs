//! Pinterest's error objects.

use serde_json::json;

use crate::http::Response;
use crate::world::World;

/// `{code, message}`, with `status` where Pinterest has been seen to add it.
pub(crate) fn refuse(world: &World, status: u16, code: i64, message: &str) -> Response {
    let mut body = json!({"code": code, "message": message});
    if status == 401 && world.switches.failure_status_field {
        body["status"] = json!("failure");
    }
    Response::json(status, &body)
}

/// The form or its credentials are not there.
pub(crate) fn invalid_body(world: &World) -> Response {
    refuse(world, 400, 1, "Invalid request body")
}

/// Wrong app id, secret or access token.
pub(crate) fn authentication_failed(world: &World) -> Response {
    refuse(world, 401, 2, "Authentication failed.")
}

/// A code or refresh token that is not valid.
pub(crate) fn invalid_grant(world: &World) -> Response {
    refuse(world, 401, 283, "The authorization grant is invalid")
}

/// A token without the scope.
pub(crate) fn insufficient_scope(world: &World) -> Response {
    refuse(
        world,
        401,
        3,
        "Your token does not have sufficient permissions to perform this operation. \
         Please ensure your token is authorized with the correct set of scopes.",
    )
}

/// Something that this token may not do.
pub(crate) fn not_permitted(world: &World) -> Response {
    refuse(world, 403, 29, "You are not permitted to access that resource.")
}

/// Too many requests.
pub(crate) fn rate_limited(world: &World) -> Response {
    refuse(
        world,
        429,
        8,
        "This request exceeded a rate limit. This can happen if the client exceeds one\nof the published rate \
         limits within a short time window.",
    )
}
