//! What a token opens: the account, boards and their sections, Pins, media, ad accounts with what they
//! advertise, analytics, reports, terms. One file each; whatever else Pinterest has is answered from the facts.

mod account;
mod ad_accounts;
mod ad_analytics;
mod advertised;
mod analytics;
mod boards;
mod bulk;
mod fields;
mod media;
mod paging;
mod period;
mod pins;
mod query;
mod reports;
mod sections;
mod stateless;
mod terms;

use super::{access, errors};
use crate::facts::{self, Route};
use crate::http::{Request, Response};
use crate::switches::Environment;
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
    route: &'static Route,
    /// What stands in place of each `{}` of its path.
    ids: &'a [&'a str],
    /// The scopes of the token that it came with.
    scope: Vec<String>,
    is_tls: bool,
}

impl<'a> Call<'a> {
    /// Holds the request against the facts, then answers it.
    fn answer(&mut self) -> Answer {
        let invalid = |words: String| Refusal::invalid(words);
        if !self.route.in_sandbox && access::environment(self.world, self.request) == Environment::Sandbox {
            return Err(Refusal::invalid("This endpoint is not supported in sandbox"));
        }
        facts::check_parameters(self.route, self.request, self.ids).map_err(invalid)?;
        let is_by_item = by_item(self.route).is_some();
        facts::check_body(self.route, self.request, is_by_item).map_err(invalid)?;
        match endpoint(self.route) {
            Some(answer) => answer(self),
            None => stateless::answer(self),
        }
    }

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

/// What answers an operation of which the sandbox keeps something.
type Endpoint = fn(&mut Call<'_>) -> Answer;

fn endpoint(route: &Route) -> Option<Endpoint> {
    let endpoint: Endpoint = match (route.method, &*route.pattern) {
        ("GET", "/user_account") => account::get,
        ("GET", "/user_account/analytics") => analytics::of_account,
        ("GET", "/boards") => boards::list,
        ("POST", "/boards") => boards::create,
        ("GET", "/boards/{}") => boards::get,
        ("PATCH", "/boards/{}") => boards::update,
        ("DELETE", "/boards/{}") => boards::delete,
        ("GET", "/boards/{}/pins") => pins::of_board,
        ("GET", "/boards/{}/sections") => sections::list,
        ("POST", "/boards/{}/sections") => sections::create,
        ("PATCH", "/boards/{}/sections/{}") => sections::update,
        ("DELETE", "/boards/{}/sections/{}") => sections::delete,
        ("GET", "/boards/{}/sections/{}/pins") => pins::of_section,
        ("GET", "/pins") => pins::list,
        ("POST", "/pins") => pins::create,
        ("GET", "/pins/{}") => pins::get,
        ("PATCH", "/pins/{}") => pins::update,
        ("DELETE", "/pins/{}") => pins::delete,
        ("GET", "/pins/{}/analytics") => analytics::of_pin,
        ("POST", "/pins/{}/save") => pins::save,
        ("GET", "/media") => media::list,
        ("POST", "/media") => media::create,
        ("GET", "/media/{}") => media::get,
        ("GET", "/ad_accounts") => ad_accounts::list,
        ("GET", "/ad_accounts/{}") => ad_accounts::get,
        ("GET", "/ad_accounts/{}/campaigns") => advertised::campaigns,
        ("GET", "/ad_accounts/{}/campaigns/{}") => advertised::campaign,
        ("GET", "/ad_accounts/{}/ad_groups") => advertised::ad_groups,
        ("GET", "/ad_accounts/{}/ad_groups/{}") => advertised::ad_group,
        ("GET", "/ad_accounts/{}/ads") => advertised::ads,
        ("GET", "/ad_accounts/{}/ads/{}") => advertised::ad,
        ("GET", "/ad_accounts/{}/analytics") => ad_analytics::of_ad_account,
        ("GET", "/ad_accounts/{}/campaigns/analytics") => ad_analytics::of_campaigns,
        ("GET", "/ad_accounts/{}/ad_groups/analytics") => ad_analytics::of_ad_groups,
        ("GET", "/ad_accounts/{}/ads/analytics") => ad_analytics::of_ads,
        ("POST", "/ad_accounts/{}/reports") => reports::create,
        ("GET", "/ad_accounts/{}/reports") => reports::get,
        ("GET", "/resources/delivery_metrics") => ad_analytics::metrics,
        ("GET", "/terms/related") => terms::related,
        ("GET", "/terms/suggested") => terms::suggested,
        ("POST", "/ad_accounts") => ad_accounts::create,
        _ => return by_item(route),
    };
    Some(endpoint)
}

/// What answers for each item of its body by itself.
fn by_item(route: &Route) -> Option<Endpoint> {
    let endpoint: Endpoint = match (route.method, &*route.pattern) {
        ("POST", "/ad_accounts/{}/campaigns") => bulk::create_campaigns,
        ("PATCH", "/ad_accounts/{}/campaigns") => bulk::update_campaigns,
        ("POST", "/ad_accounts/{}/ad_groups") => bulk::create_ad_groups,
        ("PATCH", "/ad_accounts/{}/ad_groups") => bulk::update_ad_groups,
        ("POST", "/ad_accounts/{}/ads") => bulk::create_ads,
        ("PATCH", "/ad_accounts/{}/ads") => bulk::update_ads,
        _ => return None,
    };
    Some(endpoint)
}

/// Answers who has a token with an operation's scopes and keeps to the rate limit. The headers are
/// those of public reports: the reset in seconds to wait.
pub(crate) fn answer(
    world: &mut World,
    request: &Request,
    route: &'static Route,
    ids: &[&str],
    is_tls: bool,
) -> Response {
    let (app_id, scope) = match access::bearer(world, request, route) {
        Ok(token) => (token.app_id.clone(), token.scope.clone()),
        Err(refusal) => return refusal,
    };
    let now = world.clock.now();
    let standing = world.limits.count(&app_id, route.category, now, &world.switches);
    let mut response = if standing.exceeded {
        errors::rate_limited(world)
    } else {
        let mut call = Call {
            world,
            request,
            route,
            ids,
            scope,
            is_tls,
        };
        match call.answer() {
            Ok(response) => response,
            Err(no) => errors::refuse(world, no.status, no.code, &no.message),
        }
    };
    if standing.exceeded && world.switches.rate_limit_retry_after {
        response = response.with_header("Retry-After", standing.reset.to_string());
    }
    response
        .with_header("x-ratelimit-limit", standing.limit)
        .with_header("x-ratelimit-remaining", standing.remaining.to_string())
        .with_header("x-ratelimit-reset", standing.reset.to_string())
}
