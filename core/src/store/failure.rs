//! What is remembered of a renewal that failed, for every process that shares the store.

use std::time::Duration;

use serde_json::{Value, json};

use crate::error::Error;

/// The first pause and the longest, in seconds; each is twice as long as the one before.
const PAUSE: (i64, i64) = (60, 3600);

/// Seconds after which a failure does not make the next pause longer.
const FORGOTTEN: i64 = 86_400;

/// The last renewal that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// How many failed one after another, within a day.
    pub failures: u32,
    /// When, in seconds since 1970.
    pub failed_at: i64,
    /// When an early renewal may be tried again, in seconds since 1970.
    pub until: i64,
    /// When the server said to come back, in seconds since 1970; none if it did not.
    pub not_before: Option<i64>,
    /// The error's kind; empty if a release before wrote it.
    pub kind: String,
    /// The error's message; empty if a release before wrote it.
    pub message: String,
    /// The fingerprint of the refresh token that was refused for good: it is not sent again.
    pub refused: Option<String>,
}

impl Failure {
    /// What to remember after an error at `now`, if `before` is remembered. The next try is not before the
    /// pause, which grows, nor before `wait`, of which an hour counts. Of those who failed together one
    /// is enough.
    pub(crate) fn after(before: Option<&Self>, now: i64, wait: Option<Duration>, error: &Error) -> Self {
        let wait = wait.map(|wait| i64::try_from(wait.as_secs()).unwrap_or(i64::MAX).min(PAUSE.1));
        let back = wait.map(|wait| now.saturating_add(wait));
        let told = |failure: Self| Self {
            // Of two words of the server's the later one counts.
            until: failure.until.max(back.unwrap_or(i64::MIN)),
            not_before: failure.not_before.max(back),
            kind: error.kind().name().to_owned(),
            message: error.message().to_owned(),
            refused: None,
            ..failure
        };
        if let Some(before) = before.filter(|failure| failure.left(now).is_some()) {
            return told(before.clone());
        }
        let lately = |failure: &&Self| (0..FORGOTTEN).contains(&now.saturating_sub(failure.failed_at));
        let failures = before.filter(lately).map_or(0, |failure| failure.failures);
        let pause = PAUSE.0.saturating_mul(1 << failures.min(10)).min(PAUSE.1);
        told(Self {
            failures: failures.saturating_add(1),
            failed_at: now,
            until: now.saturating_add(pause),
            not_before: None,
            kind: String::new(),
            message: String::new(),
            refused: None,
        })
    }

    /// The same, of a refresh token that was refused for good.
    pub(crate) fn refusing(mut self, fingerprint: String) -> Self {
        self.refused = Some(fingerprint);
        self
    }

    /// Seconds until the next early renewal may be tried; `None` if it may be now. A clock that was
    /// set back does not make it longer.
    pub fn left(&self, now: i64) -> Option<i64> {
        self.left_until(self.until, now)
    }

    /// Seconds until the server wants to be asked again; `None` if it may be now.
    pub(crate) fn held_off(&self, now: i64) -> Option<i64> {
        self.left_until(self.not_before?, now)
    }

    fn left_until(&self, end: i64, now: i64) -> Option<i64> {
        (self.failed_at..end)
            .contains(&now)
            .then(|| (end - now).min(PAUSE.1))
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "version": 1,
            "failures": self.failures,
            "failed_at": self.failed_at,
            "until": self.until,
            "not_before": self.not_before,
            "kind": self.kind,
            "message": self.message,
            "refused": self.refused,
        })
    }

    pub(super) fn from_json(value: &Value) -> Option<Self> {
        let text = |name| value[name].as_str().map(str::to_owned);
        Some(Self {
            failures: u32::try_from(value["failures"].as_u64()?).ok()?,
            failed_at: value["failed_at"].as_i64()?,
            until: value["until"].as_i64()?,
            not_before: value["not_before"].as_i64(),
            kind: text("kind").unwrap_or_default(),
            message: text("message").unwrap_or_default(),
            refused: text("refused"),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Failure;
    use crate::error::Error;

    #[test]
    fn pauses_grow_and_those_who_fail_together_share_one() {
        let error = Error::protocol("x");
        let mut last: Option<Failure> = None;
        let mut now = 1_000;
        for pause in [60, 120, 240, 480, 960, 1920, 3600, 3600] {
            let failure = Failure::after(last.as_ref(), now, None, &error);
            assert_eq!(failure.left(now), Some(pause));
            assert_eq!(Failure::after(Some(&failure), now + 1, None, &error), failure);
            assert_eq!((failure.left(now + pause), failure.left(now - 1)), (None, None));
            now += pause;
            last = Some(failure);
        }
        let waited = Failure::after(None, 0, Some(Duration::from_secs(300)), &error);
        assert_eq!(waited.left(0), Some(300));
        let long = Failure::after(None, 0, Some(Duration::MAX), &error);
        assert_eq!(long.left(0), Some(3600));
        let next_day = Failure::after(last.as_ref(), now + 90_000, None, &error);
        assert_eq!(next_day.failures, 1);
    }

    #[test]
    fn the_last_failure_is_the_one_that_is_told() {
        let refused = Failure::after(None, 0, None, &Error::protocol("x")).refusing("f".into());
        let next = Failure::after(Some(&refused), 1, None, &Error::store("the database is down"));
        assert_eq!((&*next.kind, &*next.message), ("Store", "the database is down"));
        assert_eq!((next.refused, next.until), (None, refused.until));
    }

    #[test]
    fn the_server_s_word_counts_also_where_a_pause_goes_on() {
        let error = Error::protocol("x");
        let wait = |seconds| Some(Duration::from_secs(seconds));
        let first = Failure::after(None, 0, None, &error);
        assert_eq!((first.left(0), first.held_off(0)), (Some(60), None));
        let told = Failure::after(Some(&first), 10, wait(600), &error);
        assert_eq!((told.left(10), told.held_off(10)), (Some(600), Some(600)));
        // A shorter one, or none, takes nothing of it back.
        for wait in [None, wait(5)] {
            let next = Failure::after(Some(&told), 20, wait, &error);
            assert_eq!((next.left(20), next.held_off(20)), (Some(590), Some(590)));
        }
        assert_eq!((told.held_off(610), told.held_off(-1)), (None, None));
        // What it says of a few seconds does not end the pause.
        let short = Failure::after(None, 0, wait(5), &error);
        assert_eq!((short.left(0), short.held_off(0)), (Some(60), Some(5)));
        let long = Failure::after(None, 0, Some(Duration::MAX), &error);
        assert_eq!(long.held_off(0), Some(3600));
    }

    #[test]
    fn what_is_remembered_is_read_again() {
        let wait = Some(Duration::from_secs(90));
        let failure = Failure::after(None, 7, wait, &Error::protocol("x")).refusing("f".into());
        assert_eq!(Failure::from_json(&failure.to_json()), Some(failure));
        // As a release before wrote it.
        let old = serde_json::json!({"version": 1, "failures": 2, "failed_at": 1, "until": 2});
        assert_eq!(Failure::from_json(&old).unwrap().failures, 2);
        assert_eq!(Failure::from_json(&serde_json::json!({"failures": -1})), None);
    }
}
