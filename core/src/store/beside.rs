//! The names of what stands beside a profile's file.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::remedy::failed;
use crate::error::Error;

/// Room for the next record.
pub(super) fn next(profile: &Path) -> PathBuf {
    with_end(profile, ".new")
}

/// Room that needs no lock of the profile.
pub(super) fn numbered_next(profile: &Path, number: u32) -> PathBuf {
    with_end(profile, &format!(".new-{number}"))
}

/// What was no record.
pub(super) fn corrupt(profile: &Path) -> PathBuf {
    numbered(|number| with_end(profile, &format!(".corrupt-{number}")))
}

/// A record that could not be ranked.
pub(super) fn aside(profile: &Path) -> PathBuf {
    numbered(|number| with_end(profile, &format!(".aside-{number}")))
}

/// The file that says when to try an early renewal again.
pub(super) fn pause(profile: &Path) -> PathBuf {
    with_end(profile, ".pause")
}

/// The stem of the profile's file whose name this is, or beside which a process may have left it.
pub(super) fn stem(name: &str) -> Option<&str> {
    let profile = match name.rsplit_once(".new") {
        Some((profile, end)) if end.is_empty() || is_numbered(end, "-") => profile,
        _ => name,
    };
    profile.strip_suffix(".json")
}

/// The same, and of what was set aside: of a profile it may be all that is left.
pub(super) fn owner(name: &str) -> Option<&str> {
    let profile = [".aside-", ".corrupt-"].into_iter().find_map(|end| {
        let (profile, number) = name.rsplit_once(end)?;
        is_numbered(number, "").then_some(profile)
    });
    match profile {
        Some(profile) => profile.strip_suffix(".json"),
        None => stem(name),
    }
}

/// What stands beside a profile's file, each in order, from one look at the folder: it may have the files of many
/// thousand profiles.
pub(super) struct Beside {
    /// Everything that a process may have left in the place of the next record.
    pub(super) left: Vec<PathBuf>,
    /// What was set aside.
    pub(super) set_aside: Vec<PathBuf>,
}

impl Beside {
    /// # Errors
    ///
    /// `Store` if nobody can tell: newer tokens may be there.
    pub(super) fn of(profile: &Path) -> Result<Self, Error> {
        let folder = folder_of(profile);
        let file = profile.file_name().unwrap_or_default().to_string_lossy();
        let (mut left, mut set_aside) = (Vec::new(), Vec::new());
        let sort = |name: String| {
            let Some(end) = name.strip_prefix(&*file) else {
                return;
            };
            if end == ".new" || is_numbered(end, ".new-") {
                left.push(folder.join(&name));
            } else if is_numbered(end, ".corrupt-") || is_numbered(end, ".aside-") {
                set_aside.push(folder.join(&name));
            }
        };
        each(folder, sort).map_err(|error| failed(folder, "cannot be read", error))?;
        left.sort();
        set_aside.sort();
        Ok(Self { left, set_aside })
    }
}

/// Everything that a process may have left in the place of the next record.
///
/// # Errors
///
/// As [`Beside::of`].
pub(super) fn left(profile: &Path) -> Result<Vec<PathBuf>, Error> {
    Beside::of(profile).map(|beside| beside.left)
}

/// What was set aside.
pub(super) fn set_aside(profile: &Path) -> Vec<PathBuf> {
    Beside::of(profile).map_or_else(|_| Vec::new(), |beside| beside.set_aside)
}

/// A path with something at its end.
fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}

/// The first of the numbered paths that is free.
fn numbered(path: impl Fn(u32) -> PathBuf) -> PathBuf {
    (1..=u32::MAX)
        .map(path)
        .find(|path| fs::symlink_metadata(path).is_err())
        .unwrap_or_default()
}

/// Whether it is these characters and then a number: no other profile's file ends so.
fn is_numbered(end: &str, start: &str) -> bool {
    end.strip_prefix(start)
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// What a folder lists, if all of it can be read. A name that is no text is nobody's.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let read = each(folder, |name| names.push(name));
    read.map_or_else(|_| Vec::new(), |()| names)
}

/// The same names, one by one, or why they cannot be read.
fn each(folder: &Path, mut name: impl FnMut(String)) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        if let Ok(text) = entry?.file_name().into_string() {
            name(text);
        }
    }
    Ok(())
}

fn folder_of(profile: &Path) -> &Path {
    profile.parent().unwrap_or(profile)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{owner, set_aside, stem};

    #[test]
    fn what_is_beside_is_listed_in_order() {
        let folder = std::env::temp_dir().join(format!("pinterest-sdk-beside-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let profile = folder.join("a.json");
        let path = |number| folder.join(format!("a.json.aside-{number}"));
        for number in [4, 1, 3, 7, 2, 9, 5, 8, 6] {
            fs::write(path(number), "").unwrap();
        }
        let listed = set_aside(&profile);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(listed, (1..10).map(path).collect::<Vec<_>>());
    }

    #[test]
    fn what_was_set_aside_has_its_owner_too() {
        for (name, of) in [
            ("work.json", Some("work")),
            ("work.json.new-1", Some("work")),
            ("work.json.aside-1", Some("work")),
            ("=work.json.corrupt-12", Some("=work")),
            ("a.json.aside-1.json", Some("a.json.aside-1")),
            ("a.json.aside-1.json.corrupt-2", Some("a.json.aside-1")),
            ("work.json.aside-", None),
            ("work.json.aside-x", None),
            ("work.aside-1", None),
            ("work.lock", None),
        ] {
            assert_eq!(owner(name), of, "{name}");
        }
    }

    #[test]
    fn a_profile_is_told_from_its_file_and_from_what_is_left_beside_it() {
        for (name, of) in [
            ("work.json", "work"),
            ("work.json.new", "work"),
            ("work.json.new-12", "work"),
            ("a.new.json", "a.new"),
            ("a.json.new-1.json", "a.json.new-1"),
            ("a.json.new-1.json.new", "a.json.new-1"),
        ] {
            assert_eq!(stem(name), Some(of));
        }
        for none in [
            "work.lock",
            "work.json.pause",
            "work.json.aside-1",
            "work.json.corrupt-1",
            "work.json.new-",
            "work.json.new-x",
            "work.json.newer",
            "work.new",
            "",
        ] {
            assert_eq!(stem(none), None, "{none}");
        }
    }
}
