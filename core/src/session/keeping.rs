//! New tokens come to the store: under the lock, for whoever has it next would send what they were issued in place of.

use std::array::IntoIter;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use crate::error::{Error, Outcome};
use crate::store::{Rank, Record, StoreLock, answered, rank};

/// How long one answer of a store is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// How often new tokens are put beside what was put there meanwhile.
const ATTEMPTS: usize = 3;
/// When a store that fails is asked again, which most often passes.
const PAUSES: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(200)];
/// One that takes so long to fail is not: somebody waits for the tokens.
const SOON: Duration = Duration::from_secs(2);

/// Puts new tokens in the place of `expected`, or of what somebody who waited too little put there, if the
/// new ones replace that. A store that fails is asked again before the lock is given up.
///
/// # Errors
///
/// `Store`, with the outcome `Unknown`: Pinterest has answered.
pub(super) async fn keep(lock: &mut dyn StoreLock, expected: Record, new: &Record) -> Result<(), Error> {
    let mut tries = Tries::begin();
    let mut kept = put(lock, Some(expected), new).await;
    while kept.is_err() && tries.again().await {
        // It may have been kept all the same.
        kept = put(lock, None, new).await;
    }
    told(kept)
}

/// The same of tokens that wait already: a store that fails is asked again later.
///
/// # Errors
///
/// As [`keep`].
pub(super) async fn keep_waiting(
    lock: &mut dyn StoreLock,
    expected: Record,
    new: &Record,
) -> Result<(), Error> {
    told(put(lock, Some(expected), new).await)
}

/// Puts what came of something in the place of `expected`; whether that was there. A store that fails is asked again before
/// the lock is given up: the next who has it would not know what came of it.
///
/// # Errors
///
/// `Store`.
pub(super) async fn settle(
    lock: &mut dyn StoreLock,
    expected: &Record,
    new: Option<&Record>,
) -> Result<bool, Error> {
    let mut tries = Tries::begin();
    let mut settled = bounded(lock.compare_and_swap(Some(expected), new)).await;
    while settled.is_err() && tries.again().await {
        settled = bounded(lock.compare_and_swap(Some(expected), new)).await;
        if let Ok(false) = settled {
            // It may have been done all the same.
            let found = bounded(lock.load()).await;
            settled = found.map(|found| found.as_ref().map(Record::text) == new.map(Record::text));
        }
    }
    settled
}

/// How often a store that fails is asked again.
struct Tries {
    started: Instant,
    pauses: IntoIter<Duration, 2>,
}

impl Tries {
    fn begin() -> Self {
        Self {
            started: Instant::now(),
            pauses: PAUSES.into_iter(),
        }
    }

    /// Waits until it is time for another; whether there is one.
    async fn again(&mut self) -> bool {
        match self.pauses.next() {
            Some(pause) if self.started.elapsed() <= SOON => {
                sleep(pause).await;
                true
            }
            _ => false,
        }
    }
}

/// What came of keeping new tokens, which Pinterest has given however that ended.
pub(super) fn told(kept: Result<bool, Error>) -> Result<(), Error> {
    match kept {
        Ok(true) => Ok(()),
        Ok(false) => Err(had_answered(changed())),
        Err(error) => Err(had_answered(error)),
    }
}

/// Puts them there; whether they, or what replaced them, are there then. Without `expected` it is looked at first.
async fn put(lock: &mut dyn StoreLock, mut expected: Option<Record>, new: &Record) -> Result<bool, Error> {
    for _ in 0..ATTEMPTS {
        if let Some(expected) = expected.take()
            && bounded(lock.compare_and_swap(Some(&expected), Some(new))).await?
        {
            return Ok(true);
        }
        let found = bounded(lock.load()).await?;
        match found.as_ref().map(|found| rank(&new.token, &found.token)) {
            Some(Rank::Newer) => expected = found,
            Some(Rank::Same | Rank::Older) => return Ok(true),
            Some(Rank::Unknown) | None => break,
        }
    }
    Ok(false)
}

/// The same failure, when Pinterest had answered already. A store may have said so itself.
pub(super) fn had_answered(error: Error) -> Error {
    match error.outcome() {
        Outcome::Unknown => error,
        _ => answered(&error),
    }
}

/// Somebody else wrote, lock or no lock.
pub(super) fn changed() -> Error {
    Error::store("the store's tokens were changed while they were locked")
        .with_hint("try again; if it stays so, look at what else writes there")
}

/// A store's answer, if it comes in time.
pub(super) async fn bounded<T>(answer: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    timeout(PATIENCE, answer)
        .await
        .unwrap_or_else(|_| Err(unanswered(PATIENCE)))
}

pub(super) fn unanswered(limit: Duration) -> Error {
    Error::store(format!("the store did not answer within {} s", limit.as_secs()))
        .with_hint("look at whether it can be reached, and is not overloaded")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::sleep;

    use super::{had_answered, keep};
    use crate::error::{Error, Outcome};
    use crate::models::OauthAccessTokenResponse;
    use crate::store::{Later, Record, StoreLock, StoredToken, answered};

    /// A store that fails so often, and takes so long for that.
    struct Fails {
        kept: Record,
        times: usize,
        takes: Duration,
        asked: usize,
    }

    impl StoreLock for Fails {
        fn load(&mut self) -> Later<'_, Option<Record>> {
            Box::pin(async { Ok(Some(self.kept.clone())) })
        }

        fn compare_and_swap<'a>(
            &'a mut self,
            _: Option<&'a Record>,
            _: Option<&'a Record>,
        ) -> Later<'a, bool> {
            Box::pin(async {
                self.asked += 1;
                sleep(self.takes).await;
                if self.asked > self.times {
                    return Ok(true);
                }
                Err(Error::store("the database is down"))
            })
        }

        fn unlock(self: Box<Self>) -> Later<'static, ()> {
            Box::pin(async { Ok(()) })
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_store_that_fails_quickly_is_asked_again_and_one_that_is_slow_is_not() {
        let token = |access: &str| {
            let mut answer = OauthAccessTokenResponse::new(access);
            answer.refresh_token = Some(format!("r{access}").into());
            StoredToken::new("https://h/v5".into(), "1".into(), answer, 0)
        };
        let old = token("a").following(None);
        let new = Record::new(token("b").following(Some(&old)));
        for (times, seconds, asked, kept) in [
            (0, 0, 1, true),
            (0, 9, 1, true),
            (1, 0, 2, true),
            (2, 0, 3, true),
            (9, 0, 3, false),
            (9, 3, 1, false),
        ] {
            let mut lock = Fails {
                kept: Record::new(old.clone()),
                times,
                takes: Duration::from_secs(seconds),
                asked: 0,
            };
            let expected = lock.kept.clone();
            let came = keep(&mut lock, expected, &new).await;
            assert_eq!(
                (lock.asked, came.is_ok()),
                (asked, kept),
                "{times} times, {seconds} s"
            );
            assert!(came.is_ok() || came.is_err_and(|error| error.outcome() == Outcome::Unknown));
        }
    }

    #[test]
    fn that_pinterest_had_answered_is_said_once() {
        let failed = Error::store("the database is down");
        let said = answered(&failed);
        assert_eq!(had_answered(failed).message(), said.message());
        assert_eq!(had_answered(said.clone()).message(), said.message());
    }
}
