//! What is done before the interpreter ends.

use pyo3::prelude::*;

use crate::{background, renewals};

/// Waits, not for long, until tokens that are being renewed are kept; then ends the calls in the background
/// and waits for the delivery in progress. No call can be started there afterwards. To be called before the
/// interpreter ends.
//
// While it ends, Python before 3.14 ends other threads wherever they run Python code, by unwinding
// their stacks; Rust's part of one would abort the process. So no thread of ours may run Python code.
#[pyfunction]
pub(crate) fn stop_background(py: Python<'_>) {
    renewals::drain(py);
    background::stop(py);
}
