//! What a request carries, encoded.

use bytes::Bytes;
use url::form_urlencoded;
use zeroize::Zeroizing;

use crate::error::Error;

/// A request's body before encoding.
#[derive(Clone, Copy)]
pub(crate) enum RequestBody<'a> {
    /// Nothing.
    Empty,
    /// `application/x-www-form-urlencoded`, by name and value.
    Form(&'a [(&'a str, &'a str)]),
    /// Bytes of a type of the caller's choice.
    Content { content_type: &'a str, bytes: &'a [u8] },
}

impl RequestBody<'_> {
    /// The content type and the bytes; they are wiped after sending, for they may hold secrets.
    pub(crate) fn encode(&self) -> Result<(Option<&str>, Bytes), Error> {
        match self {
            Self::Empty => Ok((None, Bytes::new())),
            Self::Form(fields) => Ok((Some("application/x-www-form-urlencoded"), form(fields)?)),
            Self::Content { content_type, bytes } => Ok((
                Some(content_type),
                Bytes::from_owner(Zeroizing::new(bytes.to_vec())),
            )),
        }
    }
}

/// CR, LF and NUL have no place in any value that we send.
pub(crate) fn refuse_control_characters(name: &str, value: &str) -> Result<(), Error> {
    if value.chars().any(char::is_control) {
        return Err(
            Error::invalid_input(format!("`{name}` holds a control character")).with_hint(
                "a line break at the end is common when a value is read from a file; nothing was sent",
            ),
        );
    }
    Ok(())
}

fn form(fields: &[(&str, &str)]) -> Result<Bytes, Error> {
    // Encoding can triple a value; with room for that no copy of a secret is left by growing.
    let room = fields
        .iter()
        .map(|(name, value)| name.len() + 3 * value.len() + 2)
        .sum();
    let mut encoded = form_urlencoded::Serializer::new(String::with_capacity(room));
    for (name, value) in fields {
        refuse_control_characters(name, value)?;
        encoded.append_pair(name, value);
    }
    Ok(Bytes::from_owner(Zeroizing::new(encoded.finish().into_bytes())))
}
