//! A clock that a test moves; Kotlin is not asked for the time.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use pinterest_sdk::{Clock, ManualClock};

/// Milliseconds since 1970 beyond what the core's clock knows, which every system's can hold.
const LATE: u64 = 300_000_000_000_000;

/// What the core's clients read as the time, while Kotlin has the same clock for itself.
#[derive(Debug, uniffi::Object)]
pub struct NativeClock(ManualClock);

#[uniffi::export]
impl NativeClock {
    /// It stands at so many milliseconds since 1970.
    #[uniffi::constructor]
    pub fn new(now: u64) -> Arc<Self> {
        let clock = Self(ManualClock::default());
        clock.set(now);
        Arc::new(clock)
    }

    /// Sets it, forward or back.
    pub fn set(&self, now: u64) {
        self.0.set(UNIX_EPOCH + Duration::from_millis(now.min(LATE)));
    }
}

impl NativeClock {
    /// For a configuration.
    pub(crate) fn clock(&self) -> Clock {
        self.0.clock()
    }
}
