//! Is Pinterest reached, does the clock agree with it, and does it know the app?

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::super::clock::now;
use super::super::phrases::phrase;
use super::super::settings::Settings;
use super::{Finding, subject};
use pinterest_sdk::store::StoredToken;
use pinterest_sdk::{
    ApiClient, ApiRequest, Auth, CallOptions, ErrorKind, OauthAccessTokenRequest, OauthApi, Secret,
    variables as variables_named,
};

/// How long a question may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// Seconds that a clock may be wrong; tokens live for days.
const SKEW: i64 = 60;

/// Name proxies, in the order in which they count. Their values may hold passwords.
const PROXIES: [&str; 2] = ["https_proxy", "all_proxy"];
const AUTHORITIES: [&str; 4] = [
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "CURL_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
];

/// The variables that decide over connections, and what they come to.
pub(super) fn variables(settings: &Settings, stored: Option<&StoredToken>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let proxies: Vec<String> = PROXIES
        .into_iter()
        .flat_map(variables_named)
        .map(|(name, _)| name)
        .collect();
    findings.extend(proxies.first().map(|name| proxy(name, settings, stored)));
    for name in proxies.iter().skip(1) {
        findings.push(Finding::good(
            "variables",
            format!("{name} is set; {} counts", proxies[0]),
        ));
    }
    if let (true, Some((name, _))) = (proxies.is_empty(), variables_named("http_proxy").first()) {
        findings.push(Finding::good(
            "variables",
            format!("{name} is for plain http; HTTPS_PROXY is what counts here"),
        ));
    }
    for (name, value) in variables_named("no_proxy") {
        let value = value.to_string_lossy().into_owned();
        findings.push(Finding::good("variables", format!("{name} is {value}")));
    }
    for known in AUTHORITIES {
        for (name, value) in variables_named(known).into_iter().take(1) {
            let paths: Vec<_> = match known {
                "SSL_CERT_DIR" => env::split_paths(&value).collect(),
                _ => vec![PathBuf::from(value)],
            };
            findings.extend(paths.iter().map(|path| authority(&name, path)));
        }
    }
    findings
}

/// The way that this variable leads to Pinterest.
fn proxy(name: &str, settings: &Settings, stored: Option<&StoredToken>) -> Finding {
    let (app_id, host) = subject(settings, stored);
    let configuration = settings.configuration(host.clone(), app_id.unwrap_or_default());
    match ApiClient::new(configuration) {
        Ok(client) => {
            let way = match client.proxy() {
                Some(proxy) => format!("through {proxy}"),
                None => "directly".to_owned(),
            };
            Finding::good("variables", format!("{name} is set: {host} is reached {way}"))
        }
        Err(error) => Finding::wrong(
            "variables",
            error.message_in(phrase),
            error
                .hint_in(phrase)
                .unwrap_or_else(|| "correct it or unset it".to_owned()),
        ),
    }
}

fn authority(name: &str, path: &Path) -> Finding {
    let says = format!("{name} is {}", path.display());
    if path.exists() {
        Finding::good("variables", says)
    } else {
        Finding::wrong(
            "variables",
            format!("{says}, which does not exist"),
            "correct it or unset it",
        )
    }
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
                error.message_in(phrase),
                error
                    .hint_in(phrase)
                    .unwrap_or_else(|| "correct the setting".to_owned()),
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
            format!("{}{}", error.message_in(phrase), phase.unwrap_or_default()),
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
                error.message_in(phrase)
            ),
            "compare both with the app's page: raw, not Base64, no line break, no token",
        ),
        Err(error) if error.status().is_some() => Finding::good(
            "app",
            format!(
                "Pinterest knows it (and refused a trial: {})",
                error.message_in(phrase)
            ),
        ),
        Err(error) => Finding::wrong(
            "app",
            error.message_in(phrase),
            error
                .hint_in(phrase)
                .unwrap_or_else(|| "try again later".to_owned()),
        ),
    }
}
