//! How long a header asks to wait: a number of seconds, or a date (RFC 9110 section 10.2.3).

use std::ops::RangeInclusive;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The longest wait that is told: as long as the longest window of Pinterest's rate limits.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Seconds from 1970 to 2001 and to 2286.
const DATES: RangeInclusive<u64> = 1_000_000_000..=9_999_999_999;

/// At most [`LONGEST`], and nothing for a date that has passed; `None` for what is neither a number
/// of seconds nor a date.
pub(crate) fn read(text: &str, now: SystemTime) -> Option<Duration> {
    let until = |since_1970| (UNIX_EPOCH + since_1970).duration_since(now).unwrap_or_default();
    let wait = match number(text) {
        // Servers that say when, and not how long, count from 1970: nobody waits for decades.
        Some(seconds) if DATES.contains(&seconds) => until(Duration::from_secs(seconds)),
        Some(milliseconds) if DATES.contains(&(milliseconds / 1000)) => {
            until(Duration::from_millis(milliseconds))
        }
        Some(seconds) => Duration::from_secs(seconds),
        None => httpdate::parse_http_date(text.trim())
            .ok()?
            .duration_since(now)
            .unwrap_or_default(),
    };
    Some(wait.min(LONGEST))
}

/// Digits, and nothing else; as large as can be for a number that is larger.
pub(crate) fn number(text: &str) -> Option<u64> {
    let digits = text.trim();
    (!digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()))
        .then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::read;

    #[test]
    fn seconds_and_dates_are_read_within_limits() {
        // 21 October 2015, 07:28:00.
        let now = UNIX_EPOCH + Duration::from_secs(1_445_412_480);
        for (text, expected) in [
            ("0", Some(0)),
            ("7", Some(7)),
            (" 7 ", Some(7)),
            ("67150", Some(67_150)),
            ("86401", Some(86_400)),
            ("1000000000", Some(0)),
            ("1445412490", Some(10)),
            ("1445412481500", Some(1)),
            ("1445412470", Some(0)),
            ("9999999999", Some(86_400)),
            ("340282366920938463463374607431768211456", Some(86_400)),
            ("Wed, 21 Oct 2015 07:28:30 GMT", Some(30)),
            ("Wednesday, 21-Oct-15 07:28:30 GMT", Some(30)),
            ("Wed Oct 21 07:28:30 2015", Some(30)),
            ("Wed, 21 Oct 2015 07:27:30 GMT", Some(0)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(86_400)),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            let seconds = read(text, now).map(|wait| wait.as_secs());
            assert_eq!(seconds, expected, "{text:?}");
        }
    }
}
