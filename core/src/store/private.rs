//! Files and folders that only their owner can reach.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

#[cfg(unix)]
use rustix::fs::OFlags;
use zeroize::Zeroizing;

use super::remedy::{failed, quoted, refuse, somebody_elses};
use crate::error::Error;

/// Bytes of a file of tokens. A real one has some thousand; an answer of a megabyte is kept as well,
/// and longer when it is written with escapes, and sealed.
const MAX_FILE: u64 = 12 << 20;

/// How a file or folder is open to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// Only its owner reaches it.
    None,
    /// It belongs to somebody else: their user id.
    Owner(u32),
    /// Others may read or write it; its permissions.
    Mode(u32),
}

/// Makes a folder that only its owner can enter, with those above it.
///
/// # Errors
///
/// `Store` if it cannot be made, or belongs to others.
pub(super) fn folder(path: &Path) -> Result<(), Error> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|error| failed(path, "cannot be made", error))?;
    let metadata = fs::metadata(path).map_err(|error| failed(path, "cannot be read", error))?;
    match exposure(&metadata) {
        Exposure::None => Ok(()),
        Exposure::Owner(owner) => Err(somebody_elses(path, owner)),
        Exposure::Mode(mode) => Err(refuse(path, &format!("can be changed by others (mode {mode:o})"))
            .with_hint(format!("run `chmod 700 {}`", quoted(path)))),
    }
}

/// Options that open a file itself and nothing it points to, wait for nobody at a pipe, and make it
/// private from its first moment. Elsewhere than on Unix the person's own data folder is private already.
pub(super) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options
            .mode(0o600)
            .custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    }
    options
}

/// Opens a file, with [`options`], if it is a private one.
///
/// # Errors
///
/// `Store` if it is a link, not a file, somebody else's or open to others; none if it is absent.
pub(super) fn open(path: &Path, options: &OpenOptions) -> Result<Option<File>, Error> {
    let Some((file, exposure)) = open_any(path, options)? else {
        return Ok(None);
    };
    match exposure {
        Exposure::None => Ok(Some(file)),
        Exposure::Owner(owner) => Err(somebody_elses(path, owner)),
        Exposure::Mode(mode) => Err(refuse(path, &format!("can be read by others (mode {mode:o})"))
            .with_hint(format!("run `chmod 600 {}`", quoted(path)))),
    }
}

/// Opens a file and says who else reaches it.
///
/// # Errors
///
/// `Store` if it is a link or not a file; none if it is absent.
pub(super) fn open_any(path: &Path, options: &OpenOptions) -> Result<Option<(File, Exposure)>, Error> {
    let file = match options.open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(match fs::symlink_metadata(path) {
                Ok(entry) if entry.is_symlink() => refuse(path, "is a symbolic link")
                    .with_hint("put the file itself there: a link could lead to somebody else's"),
                // A folder, or a socket, which cannot be opened at all.
                Ok(entry) if !entry.is_file() => not_a_file(path),
                _ => failed(path, "cannot be opened", error),
            });
        }
    };
    let metadata = file
        .metadata()
        .map_err(|error| failed(path, "cannot be read", error))?;
    if !metadata.is_file() {
        return Err(not_a_file(path));
    }
    Ok(Some((file, exposure(&metadata))))
}

/// Whether somebody removed an open file: no name leads to it any more.
pub(super) fn is_removed(path: &Path, file: &File) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let _ = path;
        file.metadata().is_ok_and(|metadata| metadata.nlink() == 0)
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        fs::symlink_metadata(path).is_err()
    }
}

fn not_a_file(path: &Path) -> Error {
    refuse(path, "is not a file").with_hint("move it away")
}

/// A file's bytes, as many as a file of tokens can have; wiped when dropped.
pub(super) fn read(path: &Path, file: &File) -> Result<Zeroizing<Vec<u8>>, Error> {
    // With room for all, no copy is left behind by growing.
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let room = usize::try_from(length.min(MAX_FILE)).unwrap_or_default() + 1;
    let mut text = Zeroizing::new(Vec::with_capacity(room));
    file.take(MAX_FILE)
        .read_to_end(&mut text)
        .map_err(|error| failed(path, "cannot be read", error))?;
    Ok(text)
}

/// Who else reaches it.
pub fn exposure(metadata: &Metadata) -> Exposure {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let mode = metadata.mode() & 0o777;
        // A folder that others can list shows names, and no more.
        let forbidden = if metadata.is_dir() { 0o022 } else { 0o077 };
        if metadata.uid() != rustix::process::geteuid().as_raw() {
            return Exposure::Owner(metadata.uid());
        }
        if mode & forbidden != 0 {
            return Exposure::Mode(mode);
        }
    }
    #[cfg(not(unix))]
    let _ = metadata;
    Exposure::None
}

/// Writes a folder's entries to the disk, so that a new name survives a power cut. The file itself
/// is whole either way, so a folder that cannot be synced, as on some network drives, is no failure.
pub(super) fn sync_folder(of: &Path) {
    #[cfg(unix)]
    if let Some(folder) = of.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = of;
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{open, options};

    #[cfg(unix)]
    #[test]
    fn what_belongs_to_another_user_is_told_with_its_owner() {
        use super::{Exposure, exposure};

        let path = std::env::temp_dir().join(format!("pinterest-sdk-owner-{}", std::process::id()));
        fs::write(&path, "").unwrap();
        // Only root can give a file away; to everybody else the root of the system is another's.
        let given = std::os::unix::fs::chown(&path, Some(1), None).is_ok();
        let foreign = if given { path.as_path() } else { "/".as_ref() };
        let exposed = exposure(&fs::metadata(foreign).unwrap());
        fs::remove_file(&path).unwrap();
        assert!(matches!(exposed, Exposure::Owner(owner) if owner == u32::from(given)));
    }

    #[test]
    fn a_file_that_cannot_be_opened_is_still_called_one() {
        let path = std::env::temp_dir().join(format!("pinterest-sdk-private-{}", std::process::id()));
        fs::write(&path, "").unwrap();
        // Nobody may open it so, root included.
        let error = open(&path, options().write(true).create_new(true)).unwrap_err();
        assert!(error.message().contains(" cannot be opened: "), "{error}");
        fs::remove_file(&path).unwrap();
        let absent = open(&path, options().read(true));
        assert!(absent.unwrap().is_none());
    }
}
