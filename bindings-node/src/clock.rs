//! A clock that a test moves; JavaScript is not asked for the time.

use std::time::{Duration, UNIX_EPOCH};

use napi_derive::napi;
use pinterest_sdk::{Clock, ManualClock as Manual};

/// Milliseconds since 1970 beyond what the core's clock knows, which every system's can hold.
const LATE: f64 = 3e14;

/// What the core's clients read as the time, while JavaScript has the same clock for itself.
#[napi]
pub struct ManualClock(Manual);

#[napi]
impl ManualClock {
    /// It stands at so many milliseconds since 1970.
    #[napi(constructor, catch_unwind)]
    #[must_use]
    pub fn new(now: f64) -> Self {
        let clock = Self(Manual::default());
        clock.set(now);
        clock
    }

    /// Sets it, forward or back.
    #[napi(catch_unwind)]
    pub fn set(&self, now: f64) {
        let elapsed = Duration::try_from_secs_f64(now.min(LATE) / 1000.0);
        self.0.set(UNIX_EPOCH + elapsed.unwrap_or_default());
    }
}

impl ManualClock {
    /// For a configuration.
    pub(crate) fn clock(&self) -> Clock {
        self.0.clock()
    }
}
