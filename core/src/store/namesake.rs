//! Two profiles whose files are one to a file system that does not tell upper case from lower.

use std::fs;
use std::path::Path;

use super::account::Account;
use super::beside;
use super::remedy::{quoted, refuse};
use crate::error::Error;

/// Whether a file opens under this name that may be another's: one look, where a list of all accounts' files takes
/// many. A file system that tells upper case from lower opens nothing under the same name with the other case.
pub(super) fn may_be(path: &Path) -> bool {
    let opens = |path: &Path| fs::symlink_metadata(path).is_ok();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let other_case: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_lowercase() {
                c.to_ascii_uppercase()
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect();
    opens(path) && opens(&path.with_file_name(other_case))
}

/// Refuses a file that opens under a profile's name and is another's: an earlier release gave it that
/// name.
///
/// # Errors
///
/// `Store`, with what keeps the two apart.
pub(super) fn check(path: &Path, listed: &[String]) -> Result<(), Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    namesake(&name, listed).map_or(Ok(()), |other| Err(another_profiles(path, other)))
}

/// The listed name of the file that opens as `wanted`, if that is another's: only where the file system
/// does not tell upper case from lower does anything open that is not listed.
fn namesake<'n>(wanted: &str, listed: &'n [String]) -> Option<&'n str> {
    let is_listed = listed.iter().any(|name| name == wanted);
    let mut others = listed.iter().filter(|name| name.eq_ignore_ascii_case(wanted));
    others.next().filter(|_| !is_listed).map(String::as_str)
}

fn another_profiles(path: &Path, listed: &str) -> Error {
    let owner = beside::stem(listed).and_then(Account::from_stem);
    let refusal = refuse(
        path,
        &format!("is {listed} to this file system, another profile's file"),
    );
    match owner {
        Some(owner) => refusal.with_hint(format!(
            "use the profile `{owner}`, or keep them apart: run `mv {} {}`",
            quoted(&path.with_file_name(listed)),
            quoted(&path.with_file_name(owner.stem() + ".json")),
        )),
        None => refusal.with_hint("move it away"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    use super::{may_be, namesake};
    use crate::error::ErrorKind;
    use crate::store::{Account, FileStore, beside};

    #[test]
    fn a_file_is_another_profiles_only_if_its_own_name_is_not_listed() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        for (listed, other) in [
            (&["Work.json"][..], Some("Work.json")),
            (&["other.json", "WORK.JSON", "work.lock"], Some("WORK.JSON")),
            (&["Work.json", "work.json"], None),
            (&["work.json", "Work.json"], None),
            (&["=work.json", "work.json.new", "works.json"], None),
            (&[], None),
        ] {
            assert_eq!(namesake("work.json", &names(listed)), other, "{listed:?}");
        }
    }

    #[test]
    fn many_accounts_files_are_listed_only_where_another_case_opens_too() {
        let folder = std::env::temp_dir().join(format!("pinterest-sdk-cases-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("=work-1.json");
        assert!(!may_be(&path));
        fs::write(&path, "").unwrap();
        let tells_cases = fs::symlink_metadata(folder.join("=WORK-1.JSON")).is_err();
        assert_eq!(may_be(&path), !tells_cases);
        fs::write(folder.join("=WORK-1.JSON"), "").unwrap();
        assert!(may_be(&path));
        fs::remove_dir_all(folder).unwrap();
    }

    /// What opens one file, where a file system does not tell upper case from lower.
    const OTHER_CASES: [&str; 2] = ["Work.json", "WORK.JSON"];

    /// A folder's list as such a file system gives it.
    fn in_upper_case(folder: &Path) -> Vec<String> {
        let names = beside::names(folder);
        names
            .iter()
            .filter(|name| !OTHER_CASES.contains(&name.as_str()))
            .map(|name| name.replace("work.json", "Work.json"))
            .collect()
    }

    #[tokio::test]
    async fn a_profile_takes_no_file_that_an_earlier_release_gave_another() {
        let folder = std::env::temp_dir().join(format!("pinterest-sdk-names-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let mut store = FileStore::new(&folder);
        store.names = in_upper_case;
        let profile: Account = "work".parse().unwrap();
        assert!(store.read(&profile).unwrap().is_none());
        drop(store.lock(&profile, Duration::ZERO).await.unwrap());
        let path = folder.join("work.json");
        fs::write(&path, "{}").unwrap();
        for name in OTHER_CASES {
            // Where the file system is such a one, it opens already.
            let _ = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(folder.join(name));
        }
        let refusals = [
            store.read(&profile).err(),
            store.reserve(&profile).err(),
            store.lock(&profile, Duration::ZERO).await.err(),
        ];
        for error in refusals {
            let error = error.unwrap();
            assert_eq!(error.kind(), ErrorKind::Store);
            assert!(
                error.message().contains("is Work.json to this file system"),
                "{error}"
            );
            let renamed = format!("'{}'", folder.join("=work.json").display());
            let hint = error.hint().unwrap();
            assert!(hint.contains("`Work`") && hint.contains(&renamed), "{hint}");
        }
        assert!(store.newer(&profile).is_none());
        assert_eq!(fs::read_to_string(&path).unwrap(), "{}");
        assert_eq!(store.profiles().unwrap(), ["Work".parse().unwrap()]);
        let upper: Account = "Work".parse().unwrap();
        assert_eq!(store.path(&upper), folder.join("Work.json"));
        // And where it is the other's own, nobody else's name leads to it.
        store.names = |folder| {
            let names = beside::names(folder).into_iter();
            names
                .filter(|name| !OTHER_CASES.contains(&name.as_str()))
                .collect()
        };
        assert_eq!(store.path(&upper), folder.join("=work.json"));
        // What the hint says mends it.
        fs::rename(&path, folder.join("=work.json")).unwrap();
        for name in OTHER_CASES {
            let _ = fs::remove_file(folder.join(name));
        }
        let store = FileStore::new(&folder);
        assert_eq!(store.path(&upper), folder.join("=work.json"));
        assert!(store.read(&profile).unwrap().is_none());
        fs::remove_dir_all(folder).unwrap();
    }
}
