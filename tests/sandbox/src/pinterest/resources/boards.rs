//! `/boards`.

use serde_json::{Value, json};

use super::fields::Fields;
use super::paging::page;
use super::query::parameter;
use super::{Answer, Call, Refusal, USERNAME};
use crate::clock::iso_date;
use crate::content::{Board, Content};
use crate::http::Response;

const PRIVACY: [&str; 3] = ["PUBLIC", "PROTECTED", "SECRET"];
const MAX_NAME: usize = 180;
const MAX_DESCRIPTION: usize = 500;

/// A board that the token may read, or change.
pub(super) fn of_call<'a>(call: &'a Call<'_>, id: &str) -> Result<&'a Board, Refusal> {
    let board = call
        .world
        .content
        .boards
        .get(id)
        .ok_or_else(|| Refusal::new(404, 40, "Board not found."))?;
    let secret = if call.request.method == "GET" || call.request.is_head() {
        "boards:read_secret"
    } else {
        "boards:write_secret"
    };
    if board.is_secret() && !call.may(secret) {
        return Err(Refusal::not_permitted());
    }
    Ok(board)
}

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let wanted: &[&str] = match parameter(call.request, "privacy").as_deref() {
        None | Some("ALL") => &PRIVACY,
        Some("PUBLIC") => &["PUBLIC"],
        Some("PROTECTED") => &["PROTECTED"],
        Some("SECRET") => &["SECRET"],
        Some("PUBLIC_AND_SECRET") => &["PUBLIC", "SECRET"],
        Some(_) => return Err(Refusal::invalid("Invalid value for privacy")),
    };
    let content = &call.world.content;
    let is_shown = |board: &Board| {
        wanted.contains(&board.privacy.as_str()) && (!board.is_secret() || call.may("boards:read_secret"))
    };
    page(call.request, &content.boards, |id, board| {
        is_shown(board).then(|| describe(content, &id, board))
    })
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let fields = Fields::of(call.request)?;
    let is_ads_only = fields.flag("is_ads_only")?;
    let privacy = fields.one_of("privacy", &PRIVACY)?.unwrap_or("PUBLIC");
    let name = fields.required("name", MAX_NAME)?;
    let board = Board {
        // What Pinterest makes of a board for ads.
        name: if is_ads_only { "Ad-only Pins" } else { name }.to_owned(),
        privacy: if is_ads_only { "PROTECTED" } else { privacy }.to_owned(),
        description: fields.text("description", MAX_DESCRIPTION)?.map(str::to_owned),
        is_ads_only,
        created_at: call.world.clock.now(),
    };
    if board.is_secret() && !call.may("boards:write_secret") {
        return Err(Refusal::not_permitted());
    }
    let id = call.world.content.boards.add(board);
    shown(call, &id, 201)
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    of_call(call, call.id(0))?;
    let id = call.id(0);
    shown(call, id, 200)
}

pub(super) fn update(call: &mut Call<'_>) -> Answer {
    of_call(call, call.id(0))?;
    let fields = Fields::of(call.request)?;
    let privacy = fields.one_of("privacy", &PRIVACY)?;
    if privacy == Some("SECRET") && !call.may("boards:write_secret") {
        return Err(Refusal::not_permitted());
    }
    let id = call.id(0);
    let (name, description) = (
        fields.text("name", MAX_NAME)?,
        fields.text("description", MAX_DESCRIPTION)?,
    );
    if let Some(board) = call.world.content.boards.get_mut(id) {
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            name.clone_into(&mut board.name);
        }
        if fields.has("description") {
            board.description = description.map(str::to_owned);
        }
        if let Some(privacy) = privacy {
            privacy.clone_into(&mut board.privacy);
        }
    }
    shown(call, id, 200)
}

pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    of_call(call, call.id(0))?;
    let id = call.id(0);
    let content = &mut call.world.content;
    content.boards.remove(id);
    content.sections.retain(|section| section.board_id != id);
    content.pins.retain(|pin| pin.board_id != id);
    Ok(Response::empty(204))
}

fn shown(call: &Call<'_>, id: &str, status: u16) -> Answer {
    let content = &call.world.content;
    let board = content
        .boards
        .get(id)
        .ok_or_else(|| Refusal::new(404, 40, "Board not found."))?;
    Ok(Response::json(status, &describe(content, id, board)))
}

fn describe(content: &Content, id: &str, board: &Board) -> Value {
    let pins = content.pins.iter().filter(|pin| pin.board_id == id);
    json!({
        "id": id,
        "name": board.name,
        "description": board.description,
        "privacy": board.privacy,
        "is_ads_only": board.is_ads_only,
        "pin_count": pins.clone().count(),
        "follower_count": 0,
        "collaborator_count": 0,
        "created_at": iso_date(board.created_at),
        "board_pins_modified_at": iso_date(pins.map(|pin| pin.created_at).max().unwrap_or(board.created_at)),
        "media": {"image_cover_url": null, "pin_thumbnail_urls": []},
        "owner": {"username": USERNAME},
    })
}
