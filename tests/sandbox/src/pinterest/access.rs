//! Who is asking: an app by its secret, or a user by a token.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::errors;
use crate::http::{Request, Response};
use crate::tokens::AccessToken;
use crate::world::World;

/// An app's form: its id and the fields.
pub(crate) struct AppForm {
    pub(crate) app_id: String,
    fields: HashMap<String, String>,
}

impl AppForm {
    /// A field that is there and not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Pinterest takes a flag's presence for a yes.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }
}

/// The form of an app that proved who it is by HTTP Basic.
pub(crate) fn app_form(world: &World, request: &Request) -> Result<AppForm, Response> {
    let Some(credentials) = request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Basic "))
    else {
        // Credentials in the body do not count.
        return Err(match world.switches.missing_credentials_status {
            401 => errors::authentication_failed(world),
            _ => errors::invalid_body(world),
        });
    };
    let plain = STANDARD
        .decode(credentials)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let app = plain
        .as_deref()
        .and_then(|plain| plain.split_once(':'))
        .and_then(|(id, secret)| world.apps.get(id).filter(|app| app.app_secret == secret));
    let Some(app) = app else {
        return Err(errors::authentication_failed(world));
    };
    let is_form = request.header("content-type").is_some_and(|value| {
        value.split(';').next().is_some_and(|kind| {
            kind.trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        })
    });
    if !is_form {
        return Err(errors::invalid_body(world));
    }
    Ok(AppForm {
        app_id: app.app_id.clone(),
        fields: form_urlencoded::parse(&request.body).into_owned().collect(),
    })
}

/// The environment that a request is made in: tokens of one are not valid in the other.
pub(crate) fn environment(world: &World, request: &Request) -> String {
    match request.header("host") {
        Some(host) if host.starts_with("api-sandbox.") => "sandbox".into(),
        _ => world.switches.environment.clone(),
    }
}

/// The valid access token of a request that carries one with `scope`.
pub(crate) fn bearer<'a>(
    world: &'a World,
    request: &Request,
    scope: &str,
) -> Result<&'a AccessToken, Response> {
    let token = request
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "))
        .and_then(|text| world.tokens.access.get(text))
        .filter(|token| token.expires_at.is_none_or(|end| end > world.clock.now()))
        .filter(|token| token.environment == environment(world, request));
    match token {
        None => Err(errors::authentication_failed(world)),
        Some(token) if !token.scope.iter().any(|name| name == scope) => {
            Err(errors::insufficient_scope(world))
        }
        Some(token) => Ok(token),
    }
}
