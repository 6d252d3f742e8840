//! Files and folders that only their owner can reach.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

#[cfg(unix)]
use rustix::fs::OFlags;

use crate::error::{Error, ErrorKind, Outcome};

/// Bytes of a file of tokens; a real one has less than a tenth.
pub(super) const MAX_FILE: u64 = 64 * 1024;

/// How a file or folder is open to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// Only its owner reaches it.
    None,
    /// It belongs to somebody else.
    Owner,
    /// Others may read or write it; its permissions.
    Mode(u32),
}

/// Makes a folder that only its owner can enter, with those above it.
///
/// # Errors
///
/// The system's.
pub fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Options that open a file itself and nothing it points to, wait for nobody at a pipe, and make it
/// private from its first moment. Elsewhere than on Unix the person's own data folder is private already.
pub fn options() -> OpenOptions {
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

/// Opens a file for reading if it is a private one.
///
/// # Errors
///
/// `Store` if it is a link, not a file, somebody else's or open to others; none if it is absent.
pub fn open(path: &Path) -> Result<Option<File>, Error> {
    let file = match options().read(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(_) if fs::symlink_metadata(path).is_ok_and(|entry| entry.is_symlink()) => {
            return Err(refuse(path, "is a symbolic link")
                .with_hint("put the file itself there: a link could lead to somebody else's"));
        }
        Err(error) => return Err(failed(path, "cannot be read", error)),
    };
    let metadata = file
        .metadata()
        .map_err(|error| failed(path, "cannot be read", error))?;
    if !metadata.is_file() {
        return Err(refuse(path, "is not a file"));
    }
    match exposure(&metadata) {
        Exposure::None => Ok(Some(file)),
        Exposure::Owner => Err(refuse(path, "belongs to another user")),
        Exposure::Mode(mode) => Err(refuse(path, &format!("can be read by others (mode {mode:o})"))
            .with_hint(format!("run `chmod 600 '{}'`", path.display()))),
    }
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
            return Exposure::Owner;
        }
        if mode & forbidden != 0 {
            return Exposure::Mode(mode);
        }
    }
    #[cfg(not(unix))]
    let _ = metadata;
    Exposure::None
}

/// A sentence about a path.
pub fn refuse(path: &Path, what: &str) -> Error {
    Error::new(
        ErrorKind::Store,
        Outcome::NotSent,
        format!("{} {what}", path.display()),
    )
}

/// A sentence about a path, and the system's reason.
pub fn failed(path: &Path, what: &str, error: io::Error) -> Error {
    refuse(path, &format!("{what}: {error}")).with_source(error)
}
