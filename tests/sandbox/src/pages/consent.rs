//! The page that asks a person, and the one that says what was missing.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{escape, html};
use crate::apps::App;
use crate::http::Response;

/// What a person is asked.
pub(crate) struct Consent<'a> {
    pub(crate) app: &'a str,
    pub(crate) scope: &'a [String],
    pub(crate) redirect_uri: &'a str,
    /// The request's parameters, which come back with the answer.
    pub(crate) parameters: &'a [(String, String)],
}

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
             <button class=\"deny\" name=\"decision\" value=\"deny\">Deny</button>\
             <button class=\"allow\" name=\"decision\" value=\"allow\">Allow</button></form>\
             <small>You will return to <code>{}</code>. This is a sandbox: no account is touched.</small>",
            escape(asked.app),
            escape(asked.redirect_uri)
        ),
    )
}

/// Pinterest's page for a request that lacks something.
pub(crate) fn oops(status: u16, text: &str) -> Response {
    page(status, "Oops!", &format!("<h1>Oops!</h1><p>{}</p>", escape(text)))
}

/// The refusal of a redirect URI that is not registered, with how to register it here.
pub(crate) fn unregistered(object: &Value, app: &App, redirect_uri: &str, address: &str) -> Response {
    let mut registered = String::new();
    for uri in &app.redirect_uris {
        let _ = write!(registered, "<li><code>{}</code></li>", escape(uri));
    }
    let body = json!({"app_id": app.app_id, "redirect_uri": redirect_uri}).to_string();
    // For a shell: nothing ends a single quote but itself.
    let [uri, body] = [redirect_uri, &body].map(|text| text.replace('\'', "'\\''"));
    let help = format!(
        "<p>This sandbox has registered for the app <code>{}</code>, and compares letter by letter:</p><ul>{registered}</ul>\
         <p>Start it with one more:</p><pre>pinterest sandbox --redirect-uri '{}'</pre>\
         <p>or register it while it runs, and reload this page:</p>\
         <pre>curl {}/_sandbox/redirect-uris -d '{}'</pre>",
        escape(&app.app_id),
        escape(&uri),
        escape(address),
        escape(&body)
    );
    refusal(403, object, &help)
}

/// Pinterest's refusal of a request: its object, below what it says; `help` is HTML.
pub(crate) fn refusal(status: u16, object: &Value, help: &str) -> Response {
    let text = |name: &str| escape(object[name].as_str().unwrap_or_default());
    page(
        status,
        "Oops!",
        &format!(
            "<h1>Oops!</h1><p>{}</p><p>{}</p><pre>{}</pre>{help}\
             <small>Pinterest shows the object alone. Mend the request and start again from the app.</small>",
            text("message"),
            text("data"),
            escape(&format!("{object:#}"))
        ),
    )
}

fn page(status: u16, title: &str, content: &str) -> Response {
    html(
        status,
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\
             <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/_sandbox/style.css\"></head>\
             <body><main class=\"card\">{content}</main></body></html>"
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
