//! `pinterest status`.

use serde_json::json;

use super::clock::now;
use super::failure::Failure;
use super::paint::BAD;
use super::phrases::phrase;
use super::profile_report;
use super::screen::Screen;
use super::settings::Settings;
use super::text::VisibleLine;
use pinterest_sdk::ErrorKind;

/// Shows every profile. Nothing is asked of Pinterest.
pub(crate) fn show(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let store = &settings.store;
    let (mut reports, mut texts, mut unreadable) = (Vec::new(), Vec::new(), false);
    for profile in store.profiles()? {
        let path = store.path(&profile);
        match store.read(&profile) {
            Ok(Some(token)) => {
                reports.push(profile_report::as_json(&profile, &path, &token, now()));
                texts.push(profile_report::for_people(&profile, &path, &token, now()));
            }
            // Removed since the folder was read.
            Ok(None) => {}
            Err(error) => {
                reports
                    .push(json!({"profile": profile.as_str(), "file": path.to_string_lossy(), "error": error.line_in(phrase)}));
                texts.push(format!(
                    "{profile}\n  {BAD}✗{BAD:#} {}",
                    VisibleLine(&error.line_in(phrase))
                ));
                unreadable = true;
            }
        }
    }
    if screen.is_json() {
        screen.print(json!(reports))?;
    } else if !texts.is_empty() {
        screen.print(texts.join("\n\n"))?;
    }
    let (kind, what, hint) = if unreadable {
        (
            ErrorKind::Store,
            "the tokens of a profile cannot be read",
            "see there",
        )
    } else if reports.is_empty() {
        (
            ErrorKind::ReauthorizationRequired,
            "no profile is logged in",
            "run `pinterest login`",
        )
    } else {
        return Ok(());
    };
    Err(Failure::Found {
        kind,
        what: what.into(),
        hint: hint.into(),
    })
}
