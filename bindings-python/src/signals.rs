//! Signals such as Ctrl-C while a thread waits.

use std::time::Duration;

use pyo3::prelude::*;

/// How often a waiting thread looks for signals.
pub(crate) const TICK: Duration = Duration::from_millis(50);

/// Runs pending signal handlers if this is the main thread, which alone may. `false` when there is
/// nothing more to look for: the interpreter ends.
///
/// No Python code runs here on other threads. When the interpreter ends, Python before 3.14 ends
/// such a thread wherever it runs Python code, by unwinding its stack; Rust's part of it would
/// abort the process.
pub(crate) fn check_signals() -> PyResult<bool> {
    Python::try_attach(|py| py.check_signals().map(|()| true)).unwrap_or(Ok(false))
}
