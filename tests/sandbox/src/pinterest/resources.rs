//! Two endpoints to use a token on: the account, and its boards.

use serde_json::{Value, json};
use url::form_urlencoded;

use super::{access, errors};
use crate::http::{Request, Response};
use crate::limits::Standing;
use crate::world::World;

const BOARDS: usize = 60;
const MAX_PAGE_SIZE: usize = 250;

/// `GET /user_account`.
pub(crate) fn user_account(world: &mut World, request: &Request) -> Response {
    limited(world, request, "user_accounts:read", |_, _| {
        Response::json(
            200,
            &json!({
                "account_type": "BUSINESS",
                "id": "549755885175",
                "username": "sandbox_user",
                "business_name": "Sandbox Studio",
                "about": "",
                "profile_image": "",
                "website_url": "",
                "board_count": BOARDS,
                "pin_count": 0,
                "follower_count": 12,
                "following_count": 3,
                "monthly_views": 0,
            }),
        )
    })
}

/// `GET /boards`.
pub(crate) fn boards(world: &mut World, request: &Request) -> Response {
    limited(world, request, "boards:read", page)
}

/// A page of boards; the bookmark is opaque to the client and the next index to us.
fn page(world: &World, request: &Request) -> Response {
    let (mut size, mut start) = (25, 0);
    for (name, value) in form_urlencoded::parse(request.query.as_bytes()) {
        let number = match name.as_ref() {
            "page_size" => value
                .parse()
                .ok()
                .filter(|size| (1..=MAX_PAGE_SIZE).contains(size))
                .map(|given| size = given),
            "bookmark" => value
                .strip_prefix("after-")
                .and_then(|index| index.parse().ok())
                .filter(|index| *index < BOARDS)
                .map(|given| start = given),
            _ => Some(()),
        };
        if number.is_none() {
            return errors::refuse(world, 400, 1, &format!("Invalid value for {name}"));
        }
    }
    let end = (start + size).min(BOARDS);
    let items: Vec<Value> = (start..end).map(board).collect();
    let bookmark = (end < BOARDS).then(|| format!("after-{end}"));
    Response::json(200, &json!({"items": items, "bookmark": bookmark}))
}

fn board(index: usize) -> Value {
    json!({
        "id": (5_497_558_600_000_usize + index).to_string(),
        "name": format!("Board {}", index + 1),
        "description": "",
        "privacy": "PUBLIC",
        "pin_count": 0,
        "owner": {"username": "sandbox_user"},
    })
}

/// Answers who has a token with this scope and keeps to the rate limit. The headers are those of
/// public reports: whole numbers, the reset in seconds to wait.
fn limited(
    world: &mut World,
    request: &Request,
    scope: &str,
    answer: impl Fn(&World, &Request) -> Response,
) -> Response {
    let app_id = match access::bearer(world, request, scope) {
        Ok(token) => token.app_id.clone(),
        Err(refusal) => return refusal,
    };
    let now = world.clock.now();
    let Standing {
        limit,
        remaining,
        reset,
        exceeded,
    } = world.limits.count(&app_id, now, &world.switches);
    let response = if exceeded {
        errors::rate_limited(world)
    } else {
        answer(world, request)
    };
    response
        .with_header("x-ratelimit-limit", limit.to_string())
        .with_header("x-ratelimit-remaining", remaining.to_string())
        .with_header("x-ratelimit-reset", reset.to_string())
}
