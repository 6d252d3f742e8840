//! What came back: status, headers and a body within limits.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use zeroize::Zeroizing;

use super::wait;
use crate::error::RateLimit;

/// Bytes of a head: header names and values.
pub(crate) const MAX_HEAD: usize = 64 * 1024;

/// How a count of calls stands, as far as an answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A call would be refused for so long.
    UsedUp(Duration),
    Left,
    Unsaid,
}

/// A whole HTTP answer. The body is wiped when dropped: it may hold tokens.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Zeroizing<Vec<u8>>,
    /// When it arrived, by the client's clock.
    pub(crate) arrived: SystemTime,
}

impl Answer {
    /// A header's text, where it has one.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(crate) fn request_id(&self) -> Option<String> {
        self.header("x-pinterest-rid").map(str::to_owned)
    }

    /// Headers in order, values that are not text left out.
    pub(crate) fn header_list(&self) -> Vec<(String, String)> {
        self.headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect()
    }

    /// The `x-ratelimit-…` headers, where they can be read. Pinterest sends plain numbers, and also
    /// lists such as `100, 100;w=1, 1000;w=60`, of which the first item is for the window that is
    /// nearest to its end.
    pub(crate) fn rate_limit(&self) -> RateLimit {
        let number = |name: &str| wait::number(first_item(self.header(name)?));
        RateLimit {
            limit: number("x-ratelimit-limit"),
            remaining: number("x-ratelimit-remaining"),
            reset: self.wait("x-ratelimit-reset"),
        }
    }

    /// How long to wait, from `Retry-After` (RFC 9110 section 10.2.3) or from `x-ratelimit-reset`,
    /// which Pinterest sends as seconds to wait.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        self.wait("retry-after")
            .or_else(|| self.wait("x-ratelimit-reset"))
    }

    /// How the count stands that the call was counted in. Where the headers are lists, each item is of a window of its
    /// own, and a call needs something left in all of them.
    pub(crate) fn standing(&self) -> Standing {
        let used_up = |wait: Option<Duration>| {
            wait.filter(|wait| !wait.is_zero())
                .map_or(Standing::Unsaid, Standing::UsedUp)
        };
        if self.status == 429 {
            return used_up(self.retry_after());
        }
        let items = |name: &str| -> Vec<&str> {
            self.header(name)
                .map_or_else(Vec::new, |list| list.split(',').collect())
        };
        let left: Vec<Option<u64>> = items("x-ratelimit-remaining")
            .into_iter()
            .map(|item| wait::number(first_item(item)))
            .collect();
        match left.as_slice() {
            [] => Standing::Unsaid,
            [Some(0)] => used_up(self.wait("x-ratelimit-reset")),
            left if left.iter().all(|count| count.is_some_and(|count| count > 0)) => Standing::Left,
            left => {
                let resets = items("x-ratelimit-reset");
                let now = self.sent();
                let ends = resets.iter().map(|item| wait::read(first_item(item), now));
                let of_used_up = left.iter().zip(ends).filter(|(count, _)| **count == Some(0));
                used_up(of_used_up.filter_map(|(_, end)| end).max())
            }
        }
    }

    /// Dates are compared with the answer's own, which was set by the clock that set them.
    fn wait(&self, name: &str) -> Option<Duration> {
        let (text, now) = (self.header(name)?, self.sent());
        wait::read(text, now).or_else(|| wait::read(first_item(text), now))
    }

    /// When the answer was made, as it says itself; or when it came.
    fn sent(&self) -> SystemTime {
        self.header("date")
            .and_then(|date| httpdate::parse_http_date(date.trim()).ok())
            .unwrap_or(self.arrived)
    }
}

/// Up to the first comma, without parameters.
fn first_item(list: &str) -> &str {
    list.split([',', ';']).next().unwrap_or(list)
}

/// Bytes that the head of an answer takes.
pub(crate) fn head_size(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len())
        .sum()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use http::HeaderMap;
    use zeroize::Zeroizing;

    use super::{Answer, Standing, head_size};
    use crate::error::RateLimit;

    /// One that arrived on 21 October 2015 at 07:28:00 by the client's clock.
    fn answer(headers: &[(&'static str, &str)]) -> Answer {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        Answer {
            status: 429,
            headers: map,
            body: Zeroizing::default(),
            arrived: UNIX_EPOCH + Duration::from_secs(1_445_412_480),
        }
    }

    #[test]
    fn rate_limits_are_read_from_numbers_and_from_lists() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        for (limit, remaining, reset, expected) in [
            ("100", "7", "30", (Some(100), Some(7), seconds(30))),
            (
                "100, 100;w=1, 1000;w=60",
                "99",
                "1",
                (Some(100), Some(99), seconds(1)),
            ),
            (" 100;w=1 ", "0, 5", "1, 60", (Some(100), Some(0), seconds(1))),
            ("many", "-1", "soon", (None, None, None)),
            ("1e3", "+5", "-5", (None, None, None)),
            (
                "99999999999999999999999",
                "",
                "99999999999999999999999",
                (Some(u64::MAX), None, seconds(86_400)),
            ),
        ] {
            let headers = [
                ("x-ratelimit-limit", limit),
                ("x-ratelimit-remaining", remaining),
                ("x-ratelimit-reset", reset),
            ];
            let RateLimit {
                limit,
                remaining,
                reset,
            } = answer(&headers).rate_limit();
            assert_eq!((limit, remaining, reset), expected);
        }
    }

    #[test]
    fn a_count_is_used_up_where_an_answer_says_so_and_says_for_how_long() {
        let used_up = |seconds| Standing::UsedUp(Duration::from_secs(seconds));
        for (left, reset, expected) in [
            ("7", "30", Standing::Left),
            ("0", "30", used_up(30)),
            ("0", "Wed, 21 Oct 2015 07:29:00 GMT", used_up(60)),
            ("0", "1445412540", used_up(60)),
            ("0", "1445412000", Standing::Unsaid),
            ("5, 0", "1445412481, 1445412540", used_up(60)),
            ("0", "soon", Standing::Unsaid),
            ("0", "0", Standing::Unsaid),
            ("0", "", Standing::Unsaid),
            ("99, 0", "1, 60", used_up(60)),
            ("0;w=1, 0;w=60, 5", "1, 60, 86400", used_up(60)),
            ("0, 5", "1, 60", used_up(1)),
            ("99, 0", "1", Standing::Unsaid),
            ("99, 980", "1, 60", Standing::Left),
            ("99, many", "1, 60", Standing::Unsaid),
            ("0, 0", "99999999999999999999999, 1", used_up(86_400)),
            ("", "30", Standing::Unsaid),
        ] {
            let headers = [("x-ratelimit-remaining", left), ("x-ratelimit-reset", reset)];
            let answer = Answer {
                status: 200,
                ..answer(&headers)
            };
            assert_eq!(answer.standing(), expected, "{left:?} {reset:?}");
        }
        // A refusal's own word counts, whatever is said to be left.
        let refused = [("retry-after", "5"), ("x-ratelimit-remaining", "7")];
        assert_eq!(answer(&refused).standing(), used_up(5));
        assert_eq!(
            answer(&[("x-ratelimit-remaining", "0")]).standing(),
            Standing::Unsaid
        );
    }

    #[test]
    fn dates_are_compared_with_the_answers_own_and_else_with_the_clock() {
        let date = "Wed, 21 Oct 2015 07:29:00 GMT";
        for (headers, expected) in [
            (vec![("retry-after", date)], 60),
            (
                vec![("retry-after", date), ("date", "Wed, 21 Oct 2015 07:28:50 GMT")],
                10,
            ),
            (vec![("retry-after", date), ("date", "yesterday")], 60),
            (vec![("x-ratelimit-reset", date)], 60),
            (vec![("retry-after", "soon"), ("x-ratelimit-reset", "9")], 9),
            (vec![("retry-after", "5"), ("x-ratelimit-reset", "9")], 5),
        ] {
            assert_eq!(
                answer(&headers).retry_after(),
                Some(Duration::from_secs(expected)),
                "{headers:?}"
            );
        }
        assert_eq!(answer(&[("retry-after", "soon")]).retry_after(), None);
    }

    #[test]
    fn a_head_has_the_size_that_it_has_on_the_wire() {
        let headers = [("retry-after", "5"), ("x-request-id", "canary")];
        let size = "retry-after: 5\r\nx-request-id: canary\r\n".len();
        assert_eq!(head_size(&answer(&headers).headers), size);
    }
}
