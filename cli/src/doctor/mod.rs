//! `pinterest doctor`: what could be wrong, and what mends it.

mod app;
mod files;
mod network;
mod page;
mod redirect;
mod trial;

use std::time::Duration;

use serde_json::json;

use super::arguments::Doctor;
use super::failure::Failure;
use super::paint::{BAD, DIM, GOOD, WARNING};
use super::phrases::phrase;
use super::screen::Screen;
use super::settings::{Settings, redirect_uri};
use super::stray_secret::in_place_of_app_id;
use super::text::VisibleLine;
use pinterest_sdk::Error;
use pinterest_sdk::store::StoredToken;

/// How a check ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    /// It may be meant so.
    Odd,
    Wrong,
}

/// What one check found.
struct Finding {
    check: &'static str,
    verdict: Verdict,
    found: String,
    fix: Option<String>,
}

impl Finding {
    fn good(check: &'static str, found: impl Into<String>) -> Self {
        Self {
            check,
            verdict: Verdict::Good,
            found: found.into(),
            fix: None,
        }
    }

    fn odd(check: &'static str, found: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            check,
            verdict: Verdict::Odd,
            found: found.into(),
            fix: Some(fix.into()),
        }
    }

    fn wrong(check: &'static str, found: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            check,
            verdict: Verdict::Wrong,
            found: found.into(),
            fix: Some(fix.into()),
        }
    }

    /// A call failed, which says itself what to do, as a rule.
    fn failed(check: &'static str, error: &Error) -> Self {
        let fix = error.hint_in(phrase);
        Self::wrong(
            check,
            error.message_in(phrase),
            fix.unwrap_or_else(|| "check the network, the proxy and the certificates".to_owned()),
        )
    }
}

/// How long a question to the server may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Runs every check; 0 if nothing is wrong, 1 otherwise.
pub(crate) async fn examine(settings: &Settings, options: &Doctor, screen: &Screen) -> Result<u8, Failure> {
    let (mut findings, stored) = files::check(settings);
    // What is kept for another app or place is sent to none.
    let fitting = stored.as_ref().filter(|stored| settings.check(stored).is_ok());
    findings.extend(stored.as_ref().and_then(|stored| mismatch(settings, stored)));
    // Once: it may come from standard input.
    let secret = settings.known_secret(fitting.and_then(|stored| stored.app_secret.as_ref()))?;
    findings.extend(app::check(settings, stored.as_ref(), secret.as_ref()));
    let redirect_uri = redirect_uri(options.redirect_uri.as_deref());
    findings.push(redirect::check(&redirect_uri));
    findings.extend(network::variables(settings, stored.as_ref()));
    if !options.offline {
        let _spinner = screen.spinner("asking Pinterest");
        findings.extend(network::check(settings, stored.as_ref(), secret, &redirect_uri).await);
    }
    report(&findings, screen)?;
    Ok(u8::from(
        findings.iter().any(|finding| finding.verdict == Verdict::Wrong),
    ))
}

/// That the profile is another app's than is asked for, or of another environment: no command uses it so.
fn mismatch(settings: &Settings, stored: &StoredToken) -> Option<Finding> {
    // What is wrong with that app's id is found elsewhere, and so is what is wrong with the host.
    let id = settings.app_id.as_deref();
    if id.is_some_and(|id| in_place_of_app_id(id).is_some()) {
        return None;
    }
    match settings.check(stored) {
        Err(Failure::Usage { what, hint }) => Some(Finding::odd("profile", what, hint)),
        _ => None,
    }
}

/// The app and environment that are asked for, or that the profile was logged in with.
fn subject(settings: &Settings, stored: Option<&StoredToken>) -> (Option<String>, String) {
    let app_id = settings
        .app_id
        .clone()
        .or_else(|| stored.map(|stored| stored.app_id.clone()));
    let host = settings
        .host
        .clone()
        .or_else(|| stored.map(|stored| stored.host.clone()));
    (
        app_id,
        host.unwrap_or_else(|| pinterest_sdk::Environment::Production.host().to_owned()),
    )
}

fn report(findings: &[Finding], screen: &Screen) -> Result<(), Failure> {
    if screen.is_json() {
        let findings: Vec<_> = findings
            .iter()
            .map(|finding| {
                json!({
                    "check": finding.check,
                    "verdict": match finding.verdict {
                        Verdict::Good => "good",
                        Verdict::Odd => "odd",
                        Verdict::Wrong => "wrong",
                    },
                    "found": finding.found,
                    "fix": finding.fix,
                })
            })
            .collect();
        return screen.print(json!(findings));
    }
    for finding in findings {
        let (colour, sign) = match finding.verdict {
            Verdict::Good => (GOOD, "✓"),
            Verdict::Odd => (WARNING, "!"),
            Verdict::Wrong => (BAD, "✗"),
        };
        screen.print(format_args!(
            "{colour}{sign}{colour:#} {:13} {}",
            finding.check,
            VisibleLine(&finding.found)
        ))?;
        if let Some(fix) = &finding.fix {
            screen.print(format_args!("  {:13} {DIM}→ {}{DIM:#}", "", VisibleLine(fix)))?;
        }
    }
    let count = |verdict| {
        findings
            .iter()
            .filter(|finding| finding.verdict == verdict)
            .count()
    };
    screen.print(match (count(Verdict::Wrong), count(Verdict::Odd)) {
        (0, 0) => "All is well.".to_owned(),
        (0, odd) => format!("Nothing is wrong; {odd} to look at."),
        (wrong, _) => format!("{wrong} wrong."),
    })
}
