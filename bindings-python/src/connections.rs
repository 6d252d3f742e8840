//! The connections of one process.

use pinterest_sdk::ApiClient;

use crate::line::Lines;

/// Clients that differ only in credentials share them.
pub(crate) struct Connections {
    /// Its pool is the background's; a line has a pool of its own.
    pub(crate) core: ApiClient,
    pub(crate) lines: Lines,
}
