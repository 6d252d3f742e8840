//! Reads a file with a record: the one way that a record comes back from the disk.

use std::path::Path;

use super::place::Place;
use super::private;
use super::remedy::{other_key, unsealed, without_key};
use super::seal::{Opened, Seal};
use super::stored_token::{StoredToken, Unreadable};
use crate::error::Error;

/// The record in a private file, or why its text is none; nothing if there is no file.
///
/// # Errors
///
/// `Store` if it cannot be opened or read, is not a file, or is not private.
pub(super) fn load(place: &Place) -> Result<Option<Result<StoredToken, Unreadable>>, Error> {
    let Some(file) = private::open(place, private::options().read(true))? else {
        return Ok(None);
    };
    let text = private::read(place, &file)?;
    Ok(Some(parse(place, &text, &place.seal)))
}

/// The record in a file's text.
pub(super) fn parse(path: &Path, text: &[u8], seal: &Seal) -> Result<StoredToken, Unreadable> {
    let kept = |error| Err(Unreadable::Sealed(Box::new(error)));
    let opened = match seal.open(text) {
        Ok(opened) => opened,
        Err(error) => return kept(error),
    };
    match opened {
        Opened::Whole { text, .. } => StoredToken::from_json(&text),
        Opened::Damaged(_) => Err(Unreadable::Broken(
            "it is damaged, or was sealed for another account".to_owned(),
        )),
        Opened::Foreign(id) if seal.is_on() => kept(other_key(path, &id, &seal.ids().unwrap_or_default())),
        Opened::Foreign(id) => kept(without_key(path, &id)),
        Opened::Plain => match StoredToken::from_json(text) {
            Ok(_) if seal.is_on() => kept(unsealed(path)),
            read => read,
        },
    }
}
