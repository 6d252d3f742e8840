//! What is done before the interpreter ends.

use pyo3::prelude::*;

use crate::{background, renewals};

/// To be called before the interpreter ends: waits, not for long, until tokens that are being renewed are kept;
/// then ends the calls in the background, where none can be started any more, and waits for the last delivery.
//
// While it ends, Python before 3.14 ends other threads wherever they run Python code, by unwinding
// their stacks; Rust's part of one would abort the process. So no thread of ours may run Python code.
#[pyfunction]
pub(crate) fn stop_background(py: Python<'_>) {
    renewals::drain(py, None);
    background::stop(py);
}
