//! Does the app's id and secret look like what Pinterest gives?

use std::env;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::settings::Settings;
use super::super::stray_secret::{in_place_of_app_id, is_token};
use super::super::text::is_invisible;
use super::{Finding, subject};
use pinterest_sdk::Secret;
use pinterest_sdk::store::StoredToken;
use pinterest_sdk::trimmed_credential;

const PAGE: &str = "copy it from the app's page at https://developers.pinterest.com/apps/";

/// What shells take away from a value, and other readers of variables do not.
const QUOTES: [char; 5] = ['"', '\'', '`', '“', '”'];

pub(super) fn check(
    settings: &Settings,
    stored: Option<&StoredToken>,
    secret: Option<&Secret>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let id = subject(settings, stored).0;
    let secret_there = id.as_deref().and_then(in_place_of_app_id);
    findings.push(match (id, secret_there) {
        (None, _) => Finding::wrong("app id", "not set", "set PINTEREST_APP_ID or use --app-id"),
        (_, Some(what)) => Finding::wrong("app id", format!("it {what}"), PAGE),
        (Some(id), _) if !id.bytes().all(|byte| byte.is_ascii_digit()) => Finding::odd(
            "app id",
            format!("{id}: Pinterest's ids are numbers"),
            format!("for Pinterest, {PAGE}"),
        ),
        (Some(id), _) => Finding::good("app id", id),
    });
    findings.push(match secret {
        None => Finding::odd(
            "app secret",
            "not set: tokens cannot be renewed without a prompt",
            "set PINTEREST_APP_SECRET, use --app-secret-file, or log in with --keep-app-secret",
        ),
        Some(secret) => check_secret(secret.expose()),
    });
    findings.extend(
        ["PINTEREST_APP_ID", "PINTEREST_APP_SECRET"]
            .into_iter()
            .filter(|name| env::var(name).is_ok_and(|value| trimmed_credential(&value) != value))
            .map(|name| {
                Finding::odd(
                    "variables",
                    format!("{name} has white space, a line break or an unseen character around it"),
                    "set it again without: other programs send it as it is, and get code 2",
                )
            }),
    );
    findings
}

fn check_secret(secret: &str) -> Finding {
    let name = "app secret";
    if is_token(secret) {
        return Finding::wrong(name, "it is a token", PAGE);
    }
    if secret.contains(':') || is_base64_of_a_pair(secret) {
        return Finding::wrong(
            name,
            "it looks like the id and secret together, or their Base64",
            "give the secret alone, as the app's page shows it",
        );
    }
    if secret
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
    {
        return Finding::wrong(name, "it holds white space or a control character", PAGE);
    }
    if secret.starts_with(QUOTES) || secret.ends_with(QUOTES) {
        return Finding::wrong(
            name,
            "it has a quotation mark at its beginning or end, which is sent as a part of it",
            "set it without: Docker's --env-file and others keep quotation marks",
        );
    }
    Finding::good(name, format!("{} characters", secret.chars().count()))
}

/// Whether it is the Base64 of an id and a secret, as HTTP Basic sends them.
fn is_base64_of_a_pair(secret: &str) -> bool {
    STANDARD
        .decode(secret)
        .is_ok_and(|decoded| decoded.contains(&b':') && decoded.iter().all(u8::is_ascii_graphic))
}
