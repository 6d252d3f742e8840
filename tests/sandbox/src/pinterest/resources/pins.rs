//! `/pins`, and those of a board or section.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::fields::Fields;
use super::paging::page;
use super::{Answer, Call, Refusal, USERNAME, boards, media, sections};
use crate::clock::iso_date;
use crate::content::Pin;
use crate::http::Response;

/// The texts of a Pin and how many characters each may have; the last two are given once.
const TEXTS: [(&str, usize); 6] = [
    ("title", 100),
    ("description", 800),
    ("link", 2048),
    ("alt_text", 500),
    ("dominant_color", 20),
    ("parent_pin_id", 20),
];
const CHANGEABLE: usize = 4;
/// Both are numbers always: Pinterest's quickstart compares them.
const SIZES: [(&str, u32, u32); 4] = [
    ("150x150", 150, 150),
    ("400x300", 400, 300),
    ("600x", 600, 900),
    ("1200x", 1200, 1800),
];

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    page(call.request, &call.world.content.pins, |id, pin| {
        may_see(call, pin).then(|| describe(&id, pin))
    })
}

pub(super) fn of_board(call: &mut Call<'_>) -> Answer {
    boards::of_call(call, call.id(0))?;
    page(call.request, &call.world.content.pins, |id, pin| {
        (pin.board_id == call.id(0) && may_see(call, pin)).then(|| describe(&id, pin))
    })
}

pub(super) fn of_section(call: &mut Call<'_>) -> Answer {
    boards::of_call(call, call.id(0))?;
    sections::of_call(call, call.id(0), call.id(1))?;
    page(call.request, &call.world.content.pins, |id, pin| {
        (pin.board_section_id.as_deref() == Some(call.id(1)) && may_see(call, pin))
            .then(|| describe(&id, pin))
    })
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let pin = of_call(call)?;
    Ok(Response::json(200, &describe(call.id(0), pin)))
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let fields = Fields::of(call.request)?;
    let (board_id, board_section_id) = place(call, &fields)?;
    let source = fields.object("media_source")?;
    let (creative_type, images) = media_source(call, &source)?;
    let mut pin = Pin {
        board_id,
        board_section_id,
        texts: BTreeMap::new(),
        creative_type,
        images,
        created_at: call.world.clock.now(),
    };
    for (name, max) in TEXTS {
        if let Some(text) = fields.text(name, max)? {
            pin.texts.insert(name, text.to_owned());
        }
    }
    added(call, pin)
}

pub(super) fn update(call: &mut Call<'_>) -> Answer {
    of_call(call)?;
    let fields = Fields::of(call.request)?;
    let (moved, in_section) = (fields.has("board_id"), fields.has("board_section_id"));
    let board_id = if moved {
        place(call, &fields)?.0
    } else {
        of_call(call)?.board_id.clone()
    };
    let section = fields.text("board_section_id", 20)?.map(str::to_owned);
    if let Some(section) = &section {
        sections::of_call(call, &board_id, section)?;
    }
    let mut texts = Vec::new();
    for (name, max) in TEXTS.into_iter().take(CHANGEABLE) {
        if fields.has(name) {
            texts.push((name, fields.text(name, max)?));
        }
    }
    let id = call.id(0);
    let Some(pin) = call.world.content.pins.get_mut(id) else {
        return Err(not_found());
    };
    for (name, text) in texts {
        match text {
            Some(text) => pin.texts.insert(name, text.to_owned()),
            None => pin.texts.remove(name),
        };
    }
    if moved || in_section {
        pin.board_section_id = section;
    }
    pin.board_id = board_id;
    Ok(Response::json(200, &describe(id, pin)))
}

pub(super) fn delete(call: &mut Call<'_>) -> Answer {
    of_call(call)?;
    let id = call.id(0);
    call.world.content.pins.remove(id);
    Ok(Response::empty(204))
}

/// A Pin once more, on another board.
pub(super) fn save(call: &mut Call<'_>) -> Answer {
    let fields = Fields::of(call.request)?;
    let (board_id, board_section_id) = place(call, &fields)?;
    let source = of_call(call)?;
    let mut texts = source.texts.clone();
    texts.insert("parent_pin_id", call.id(0).to_owned());
    let pin = Pin {
        board_id,
        board_section_id,
        texts,
        creative_type: source.creative_type,
        images: source.images.clone(),
        created_at: call.world.clock.now(),
    };
    added(call, pin)
}

fn added(call: &mut Call<'_>, pin: Pin) -> Answer {
    let id = call.world.content.pins.add(pin);
    let pin = call.world.content.pins.get(&id).ok_or_else(not_found)?;
    Ok(Response::json(201, &describe(&id, pin)))
}

fn not_found() -> Refusal {
    Refusal::new(404, 50, "Pin not found.")
}

/// The Pin that the path names.
pub(super) fn of_call<'a>(call: &'a Call<'_>) -> Result<&'a Pin, Refusal> {
    let pin = call.world.content.pins.get(call.id(0)).ok_or_else(not_found)?;
    boards::of_call(call, &pin.board_id)?;
    if may_see(call, pin) {
        Ok(pin)
    } else {
        Err(Refusal::not_permitted())
    }
}

fn may_see(call: &Call<'_>, pin: &Pin) -> bool {
    let board = call.world.content.boards.get(&pin.board_id);
    board.is_none_or(|board| !board.is_secret() || call.may("pins:read_secret"))
}

/// The board and section that a body names.
fn place(call: &Call<'_>, fields: &Fields) -> Result<(String, Option<String>), Refusal> {
    let board_id = fields.required("board_id", 20)?;
    let board = boards::of_call(call, board_id)?;
    if board.is_secret() && !call.may("pins:write_secret") {
        return Err(Refusal::not_permitted());
    }
    let section = fields.text("board_section_id", 20)?;
    if let Some(section) = section {
        sections::of_call(call, board_id, section)?;
    }
    Ok((board_id.to_owned(), section.map(str::to_owned)))
}

/// The kind of Pin that a `media_source` makes, and where its images are.
fn media_source(call: &Call<'_>, source: &Fields) -> Result<(&'static str, Vec<String>), Refusal> {
    let any = usize::MAX;
    let items = || {
        let items = source.objects("items")?;
        if (2..=5).contains(&items.len()) {
            Ok(items)
        } else {
            Err(Refusal::invalid("Invalid value for items: 2 to 5 of them"))
        }
    };
    let url = |fields: &Fields| Ok(vec![fields.required("url", any)?.to_owned()]);
    let image = |fields: &Fields| {
        fields.required("content_type", any)?;
        fields.one_of("content_type", &["image/jpeg", "image/png"])?;
        fields.required("data", any)?;
        Ok(vec!["https://images.invalid/uploaded.jpg".to_owned()])
    };
    match source.required("source_type", any)? {
        "image_url" => Ok(("REGULAR", url(source)?)),
        "image_base64" => Ok(("REGULAR", image(source)?)),
        "pin_url" => Ok(("REGULAR", vec!["https://images.invalid/pin.jpg".to_owned()])),
        "video_id" => {
            media::check_ready(call, source.required("media_id", 20)?)?;
            let cover = source.text("cover_image_url", any)?;
            Ok((
                "VIDEO",
                vec![cover.unwrap_or("https://images.invalid/cover.jpg").to_owned()],
            ))
        }
        "multiple_image_urls" => Ok(("CAROUSEL", all(&items()?, url)?)),
        "multiple_image_base64" => Ok(("CAROUSEL", all(&items()?, image)?)),
        other => Err(Refusal::invalid(format!(
            "Invalid value for source_type: {other}"
        ))),
    }
}

fn all(
    items: &[Fields],
    images: impl Fn(&Fields) -> Result<Vec<String>, Refusal>,
) -> Result<Vec<String>, Refusal> {
    let each: Result<Vec<Vec<String>>, Refusal> = items.iter().map(images).collect();
    Ok(each?.concat())
}

fn describe(id: &str, pin: &Pin) -> Value {
    let mut all = json!({
        "id": id,
        "board_id": pin.board_id,
        "board_section_id": pin.board_section_id,
        "board_owner": {"username": USERNAME},
        "created_at": iso_date(pin.created_at),
        "creative_type": pin.creative_type,
        "has_been_promoted": false,
        "is_owner": true,
        "is_standard": true,
        "note": "",
        "pin_metrics": null,
        "media": shown_media(pin),
    });
    for (name, _) in TEXTS {
        all[name] = json!(pin.texts.get(name));
    }
    all
}

fn shown_media(pin: &Pin) -> Value {
    let images = |url: &String| {
        let sizes = SIZES.map(|(name, width, height)| {
            (
                name.to_owned(),
                json!({"url": url, "width": width, "height": height}),
            )
        });
        Value::Object(sizes.into_iter().collect())
    };
    let first = pin.images.first();
    match pin.creative_type {
        "CAROUSEL" => {
            let items: Vec<Value> = pin
                .images
                .iter()
                .map(|url| json!({"item_type": "image", "images": images(url)}))
                .collect();
            json!({"media_type": "multiple_images", "items": items})
        }
        "VIDEO" => json!({
            "media_type": "video",
            "cover_image_url": first,
            "duration": null,
            "height": null,
            "width": null,
            "images": first.map(images),
        }),
        _ => json!({"media_type": "image", "images": first.map(images)}),
    }
}
