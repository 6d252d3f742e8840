//! The sandbox's clock: the machine's, moved or stopped as asked.

use std::time::{SystemTime, UNIX_EPOCH};

const DAY: i64 = 86_400;
/// The end of the year 9999: dates have four digits for the year (RFC 9110 section 5.6.7).
const END_MILLIS: i64 = 253_402_300_799_000;

/// A clock that can be moved, never before 1970 or past 9999.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    /// Milliseconds added to the machine's clock.
    moved: i64,
    /// What it shows while it stands still, in milliseconds since 1970.
    frozen: Option<i64>,
}

impl Clock {
    /// Milliseconds since 1970.
    pub(crate) fn millis(&self) -> i64 {
        self.frozen
            .unwrap_or_else(|| machine_millis().saturating_add(self.moved).clamp(0, END_MILLIS))
    }

    /// Seconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.millis() / 1000
    }

    /// Moves it by so many seconds, backwards if negative.
    pub(crate) fn advance(&mut self, seconds: i64) {
        let target = self
            .millis()
            .saturating_add(seconds.saturating_mul(1000))
            .clamp(0, END_MILLIS);
        self.moved = target - machine_millis();
        self.frozen = self.frozen.map(|_| target);
    }

    /// Stops it where it is, or lets it run on from there.
    pub(crate) fn freeze(&mut self, frozen: bool) {
        let now = self.millis();
        self.moved = now - machine_millis();
        self.frozen = frozen.then_some(now);
    }

    pub(crate) fn is_frozen(&self) -> bool {
        self.frozen.is_some()
    }
}

fn machine_millis() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(END_MILLIS)
}

/// A second since 1970 as the `Date` header has it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110
/// section 5.6.7).
pub(crate) fn http_date(seconds: i64) -> String {
    // 1 January 1970 was a Thursday.
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let name = |names: &[&'static str], index: i64| {
        usize::try_from(index)
            .ok()
            .and_then(|index| names.get(index).copied())
            .unwrap_or_default()
    };
    let (year, month, day) = civil(days);
    format!(
        "{}, {day:02} {} {year:04} {:02}:{:02}:{:02} GMT",
        name(&DAYS, days.rem_euclid(7)),
        name(&MONTHS, month - 1),
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// A second since 1970 as Pinterest writes times: `1994-11-06T08:49:37`, in UTC.
pub(crate) fn iso_date(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    let second = seconds.rem_euclid(DAY);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}",
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

/// A day since 1970 as Pinterest writes dates: `1994-11-06`.
pub(crate) fn iso_day(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The day since 1970 that such a text names.
pub(crate) fn day_named(text: &str) -> Option<i64> {
    // So short, no number is too large to reckon with.
    if text.len() != "1994-11-06".len() {
        return None;
    }
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // As in `civil`: years begin on 1 March.
    let year = year - i64::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let named = era * 146_097 + year * 365 + year / 4 - year / 100 + day_of_year - 719_468;
    // A month or a day that there is not would be another date.
    (iso_day(named) == text).then_some(named)
}

/// The first day of the month that a day since 1970 is in.
pub(crate) fn month_start(day: i64) -> i64 {
    day - civil(day).2 + 1
}

/// Year, month and day of a day since 1970 in the Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years are counted from 1 March 0000, so that a leap day is the last of its year; 400 of them
    // have 146,097 days.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, date) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_758_758_400, "Thu, 25 Sep 2025 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            assert_eq!(http_date(seconds), date);
        }
    }

    #[test]
    fn times_of_answers_have_their_own_form() {
        assert_eq!(iso_date(784_111_777), "1994-11-06T08:49:37");
    }

    #[test]
    fn days_are_named_and_found_again() {
        for day in [0, 59, 789, 9_075, 11_016, 20_454, 2_932_896] {
            assert_eq!(day_named(&iso_day(day)), Some(day));
            assert_eq!(iso_day(month_start(day)), format!("{}-01", &iso_day(day)[..7]));
        }
        assert_eq!(day_named("1994-11-06"), Some(9_075));
        for text in [
            "",
            "1994-11",
            "1994-11-6",
            "1994-11-06T00:00:00",
            "2025-02-29",
            "2025-13-01",
            "2025-00-01",
            "99999-01-01",
            "99999999-1",
            "9-99999999",
            "1-1-999999",
            "1-999999-1",
            "-999-01-01",
            "2025-01-1é",
        ] {
            assert_eq!(day_named(text), None, "{text}");
        }
    }

    #[test]
    fn it_moves_stops_and_stays_within_its_bounds() {
        let mut clock = Clock::default();
        let start = clock.now();
        clock.advance(3600);
        assert!((3600..3602).contains(&(clock.now() - start)));
        clock.freeze(true);
        let frozen = clock.millis();
        clock.advance(-60);
        assert_eq!(clock.millis(), frozen - 60_000);
        clock.advance(i64::MAX);
        assert_eq!(clock.millis(), END_MILLIS);
        clock.advance(i64::MIN);
        assert_eq!(clock.millis(), 0);
        clock.freeze(false);
        assert!(!clock.is_frozen());
    }
}
