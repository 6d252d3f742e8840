//! What the sandbox shows a person: the consent page and the dashboard. No page asks another host
//! for anything, and browsers are told to see to it.

mod consent;

use crate::http::Response;

pub(crate) use consent::{Consent, consent, oops, refusal, unregistered};

/// What a page may load: its own files. `form-action` is left out, for browsers apply it to the
/// redirect that answers a form as well, and that leads to the app.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      img-src data:; base-uri 'none'; frame-ancestors 'none'";

/// Apps, codes, tokens and the live request log.
pub(crate) fn dashboard() -> Response {
    html(200, include_str!("dashboard.html").to_owned())
}

/// A file that a page loads, by its name.
pub(crate) fn file(name: &str) -> Option<Response> {
    const STYLE: &str = "text/css; charset=utf-8";
    const MODULE: &str = "text/javascript; charset=utf-8";
    let (kind, text) = match name {
        "style.css" => (STYLE, include_str!("style.css")),
        "dashboard.mjs" => (MODULE, include_str!("dashboard.mjs")),
        "deeds.mjs" => (MODULE, include_str!("deeds.mjs")),
        "details.mjs" => (MODULE, include_str!("details.mjs")),
        "elements.mjs" => (MODULE, include_str!("elements.mjs")),
        "list.mjs" => (MODULE, include_str!("list.mjs")),
        "log.mjs" => (MODULE, include_str!("log.mjs")),
        "secrets.mjs" => (MODULE, include_str!("secrets.mjs")),
        _ => return None,
    };
    let mut response = Response::empty(200)
        .with_header("Content-Type", kind)
        .with_header("Cache-Control", "no-cache");
    response.body = text.as_bytes().to_vec();
    Some(response)
}

fn html(status: u16, body: String) -> Response {
    Response {
        status,
        reason: None,
        headers: vec![
            ("Content-Type".into(), "text/html; charset=utf-8".into()),
            ("Content-Security-Policy".into(), POLICY.into()),
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
