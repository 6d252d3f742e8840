//! What time it is, and how a test says what time it is.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The last millisecond of the year 9999, which every language, and HTTP, can write.
const LAST: u64 = 253_402_300_799_999;
/// The first second after it.
#[cfg(feature = "store")]
const YEAR_10000: i64 = 253_402_300_800;

/// A moment in seconds since 1970, of one that may be in milliseconds: as seconds it would lie after the year 9999.
#[cfg(feature = "store")]
pub(crate) fn in_seconds(moment: i64) -> i64 {
    if (YEAR_10000..YEAR_10000 * 1_000).contains(&moment) {
        return moment / 1_000;
    }
    moment
}

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

/// A clock that stands still until a test moves it: `clock.advance(month)` in place of a month's wait. Clones are
/// one clock, for any number of clients and threads. It knows milliseconds, from 1970 to the end of the year 9999.
///
/// ```
/// use std::time::Duration;
/// use pinterest_sdk::{Configuration, ManualClock};
///
/// let clock = ManualClock::default();
/// let configuration = Configuration::new("app id", "app secret").with_clock(clock.clock());
/// clock.advance(Duration::from_secs(31 * 86_400));
/// assert_eq!(configuration.clock.time(), clock.time());
/// ```
#[derive(Clone, PartialEq)]
pub struct ManualClock {
    clock: Clock,
    milliseconds: Shared,
}

/// Since 1970.
#[derive(Clone)]
struct Shared(Arc<AtomicU64>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl ManualClock {
    /// One that stands at a time.
    pub fn new(time: SystemTime) -> Self {
        let milliseconds = Arc::new(AtomicU64::new(milliseconds(time)));
        let told = Arc::clone(&milliseconds);
        Self {
            clock: Clock::new(move || UNIX_EPOCH + Duration::from_millis(told.load(Ordering::Acquire))),
            milliseconds: Shared(milliseconds),
        }
    }

    /// For a configuration.
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// The time at which it stands.
    pub fn time(&self) -> SystemTime {
        self.clock.time()
    }

    /// Sets it, forward or back.
    pub fn set(&self, time: SystemTime) {
        self.milliseconds.0.store(milliseconds(time), Ordering::Release);
    }

    /// Moves it forward.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(LAST);
        let moved = |now: u64| Some(now.saturating_add(by).min(LAST));
        let _ = (self.milliseconds.0).fetch_update(Ordering::AcqRel, Ordering::Acquire, moved);
    }
}

/// One that stands at the present time.
impl Default for ManualClock {
    fn default() -> Self {
        Self::new(SystemTime::now())
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ManualClock").field(&self.time()).finish()
    }
}

fn milliseconds(time: SystemTime) -> u64 {
    let elapsed = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(elapsed.as_millis()).map_or(LAST, |milliseconds| milliseconds.min(LAST))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    #[cfg(feature = "store")]
    use super::in_seconds;
    use super::{Clock, ManualClock};

    #[test]
    fn a_clock_tells_what_it_is_given_and_nothing_before_1970() {
        assert_eq!(Clock::new(|| UNIX_EPOCH + Duration::from_millis(7_999)).now(), 7);
        assert_eq!(Clock::new(|| UNIX_EPOCH - Duration::from_secs(7)).now(), 0);
        assert!(Clock::system().now() > 1_700_000_000);
    }

    #[cfg(feature = "store")]
    #[test]
    fn http_writes_dates_up_to_the_year_9999() {
        let date = |second| Clock::new(move || UNIX_EPOCH + Duration::from_secs(second)).date();
        let of = |text: &str| Some(text.to_owned());
        assert_eq!(date(784_111_777), of("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert_eq!(date(253_402_300_799), of("Fri, 31 Dec 9999 23:59:59 GMT"));
        assert_eq!(date(253_402_300_800), None);
    }

    #[cfg(feature = "store")]
    #[test]
    fn a_moment_that_can_only_be_in_milliseconds_is_read_so() {
        for (moment, seconds) in [
            (-5, -5),
            (1_700_000_000, 1_700_000_000),
            (253_402_300_799, 253_402_300_799),
            (253_402_300_800, 253_402_300),
            (1_700_000_000_999, 1_700_000_000),
            (253_402_300_799_999, 253_402_300_799),
            (253_402_300_800_000, 253_402_300_800_000),
            (i64::MAX, i64::MAX),
        ] {
            assert_eq!(in_seconds(moment), seconds, "{moment}");
        }
    }

    #[test]
    fn only_clones_are_equal() {
        assert_eq!(Clock::system(), Clock::default());
        let clock = Clock::new(|| UNIX_EPOCH);
        assert_eq!(clock, clock.clone());
        assert_ne!(clock, Clock::new(|| UNIX_EPOCH));
        assert_ne!(clock, Clock::system());
        assert_eq!(format!("{clock:?}"), "Clock");
        let manual = ManualClock::new(UNIX_EPOCH);
        assert_eq!(manual.clock(), manual.clone().clock());
        assert_eq!(manual, manual.clone());
        assert_ne!(manual, ManualClock::new(UNIX_EPOCH));
    }

    #[test]
    fn a_manual_clock_stands_where_it_was_put_between_1970_and_9999() {
        let at = |milliseconds| UNIX_EPOCH + Duration::from_millis(milliseconds);
        let manual = ManualClock::new(at(1_999));
        let clock = manual.clock();
        assert_eq!((clock.time(), clock.now()), (at(1_999), 1));
        manual.clone().advance(Duration::from_micros(2_500));
        assert_eq!((clock.time(), clock.now()), (at(2_001), 2));
        manual.set(at(1_000));
        assert_eq!(manual.time(), at(1_000));
        manual.set(UNIX_EPOCH - Duration::from_secs(1));
        assert_eq!(clock.now(), 0);
        let end = 253_402_300_799;
        for by in [Duration::MAX, Duration::from_millis(u64::MAX), Duration::ZERO] {
            manual.advance(by);
            assert_eq!(clock.now(), end);
        }
        manual.set(at(1_000 * u64::try_from(end + 1).unwrap()));
        assert_eq!(clock.now(), end);
        assert!(ManualClock::default().clock().now() > 1_700_000_000);
    }
}
