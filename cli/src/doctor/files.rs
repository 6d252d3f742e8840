//! Are the tokens where they should be, and only their owner's?

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::clock::now;
use super::super::phrases::phrase;
use super::super::profile_report::{duration, waiting};
use super::super::settings::Settings;
use super::{Finding, Verdict};
use pinterest_sdk::store::{Account, Exposure, Failure, StoredToken, exposure, quoted};
use pinterest_sdk::{Error, FileStore};

const ELSEWHERE: &str = "set XDG_DATA_HOME to a folder of your own";

/// Checks the folder and every profile; also gives the profile that the command is about.
pub(super) fn check(settings: &Settings) -> (Vec<Finding>, Option<StoredToken>) {
    let store = &settings.store;
    let folder = folder(settings);
    let writable = folder.verdict == Verdict::Good && store.folder().exists();
    let mut findings = vec![folder];
    findings.extend(keys(settings));
    let mut subject = None;
    let profiles = store
        .all_profiles()
        .and_then(|all| Ok((all, store.profiles_with_more()?)));
    match profiles {
        Ok((mut profiles, with_more)) => {
            if !profiles.contains(&settings.profile) {
                profiles.push(settings.profile.clone());
            }
            for profile in profiles {
                let with_more = with_more.binary_search(&profile).is_ok();
                let waiting = with_more.then(|| store.newer(&profile)).flatten();
                if with_more {
                    findings.extend(beside(store, &profile, waiting.as_ref()));
                }
                let kept = match store.read(&profile) {
                    Ok(kept) => kept,
                    // The next command puts what waits there, whatever is in its place.
                    Err(_) if waiting.is_some() => None,
                    Err(error) => {
                        findings.push(unusable(&error));
                        continue;
                    }
                };
                // What waits is what the next command uses.
                if let Some(used) = waiting.map(|(_, newer)| newer).or(kept) {
                    let failure = store.pause(&profile).read();
                    findings.push(lives(profile.as_str(), &used, failure.as_ref()));
                    if profile == settings.profile {
                        subject = Some(used);
                    }
                }
                // What a login or renewal needs; it is gone at once. Where there is room for one, there is for all.
                let check = || {
                    if with_more || profile == settings.profile {
                        store.reserve(&profile).map(drop)
                    } else {
                        store.check_lock(&profile)
                    }
                };
                if writable && let Err(error) = check() {
                    findings.push(unusable(&error));
                }
            }
        }
        Err(error) => findings.push(Finding::wrong(
            "tokens",
            error.message_in(phrase),
            "make it your own: see its owner and permissions",
        )),
    }
    findings.extend(
        settings
            .app_secret_file
            .as_deref()
            .and_then(|path| open_to_others("secret file", path)),
    );
    (findings, subject)
}

/// What stands beside a profile's file.
fn beside(
    store: &FileStore,
    profile: &Account,
    waiting_tokens: Option<&(PathBuf, StoredToken)>,
) -> Vec<Finding> {
    let kept = |copy: PathBuf| {
        Finding::odd(
            "tokens",
            format!("{} is kept: it could not be read or ranked", copy.display()),
            format!("remove it once `{profile}` works without it"),
        )
    };
    let mut findings: Vec<_> = store.set_aside(profile).into_iter().map(kept).collect();
    findings.extend(waiting_tokens.map(|(path, _)| {
        let (what, fix) = waiting(profile, path);
        Finding::odd("tokens", what, fix)
    }));
    findings
}

/// Whether the keys that seal the tokens are to be had, if there are to be any.
fn keys(settings: &Settings) -> Vec<Finding> {
    let Some(source) = settings.store.key_source() else {
        return Vec::new();
    };
    let found = match settings.store.key_ids() {
        Ok(ids) => {
            let older = match ids.len() {
                0 | 1 => String::new(),
                count => format!(", and {} older to open", count - 1),
            };
            let current = ids.first().map(String::as_str).unwrap_or_default();
            Finding::good("key", format!("from the {source}: {current} to seal{older}"))
        }
        Err(error) => Finding::wrong(
            "key",
            error.message_in(phrase),
            error
                .hint_in(phrase)
                .unwrap_or_else(|| "bring back the key that the tokens were sealed with".to_owned()),
        ),
    };
    let file = super::super::keys::file();
    std::iter::once(found)
        .chain(file.and_then(|path| open_to_others("key", &path)))
        .collect()
}

/// A file with a secret that others can read.
fn open_to_others(check: &'static str, path: &Path) -> Option<Finding> {
    let metadata = fs::metadata(path).ok()?;
    (exposure(&metadata) != Exposure::None).then(|| {
        Finding::odd(
            check,
            format!("{} can be read by others", path.display()),
            format!("run `chmod 600 {}`", quoted(path)),
        )
    })
}

fn unusable(error: &Error) -> Finding {
    Finding::wrong(
        "tokens",
        error.message_in(phrase),
        error
            .hint_in(phrase)
            .unwrap_or_else(|| "look at its owner and permissions".to_owned()),
    )
}

fn folder(settings: &Settings) -> Finding {
    let folder = settings.store.folder();
    let shown = folder.display();
    let metadata = match fs::metadata(folder) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return to_be_made(folder),
        Err(error) => {
            return Finding::wrong("folder", format!("{shown} cannot be reached: {error}"), ELSEWHERE);
        }
    };
    if !metadata.is_dir() {
        return in_the_way(folder);
    }
    match exposure(&metadata) {
        Exposure::None => Finding::good("folder", shown.to_string()),
        Exposure::Owner(_) => Finding::wrong("folder", format!("{shown} belongs to another user"), ELSEWHERE),
        Exposure::Mode(mode) => Finding::wrong(
            "folder",
            format!("{shown} can be changed by others (mode {mode:o})"),
            format!("run `chmod 700 {}`", quoted(folder)),
        ),
    }
}

/// A folder that is not there yet. Whether it can be made, the nearest one above it that is there tells.
fn to_be_made(folder: &Path) -> Finding {
    let shown = folder.display();
    // A link that leads nowhere is there as well.
    match folder.ancestors().find(|at| at.symlink_metadata().is_ok()) {
        Some(there) if !there.is_dir() => in_the_way(there),
        Some(above) if !may_write(above) => Finding::wrong(
            "folder",
            format!(
                "{shown} cannot be made: this user may not write in {}",
                above.display()
            ),
            ELSEWHERE,
        ),
        _ => Finding::good("folder", format!("{shown} (made at the first login)")),
    }
}

fn in_the_way(there: &Path) -> Finding {
    let shown = there.display();
    Finding::wrong(
        "folder",
        format!("{shown} is no folder, or leads to none"),
        format!("move it away, or {ELSEWHERE}"),
    )
}

#[cfg(unix)]
fn may_write(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

/// Rights there are more than a mode.
#[cfg(not(unix))]
fn may_write(_: &Path) -> bool {
    true
}

fn lives(profile: &str, token: &StoredToken, failure: Option<&Failure>) -> Finding {
    let now = now();
    if token.client_credentials {
        return Finding::good(
            "tokens",
            format!("`{profile}` is the app's own, and asked for again when it ends"),
        );
    }
    let left = |life: pinterest_sdk::store::Life| {
        life.left(now)
            .map_or_else(|| "an unknown time".to_owned(), duration)
    };
    match (token.access_life.is_over(now), token.is_renewable(failure, now)) {
        (true, false) => Finding::wrong(
            "tokens",
            format!("`{profile}` has expired, and cannot be renewed"),
            format!("run `pinterest login --profile {profile}`"),
        ),
        (false, false) => Finding::odd(
            "tokens",
            format!(
                "`{profile}` ends in {} and cannot be renewed",
                left(token.access_life)
            ),
            "log in again before that",
        ),
        (_, true) if token.refresh_life.is_ending(now) => Finding::odd(
            "tokens",
            format!("`{profile}` can be renewed for {} yet", left(token.refresh_life)),
            format!("run `pinterest refresh --profile {profile}`, and weekly from a timer"),
        ),
        (_, true) => Finding::good(
            "tokens",
            format!(
                "`{profile}` is valid or can be renewed for {}",
                left(token.refresh_life)
            ),
        ),
    }
}
