//! Says, while a lock is waited for, that it is.

use std::sync::atomic::{AtomicBool, Ordering};

/// A wait for a lock, however it ends.
pub(super) struct Wait<'a>(&'a AtomicBool);

impl<'a> Wait<'a> {
    pub(super) fn begin(flag: &'a AtomicBool) -> Self {
        flag.store(true, Ordering::Relaxed);
        Self(flag)
    }
}

impl Drop for Wait<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}
