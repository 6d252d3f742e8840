//! Callbacks between a login and the page that tells how it went.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use pinterest_sdk::LoopbackCallback;

use crate::lock::lock;

/// Callbacks whose browsers wait for a page, by the number of their login.
#[derive(Clone, Default)]
pub(crate) struct Callbacks(Arc<Mutex<HashMap<u32, LoopbackCallback>>>);

impl Callbacks {
    pub(crate) fn keep(&self, login: u32, callback: LoopbackCallback) {
        lock(&self.0).insert(login, callback);
    }

    /// Dropping what this gives frees the port.
    pub(crate) fn take(&self, login: u32) -> Option<LoopbackCallback> {
        lock(&self.0).remove(&login)
    }
}
