//! The sandbox's clock: the machine's, moved as asked.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds added to the machine's clock.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    advanced: i64,
}

impl Clock {
    /// Seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(elapsed.as_secs())
            .unwrap_or(i64::MAX)
            .saturating_add(self.advanced)
    }

    pub(crate) fn advance(&mut self, seconds: i64) {
        self.advanced = self.advanced.saturating_add(seconds);
    }
}
