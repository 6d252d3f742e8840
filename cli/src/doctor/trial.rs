//! Does the server know the app, and take the token? Told by trying.

use std::fmt::Write as _;

use serde_json::Value;

use super::super::clock::now;
use super::super::phrases::phrase;
use super::super::settings::Settings;
use super::{Finding, PATIENCE};
use pinterest_sdk::store::StoredToken;
use pinterest_sdk::{
    ApiClient, ApiRequest, CallOptions, Error, ErrorKind, OauthAccessTokenRequest, OauthApi,
};

/// Asks for a token of the app's own, which uses nothing up, and throws it away.
pub(super) async fn app(client: &ApiClient) -> Finding {
    let request = OauthAccessTokenRequest::client_credentials("user_accounts:read");
    let party = client.party();
    match OauthApi::new(client.clone()).oauth_token(request).await {
        Ok(_) => Finding::good("app", format!("{party} knows the id and the secret")),
        Err(error) if error.kind() == ErrorKind::Authentication => Finding::wrong(
            "app",
            format!(
                "{party} does not accept the id and the secret ({})",
                error.message_in(phrase)
            ),
            "compare both with the app's page: raw, not Base64, no line break, no token",
        ),
        Err(error) => unless_refused("app", &error, || {
            format!(
                "{party} knows it (and refused a trial: {})",
                error.message_in(phrase)
            )
        }),
    }
}

/// Asks whose token it is.
pub(super) async fn token(settings: &Settings, stored: &StoredToken) -> Finding {
    let check = "access token";
    if stored.access_life.is_over(now()) {
        return Finding::good(check, "not tried: it has expired");
    }
    let profile = &settings.profile;
    let mut fix = format!("run `pinterest login --profile {profile}`");
    let failure = settings.store.pause(profile).read();
    if stored.is_renewable(failure.as_ref(), now()) {
        let _ = write!(fix, "; `pinterest refresh --profile {profile}` may do");
    }
    bearer(settings.bearer(stored), &format!("`{profile}`"), fix).await
}

/// The same of the token that the environment gives, if one is for the host.
pub(super) async fn given(settings: &Settings, host: &str) -> Option<Finding> {
    let client = settings.bearer_given()?;
    if client
        .as_ref()
        .is_ok_and(|client| client.configuration().host != host)
    {
        return None;
    }
    let fix = "set it to a token that is valid, or unset it".to_owned();
    Some(bearer(client, "PINTEREST_ACCESS_TOKEN", fix).await)
}

/// Asks whose the client's token is; `whose` says where it is from.
async fn bearer(client: Result<ApiClient, Error>, whose: &str, fix: String) -> Finding {
    let check = "access token";
    let client = client.and_then(|client| {
        let mut configuration = client.configuration().clone();
        configuration.timeout = PATIENCE;
        ApiClient::new(configuration)
    });
    let client = match client {
        Ok(client) => client,
        Err(error) => return Finding::failed(check, &error),
    };
    let party = client.party();
    let request = ApiRequest::get("/user_account");
    match client.request::<Value>(request, &CallOptions::default()).await {
        Ok(_) => Finding::good(check, format!("{party} takes that of {whose}")),
        Err(error) if error.kind() == ErrorKind::Authentication => Finding::wrong(
            check,
            format!(
                "{party} does not accept that of {whose} ({})",
                error.message_in(phrase)
            ),
            fix,
        ),
        Err(error) => unless_refused(check, &error, || {
            format!(
                "{party} takes that of {whose} (and refused a trial: {})",
                error.message_in(phrase)
            )
        }),
    }
}

/// Who refuses a trial by an object of Pinterest's own, for another reason than who asks, knows who asks.
/// Nothing else proves anything.
fn unless_refused(check: &'static str, error: &Error, known: impl FnOnce() -> String) -> Finding {
    let passes = matches!(error.kind(), ErrorKind::RateLimited | ErrorKind::Server);
    if error.code().is_some() && !passes {
        return Finding::good(check, known());
    }
    if error.status().is_none() {
        return Finding::failed(check, error);
    }
    Finding::odd(
        check,
        format!("not proven: {}", error.message_in(phrase)),
        error
            .hint_in(phrase)
            .unwrap_or_else(|| "try again later".to_owned()),
    )
}
