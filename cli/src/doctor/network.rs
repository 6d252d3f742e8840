//! Is the API reached, and does the clock agree with it?

use std::env;
use std::path::{Path, PathBuf};

use super::super::clock::now;
use super::super::phrases::phrase;
use super::super::settings::Settings;
use super::super::stray_secret::{in_place_of_app_id, is_token};
use super::{Finding, PATIENCE, page, subject, trial};
use pinterest_sdk::store::StoredToken;
use pinterest_sdk::{ApiClient, ApiRequest, Auth, CallOptions, Secret, variables as variables_named};

const ANOTHER: &str = "check PINTEREST_API_URI, and whether a proxy or a gateway answers in its place";

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
    if settings.is_token_given() {
        findings.push(Finding::odd(
            "variables",
            "PINTEREST_ACCESS_TOKEN is set: `request`, `api`, `mcp` and `conversion-token` use it in the place of a profile's token",
            "unset it if a profile's is meant, or name the profile with --profile",
        ));
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

/// Everything that is asked of the server: the API, the app, the authorization page, the token.
pub(super) async fn check(
    settings: &Settings,
    stored: Option<&StoredToken>,
    secret: Option<Secret>,
    redirect_uri: &str,
) -> Vec<Finding> {
    let (app_id, host) = subject(settings, stored);
    // A secret in the place of the id would be in an address, and a token in that of the secret in a header.
    let app_id = app_id.filter(|id| in_place_of_app_id(id).is_none());
    let mut configuration = settings.configuration(host.clone(), app_id.clone().unwrap_or_default());
    configuration.timeout = PATIENCE;
    configuration.password = secret.filter(|secret| !is_token(secret.expose()));
    let complete = app_id.is_some() && configuration.password.is_some();
    let client = match ApiClient::new(configuration) {
        Ok(client) => client,
        Err(error) => return vec![Finding::failed("network", &error)],
    };
    let (mut findings, found) = reach(&client, &host).await;
    let is_api = found == There::Api;
    if complete && is_api {
        findings.push(trial::app(&client).await);
    }
    if app_id.is_some() && found != There::Nobody {
        findings.extend(page::check(&client, redirect_uri).await);
    }
    if let Some(stored) = stored.filter(|stored| is_api && settings.check(stored).is_ok()) {
        findings.push(trial::token(settings, stored).await);
    }
    if is_api && let Some(finding) = trial::given(settings, &host).await {
        findings.push(finding);
    }
    findings
}

/// Who is at an address.
#[derive(PartialEq)]
enum There {
    Api,
    Somebody,
    Nobody,
}

/// Any answer proves the name, the proxy, the connection and the certificate; only an error object of
/// Pinterest's, which refuses a stranger, proves that its API is there.
async fn reach(client: &ApiClient, host: &str) -> (Vec<Finding>, There) {
    let request = ApiRequest::get("/user_account").with_auth(Auth::None);
    let error = match client.request_any(request, &CallOptions::default()).await {
        Ok(answer) => {
            let what = format!(
                "{host} answers a stranger (HTTP {}), which Pinterest's API does not",
                answer.status
            );
            let finding = Finding::wrong("network", what, ANOTHER);
            return (vec![finding, clock(client, &answer.headers)], There::Somebody);
        }
        Err(error) => error,
    };
    let Some(status) = error.status() else {
        let mut finding = Finding::failed("network", &error);
        if let Some(phase) = error.phase() {
            finding.found = format!("{} ({})", finding.found, phase.name());
        }
        return (vec![finding], There::Nobody);
    };
    let reached = format!("{host} answers (HTTP {status})");
    let is_api = error.code().is_some() && !matches!(status, 404 | 405);
    let finding = match (status, is_api) {
        (500.. | 429, _) => Finding::odd("network", reached, "try again later"),
        (404 | 405, _) => Finding::wrong(
            "network",
            format!("{host} is there, and has no API of Pinterest's (HTTP {status})"),
            "correct PINTEREST_API_URI: at Pinterest and in the sandbox it ends in /v5",
        ),
        (_, true) => Finding::good("network", reached),
        (_, false) => Finding::odd(
            "network",
            format!("{reached}, not as Pinterest's API does"),
            ANOTHER,
        ),
    };
    let headers = error.answer().map_or(&[][..], |answer| &answer.headers);
    let found = if is_api { There::Api } else { There::Somebody };
    (vec![finding, clock(client, headers)], found)
}

fn clock(client: &ApiClient, headers: &[(String, String)]) -> Finding {
    let date = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("date"));
    let Some(server) = date.and_then(|(_, value)| seconds(value)) else {
        return Finding::good("clock", "not compared: the answer has no date");
    };
    match now() - server {
        ahead if ahead.abs() <= SKEW => {
            Finding::good("clock", format!("agrees with that of {}", client.party()))
        }
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
