//! Is Pinterest reached, does the clock agree with it, and does it know the app?

use std::env;
use std::path::Path;
use std::time::Duration;

use super::super::clock::now;
use super::super::settings::Settings;
use super::{Finding, subject};
use pinterest_sdk::store::StoredToken;
use pinterest_sdk::{
    ApiClient, ApiRequest, Auth, CallOptions, ErrorKind, OauthAccessTokenRequest, OauthApi, Secret,
};

/// How long a question may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// Seconds that a clock may be wrong; tokens live for days.
const SKEW: i64 = 60;

/// The variables that decide over connections. A proxy's user and password are left out.
pub(super) fn variables() -> Vec<Finding> {
    let mut findings = Vec::new();
    for name in [
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
    ] {
        let Ok(value) = env::var(name) else { continue };
        let shown = match value.rsplit_once('@') {
            Some((before, host)) => match before.split_once("://") {
                Some((scheme, _)) => format!("{scheme}://…@{host}"),
                None => format!("…@{host}"),
            },
            None => value,
        };
        findings.push(Finding::good("variables", format!("{name} is {shown}")));
    }
    for name in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        let Ok(path) = env::var(name) else { continue };
        findings.push(if Path::new(&path).exists() {
            Finding::good("variables", format!("{name} is {path}"))
        } else {
            Finding::wrong(
                "variables",
                format!("{name} is {path}, which does not exist"),
                "correct it or unset it",
            )
        });
    }
    findings
}

pub(super) async fn check(
    settings: &Settings,
    stored: Option<&StoredToken>,
    secret: Option<Secret>,
) -> Vec<Finding> {
    let (app_id, host) = subject(settings, stored);
    let mut configuration = settings.configuration(host.clone(), app_id.clone().unwrap_or_default());
    configuration.timeout = PATIENCE;
    configuration.password = secret;
    let complete = app_id.is_some() && configuration.password.is_some();
    let client = match ApiClient::new(configuration) {
        Ok(client) => client,
        Err(error) => {
            return vec![Finding::wrong(
                "network",
                error.message(),
                error.hint().unwrap_or("correct the setting").to_owned(),
            )];
        }
    };
    let mut findings = reach(&client, &host).await;
    let reached = findings.iter().any(|finding| finding.check == "clock");
    if complete && reached {
        findings.push(credentials(&client).await);
    }
    findings
}

/// Any answer proves the name, the proxy, the connection and the certificate.
async fn reach(client: &ApiClient, host: &str) -> Vec<Finding> {
    let request = ApiRequest::get("/user_account").with_auth(Auth::None);
    let answer = client.request_any(request, &CallOptions::default()).await;
    let (status, headers) = match &answer {
        Ok(answer) => (Some(answer.status), &answer.headers[..]),
        Err(error) => (
            error.status(),
            error.answer().map_or(&[][..], |answer| &answer.headers),
        ),
    };
    if let (Err(error), None) = (&answer, status) {
        let phase = error.phase().map(|phase| format!(" ({})", phase.name()));
        return vec![Finding::wrong(
            "network",
            format!("{}{}", error.message(), phase.unwrap_or_default()),
            error
                .hint()
                .unwrap_or("check the network, the proxy and the certificates"),
        )];
    }
    let reached = format!("{host} answers (HTTP {})", status.unwrap_or_default());
    vec![Finding::good("network", reached), clock(headers)]
}

fn clock(headers: &[(String, String)]) -> Finding {
    let date = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("date"));
    let Some(server) = date.and_then(|(_, value)| seconds(value)) else {
        return Finding::good("clock", "not compared: the answer has no date");
    };
    match now() - server {
        ahead if ahead.abs() <= SKEW => Finding::good("clock", "agrees with Pinterest's"),
        ahead => Finding::wrong(
            "clock",
            format!("{} s {}", ahead.abs(), if ahead > 0 { "ahead" } else { "behind" }),
            "set the clock: tokens are renewed by it",
        ),
    }
}

/// An HTTP date (RFC 9110 section 5.6.7) in seconds since 1970.
fn seconds(date: &str) -> Option<i64> {
    let time = httpdate::parse_http_date(date).ok()?;
    let elapsed = time.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(elapsed.as_secs()).ok()
}

/// Asks for a token of the app's own, which uses nothing up, and throws it away.
async fn credentials(client: &ApiClient) -> Finding {
    let request = OauthAccessTokenRequest::client_credentials("user_accounts:read");
    match OauthApi::new(client.clone()).oauth_token(request).await {
        Ok(_) => Finding::good("app", "Pinterest knows the id and the secret"),
        Err(error) if error.kind() == ErrorKind::Authentication => Finding::wrong(
            "app",
            format!(
                "Pinterest does not accept the id and the secret ({})",
                error.message()
            ),
            "compare both with the app's page: raw, not Base64, no line break, no token",
        ),
        Err(error) if error.status().is_some() => Finding::good(
            "app",
            format!("Pinterest knows it (and refused a trial: {})", error.message()),
        ),
        Err(error) => Finding::wrong(
            "app",
            error.message(),
            error.hint().unwrap_or("try again later").to_owned(),
        ),
    }
}
