//! `/media`: a video is registered, sent elsewhere, and ready after a while.

use serde_json::{Value, json};

use super::fields::Fields;
use super::paging::page;
use super::{Answer, Call, Refusal};
use crate::content::Media;
use crate::http::{Request, Response};
use crate::tokens::random;
use crate::world::World;

/// Where the bytes go, in place of Pinterest's storage elsewhere.
const UPLOADS: &str = "/media-uploads/";

pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let world = &*call.world;
    page(call.request, &world.content.media, |id, media| {
        Some(describe(world, &id, media))
    })
}

pub(super) fn create(call: &mut Call<'_>) -> Answer {
    let fields = Fields::of(call.request)?;
    fields.required("media_type", 20)?;
    fields.one_of("media_type", &["video"])?;
    let media = Media {
        kind: "video".into(),
        key: format!("uploads/{}", random(12)),
        uploaded_at: None,
    };
    let key = media.key.clone();
    let id = call.world.content.media.add(media);
    let here = call.base();
    Ok(Response::json(
        201,
        &json!({
            "media_id": id,
            "media_type": "video",
            "upload_url": format!("{here}{UPLOADS}{id}"),
            "upload_parameters": {
                "Content-Type": "multipart/form-data",
                "key": key,
                "policy": random(24),
                "x-amz-algorithm": "AWS4-HMAC-SHA256",
                "x-amz-credential": "SANDBOX/20260101/us-east-1/s3/aws4_request",
                "x-amz-date": "20260101T000000Z",
                "x-amz-security-token": random(24),
                "x-amz-signature": random(24),
            },
        }),
    ))
}

pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let media = call.world.content.media.get(call.id(0)).ok_or_else(not_found)?;
    Ok(Response::json(200, &describe(call.world, call.id(0), media)))
}

/// A Pin can be made of media that has been processed.
pub(super) fn check_ready(call: &Call<'_>, id: &str) -> Result<(), Refusal> {
    let media = call.world.content.media.get(id).ok_or_else(not_found)?;
    match status(call.world, media) {
        "succeeded" => Ok(()),
        other => Err(Refusal::invalid(format!("The media is not ready: {other}"))),
    }
}

pub(crate) fn is_upload(path: &str) -> bool {
    path.starts_with(UPLOADS)
}

/// Takes the bytes: a form with the parameters that the registration gave, and a file.
pub(crate) fn upload(world: &mut World, request: &Request) -> Response {
    let now = world.clock.now();
    let id = request.path.strip_prefix(UPLOADS).unwrap_or_default();
    let Some(media) = world.content.media.get_mut(id) else {
        return Response::error(404, "no media is registered for this address");
    };
    let is_form = request
        .header("content-type")
        .is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let holds = |text: &str| {
        request
            .body
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    if !is_form || !holds(&media.key) || !holds("name=\"file\"") {
        return Response::error(
            400,
            "an upload is multipart/form-data with every one of upload_parameters and the bytes as `file`",
        );
    }
    media.uploaded_at = Some(now);
    Response::empty(204)
}

fn not_found() -> Refusal {
    Refusal::new(404, 1, "Media not found.")
}

fn status(world: &World, media: &Media) -> &'static str {
    let needed = i64::from(world.switches.media_processing_seconds);
    match media.uploaded_at {
        None => "registered",
        Some(at) if world.clock.now() < at + needed => "processing",
        Some(_) => "succeeded",
    }
}

fn describe(world: &World, id: &str, media: &Media) -> Value {
    json!({"media_id": id, "media_type": media.kind, "status": status(world, media)})
}
