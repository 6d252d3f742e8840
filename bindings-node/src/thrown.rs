//! What a program's own store threw: it stays in JavaScript, and is known here by its number.

use std::error::Error as StdError;
use std::fmt;

use pinterest_sdk::Error;

/// What a store threw, which stays in JavaScript.
#[derive(Debug)]
pub(crate) struct Thrown(pub(crate) u32);

impl fmt::Display for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what the store threw")
    }
}

impl StdError for Thrown {}

/// The number of what a store threw, if that is what an error came from.
pub(crate) fn thrown(error: &Error) -> Option<u32> {
    let mut source = error.source();
    while let Some(current) = source {
        if let Some(Thrown(number)) = current.downcast_ref() {
            return Some(*number);
        }
        source = current.source();
    }
    None
}
