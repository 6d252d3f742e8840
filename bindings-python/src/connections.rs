//! The connections of one process.

use pinterest_sdk::ApiClient;

use crate::blocking::IdleRuntimes;

/// Clients that differ only in credentials share them.
pub(crate) struct Connections {
    /// Its pool is the background's; each of the others has its own.
    pub(crate) core: ApiClient,
    pub(crate) runtimes: IdleRuntimes,
}
