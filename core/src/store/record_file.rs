//! Reads a file with a record: the one way that a record comes back from the disk.

use std::path::Path;

use super::private;
use super::stored_token::{StoredToken, Unreadable};
use crate::error::Error;

/// The record in a private file, or why its text is none; nothing if there is no file.
///
/// # Errors
///
/// `Store` if it cannot be opened or read, is not a file, or is not private.
pub(super) fn load(path: &Path) -> Result<Option<Result<StoredToken, Unreadable>>, Error> {
    let Some(file) = private::open(path, private::options().read(true))? else {
        return Ok(None);
    };
    let text = private::read(path, &file)?;
    Ok(Some(StoredToken::from_json(&text)))
}
