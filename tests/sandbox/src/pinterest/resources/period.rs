//! The days that analytics are asked for, and what was seen on them: a series that repeats every week, so
//! that sums can be checked by hand.

use super::Refusal;
use super::query::check_one_of;
use crate::clock::{day_named, iso_day, month_start};

const DAY: i64 = 86_400;
/// What the days of a period are summed up by.
pub(super) const GRANULARITIES: [&str; 5] = ["TOTAL", "DAY", "HOUR", "WEEK", "MONTH"];

/// How far back a period may begin, and how many days may lie between its ends.
pub(super) struct Reach {
    pub(super) back: i64,
    pub(super) length: i64,
}

/// Of what is answered at once.
pub(super) const AT_ONCE: Reach = Reach { back: 90, length: 90 };

/// Days since 1970, from the first to the last.
#[derive(Clone, Copy)]
pub(super) struct Period {
    first: i64,
    last: i64,
}

impl Period {
    /// The days from `start` to `end`; `now` is in seconds since 1970.
    pub(super) fn new(start: &str, end: &str, now: i64, reach: &Reach) -> Result<Self, Refusal> {
        let day = |name: &str, text: &str| {
            day_named(text)
                .ok_or_else(|| Refusal::invalid(format!("Invalid value for {name}: a date is YYYY-MM-DD")))
        };
        let (first, last) = (day("start_date", start)?, day("end_date", end)?);
        let Reach { back, length } = *reach;
        if now.div_euclid(DAY) - first > back {
            return Err(Refusal::invalid(format!(
                "Invalid value for start_date: more than {back} days back from today"
            )));
        }
        if last < first {
            return Err(Refusal::invalid(
                "Invalid value for end_date: it is before start_date",
            ));
        }
        if last - first > length {
            return Err(Refusal::invalid(format!(
                "Invalid value for end_date: more than {length} days past start_date"
            )));
        }
        Ok(Self { first, last })
    }

    /// Its dates, summed up by a granularity, with the impressions of one Pin or ad on them.
    pub(super) fn series(self, granularity: &str) -> Result<Vec<(String, i64)>, Refusal> {
        check_one_of("granularity", Some(granularity), &GRANULARITIES)?;
        let mut series: Vec<(i64, i64)> = Vec::new();
        for day in self.first..=self.last {
            let start = match granularity {
                "TOTAL" => self.first,
                "DAY" => day,
                // Of the Monday: 1 January 1970 was a Thursday.
                "WEEK" => day - (day + 3).rem_euclid(7),
                "MONTH" => month_start(day),
                _ => return Err(Refusal::lacking()),
            };
            match series.last_mut() {
                Some((date, sum)) if *date == start => *sum += impressions(day),
                _ => series.push((start, impressions(day))),
            }
        }
        Ok(series
            .into_iter()
            .map(|(start, sum)| (iso_day(start), sum))
            .collect())
    }
}

/// From 100 on a Thursday to 700 on a Wednesday: a tenth of them is whole, and so is a hundredth.
fn impressions(day: i64) -> i64 {
    100 * (1 + day.rem_euclid(7))
}
