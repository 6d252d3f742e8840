//! Opens the person's browser.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::error::Error;

/// How long a browser may take to say that it cannot start.
const START: Duration = Duration::from_secs(1);

/// Opens a URL in the browser that `BROWSER` names, or in the system's own. The URL is one argument
/// of a program, and no shell reads it. Returns within a second; a browser that runs in the
/// terminal goes on beside the program.
///
/// # Errors
///
/// `Authorization` if no browser can be opened, as over SSH: print the URL instead.
pub fn open_browser(url: &str) -> Result<(), Error> {
    let (send, started) = mpsc::channel();
    let url = url.to_owned();
    thread::spawn(move || {
        // Nobody listens after a second; the browser is open by then.
        let _ = send.send(webbrowser::open(&url));
    });
    match started.recv_timeout(START) {
        Ok(Err(error)) => Err(Error::authorization("no browser can be opened here")
            .with_hint("open the URL by hand")
            .with_source(error)),
        _ => Ok(()),
    }
}
