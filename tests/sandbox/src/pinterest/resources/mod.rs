//! What a token opens: the account, boards and their sections, Pins, media, ad accounts with what they
//! advertise, analytics, reports, terms. One file each.

mod account;
mod ad_accounts;
mod ad_analytics;
mod advertised;
mod analytics;
mod boards;
mod fields;
mod media;
mod paging;
mod period;
mod pins;
mod query;
mod reports;
mod sections;
mod terms;

use super::{access, errors};
use crate::http::{Request, Response};
use crate::limits::Standing;
use crate::world::World;

pub(crate) use media::{is_upload, upload};
pub(crate) use reports::{download, is_download};

/// The account that every token is for.
const USERNAME: &str = "sandbox_user";
const USER_ID: &str = "549755885175";

/// A request to an endpoint, of somebody who may ask it.
struct Call<'a> {
    world: &'a mut World,
    request: &'a Request,
    /// What stands in place of each `{}` of its path.
    ids: &'a [&'a str],
    /// The scopes of the token that it came with.
    scope: Vec<String>,
    is_tls: bool,
}

impl<'a> Call<'a> {
    fn may(&self, scope: &str) -> bool {
        self.scope.iter().any(|name| name == scope)
    }

    /// Where the request came to, as what an address begins with.
    fn base(&self) -> String {
        let scheme = if self.is_tls { "https" } else { "http" };
        let authority = self.request.target_host.as_deref();
        let authority = authority.or_else(|| self.request.header("host"));
        format!("{scheme}://{}", authority.unwrap_or_default())
    }

    /// The `index`th id of its path.
    fn id(&self, index: usize) -> &'a str {
        self.ids.get(index).copied().unwrap_or_default()
    }
}

/// What an endpoint says no with.
struct Refusal {
    status: u16,
    code: i64,
    message: String,
}

impl Refusal {
    fn new(status: u16, code: i64, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// A field or parameter that is missing or not as it must be.
    fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, 1, message)
    }

    /// A choice that Pinterest offers.
    fn lacking() -> Self {
        Self::new(501, 0, "Pinterest has this, the sandbox does not.")
    }

    fn not_permitted() -> Self {
        Self::new(403, 29, "You are not permitted to access that resource.")
    }
}

type Answer = Result<Response, Refusal>;

/// An endpoint that the sandbox has.
pub(crate) struct Endpoint {
    method: &'static str,
    path: &'static str,
    /// The scopes that a token must have, every one.
    scopes: &'static [&'static str],
    answer: fn(&mut Call<'_>) -> Answer,
}

const fn endpoint(
    method: &'static str,
    path: &'static str,
    scopes: &'static [&'static str],
    answer: fn(&mut Call<'_>) -> Answer,
) -> Endpoint {
    Endpoint {
        method,
        path,
        scopes,
        answer,
    }
}

const ADS: &[&str] = &["ads:read"];
/// Names what there is to know of ads and Pins.
const METRICS: &[&str] = &["ads:read", "pins:read", "user_accounts:read"];
const USER: &[&str] = &["user_accounts:read"];
const BOARDS: &[&str] = &["boards:read"];
const BOARDS_WRITE: &[&str] = &["boards:read", "boards:write"];
const MEDIA: &[&str] = &["pins:read"];
const MEDIA_WRITE: &[&str] = &["pins:read", "pins:write"];
const PINS: &[&str] = &["boards:read", "pins:read"];
const PINS_WRITE: &[&str] = &["boards:read", "boards:write", "pins:read", "pins:write"];

const ENDPOINTS: [Endpoint; 37] = [
    endpoint("GET", "/user_account", USER, account::get),
    endpoint("GET", "/user_account/analytics", USER, analytics::of_account),
    endpoint("GET", "/boards", BOARDS, boards::list),
    endpoint("POST", "/boards", BOARDS_WRITE, boards::create),
    endpoint("GET", "/boards/{}", BOARDS, boards::get),
    endpoint("PATCH", "/boards/{}", BOARDS_WRITE, boards::update),
    endpoint("DELETE", "/boards/{}", BOARDS_WRITE, boards::delete),
    endpoint("GET", "/boards/{}/pins", PINS, pins::of_board),
    endpoint("GET", "/boards/{}/sections", BOARDS, sections::list),
    endpoint("POST", "/boards/{}/sections", BOARDS_WRITE, sections::create),
    endpoint("PATCH", "/boards/{}/sections/{}", BOARDS_WRITE, sections::update),
    endpoint("DELETE", "/boards/{}/sections/{}", BOARDS_WRITE, sections::delete),
    endpoint("GET", "/boards/{}/sections/{}/pins", PINS, pins::of_section),
    endpoint("GET", "/pins", PINS, pins::list),
    endpoint("POST", "/pins", PINS_WRITE, pins::create),
    endpoint("GET", "/pins/{}", PINS, pins::get),
    endpoint("PATCH", "/pins/{}", PINS_WRITE, pins::update),
    endpoint("DELETE", "/pins/{}", PINS_WRITE, pins::delete),
    endpoint("GET", "/pins/{}/analytics", PINS, analytics::of_pin),
    endpoint("POST", "/pins/{}/save", PINS_WRITE, pins::save),
    endpoint("GET", "/media", MEDIA, media::list),
    endpoint("POST", "/media", MEDIA_WRITE, media::create),
    endpoint("GET", "/media/{}", MEDIA, media::get),
    endpoint("GET", "/ad_accounts", ADS, ad_accounts::list),
    endpoint("GET", "/ad_accounts/{}", ADS, ad_accounts::get),
    endpoint("GET", "/ad_accounts/{}/campaigns", ADS, advertised::campaigns),
    endpoint("GET", "/ad_accounts/{}/ad_groups", ADS, advertised::ad_groups),
    endpoint("GET", "/ad_accounts/{}/ads", ADS, advertised::ads),
    endpoint(
        "GET",
        "/ad_accounts/{}/analytics",
        ADS,
        ad_analytics::of_ad_account,
    ),
    endpoint(
        "GET",
        "/ad_accounts/{}/campaigns/analytics",
        ADS,
        ad_analytics::of_campaigns,
    ),
    endpoint(
        "GET",
        "/ad_accounts/{}/ad_groups/analytics",
        ADS,
        ad_analytics::of_ad_groups,
    ),
    endpoint("GET", "/ad_accounts/{}/ads/analytics", ADS, ad_analytics::of_ads),
    endpoint("POST", "/ad_accounts/{}/reports", ADS, reports::create),
    endpoint("GET", "/ad_accounts/{}/reports", ADS, reports::get),
    endpoint(
        "GET",
        "/resources/delivery_metrics",
        METRICS,
        ad_analytics::metrics,
    ),
    endpoint("GET", "/terms/related", ADS, terms::related),
    endpoint("GET", "/terms/suggested", ADS, terms::suggested),
];

impl Endpoint {
    /// The scopes that a token must have, in words.
    pub(crate) fn scopes(&self) -> String {
        self.scopes.join(" ")
    }
}

/// The endpoint with this method and path, if the sandbox has it.
pub(crate) fn find(method: &str, path: &str) -> Option<&'static Endpoint> {
    ENDPOINTS
        .iter()
        .find(|endpoint| endpoint.method == method && endpoint.path == path)
}

/// Answers who has a token with an endpoint's scopes and keeps to the rate limit. The headers are
/// those of public reports: whole numbers, the reset in seconds to wait.
pub(crate) fn answer(
    world: &mut World,
    request: &Request,
    endpoint: &Endpoint,
    ids: &[&str],
    is_tls: bool,
) -> Response {
    let (app_id, scope) = match access::bearer(world, request, endpoint.scopes) {
        Ok(token) => (token.app_id.clone(), token.scope.clone()),
        Err(refusal) => return refusal,
    };
    let now = world.clock.now();
    let Standing {
        limit,
        remaining,
        reset,
        exceeded,
    } = world.limits.count(&app_id, now, &world.switches);
    let response = if exceeded {
        errors::rate_limited(world)
    } else {
        let mut call = Call {
            world,
            request,
            ids,
            scope,
            is_tls,
        };
        match (endpoint.answer)(&mut call) {
            Ok(response) => response,
            Err(no) => errors::refuse(world, no.status, no.code, &no.message),
        }
    };
    response
        .with_header("x-ratelimit-limit", limit.to_string())
        .with_header("x-ratelimit-remaining", remaining.to_string())
        .with_header("x-ratelimit-reset", reset.to_string())
}
