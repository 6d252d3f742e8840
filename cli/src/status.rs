//! `pinterest status`.

use serde_json::{Value, json};

use super::clock::now;
use super::failure::Failure;
use super::paint::{BAD, WARNING};
use super::phrases::phrase;
use super::profile_report;
use super::screen::Screen;
use super::settings::Settings;
use super::text::VisibleLine;
use pinterest_sdk::ErrorKind;
use pinterest_sdk::store::ProfileName;

/// Shows every profile. Nothing is asked of Pinterest.
pub(crate) fn show(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let (mut reports, mut texts, mut unreadable) = (Vec::new(), Vec::new(), false);
    for profile in settings.store.profiles()? {
        let Some((mut report, mut text)) = look(settings, &profile, &mut unreadable) else {
            // Removed since the folder was read, or a login that goes on.
            continue;
        };
        if let Some((path, _)) = settings.store.waiting(&profile) {
            let (what, hint) = profile_report::waiting(&profile, &path);
            text = format!(
                "{text}\n  {WARNING}!{WARNING:#} {}\n    {}",
                VisibleLine(&what),
                VisibleLine(&hint)
            );
            report["waiting"] = json!({"file": path.to_string_lossy(), "hint": hint});
        }
        reports.push(report);
        texts.push(text);
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

/// A profile for programs and for people: its tokens, those that wait for their place where it has
/// none, or why they cannot be read.
fn look(settings: &Settings, profile: &ProfileName, unreadable: &mut bool) -> Option<(Value, String)> {
    let store = &settings.store;
    let found = match store.read(profile) {
        Ok(Some(token)) => Ok((store.path(profile), token)),
        Ok(None) => Ok(store.waiting(profile)?),
        Err(error) => Err(error.line_in(phrase)),
    };
    Some(match found {
        Ok((path, token)) => (
            profile_report::as_json(profile, &path, &token, now()),
            profile_report::for_people(profile, &path, &token, now()),
        ),
        Err(why) => {
            *unreadable = true;
            let file = store.path(profile);
            (
                json!({"profile": profile.as_str(), "file": file.to_string_lossy(), "error": why}),
                format!("{profile}\n  {BAD}✗{BAD:#} {}", VisibleLine(&why)),
            )
        }
    })
}
