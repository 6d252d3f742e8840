//! The file with the certificate authority, for programs that take it by its name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::tokens::random;

/// A file that was named, and stays; or one of the sandbox's own, which goes with it.
pub(crate) struct AuthorityFile {
    path: PathBuf,
    folder: Option<PathBuf>,
}

impl AuthorityFile {
    /// Writes the authority to the file that was named, or to one in a new folder that only this user
    /// can write to: who changes the file is trusted.
    pub(crate) fn write(named: Option<&Path>, pem: &str) -> io::Result<Self> {
        let Some(path) = named else {
            let folder = std::env::temp_dir().join(format!("pinterest-sandbox-{}", random(9)));
            make_private(&folder)?;
            let file = Self {
                path: folder.join("ca.pem"),
                folder: Some(folder),
            };
            fs::write(&file.path, pem)?;
            return Ok(file);
        };
        fs::write(path, pem)?;
        Ok(Self {
            // The programs that read it may run elsewhere.
            path: std::path::absolute(path)?,
            folder: None,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for AuthorityFile {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // What cannot be removed is a certificate that nobody has the key of any more.
            let _ = fs::remove_file(&self.path);
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Fails if something has this name.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
