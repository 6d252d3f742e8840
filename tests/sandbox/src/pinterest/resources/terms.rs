//! `/terms/related` and `/terms/suggested`: terms that are made of those that were given.

use serde_json::json;

use super::query::{parameter, required, required_list};
use super::{Answer, Call, Refusal};
use crate::http::Response;

const RELATED: usize = 2;
const SUGGESTED: usize = 4;
/// What people look for besides, at most as many as are suggested.
const ENDINGS: [&str; 10] = [
    "ideas",
    "inspiration",
    "tips",
    "aesthetic",
    "for beginners",
    "at home",
    "easy",
    "2026",
    "quotes",
    "pictures",
];

pub(super) fn related(call: &mut Call<'_>) -> Answer {
    let terms = required_list(call.request, "terms")?;
    let all: Vec<_> = terms
        .iter()
        .map(|term| json!({"term": term, "related_terms": with_endings(term, RELATED)}))
        .collect();
    Ok(Response::json(
        200,
        &json!({
            "id": terms.first(),
            "related_term_count": all.len() * RELATED,
            "related_terms_list": all,
        }),
    ))
}

pub(super) fn suggested(call: &mut Call<'_>) -> Answer {
    let term = required(call.request, "term")?;
    let limit = match parameter(call.request, "limit") {
        None => SUGGESTED,
        Some(text) => text
            .parse()
            .ok()
            .filter(|limit| (1..=ENDINGS.len()).contains(limit))
            .ok_or_else(|| Refusal::invalid("Invalid value for limit"))?,
    };
    Ok(Response::json(200, &json!(with_endings(&term, limit))))
}

fn with_endings(term: &str, count: usize) -> Vec<String> {
    let endings = ENDINGS.iter().take(count);
    endings.map(|ending| format!("{term} {ending}")).collect()
}
