//! Threads that would wait for themselves.

use pyo3::prelude::*;
use tokio::runtime::Handle;

use crate::answer::waits_for_itself;

/// Whether this thread drives calls, and so can wait for none. Python code may find itself there: what the garbage
/// collector calls, or a method of a program's own event loop.
#[pyfunction]
pub(crate) fn drives_calls() -> bool {
    Handle::try_current().is_ok()
}

/// To be called before this thread waits for what the background does, or drives a runtime itself.
///
/// # Errors
///
/// Where it would wait for ever.
pub(crate) fn refuse() -> PyResult<()> {
    if drives_calls() {
        return Err(waits_for_itself());
    }
    Ok(())
}
