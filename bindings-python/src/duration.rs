//! Python's seconds as a duration.

use std::time::Duration;

/// A time too long for a duration is as good as the longest.
pub(crate) fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
