//! What a program's own store threw: Kotlin keeps it under a number.

use std::fmt;

/// What a store's failure was, on the other side.
#[derive(Debug)]
pub(crate) struct Fault(pub(crate) u64);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an exception of the store")
    }
}

impl std::error::Error for Fault {}
