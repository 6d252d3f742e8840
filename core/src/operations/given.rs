//! JSON that is given to be sent.

use serde_json::Value;

use crate::error::Error;
use crate::json::what_cannot_be_read;

/// Reads JSON that is given to be sent: what is sent has to be read as it is. `what` is what a message calls it.
///
/// # Errors
///
/// `InvalidInput`, with the line and the column of what is no JSON.
pub fn read_given(what: &str, json: &str) -> Result<Value, Error> {
    serde_json::from_str(json).map_err(|error| {
        let why = match what_cannot_be_read(&error) {
            Some(it) => format!("{what} {it}, which cannot be sent"),
            None => format!(
                "{what} is not JSON (line {}, column {})",
                error.line(),
                error.column()
            ),
        };
        Error::invalid_input(why).with_hint("nothing was sent")
    })
}
