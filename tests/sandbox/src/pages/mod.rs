//! What the sandbox shows a person: the consent page and the dashboard. No page asks another host
//! for anything.

mod consent;

use crate::http::Response;

pub(crate) use consent::{Consent, consent, oops};

/// Apps, codes, tokens and the live request log.
pub(crate) fn dashboard() -> Response {
    html(200, include_str!("dashboard.html").to_owned())
}

fn html(status: u16, body: String) -> Response {
    Response {
        status,
        reason: None,
        headers: vec![
            ("Content-Type".into(), "text/html; charset=utf-8".into()),
            ("Referrer-Policy".into(), "no-referrer".into()),
        ],
        body: body.into_bytes(),
    }
}

/// Text as it may stand in HTML, also inside an attribute.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
