//! Operations of which the sandbox keeps nothing: their answers are made of the facts, the same each time.

use serde_json::{Map, Value};

use super::paging::{asked, paged};
use super::{Answer, Call, ad_accounts};
use crate::facts::{Sample, of_page};
use crate::http::Response;

/// How many items every list has.
const ITEMS: u64 = 3;

pub(super) fn answer(call: &mut Call<'_>) -> Answer {
    // An ad account that there is not has nothing.
    if call.route.path.starts_with("/ad_accounts/{") {
        ad_accounts::of_call(call)?;
    }
    let body = serde_json::from_slice(&call.request.body).unwrap_or_default();
    let fields: Option<&Map<String, Value>> = Value::as_object(&body);
    let mut sample = Sample::new(call.route, call.ids, fields);
    let status = call.route.status;
    let Some(item) = of_page(call.route) else {
        return Ok(match sample.answer(call.route).filter(|_| status != 204) {
            Some(answer) => Response::json(status, &answer),
            None => Response::empty(status),
        });
    };
    let (size, start) = asked(call.request, ITEMS)?;
    let size = u64::try_from(size).unwrap_or(ITEMS);
    let end = start.saturating_add(size).min(ITEMS);
    // What filters a list is no part of its items.
    sample.body = None;
    let mut items = Vec::new();
    for number in start..end {
        sample.number = number;
        items.push(sample.whole(item, false));
    }
    Ok(paged(&items, (end < ITEMS).then_some(end)))
}
