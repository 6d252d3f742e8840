//! `/user_account`.

use serde_json::json;

use super::{Answer, Call, USER_ID, USERNAME};
use crate::http::Response;

// As every endpoint answers.
#[allow(clippy::unnecessary_wraps)]
pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let content = &call.world.content;
    Ok(Response::json(
        200,
        &json!({
            "account_type": "BUSINESS",
            "id": USER_ID,
            "username": USERNAME,
            "business_name": "Sandbox Studio",
            "about": "",
            "profile_image": "",
            "website_url": "",
            "board_count": content.boards.iter().count(),
            "pin_count": content.pins.iter().count(),
            "follower_count": 12,
            "following_count": 3,
            "monthly_views": 0,
        }),
    ))
}
