//! `pinterest status`.

use serde_json::json;

use super::failure::Failure;
use super::profile_report;
use super::screen::{BAD, Screen};
use super::settings::Settings;
use crate::clock::now;
use crate::error::{Error, ErrorKind, Outcome};

/// Shows every profile. Nothing is asked of Pinterest.
pub(crate) fn show(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let store = &settings.store;
    let (mut reports, mut texts, mut unreadable) = (Vec::new(), Vec::new(), None);
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
                reports.push(json!({"profile": profile.as_str(), "file": path, "error": error.to_string()}));
                texts.push(format!("{profile}\n  {BAD}✗{BAD:#} {error}"));
                unreadable = Some(error);
            }
        }
    }
    if screen.is_json() {
        screen.print(json!(reports))?;
    } else if !texts.is_empty() {
        screen.print(texts.join("\n\n"))?;
    }
    match unreadable {
        Some(error) => Err(error.into()),
        None if reports.is_empty() => Err(Error::new(
            ErrorKind::ReauthorizationRequired,
            Outcome::NotSent,
            "no profile is logged in",
        )
        .with_hint("run `pinterest login`")
        .into()),
        None => Ok(()),
    }
}
