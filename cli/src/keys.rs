//! What seals the tokens on this machine: a key in a variable, a file, or the system's keyring.

use std::env;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::failure::Failure;
use super::keyring::Keyring;
use super::paint::WARNING;
use super::phrases::phrase;
use super::screen::Screen;
use super::text::VisibleLine;
use pinterest_sdk::Error;
use pinterest_sdk::session::Need;
use pinterest_sdk::store::{Account, FileStore, KeyFile, KeyVariable};

const KEY: &str = "PINTEREST_TOKEN_KEY";
const KEY_FILE: &str = "PINTEREST_TOKEN_KEY_FILE";
/// How often a waiting process looks whether another still makes a key.
const LOOK: Duration = Duration::from_millis(50);

/// The store with the keys that are set, or with the keyring's if a login said so. One that is set to nothing
/// is no wish for plain files.
pub(crate) fn with_keys(store: FileStore) -> Result<FileStore, Failure> {
    Ok(match (env::var_os(KEY), env::var_os(KEY_FILE)) {
        (Some(_), Some(_)) => {
            return Err(Failure::usage(
                format!("{KEY} and {KEY_FILE} are both set"),
                "unset one of them",
            ));
        }
        (Some(_), None) => store.with_keys(KeyVariable::new(KEY)),
        (None, Some(path)) if path.is_empty() => {
            return Err(Failure::usage(
                format!("{KEY_FILE} is empty"),
                "name the file with the key, or unset it",
            ));
        }
        (None, Some(path)) => store.with_keys(KeyFile::new(path)),
        (None, None) if mark(&store).exists() => store.with_keys(Keyring),
        (None, None) => store,
    })
}

/// The file with the keys, if they are in one.
pub(crate) fn file() -> Option<PathBuf> {
    env::var_os(KEY_FILE).map(PathBuf::from)
}

/// The same, and the variable that names it. There `-` is a file of that name.
pub(crate) fn named_file() -> Option<(String, PathBuf)> {
    file().map(|path| (KEY_FILE.to_owned(), Path::new(".").join(path)))
}

/// Fetches the keys, which may take a person's answer, before anything is locked or asked for. Who needs
/// them and has none is told then.
pub(crate) async fn fetch(store: &FileStore, screen: &Screen) {
    if store.key_source().is_some() {
        let _spinner = screen.spinner("waiting for the key of the tokens");
        let _ = store.ready().await;
    }
}

/// The store whose tokens are sealed from now on, all of them, with a key in the system's keyring, which is made if there
/// is none. Whatever stands in the way of another profile's is said, and in nobody else's way.
pub(crate) async fn move_to_keyring(
    store: FileStore,
    profile: &Account,
    screen: &Screen,
) -> Result<FileStore, Failure> {
    for name in [KEY, KEY_FILE] {
        if env::var_os(name).is_some() {
            return Err(Failure::usage(
                format!("{name} is set, and would be used in place of the keyring"),
                "unset it, or leave out --keyring",
            ));
        }
    }
    let (path, patience) = (mark(&store), Need::Asked.patience());
    let spinner = screen.spinner("waiting for the system's keyring");
    let made = tokio::task::spawn_blocking(move || make(&path, patience)).await;
    made.unwrap_or_else(|_| Err(Error::store("the program ended while it asked the keyring")))?;
    drop(spinner);
    let store = store.with_keys(Keyring);
    let spinner = screen.spinner("sealing what is kept");
    let each = store.reseal_each(patience).await?;
    drop(spinner);
    let mut own = Ok(());
    for (name, sealed) in each {
        match sealed {
            Err(error) if name == *profile => own = Err(error),
            Err(error) => screen.say(format_args!(
                "{WARNING}warning:{WARNING:#} `{name}` is not sealed, and is not read until `pinterest reseal` has done so: {}",
                VisibleLine(&error.line_in(phrase))
            )),
            Ok(_) => {}
        }
    }
    own?;
    Ok(store)
}

/// One process at a time: a second key would take the place of the first, and what that sealed be lost.
fn make(mark: &Path, patience: Duration) -> Result<(), Error> {
    let failed = |error: io::Error| {
        Error::store(format!("{} cannot be written: {error}", mark.display()))
            .with_advice("see who may write in its folder")
    };
    if let Some(folder) = mark.parent() {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(failed)?;
    }
    let making = mark.with_extension("making");
    let alone = alone(&making, patience).map_err(|error| match error {
        TryLockError::WouldBlock => Error::store(format!(
            "another program has been making a key in the keyring for more than {} s",
            patience.as_secs()
        ))
        .with_advice("unlock the keyring for it, or end it: it may be stopped; then run this again"),
        TryLockError::Error(error) => failed(error),
    })?;
    // The mark stands once there is a key, and not before: whoever ends this while the keyring asks has sealed nothing.
    let made = super::keyring::make().and_then(|()| open(mark).map(drop).map_err(failed));
    let _ = fs::remove_file(&making);
    drop(alone);
    made
}

/// A file that is locked, and that every other process locks: a stopped one is not waited for for ever.
fn alone(path: &Path, patience: Duration) -> Result<File, TryLockError> {
    let started = Instant::now();
    loop {
        let file = open(path).map_err(TryLockError::Error)?;
        match file.try_lock() {
            // Whoever had it before has removed it.
            Ok(()) if is_removed(path, &file) => {}
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if started.elapsed() < patience => thread::sleep(LOOK),
            Err(error) => return Err(error),
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    File::options().create(true).append(true).open(path)
}

#[cfg(unix)]
fn is_removed(_: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().is_ok_and(|metadata| metadata.nlink() == 0)
}

#[cfg(not(unix))]
fn is_removed(path: &Path, _: &File) -> bool {
    fs::symlink_metadata(path).is_err()
}

/// Says that this folder's tokens are sealed with the keyring's key. No profile has such a name.
fn mark(store: &FileStore) -> PathBuf {
    store.folder().join("keyring")
}

#[cfg(test)]
mod tests {
    use std::fs::{self, TryLockError};
    use std::time::Duration;

    use super::alone;

    #[test]
    fn a_stopped_program_is_not_waited_for_for_ever() {
        let path = std::env::temp_dir().join(format!("pinterest-cli-making-{}", std::process::id()));
        let patience = Duration::from_millis(120);
        let held = alone(&path, patience).unwrap();
        assert!(matches!(alone(&path, patience), Err(TryLockError::WouldBlock)));
        // Removed, it is nobody's place any more.
        fs::remove_file(&path).unwrap();
        assert!(alone(&path, patience).is_ok());
        drop(held);
        fs::remove_file(&path).unwrap();
    }
}
