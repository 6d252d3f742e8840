//! Remembers beside a profile's file that a renewal failed.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use super::failure::Failure;
use super::{beside, private};
use crate::error::Error;

/// The pause between early renewals of one profile. It holds no secret and needs no lock: at worst one
/// more renewal is tried.
#[derive(Debug)]
pub struct Pause {
    path: PathBuf,
}

impl Pause {
    pub(super) fn new(profile: &std::path::Path) -> Self {
        Self {
            path: beside::pause(profile),
        }
    }

    /// Seconds until the next early renewal may be tried; `None` if it may be now.
    pub fn left(&self, now: i64) -> Option<i64> {
        self.read()?.left(now)
    }

    /// Notes a failure, after which early renewals pause.
    pub fn extend(&self, now: i64, error: &Error) {
        let before = self.read();
        if before.as_ref().is_none_or(|failure| failure.left(now).is_none()) {
            self.keep(&Failure::after(before.as_ref(), now, error, false));
        }
    }

    /// Keeps what is remembered.
    pub(super) fn keep(&self, failure: &Failure) {
        // Without it the next process tries in vain as well, and says so.
        let _ = self.write(&failure.to_json().to_string());
    }

    /// Forgets failures: a renewal worked, or the tokens are others.
    pub fn end(&self) {
        let _ = fs::remove_file(&self.path);
    }

    /// The last failure, if one is remembered.
    pub fn read(&self) -> Option<Failure> {
        let file = private::open(&self.path, private::options().read(true)).ok()??;
        let text = private::read(&self.path, &file).ok()?;
        Failure::from_json(&serde_json::from_slice(&text).ok()?)
    }

    fn write(&self, text: &str) -> io::Result<()> {
        self.end();
        let mut file = private::options().write(true).create_new(true).open(&self.path)?;
        file.write_all(text.as_bytes())
    }
}
