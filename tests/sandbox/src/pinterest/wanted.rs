//! What Pinterest wants of a request, beside which a person can see what was sent.

use url::form_urlencoded;

use super::{API, hosts};
use crate::facts::{self, Route};
use crate::http::Request;

/// Names and what stands there; optional ones say so.
type Wanted = Vec<(&'static str, String)>;

const BASIC: (&str, &str) = ("Authorization", "Basic, then Base64 of app id:app secret");
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// What a request to this path is made of; the only row is a sentence if there is no such path.
pub(crate) fn wanted(request: &Request) -> Wanted {
    let rows = |rows: &[(&'static str, &str)]| -> Wanted {
        rows.iter()
            .map(|(name, what)| (*name, (*what).to_owned()))
            .collect()
    };
    if let Some(elsewhere) = hosts::elsewhere(request) {
        return vec![("", elsewhere)];
    }
    if matches!(request.path.as_str(), "/oauth" | "/oauth/") {
        return rows(&[
            ("client_id", "the app's id"),
            ("redirect_uri", "one that is registered, letter by letter"),
            ("response_type", "code"),
            ("scope", "one or more, with spaces or commas between them"),
            ("state", "optional; comes back as it is"),
            (
                "code_challenge",
                "optional, PKCE; with code_challenge_method S256",
            ),
        ]);
    }
    let method = if request.is_head() { "GET" } else { &request.method };
    let found = request.path.strip_prefix(API).and_then(facts::find);
    let Some(route) = found.and_then(|found| found.route(method)) else {
        return rows(&[("", "API v5 has no such method and path.")]);
    };
    match route.path {
        "/oauth/token" => {
            let mut all = rows(&[BASIC, FORM]);
            all.extend(rows(grant_fields(request)));
            all
        }
        "/oauth/token/revoke" => rows(&[
            BASIC,
            FORM,
            ("token", "a system user's access or refresh token"),
            ("token_type_hint", "optional: access_token or refresh_token"),
        ]),
        "/oauth/conversion_token" => rows(&[("Authorization", "Bearer, then a token with ads:write")]),
        _ => {
            let mut all = vec![("Authorization", credentials(route))];
            all.extend(facts::wanted(route));
            all
        }
    }
}

fn credentials(route: &Route) -> String {
    let mut text = format!("Bearer, then a token with {}", route.scopes.join(" "));
    if route.takes_conversion {
        text.push_str(", or a conversion token");
    }
    if !route.takes_app {
        text.push_str("; none of client credentials");
    }
    text
}

fn grant_fields(request: &Request) -> &'static [(&'static str, &'static str)] {
    let grant = form_urlencoded::parse(&request.body)
        .find(|(name, _)| name == "grant_type")
        .map(|(_, grant)| grant.into_owned());
    match grant.as_deref() {
        Some("authorization_code") => &[
            ("grant_type", "authorization_code"),
            ("code", "not used before, at most ten minutes old"),
            ("redirect_uri", "the one that the code was asked for with"),
            ("code_verifier", "if there was a code_challenge"),
            (
                "continuous_refresh",
                "optional; for apps made before 25 September 2025",
            ),
        ],
        Some("refresh_token") => &[
            ("grant_type", "refresh_token"),
            ("refresh_token", "one that is valid, of this app"),
            ("scope", "optional; narrows"),
            ("refresh_on", "optional"),
        ],
        Some("client_credentials") => &[
            ("grant_type", "client_credentials"),
            ("scope", "one or more, with spaces or commas between them"),
        ],
        _ => &[(
            "grant_type",
            "authorization_code, refresh_token or client_credentials",
        )],
    }
}
