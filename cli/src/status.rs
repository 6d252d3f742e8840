//! `pinterest status`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::clock::now;
use super::failure::Failure;
use super::paint::{BAD, DIM, WARNING};
use super::phrases::phrase;
use super::profile_report;
use super::screen::Screen;
use super::settings::Settings;
use super::text::VisibleLine;
use pinterest_sdk::ErrorKind;
use pinterest_sdk::store::{Account, Failure as Failed, StoredToken};

/// Lists the names of all profiles, one a line.
pub(crate) fn names(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let store = &settings.store;
    // A login that goes on has room beside a file that may not be there.
    let is_logged_in =
        |profile: &Account| store.path(profile).symlink_metadata().is_ok() || store.newer(profile).is_some();
    let mut profiles = store.profiles()?;
    profiles.retain(is_logged_in);
    let names: Vec<&str> = profiles.iter().map(Account::as_str).collect();
    if screen.is_json() {
        return screen.print(json!(names));
    }
    if names.is_empty() && screen.is_terminal() {
        screen.say("No profile is logged in.");
    }
    names.iter().try_for_each(|name| screen.print(name))
}

/// What stands in the way of using what is shown.
#[derive(Default)]
struct Trouble {
    /// A file cannot be read.
    unreadable: bool,
    /// Neither token of these can be used.
    over: Vec<String>,
    /// The profile that was asked for is another app's or environment's than was asked for.
    another: Option<Failure>,
}

/// Shows the profile that was asked for, or every one. Nothing is asked of Pinterest.
pub(crate) fn show(settings: &Settings, screen: &Screen) -> Result<(), Failure> {
    let (mut reports, mut texts, mut trouble) = (Vec::new(), Vec::new(), Trouble::default());
    let (profiles, with_more) = if settings.profile_is_asked_for {
        (vec![settings.profile.clone()], vec![settings.profile.clone()])
    } else {
        (settings.store.profiles()?, settings.store.profiles_with_more()?)
    };
    for profile in profiles {
        let has_more = with_more.binary_search(&profile).is_ok();
        let waiting = has_more.then(|| settings.store.newer(&profile)).flatten();
        let failure = settings.store.pause(&profile).read();
        let looked = look(
            settings,
            &profile,
            waiting.as_ref(),
            failure.as_ref(),
            &mut trouble,
        );
        let Some((mut report, mut text, in_vain)) = looked else {
            // Removed since the folder was read, or a login that goes on.
            continue;
        };
        if let Some((path, _)) = waiting {
            let (what, hint) = profile_report::waiting(&profile, &path);
            text = format!(
                "{text}\n  {WARNING}!{WARNING:#} {}\n    {}",
                VisibleLine(&what),
                VisibleLine(&hint)
            );
            report["waiting"] = json!({"file": path.to_string_lossy(), "hint": hint});
        }
        if let Some(source) = settings.store.key_source() {
            text = format!("{text}\n  {DIM}key{DIM:#}            {}", VisibleLine(&source));
        }
        report["key_source"] = settings.store.key_source().into();
        if let Some(failure) = &failure {
            let (what, when) = profile_report::failure(&profile, failure, in_vain, now());
            text = format!(
                "{text}\n  {WARNING}!{WARNING:#} {}\n    {}",
                VisibleLine(&what),
                VisibleLine(&when)
            );
        }
        report["failure"] = failure
            .as_ref()
            .map_or(Value::Null, profile_report::failure_as_json);
        reports.push(report);
        texts.push(text);
    }
    if screen.is_json() {
        screen.print(json!(reports))?;
    } else if !texts.is_empty() {
        screen.print(texts.join("\n\n"))?;
    }
    verdict(settings, trouble, reports.is_empty())
}

/// Whether a person has to do something before a command can use what is shown.
fn verdict(settings: &Settings, trouble: Trouble, nobody: bool) -> Result<(), Failure> {
    if let Some(failure) = trouble.another {
        return Err(failure);
    }
    let (kind, what, hint) = match &trouble.over[..] {
        _ if trouble.unreadable => (
            ErrorKind::Store,
            "the tokens of a profile cannot be read".to_owned(),
            "see there".to_owned(),
        ),
        _ if nobody && settings.profile_is_asked_for => return Err(settings.absent()),
        _ if nobody => (
            ErrorKind::ReauthorizationRequired,
            format!(
                "no profile is logged in: there is none in {}",
                settings.store.folder().display()
            ),
            "run `pinterest login`".to_owned(),
        ),
        [] => return Ok(()),
        [first, ..] => (
            ErrorKind::ReauthorizationRequired,
            format!(
                "the tokens of {} have expired, and cannot be renewed",
                trouble.over.join(", ")
            ),
            format!("run `pinterest login --profile {}`", first.trim_matches('`')),
        ),
    };
    Err(Failure::Found { kind, what, hint })
}

/// A profile for programs and for people: its tokens, those that wait for their place where it has
/// none, or why they cannot be read. Also why they are renewed in vain, as far as can be told.
fn look(
    settings: &Settings,
    profile: &Account,
    waiting: Option<&(PathBuf, StoredToken)>,
    failure: Option<&Failed>,
    trouble: &mut Trouble,
) -> Option<(Value, String, Option<&'static str>)> {
    const REFUSED: &str = "it is not sent again, unless `pinterest refresh` asks for that";
    let store = &settings.store;
    let found = match (store.read(profile), waiting) {
        (Ok(Some(token)), _) => Ok((store.path(profile), token)),
        // The next command puts them there, whatever is in their place.
        (_, Some(waiting)) => Ok(waiting.clone()),
        (Ok(None), None) => return None,
        (Err(error), None) => Err(error.line_in(phrase)),
    };
    Some(match found {
        Ok((path, token)) => {
            let now = now();
            // What waits is what the next command uses.
            let used = waiting.map_or(&token, |(_, newer)| newer);
            if settings.profile_is_asked_for {
                trouble.another = settings.check(used).err();
            }
            if used.access_life.is_over(now) && !used.is_renewable(failure, now) {
                trouble.over.push(format!("`{profile}`"));
            }
            (
                profile_report::as_json(profile, &path, &token, now),
                profile_report::for_people(profile, &path, &token, now),
                match failure {
                    Some(failure) if used.is_refused(failure) => Some(REFUSED),
                    _ if !used.is_renewable(failure, now) => Some("nothing renews these tokens"),
                    _ => None,
                },
            )
        }
        Err(why) => {
            trouble.unreadable = true;
            let file = store.path(profile);
            (
                json!({"profile": profile.as_str(), "file": file.to_string_lossy(), "error": why}),
                format!("{profile}\n  {BAD}✗{BAD:#} {}", VisibleLine(&why)),
                failure.and_then(|failure| failure.refused.as_ref().map(|_| REFUSED)),
            )
        }
    })
}
