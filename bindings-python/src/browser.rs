//! The person's browser.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;

use pyo3::prelude::*;

use crate::answer::{failed, not_started};
use crate::signals::{TICK, check_signals};

/// Opens a URL in the browser that `BROWSER` names, or in the system's own. Takes a second at most;
/// raises also what a signal handler raises meanwhile.
#[pyfunction]
pub(crate) fn open_browser(py: Python<'_>, url: String) -> PyResult<()> {
    py.detach(|| {
        let (send, opened) = channel();
        thread::Builder::new()
            .spawn(move || {
                // Nobody listens after a signal.
                let _ = send.send(pinterest_sdk::open_browser(&url));
            })
            .map_err(|error| not_started(&error))?;
        loop {
            match opened.recv_timeout(TICK) {
                Ok(result) => return result.map_err(failed),
                Err(RecvTimeoutError::Timeout) => check_signals()?,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
        }
    })
}
