//! State that belongs to one process.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use crate::fork;

/// A value that is made anew in a child after `fork`: of the parent's threads only the forking one
/// lives on there, so a runtime would wait for ever, a lock could stay locked, and a socket would
/// be shared with the parent. The child leaves the parent's value alone and never drops it.
///
/// The lock here is held only by threads that hold the interpreter, for a moment in which no Python
/// code runs. Python's `fork` needs the interpreter too, or, where more than one thread can hold it,
/// stops them where they run Python code. So a child always finds the lock free.
pub(crate) struct PerProcess<T>(Mutex<Option<(u32, Arc<T>)>>);

impl<T> PerProcess<T> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// With a value of this process.
    pub(crate) fn of(value: T) -> Self {
        Self(Mutex::new(Some((fork::generation(), Arc::new(value)))))
    }

    /// This process's value, if there is one.
    pub(crate) fn existing(&self) -> Option<Arc<T>> {
        let current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = current.as_ref().filter(|(owner, _)| *owner == fork::generation());
        own.map(|(_, value)| Arc::clone(value))
    }

    /// This process's value; made by `make` if there is none yet.
    pub(crate) fn get<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*current {
            Some((owner, value)) if *owner == fork::generation() => Ok(Arc::clone(value)),
            _ => {
                let value = Arc::new(make()?);
                mem::forget(current.replace((fork::generation(), Arc::clone(&value))));
                Ok(value)
            }
        }
    }
}

impl<T> Drop for PerProcess<T> {
    fn drop(&mut self) {
        let current = self.0.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if current
            .as_ref()
            .is_some_and(|(owner, _)| *owner != fork::generation())
        {
            mem::forget(current);
        }
    }
}
