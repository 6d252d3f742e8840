//! Header values that cannot break out of their line.

use http::header::{HeaderMap, HeaderName, HeaderValue};

use crate::error::Error;

/// Sets a header after checking it.
///
/// # Errors
///
/// `InvalidInput` for a name or value that HTTP cannot carry: CR, LF, NUL, control characters.
pub(crate) fn insert(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), Error> {
    let name = HeaderName::try_from(name)
        .map_err(|_| Error::invalid_input("a header name holds characters that HTTP does not allow"))?;
    let value = HeaderValue::try_from(value)
        .map_err(|_| Error::invalid_input(format!("the header `{name}` holds a control character")))?;
    headers.insert(name, value);
    Ok(())
}

/// The same for a value that must not be shown.
pub(crate) fn insert_secret(headers: &mut HeaderMap, name: HeaderName, value: &str) -> Result<(), Error> {
    let mut value = HeaderValue::try_from(value)
        .map_err(|_| Error::invalid_input(format!("the header `{name}` would hold a control character")))?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}
