//! Where a profile's file is, and how what is written there is sealed.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use super::seal::Seal;

/// The path of a profile's file, with what seals it and everything beside it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    path: PathBuf,
    pub(super) seal: Seal,
}

impl Place {
    pub(super) fn new(path: PathBuf, seal: Seal) -> Self {
        Self { path, seal }
    }
}

/// A place is a path, to all that does not read or write there.
impl Deref for Place {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

impl AsRef<Path> for Place {
    fn as_ref(&self) -> &Path {
        &self.path
    }
}
