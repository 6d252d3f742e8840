//! The lock that this crate takes.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A lock that outlives a panic: what it guards is whole between any two lines.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
