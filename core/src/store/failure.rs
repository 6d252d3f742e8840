//! What is remembered of a renewal that failed, for every process that shares the store.

use std::time::Duration;

use serde_json::{Value, json};

use crate::error::{Error, ErrorKind, Outcome};

/// The first pause and the longest, in seconds; each is twice as long as the one before.
const PAUSE: (i64, i64) = (60, 3600);
/// The same where no token is valid and somebody waits.
const SHORT: (i64, i64) = (1, 30);

/// Seconds after which a failure does not make the next pause longer.
const FORGOTTEN: i64 = 86_400;

/// The kinds of what may pass.
const KINDS: [ErrorKind; 8] = [
    ErrorKind::Network,
    ErrorKind::Protocol,
    ErrorKind::Authentication,
    ErrorKind::InvalidGrant,
    ErrorKind::Scope,
    ErrorKind::Forbidden,
    ErrorKind::Server,
    ErrorKind::Api,
];

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
    /// When it may be tried again where no token is valid, in seconds since 1970: when the server said to come
    /// back, or shortly after; none if nobody was asked.
    pub not_before: Option<i64>,
    /// How many were tried within the pause.
    pub(super) tries: u32,
    /// The error's kind; empty if a release before wrote it.
    pub kind: String,
    /// The error's message; empty if a release before wrote it.
    pub message: String,
    /// The fingerprint of the refresh token that was refused for good: it is not sent again.
    pub refused: Option<String>,
}

impl Failure {
    /// What to remember after an error at `now`, if `before` is remembered. The next try is not before the
    /// pause, which grows, nor before the server wants it, of which an hour counts; where no token is valid,
    /// it is then, or soon if somebody was `waiting` for this one. Of those who failed together one is enough.
    pub(crate) fn after(before: Option<&Self>, now: i64, error: &Error, waiting: bool) -> Self {
        let going_on = before.filter(|failure| failure.left(now).is_some());
        let waiting = waiting && was_asked(error);
        let tries = going_on.map_or(0, |failure| failure.tries);
        let doubled = |(first, longest): (i64, i64), times: u32| (first << times.min(10)).min(longest);
        let wait = match error.retry_after() {
            Some(wait) => Some(
                i64::try_from(wait.as_secs())
                    .unwrap_or(i64::MAX)
                    .clamp(1, PAUSE.1),
            ),
            None => waiting.then(|| doubled(SHORT, tries)),
        };
        let back = wait.map(|wait| now.saturating_add(wait));
        if let (None, Some(before)) = (back, going_on)
            && before.held_off(now).is_some()
        {
            // Nobody was asked: whoever is held off hears what for.
            return before.clone();
        }
        // Nobody was asked: a refresh token that was refused before is so yet, for what was said then.
        let refused = before.filter(|before| before.refused.is_some() && !was_asked(error));
        let (kind, message) = match refused {
            Some(before) => (before.kind.clone(), before.message.clone()),
            None => (error.kind().name().to_owned(), error.message().to_owned()),
        };
        let told = |failure: Self| Self {
            // Of two words of the server's the later one counts.
            until: failure.until.max(back.unwrap_or(i64::MIN)),
            not_before: failure.not_before.max(back),
            tries: tries.saturating_add(waiting.into()),
            kind,
            message,
            refused: refused.and_then(|before| before.refused.clone()),
            ..failure
        };
        if let Some(before) = going_on {
            return told(before.clone());
        }
        let lately = |failure: &&Self| (0..FORGOTTEN).contains(&now.saturating_sub(failure.failed_at));
        let failures = before.filter(lately).map_or(0, |failure| failure.failures);
        told(Self {
            failures: failures.saturating_add(1),
            failed_at: now,
            until: now.saturating_add(doubled(PAUSE, failures)),
            not_before: None,
            tries,
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

    /// The same failure for whoever comes too early where no token is valid; `None` if it may be tried now.
    pub(crate) fn held_off(&self, now: i64) -> Option<Error> {
        let seconds = self.left_until(self.not_before?, now)?;
        let kind = KINDS.into_iter().find(|kind| kind.name() == self.kind);
        let kind = kind.unwrap_or(ErrorKind::RateLimited);
        let error = Error::new(kind, Outcome::NotSent, self.message.clone());
        Some(
            error
                .with_retry_after(Some(Duration::from_secs(seconds.unsigned_abs())))
                .with_hint(format!(
                    "that was said before, and nobody was asked again: wait {seconds} s; `refresh` asks at once"
                )),
        )
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
            "tries": self.tries,
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
            tries: value["tries"]
                .as_u64()
                .and_then(|tries| tries.try_into().ok())
                .unwrap_or_default(),
            kind: text("kind").unwrap_or_default(),
            message: text("message").unwrap_or_default(),
            refused: text("refused"),
        })
    }
}

/// Whether somebody was asked, or was to be and cannot be reached. A store that does not keep what was got before says
/// that Pinterest has answered, and not that it was asked again.
fn was_asked(error: &Error) -> bool {
    error.kind() != ErrorKind::Store
        && (error.kind() == ErrorKind::Network || error.outcome() != Outcome::NotSent)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Failure;
    use crate::error::{Error, ErrorKind, Outcome};
    use crate::stop::Phase;

    fn waiting(error: &Error, seconds: u64) -> Error {
        error.clone().with_retry_after(Some(Duration::from_secs(seconds)))
    }

    /// Seconds for which whoever comes early is told so.
    fn held_off(failure: &Failure, now: i64) -> Option<u64> {
        let error = failure.held_off(now)?;
        error.retry_after().map(|wait| wait.as_secs())
    }

    #[test]
    fn pauses_grow_and_those_who_fail_together_share_one() {
        let error = Error::store("x");
        let mut last: Option<Failure> = None;
        let mut now = 1_000;
        for pause in [60, 120, 240, 480, 960, 1920, 3600, 3600] {
            let failure = Failure::after(last.as_ref(), now, &error, true);
            assert_eq!((failure.left(now), failure.not_before), (Some(pause), None));
            let next = Failure::after(Some(&failure), now + 1, &error, true);
            assert_eq!((next.failed_at, next.until), (failure.failed_at, failure.until));
            assert_eq!((failure.left(now + pause), failure.left(now - 1)), (None, None));
            now += pause;
            last = Some(failure);
        }
        let waited = Failure::after(None, 0, &waiting(&error, 300), true);
        assert_eq!(waited.left(0), Some(300));
        let long = Failure::after(None, 0, &waiting(&error, u64::MAX), true);
        assert_eq!(long.left(0), Some(3600));
        let next_day = Failure::after(last.as_ref(), now + 90_000, &error, true);
        assert_eq!(next_day.failures, 1);
    }

    #[test]
    fn where_no_token_is_valid_it_is_tried_again_soon_and_then_less_often() {
        let error = Error::protocol("x");
        let (mut last, mut now): (Option<Failure>, _) = (None, 1_000);
        for pause in [1, 2, 4, 8, 16, 30, 1, 2] {
            let failure = Failure::after(last.as_ref(), now, &error, true);
            assert_eq!(held_off(&failure, now), Some(pause));
            now += i64::try_from(pause).unwrap();
            assert!(failure.held_off(now).is_none());
            last = Some(failure);
        }
        // For an early one, which has less time, nobody waits.
        let early = Failure::after(None, now, &error, false);
        assert!(early.held_off(now).is_none() && early.left(now) == Some(60));
        let next = Failure::after(Some(&early), now, &error, true);
        assert_eq!(held_off(&next, now), Some(1));
    }

    #[test]
    fn who_comes_early_hears_the_same_failure_and_when_it_is_tried_again() {
        let down = Error::network(Phase::Connect, Outcome::NotSent, "nobody is there");
        let error = Failure::after(None, 7, &down, true).held_off(7).unwrap();
        let seen = (error.kind(), error.outcome(), error.message());
        assert_eq!(seen, (ErrorKind::Network, Outcome::NotSent, "nobody is there"));
        assert!(error.hint().unwrap().contains("wait 1 s"), "{error}");
        for kind in super::KINDS {
            let failure = Failure::after(None, 7, &Error::new(kind, Outcome::Refused, "x"), true);
            assert_eq!(failure.held_off(7).unwrap().kind(), kind);
        }
    }

    #[test]
    fn the_last_failure_is_the_one_that_is_told() {
        let first = Failure::after(None, 0, &Error::protocol("x"), true);
        let next = Failure::after(Some(&first), 1, &Error::store("the database is down"), true);
        assert_eq!((&*next.kind, &*next.message), ("Store", "the database is down"));
        assert_eq!(next.until, first.until);
    }

    #[test]
    fn a_refusal_is_forgotten_once_somebody_was_asked_again_and_not_before() {
        let no = Error::new(ErrorKind::ReauthorizationRequired, Outcome::Refused, "no");
        let refused = Failure::after(None, 0, &no, true).refusing("f".into());
        let unasked = Error::new(ErrorKind::ReauthorizationRequired, Outcome::NotSent, "no");
        for now in [1, 60, 90_000] {
            for error in [&unasked, &Error::store("locked")] {
                let next = Failure::after(Some(&refused), now, error, false);
                assert_eq!(
                    (next.refused.as_deref(), &*next.message, &*next.kind),
                    (Some("f"), "no", no.kind().name())
                );
            }
            let asked = Failure::after(Some(&refused), now, &Error::protocol("x"), true);
            assert_eq!((asked.refused, &*asked.message), (None, "x"));
        }
    }

    #[test]
    fn whoever_is_held_off_hears_what_for() {
        let down = Error::network(Phase::Connect, Outcome::NotSent, "nobody is there");
        let first = Failure::after(None, 7, &down, true);
        // The store is in trouble as well, which asks nobody to wait.
        let next = Failure::after(Some(&first), 7, &Error::store("the database is down"), true);
        let error = next.held_off(7).unwrap();
        assert_eq!(
            (error.kind(), error.message()),
            (ErrorKind::Network, "nobody is there")
        );
        assert_eq!(next, first);
        let later = Failure::after(Some(&first), 8, &Error::store("the database is down"), true);
        assert!(later.kind == "Store" && later.held_off(8).is_none());
    }

    #[test]
    fn a_store_that_keeps_nothing_is_nobody_who_was_asked() {
        let full = Error::store("the disk is full").with_outcome(Outcome::Unknown);
        let failure = Failure::after(None, 7, &full, true);
        assert_eq!((failure.not_before, failure.left(7)), (None, Some(60)));
        assert!(failure.held_off(7).is_none());
    }

    #[test]
    fn the_server_s_word_counts_also_where_a_pause_goes_on() {
        let error = Error::store("x");
        let first = Failure::after(None, 0, &error, true);
        assert_eq!((first.left(0), held_off(&first, 0)), (Some(60), None));
        let told = Failure::after(Some(&first), 10, &waiting(&error, 600), true);
        assert_eq!((told.left(10), held_off(&told, 10)), (Some(600), Some(600)));
        // A shorter one, or none, takes nothing of it back.
        for error in [&error, &waiting(&error, 5)] {
            let next = Failure::after(Some(&told), 20, error, true);
            assert_eq!((next.left(20), held_off(&next, 20)), (Some(590), Some(590)));
        }
        assert_eq!((held_off(&told, 610), held_off(&told, -1)), (None, None));
        // What it says of a few seconds does not end the pause, and none is no wish to be asked at once.
        for (said, waits) in [(5, 5), (0, 1)] {
            let short = Failure::after(None, 0, &waiting(&error, said), true);
            assert_eq!((short.left(0), held_off(&short, 0)), (Some(60), Some(waits)));
        }
        let long = Failure::after(None, 0, &waiting(&error, u64::MAX), true);
        assert_eq!(held_off(&long, 0), Some(3600));
    }

    #[test]
    fn what_is_remembered_is_read_again() {
        let error = waiting(&Error::protocol("x"), 90);
        let failure = Failure::after(None, 7, &error, true).refusing("f".into());
        assert_eq!(Failure::from_json(&failure.to_json()), Some(failure));
        // As a release before wrote it.
        let old = serde_json::json!({"version": 1, "failures": 2, "failed_at": 1, "until": 2});
        assert_eq!(Failure::from_json(&old).unwrap().failures, 2);
        assert_eq!(Failure::from_json(&serde_json::json!({"failures": -1})), None);
    }
}
