//! Remembers, for every process, that an early renewal failed, so that it is not tried again at once.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::{beside, private};

/// The first pause and the longest, in seconds; each is twice as long as the one before.
const PAUSE: (i64, i64) = (60, 3600);

/// Seconds after which a failure does not make the next pause longer.
const FORGOTTEN: i64 = 86_400;

/// A pause between early renewals of one profile. It holds no secret and needs no lock: at worst one
/// more renewal is tried.
#[derive(Debug)]
pub struct Pause {
    path: PathBuf,
}

/// What is written there.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Note {
    failures: u32,
    failed_at: i64,
    until: i64,
}

impl Pause {
    pub(super) fn new(profile: &std::path::Path) -> Self {
        Self {
            path: beside::pause(profile),
        }
    }

    /// Seconds until the next early renewal may be tried; `None` if it may be now. A clock that was
    /// set back does not make it longer.
    pub fn left(&self, now: i64) -> Option<i64> {
        let note = self.read()?;
        (note.failed_at..note.until)
            .contains(&now)
            .then(|| (note.until - now).min(PAUSE.1))
    }

    /// Notes a failure; the next try is not before the pause, which grows, nor before `wait`, of which
    /// an hour counts. Of those who failed together one is enough.
    pub fn extend(&self, now: i64, wait: Option<Duration>) {
        if self.left(now).is_some() {
            return;
        }
        let lately = |note: &Note| (0..FORGOTTEN).contains(&now.saturating_sub(note.failed_at));
        let failures = self.read().filter(lately).map_or(0, |note| note.failures);
        let pause = PAUSE.0.saturating_mul(1 << failures.min(10)).min(PAUSE.1);
        let wait = wait.map_or(0, |wait| i64::try_from(wait.as_secs()).unwrap_or(i64::MAX));
        let until = now.saturating_add(pause.max(wait.min(PAUSE.1)));
        let text =
            json!({"version": 1, "failures": failures.saturating_add(1), "failed_at": now, "until": until});
        // Without it the next process tries in vain as well, and says so.
        let _ = self.write(&text.to_string());
    }

    /// Forgets failures: a renewal worked, or the tokens are others.
    pub fn end(&self) {
        let _ = fs::remove_file(&self.path);
    }

    fn read(&self) -> Option<Note> {
        let file = private::open(&self.path, private::options().read(true)).ok()??;
        let text = private::read(&self.path, &file).ok()?;
        let note: Value = serde_json::from_slice(&text).ok()?;
        Some(Note {
            failures: u32::try_from(note["failures"].as_u64()?).ok()?,
            failed_at: note["failed_at"].as_i64()?,
            until: note["until"].as_i64()?,
        })
    }

    fn write(&self, text: &str) -> io::Result<()> {
        self.end();
        let mut file = private::options().write(true).create_new(true).open(&self.path)?;
        file.write_all(text.as_bytes())
    }
}
