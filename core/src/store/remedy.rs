//! What a person can do about a file or folder that cannot be used.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::path::Path;

use etcetera::BaseStrategy as _;

use crate::error::{Error, ErrorKind, Outcome};

/// The variable that leads to another folder.
const VARIABLE: &str = if cfg!(windows) { "APPDATA" } else { "XDG_DATA_HOME" };

/// How tokens come to rest in another folder: the variable leads there, but not if the program has named its own.
fn elsewhere(path: &Path, folder: &str) -> String {
    let is_usual = etcetera::choose_base_strategy().is_ok_and(|base| path.starts_with(base.data_dir()));
    if is_usual {
        format!("set {VARIABLE} to {folder}")
    } else {
        format!("give the store {folder}")
    }
}

/// A path as a shell's word, also one with an apostrophe in it.
pub fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}

/// A sentence about a path.
pub(super) fn refuse(path: &Path, what: &str) -> Error {
    Error::new(
        ErrorKind::Store,
        Outcome::NotSent,
        format!("{} {what}", path.display()),
    )
}

/// A sentence about a path, the system's reason, and what mends it.
pub(super) fn failed(path: &Path, what: &str, error: io::Error) -> Error {
    refuse(path, &format!("{what}: {error}"))
        .with_hint(remedy(path, &error))
        .with_source(error)
}

/// Files cannot be locked here, so that two processes could spend one refresh token.
pub(super) fn without_locks(path: &Path, error: io::Error) -> Error {
    refuse(path, &format!("cannot be locked: {error}"))
        .with_hint(format!(
            "the file system may not offer locks, as some network drives do not: {}",
            elsewhere(path, "a folder on a local disk")
        ))
        .with_source(error)
}

/// Another program is at work on the profile, and may not be told from any other.
pub(super) fn in_use(path: &Path) -> Error {
    refuse(path, "is locked: another program changes this profile").with_hint("try again when it has ended")
}

/// The same, of a lock whose file says who holds it.
pub(super) fn busy(path: &Path, mut file: &File) -> Error {
    let mut holder = String::new();
    let known = file
        .rewind()
        .and_then(|()| file.read_to_string(&mut holder))
        .is_ok();
    let process = Some(holder.trim())
        .filter(|id| known && !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()));
    let Some(id) = process else {
        return in_use(path);
    };
    // Whose number is this one's own is another thread of it, or a process elsewhere that shares the folder: nobody is
    // to end that by its number.
    if id.parse() == Ok(std::process::id()) {
        let what =
            "is locked: this process changes this profile, or one of another container with its number";
        return refuse(path, what).with_hint("try again when that has ended");
    }
    refuse(path, &format!("is locked: the process {id} changes this profile")).with_hint(format!(
        "look at it with `ps -p {id}`; if it hangs, end it, and try again"
    ))
}

/// It belongs to somebody: who, and the ways out.
pub(super) fn somebody_elses(path: &Path, owner: u32) -> Error {
    let (mine, theirs) = (user(me()), user(owner));
    refuse(
        path,
        &format!("belongs to another user, {theirs}; you are {mine}"),
    )
    .with_hint(format!(
        "run this as {theirs}, or {}; `sudo chown {} {}` makes it yours",
        elsewhere(path, "a folder of your own"),
        me(),
        quoted(path)
    ))
}

/// It is sealed, for a store with keys.
pub(super) fn without_key(path: &Path, id: &str) -> Error {
    refuse(path, "is sealed, and this store has no keys").with_hint(format!(
        "give it the key that the file was sealed with, whose id is {}",
        shown(id)
    ))
}

/// It is sealed with a key that this store does not have.
pub(super) fn other_key(path: &Path, id: &str, own: &[String]) -> Error {
    refuse(
        path,
        &format!(
            "is sealed with another key, {}, than this store has: {}",
            shown(id),
            own.join(", ")
        ),
    )
    .with_hint("give it that key as well, after the current one; if that key is lost, so are these tokens: move the file away and log in again")
}

/// It is sealed, and none of the keys opens it.
pub(super) fn unopened(path: &Path) -> Error {
    refuse(path, "is damaged, or was sealed for another account")
        .with_hint("put it back under that account's name, or move it away; keep the older keys until then")
}

/// It is plain, where everything is to be sealed.
pub(super) fn unsealed(path: &Path) -> Error {
    refuse(
        path,
        "is not sealed, and this store reads and writes nothing that is not",
    )
    .with_hint("seal it once with `pinterest reseal`, or with `reseal` in a program")
}

/// The id of a key, as far as it looks like one.
fn shown(id: &str) -> String {
    let known = |c: &char| c.is_ascii_alphanumeric() || "-_".contains(*c);
    id.chars().filter(known).take(32).collect()
}

/// There is nowhere to keep tokens.
pub(super) fn homeless(error: etcetera::HomeDirError) -> Error {
    Error::new(
        ErrorKind::Store,
        Outcome::NotSent,
        "there is no home folder to keep tokens in",
    )
    .with_hint(if cfg!(windows) {
        "set USERPROFILE or APPDATA"
    } else {
        "set HOME or XDG_DATA_HOME"
    })
    .with_source(error)
}

fn remedy(path: &Path, error: &io::Error) -> String {
    use io::ErrorKind::{
        NotADirectory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull, WouldBlock,
    };
    match error.kind() {
        PermissionDenied => format!(
            "you are {}: see with `ls -ld` who may use it, or {}",
            user(me()),
            elsewhere(path, "a folder of your own")
        ),
        StorageFull | QuotaExceeded => {
            format!(
                "make room on that disk, or {}",
                elsewhere(path, "a folder on another")
            )
        }
        ReadOnlyFilesystem => format!(
            "nothing can be written on that disk: {}",
            elsewhere(path, "a folder on another")
        ),
        NotADirectory | io::ErrorKind::AlreadyExists => format!(
            "{} is no folder, or leads to none: move it, or {}",
            in_the_way(path).display(),
            elsewhere(path, "another folder")
        ),
        io::ErrorKind::IsADirectory => "a folder is in its place: move it away".to_owned(),
        WouldBlock => "another program uses it: try again when it has ended".to_owned(),
        _ => format!("if it stays so, {}", elsewhere(path, "a folder on another disk")),
    }
}

/// What stands on the way to a path and is no folder, where one was to be.
fn in_the_way(path: &Path) -> &Path {
    let nearest = path.ancestors().find(|at| at.symlink_metadata().is_ok());
    let no_folder = nearest.filter(|at| !at.is_dir());
    no_folder.or(path.parent()).unwrap_or(path)
}

/// The user that this process acts as. Elsewhere than on Unix no file is looked at for its owner.
fn me() -> u32 {
    #[cfg(unix)]
    return rustix::process::geteuid().as_raw();
    #[cfg(not(unix))]
    0
}

/// A user's name, where this machine's own list has it, and number.
fn user(id: u32) -> String {
    let list = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = list.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(id)).then(|| name.to_owned())
    });
    match name {
        Some(name) => format!("{name} (user id {id})"),
        None => format!("user id {id}"),
    }
}

/// The same failure, when Pinterest had answered already.
pub(crate) fn answered(error: &Error) -> Error {
    let failure = Error::new(
        ErrorKind::Store,
        Outcome::Unknown,
        format!(
            "Pinterest gave new tokens, but they could not be kept: {}",
            error.message()
        ),
    )
    .with_source(error.clone());
    match error.hint() {
        Some(hint) => failure.with_hint(hint),
        None => failure,
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::Path;

    use etcetera::BaseStrategy as _;

    use super::{File, busy, failed, quoted, somebody_elses, without_locks};

    #[test]
    fn a_path_stays_one_word() {
        assert_eq!(quoted(Path::new("/a b")), "'/a b'");
        assert_eq!(quoted(Path::new("/o'b'")), r"'/o'\''b'\'''");
    }

    #[test]
    fn nobody_is_to_end_this_process_by_its_number() {
        let own = std::process::id();
        let path = std::env::temp_dir().join(format!("pinterest-sdk-holder-{own}"));
        for (holder, says) in [
            (own.to_string(), "this process changes this profile"),
            ((own + 1).to_string(), "if it hangs, end it"),
            (format!("{own} or so"), "another program changes this profile"),
            (String::new(), "another program changes this profile"),
        ] {
            std::fs::write(&path, format!("{holder}\n")).unwrap();
            let file = File::open(&path).unwrap();
            let error = busy(Path::new("/data/x"), &file).to_string();
            assert!(error.contains(says), "{error}");
            assert_eq!(error.contains("ps -p"), says.contains("end it"), "{error}");
        }
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn every_refusal_says_what_to_do() {
        let usual = etcetera::choose_base_strategy().unwrap().data_dir().join("x");
        let path = Path::new("/data/x");
        for (kind, says) in [
            (
                io::ErrorKind::PermissionDenied,
                "see with `ls -ld` who may use it",
            ),
            (io::ErrorKind::StorageFull, "make room on that disk"),
            (io::ErrorKind::QuotaExceeded, "make room on that disk"),
            (
                io::ErrorKind::ReadOnlyFilesystem,
                "nothing can be written on that disk",
            ),
            (
                io::ErrorKind::NotADirectory,
                "/data is no folder, or leads to none: move it",
            ),
            (
                io::ErrorKind::AlreadyExists,
                "/data is no folder, or leads to none: move it",
            ),
            (io::ErrorKind::Other, "if it stays so"),
        ] {
            let error = failed(path, "cannot be written", kind.into());
            assert!(
                error.message().starts_with("/data/x cannot be written: "),
                "{error}"
            );
            let hint = error.hint().unwrap();
            assert!(
                hint.contains(says) && hint.contains("give the store a"),
                "{error}"
            );
            assert!(!hint.contains("XDG_DATA_HOME"), "{error}");
            let usual = failed(&usual, "cannot be written", kind.into());
            assert!(
                usual.hint().unwrap().contains("set XDG_DATA_HOME to a"),
                "{usual}"
            );
        }
        let error = failed(path, "cannot be opened", io::ErrorKind::WouldBlock.into());
        assert!(
            error.hint().unwrap().contains("another program uses it"),
            "{error}"
        );
        let error = failed(path, "cannot be removed", io::ErrorKind::IsADirectory.into());
        assert!(error.hint().unwrap().contains("move it away"), "{error}");
        let error = without_locks(path, io::ErrorKind::Unsupported.into());
        assert!(error.hint().unwrap().contains("give the store a"), "{error}");
        let error = without_locks(&usual, io::ErrorKind::Unsupported.into());
        assert!(error.hint().unwrap().contains("XDG_DATA_HOME"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn whose_it_is_is_said_by_name() {
        let error = somebody_elses(Path::new("/data/x"), 0);
        assert!(
            error
                .message()
                .contains("belongs to another user, root (user id 0)"),
            "{error}"
        );
        let error = somebody_elses(Path::new("/data/x"), 4_000_000_000);
        assert!(error.message().contains("user id 4000000000"), "{error}");
        assert!(error.hint().unwrap().contains("chown"), "{error}");
        let own = std::env::temp_dir().join(format!("pinterest-sdk-mine-{}", std::process::id()));
        std::fs::write(&own, "").unwrap();
        let owner = std::os::unix::fs::MetadataExt::uid(&own.metadata().unwrap());
        std::fs::remove_file(own).unwrap();
        assert_eq!(super::me(), owner);
    }
}
