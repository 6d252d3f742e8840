//! How long a token lives, and when it is time to renew it.

/// The longest life that is believed, in seconds.
pub(super) const LONGEST: i64 = 100 * 365 * 86_400;
/// The shortest and the longest time before its end at which a token is renewed, in seconds.
const EARLY: (i64, i64) = (300, 86_400);

/// From when to when a token is valid, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// When it was issued.
    pub issued_at: i64,
    /// When it expires; none if Pinterest did not say.
    pub expires_at: Option<i64>,
}

impl Life {
    /// That of a token that was issued just now: the first end that can be believed, of what an answer
    /// says of it. One that has ended, or ends in a hundred years, is a mistake: whoever believed it
    /// would log a person out, or never renew.
    pub(super) fn new(now: i64, ends: impl IntoIterator<Item = Option<i64>>) -> Self {
        let mut ends = ends.into_iter().flatten();
        Self {
            issued_at: now,
            expires_at: ends.find(|end| (1..=LONGEST).contains(&end.saturating_sub(now))),
        }
    }

    /// Seconds that are left, at least 0.
    pub fn left(self, now: i64) -> Option<i64> {
        self.expires_at.map(|end| end.saturating_sub(now).max(0))
    }

    /// Seconds from its first to its last.
    pub fn length(self) -> Option<i64> {
        self.expires_at
            .map(|end| end.saturating_sub(self.issued_at).max(0))
    }

    /// Whether it has expired.
    pub fn is_over(self, now: i64) -> bool {
        self.left(now) == Some(0)
    }

    /// How long before its end it is time to renew, in seconds: a tenth of the life, but between five
    /// minutes and a day, and never more than half.
    pub(crate) fn early(self) -> Option<i64> {
        let early = |length: i64| (length / 10).clamp(EARLY.0, EARLY.1).min(length / 2);
        self.length().map(early)
    }

    /// Whether it is time to renew.
    pub fn is_ending(self, now: i64) -> bool {
        match (self.left(now), self.early()) {
            (Some(left), Some(early)) => left <= early,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Life;

    #[test]
    fn no_number_breaks_the_arithmetic() {
        for end in [i64::MAX, i64::MIN] {
            let life = Life {
                issued_at: 50,
                expires_at: Some(end),
            };
            assert_eq!(life.is_over(50), end < 0);
            assert_eq!(life.is_ending(i64::MIN), end < 0);
        }
    }

    #[test]
    fn renewal_is_due_a_tenth_before_the_end_between_five_minutes_and_a_day() {
        let due = |length: i64, left: i64| {
            let life = Life {
                issued_at: 1_700_000_000,
                expires_at: Some(1_700_000_000 + length),
            };
            life.is_ending(1_700_000_000 + length - left)
        };
        assert!(due(3600, 360) && !due(3600, 361));
        assert!(due(1000, 300) && !due(1000, 301));
        // What lives for minutes has time in which nobody renews it.
        for length in [1, 2, 60, 300, 599] {
            assert!(!due(length, length) && !due(length, length / 2 + 1), "{length}");
            assert!(length < 2 || due(length, length / 2), "{length}");
        }
        assert!(due(2_592_000, 86_400) && !due(2_592_000, 86_401));
    }
}
