//! Two endpoints to use a token on: the account, and its boards.

use serde_json::{Value, json};
use url::form_urlencoded;

use super::{access, errors};
use crate::http::{Request, Response};
use crate::world::World;

const BOARDS: usize = 60;
const MAX_PAGE_SIZE: usize = 250;

pub(crate) fn user_account(world: &World, request: &Request) -> Response {
    match access::bearer(world, request, "user_accounts:read") {
        Err(refusal) => refusal,
        Ok(_) => limited(Response::json(
            200,
            &json!({
                "account_type": "BUSINESS",
                "id": "549755885175",
                "username": "sandbox_user",
                "business_name": "Sandbox Studio",
                "profile_image": "",
                "website_url": "",
                "board_count": BOARDS,
                "pin_count": 0,
                "follower_count": 12,
                "following_count": 3,
                "monthly_views": 0,
            }),
        )),
    }
}

/// A page of boards; the bookmark is opaque to the client and the next index to us.
pub(crate) fn boards(world: &World, request: &Request) -> Response {
    if let Err(refusal) = access::bearer(world, request, "boards:read") {
        return refusal;
    }
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
    limited(Response::json(
        200,
        &json!({"items": items, "bookmark": bookmark}),
    ))
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

/// What the rate limit's headers look like; the reset is in seconds to wait.
fn limited(response: Response) -> Response {
    response
        .with_header("x-ratelimit-limit", "1000")
        .with_header("x-ratelimit-remaining", "999")
        .with_header("x-ratelimit-reset", "60")
}
