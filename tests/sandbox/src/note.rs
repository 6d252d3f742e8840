//! What matters of a request and its answer at a glance.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::form_urlencoded;

use crate::http::{Request, Response};
use crate::log::Note;
use crate::world::World;

/// How much of an answer is kept, in bytes: a page of a list is a page of a list.
const MAX_ANSWER: usize = 16 * 1024;

/// Of a request and the sandbox's own answer, before the state forgets what it was about.
pub(crate) fn of(world: &World, request: &Request, answer: Option<&Response>) -> Note {
    let mut parts = Vec::new();
    parts.extend(grant(request));
    parts.extend(app(world, request));
    parts.extend(answer.and_then(refusal));
    Note {
        summary: parts.join(" · "),
        answer: answer.map(beginning).unwrap_or_default(),
    }
}

/// Of a request that a script answers.
pub(crate) fn scripted() -> Note {
    Note {
        summary: "scripted".into(),
        answer: String::new(),
    }
}

fn grant(request: &Request) -> Option<String> {
    if request.path != "/v5/oauth/token" {
        return None;
    }
    form_urlencoded::parse(&request.body)
        .find(|(name, _)| name == "grant_type")
        .map(|(_, grant)| grant.into_owned())
}

/// The app that sent it, or that its token was issued to.
fn app(world: &World, request: &Request) -> Option<String> {
    if let Some(token) = request.credentials("Bearer") {
        return world.tokens.access.get(token).map(|token| token.app_id.clone());
    }
    if let Some(encoded) = request.credentials("Basic") {
        let plain = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        return plain.split_once(':').map(|(id, _)| id.to_owned());
    }
    form_urlencoded::parse(request.query.as_bytes())
        .find(|(name, _)| matches!(name.as_ref(), "client_id" | "consumer_id"))
        .map(|(_, id)| id.into_owned())
}

fn refusal(answer: &Response) -> Option<String> {
    if answer.status < 400 {
        return None;
    }
    let object: Value = serde_json::from_slice(&answer.body).ok()?;
    let words = object["data"].as_str().or_else(|| object["message"].as_str())?;
    Some(words.lines().next()?.to_owned())
}

fn beginning(answer: &Response) -> String {
    let end = answer.body.len().min(MAX_ANSWER);
    let mut text = String::from_utf8_lossy(answer.body.get(..end).unwrap_or_default()).into_owned();
    if end < answer.body.len() {
        text.push('…');
    }
    text
}
