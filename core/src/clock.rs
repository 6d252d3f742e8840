//! What time it is, and how a test says what time it is.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the time: the system's, or what a test says.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<dyn Fn() -> SystemTime + Send + Sync>>);

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that tells what `time` gives, such as a test's own.
    pub fn new(time: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(time)))
    }

    /// The time.
    pub fn time(&self) -> SystemTime {
        self.0.as_ref().map_or_else(SystemTime::now, |time| time())
    }

    /// The date and time as HTTP writes them; none after the year 9999, which it cannot write.
    #[cfg(feature = "store")]
    pub(crate) fn date(&self) -> Option<String> {
        const YEAR_10000: i64 = 253_402_300_800;
        (self.now() < YEAR_10000).then(|| httpdate::fmt_http_date(self.time().max(UNIX_EPOCH)))
    }

    /// Seconds since 1970; 0 before.
    pub fn now(&self) -> i64 {
        let elapsed = self.time().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
    }
}

/// Clocks are equal if both are the system's, or clones of one.
impl PartialEq for Clock {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::Clock;

    #[test]
    fn a_clock_tells_what_it_is_given_and_nothing_before_1970() {
        assert_eq!(Clock::new(|| UNIX_EPOCH + Duration::from_millis(7_999)).now(), 7);
        assert_eq!(Clock::new(|| UNIX_EPOCH - Duration::from_secs(7)).now(), 0);
        assert!(Clock::system().now() > 1_700_000_000);
    }

    #[test]
    fn only_clones_are_equal() {
        assert_eq!(Clock::system(), Clock::default());
        let clock = Clock::new(|| UNIX_EPOCH);
        assert_eq!(clock, clock.clone());
        assert_ne!(clock, Clock::new(|| UNIX_EPOCH));
        assert_ne!(clock, Clock::system());
        assert_eq!(format!("{clock:?}"), "Clock");
    }
}
