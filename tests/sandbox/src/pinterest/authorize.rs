//! `/oauth/`: the page that a person sees, and where they are sent from it.

use serde_json::json;
use url::{Url, form_urlencoded};

use crate::challenge::Challenge;
use crate::http::{Request, Response};
use crate::pages::{self, Consent};
use crate::scopes;
use crate::world::World;

/// The parameters that an authorization request may have.
struct Asked {
    parameters: Vec<(String, String)>,
}

impl Asked {
    fn parse(encoded: &[u8]) -> Self {
        Self {
            parameters: form_urlencoded::parse(encoded).into_owned().collect(),
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(parameter, value)| parameter == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }
}

/// `GET` shows the consent page, `POST` is its answer; `is_tls` says how the request came.
pub(crate) fn answer(world: &mut World, request: &Request, is_tls: bool) -> Response {
    let asked = match request.method.as_str() {
        "POST" => Asked::parse(&request.body),
        _ => Asked::parse(request.query.as_bytes()),
    };
    // Pinterest's own examples say `consumer_id`, its pages `client_id`.
    let Some(app_id) = asked.get("client_id").or(asked.get("consumer_id")) else {
        return pages::oops(400, "You must pass a value for client_id");
    };
    let Some(app) = world.apps.get(app_id) else {
        return refuse(
            request,
            401,
            283,
            "The authorization grant is invalid",
            "Invalid Application ID",
        );
    };
    let redirect_uri = asked.get("redirect_uri").unwrap_or_default();
    if !app
        .redirect_uris
        .iter()
        .any(|registered| registered == redirect_uri)
    {
        let object = json!({
            "status": "failure",
            "code": 7,
            "message": "You are not permitted to access that resource.",
            "data": format!(
                "The provided redirect_uri {redirect_uri} does not match any of the registered redirect URIs."
            ),
            "endpoint_name": "oauth_connect",
        });
        if wants_page(request) {
            let scheme = if is_tls { "https" } else { "http" };
            let address = format!("{scheme}://{}", request.header("host").unwrap_or_default());
            return pages::unregistered(&object, app, redirect_uri, &address);
        }
        return Response::json(403, &object);
    }
    let scope = scopes::split(asked.get("scope").unwrap_or_default());
    let challenge = match check(world, &asked, &scope) {
        Ok(challenge) => challenge,
        Err(wrong) => return refuse(request, 400, 1, "Invalid parameters:", wrong),
    };
    if request.method != "POST" {
        return pages::consent(&Consent {
            app: if app.name.is_empty() {
                &app.app_id
            } else {
                &app.name
            },
            scope: &scope,
            redirect_uri,
            parameters: &asked.parameters,
        });
    }

    let mut back = Vec::new();
    if asked.get("decision") == Some("allow") {
        let app_id = app_id.to_owned();
        match world.issue_code(Some(&app_id), Some(redirect_uri), asked.get("scope"), None) {
            Ok(code) => {
                if let Some(issued) = world.tokens.codes.get_mut(&code) {
                    issued.challenge = challenge;
                }
                back.push(("code", code));
            }
            Err(sentence) => return pages::oops(400, &sentence),
        }
    } else if world.switches.denial_redirects {
        back.push(("error", "access_denied".to_owned()));
        back.push(("error_description", "The person did not allow it".to_owned()));
    } else {
        return pages::oops(200, "You did not allow it. You can close this page.");
    }
    back.extend(asked.get("state").map(|state| ("state", state.to_owned())));
    match Url::parse(redirect_uri) {
        Ok(mut url) => {
            url.query_pairs_mut().extend_pairs(back);
            Response::empty(303).with_header("Location", String::from(url))
        }
        Err(_) => pages::oops(400, "The redirect URI is not a URL"),
    }
}

/// What is wrong with the other parameters, or the challenge that they bring.
fn check(world: &World, asked: &Asked, scope: &[String]) -> Result<Option<Challenge>, &'static str> {
    if scope.is_empty() {
        return Err("Missing required field 'scope'");
    }
    if !world.switches.accept_unknown_scopes && !scopes::are_known(scope) {
        return Err("Unknown scope");
    }
    match asked.get("response_type") {
        Some("code") => Challenge::of(asked.get("code_challenge"), asked.get("code_challenge_method")),
        // RFC 6749 section 4.2, which API v5 does not have.
        Some("token") => {
            Err("response_type 'token' is the implicit grant, which Pinterest does not have: 'code'")
        }
        Some(_) => Err("response_type is 'code'"),
        None => Err("Missing required field 'response_type'"),
    }
}

/// What Pinterest shows in place of its page (seen in public reports). A browser gets the same
/// object on a page that a phone can show.
fn refuse(request: &Request, status: u16, code: i64, message: &str, data: &str) -> Response {
    let object = json!({
        "status": "failure",
        "code": code,
        "message": message,
        "data": data,
        "endpoint_name": "oauth_connect",
    });
    if wants_page(request) {
        pages::refusal(status, &object, "")
    } else {
        Response::json(status, &object)
    }
}

fn wants_page(request: &Request) -> bool {
    request
        .header("accept")
        .is_some_and(|kinds| kinds.contains("text/html"))
}
