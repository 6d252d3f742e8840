//! Is the authorization page there, and does it take the app and the redirect URI?

use super::Finding;
use pinterest_sdk::{ApiClient, ApiRequest, Auth, AuthorizationRequest, CallOptions, Scope};

/// Asks for the page as a login's browser does, and looks at its status only: what it shows is for people.
pub(super) async fn check(client: &ApiClient, redirect_uri: &str) -> Option<Finding> {
    let check = "login page";
    let request = AuthorizationRequest::new(redirect_uri, [Scope::USER_ACCOUNTS_READ]);
    if let Err(error) = client.check_authorization_url() {
        return Some(Finding::failed(check, &error));
    }
    // What is wrong with the redirect URI or the app id is found elsewhere.
    let started = request.start(client).ok()?;
    let (scheme, rest) = started.url().split_once("://")?;
    let (authority, path) = rest.split_once('/')?;
    let mut configuration = client.configuration().clone();
    configuration.host = format!("{scheme}://{authority}");
    let page = client.configuration().authorization_url.as_str();
    let answer = match ApiClient::new(configuration) {
        Ok(client) => {
            let request = ApiRequest::get(format!("/{path}")).with_auth(Auth::None);
            client.request_any(request, &CallOptions::default()).await
        }
        Err(error) => Err(error),
    };
    let error = match answer {
        Ok(answer) => return Some(Finding::good(check, format!("{page} (HTTP {})", answer.status))),
        Err(error) => error,
    };
    Some(match error.status() {
        None => Finding::failed(check, &error),
        // It leads on: to a person's own login, or back.
        Some(status @ 300..400) => Finding::good(check, format!("{page} (HTTP {status})")),
        Some(404) => Finding::wrong(
            check,
            format!("{page} does not exist (HTTP 404)"),
            format!("correct {PAGE}: at Pinterest and in the sandbox it ends in /oauth/"),
        ),
        Some(status @ 400..500) if status != 429 => Finding::wrong(
            check,
            format!("{page} refuses this app or redirect URI (HTTP {status})"),
            format!("compare the app id, and register {redirect_uri} for the app, byte for byte"),
        ),
        Some(status) => Finding::odd(check, format!("{page} fails (HTTP {status})"), "try again later"),
    })
}

const PAGE: &str = "PINTEREST_OAUTH_URI";
