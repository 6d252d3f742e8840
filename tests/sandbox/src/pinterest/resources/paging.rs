//! Lists, a page at a time.

use serde_json::{Value, json};

use super::query::parameter;
use super::{Answer, Refusal};
use crate::content::Shelves;
use crate::http::{Request, Response};

const PAGE_SIZE: usize = 25;
const MAX_PAGE_SIZE: usize = 250;
/// What a bookmark begins with; it is opaque to the client, and to us the place to go on from.
const BOOKMARK: &str = "after-";

/// Which part of a list a request asks for: how many, and the place to begin at, of so many.
pub(super) fn asked(request: &Request, places: u64) -> Result<(usize, u64), Refusal> {
    let invalid = |name: &str| Refusal::invalid(format!("Invalid value for {name}"));
    let size = match parameter(request, "page_size") {
        None => PAGE_SIZE,
        Some(text) => text
            .parse()
            .ok()
            .filter(|size| (1..=MAX_PAGE_SIZE).contains(size))
            .ok_or_else(|| invalid("page_size"))?,
    };
    let start = match parameter(request, "bookmark") {
        None => 0,
        Some(text) => text
            .strip_prefix(BOOKMARK)
            .and_then(|place| place.parse().ok())
            .filter(|place| *place < places)
            .ok_or_else(|| invalid("bookmark"))?,
    };
    Ok((size, start))
}

/// A page: the items, and the bookmark of the place to go on from if there is one.
pub(super) fn paged(items: &[Value], next: Option<u64>) -> Response {
    let bookmark = next.map(|place| format!("{BOOKMARK}{place}"));
    Response::json(200, &json!({"items": items, "bookmark": bookmark}))
}

/// The page that a request asks for, of the entries that `describe` has something to say of.
pub(super) fn page<T>(
    request: &Request,
    shelves: &Shelves<T>,
    describe: impl Fn(String, &T) -> Option<Value>,
) -> Answer {
    let (size, start) = asked(request, shelves.places())?;
    let mut entries = shelves
        .from(start)
        .filter_map(|(place, entry)| Some((place, describe(shelves.id(place), entry)?)));
    let items: Vec<Value> = entries.by_ref().take(size).map(|(_, item)| item).collect();
    Ok(paged(&items, entries.next().map(|(place, _)| place)))
}
