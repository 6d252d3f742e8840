//! The page that asks a person, and the one that says what was missing.

use std::fmt::Write as _;

use super::{escape, html};
use crate::http::Response;

/// What a person is asked.
pub(crate) struct Consent<'a> {
    pub(crate) app: &'a str,
    pub(crate) scope: &'a [String],
    pub(crate) redirect_uri: &'a str,
    /// The request's parameters, which come back with the answer.
    pub(crate) parameters: &'a [(String, String)],
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;margin:0;background:#f1f1f1;color:#111}\
main{max-width:26rem;margin:6vh auto;background:#fff;border-radius:1rem;padding:1.5rem 2rem}\
h1{font-size:1.3rem}li{margin:.3rem 0}code{font-size:.85em;color:#555;overflow-wrap:anywhere}\
button{font:inherit;font-weight:600;border:0;border-radius:1.5rem;padding:.7rem 1.4rem;margin:.3rem .5rem .3rem 0;cursor:pointer}\
button:focus-visible{outline:3px solid #06c;outline-offset:2px}\
.allow{background:#bd081c;color:#fff}.deny{background:#e2e2e2;color:#111}small{color:#555}";

/// Asks for each scope in plain words, with Allow and Deny.
pub(crate) fn consent(asked: &Consent<'_>) -> Response {
    let mut scopes = String::new();
    for name in asked.scope {
        // Writing to a string cannot fail.
        let _ = write!(
            scopes,
            "<li>{} <code>{}</code></li>",
            plain_words(name),
            escape(name)
        );
    }
    let mut fields = String::new();
    for (name, value) in asked.parameters {
        let _ = write!(
            fields,
            "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
            escape(name),
            escape(value)
        );
    }
    page(
        200,
        "Allow access?",
        &format!(
            "<h1>{} wants to connect to your Pinterest account</h1><p>It will be able to:</p><ul>{scopes}</ul>\
             <form method=\"post\" action=\"/oauth/\">{fields}\
             <button class=\"allow\" name=\"decision\" value=\"allow\">Allow</button>\
             <button class=\"deny\" name=\"decision\" value=\"deny\">Deny</button></form>\
             <p><small>You will return to <code>{}</code>. This is a sandbox: no account is touched.</small></p>",
            escape(asked.app),
            escape(asked.redirect_uri)
        ),
    )
}

/// Pinterest's page for a request that lacks something.
pub(crate) fn oops(status: u16, text: &str) -> Response {
    page(status, "Oops!", &format!("<h1>Oops!</h1><p>{}</p>", escape(text)))
}

fn page(status: u16, title: &str, content: &str) -> Response {
    html(
        status,
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\
             <style>{STYLE}</style></head><body><main>{content}</main></body></html>"
        ),
    )
}

fn plain_words(scope: &str) -> &'static str {
    match scope {
        "ads:read" => "See your ads, their settings and results",
        "ads:write" => "Create and change your ads",
        "billing:read" => "See your billing data",
        "billing:write" => "Change your billing data",
        "biz_access:read" => "See who has access to your business",
        "biz_access:write" => "Change who has access to your business",
        "boards:read" => "See your public boards",
        "boards:read_secret" => "See your secret boards",
        "boards:write" => "Create and change your public boards",
        "boards:write_secret" => "Create and change your secret boards",
        "catalogs:read" => "See your catalogs",
        "catalogs:write" => "Create and change your catalogs",
        "msot:write" => "Send measurement data",
        "pins:read" => "See your public Pins",
        "pins:read_secret" => "See your secret Pins",
        "pins:write" => "Create and change your public Pins",
        "pins:write_secret" => "Create and change your secret Pins",
        "user_accounts:read" => "See your account and followers",
        "user_accounts:write" => "Change your account",
        _ => "Something this sandbox has no words for",
    }
}
