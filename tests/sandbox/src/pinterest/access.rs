//! Who is asking: an app by its secret, or a user by a token.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::errors;
use crate::facts::Route;
use crate::http::{Request, Response};
use crate::switches::{Environment, Switches};
use crate::tokens::{AccessToken, Kind};
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

    /// Pinterest takes a flag's presence for a yes (`refresh_on=false` "does not work", says a comment
    /// in its quickstart), unless the switch says that its value counts.
    pub(crate) fn flag(&self, name: &str, switches: &Switches) -> bool {
        self.fields
            .get(name)
            .is_some_and(|value| switches.flags_by_presence || value.eq_ignore_ascii_case("true"))
    }
}

/// The form of an app that proved who it is by HTTP Basic (RFC 7617).
pub(crate) fn app_form(world: &World, request: &Request) -> Result<AppForm, Response> {
    let Some(credentials) = request.credentials("Basic") else {
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
    let mut fields = HashMap::new();
    for (name, value) in form_urlencoded::parse(&request.body) {
        // RFC 6749 section 3.2: no parameter twice.
        if fields.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(errors::invalid_body(world));
        }
    }
    Ok(AppForm {
        app_id: app.app_id.clone(),
        fields,
    })
}

/// The environment that a request is made in: tokens of one are not valid in the other.
pub(crate) fn environment(world: &World, request: &Request) -> Environment {
    if request.host().starts_with("api-sandbox.") {
        Environment::Sandbox
    } else {
        world.switches.environment
    }
}

/// The valid access token of a request that carries one (RFC 6750 section 2.1) with which an operation may
/// be asked for.
pub(crate) fn bearer<'a>(
    world: &'a World,
    request: &Request,
    route: &Route,
) -> Result<&'a AccessToken, Response> {
    let now = world.clock.now();
    let token = request
        .credentials("Bearer")
        .and_then(|text| world.tokens.access.get(text))
        .filter(|token| token.is_valid(now) && token.environment == environment(world, request))
        .ok_or_else(|| errors::authentication_failed(world))?;
    token.used(world.switches.rotation);
    if token.kind == Kind::Conversion && route.takes_conversion {
        return Ok(token);
    }
    if token.kind == Kind::Client && !route.takes_app && world.switches.client_tokens_where_listed {
        return Err(errors::not_permitted(world));
    }
    let has = |scope: &&str| token.scope.iter().any(|name| name == scope);
    if route.scopes.iter().all(has) {
        Ok(token)
    } else {
        Err(errors::insufficient_scope(world))
    }
}
