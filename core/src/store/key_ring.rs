//! The keys of a sealed store, fetched when they are needed first.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::key_source::KeySource;
use super::token_key::{TokenKey, without_keys};
use crate::error::Error;

/// How long a key source is waited for: shorter than whoever waits for the store waits.
const PATIENCE: Duration = Duration::from_secs(25);
/// How long a source is not asked again, after it failed or did not have a key.
const AGAIN: Duration = Duration::from_secs(5);
/// How often the time is doubled after which a source that hangs is asked once more: up to 3.5 hours.
const MAX_DOUBLINGS: u32 = 9;

/// Fetches the keys once, however many need them, on a thread that nobody else needs.
pub(super) struct KeyRing {
    shared: Arc<Shared>,
    patience: Duration,
    again: Duration,
}

struct Shared {
    source: Box<dyn KeySource>,
    state: Mutex<State>,
    told: Condvar,
}

#[derive(Default)]
struct State {
    keys: Option<Arc<[TokenKey]>>,
    /// Why there are none, or no others.
    failure: Option<Error>,
    /// When the last answer came.
    answered: Option<Instant>,
    /// Since when the source is being asked.
    asks: Option<Instant>,
    /// How often it was asked since its last answer.
    unanswered: u32,
    /// How often it was asked: an answer that comes after a later question's counts for nothing.
    asked: u64,
    /// Which question the last answer was to.
    heard: u64,
}

/// Which keys will do.
#[derive(Clone, Copy)]
enum Wanted {
    /// Those that are known.
    Any,
    /// Those of a moment ago: the source is not asked again and again.
    Recent,
    /// The answer to a question that was asked after so many, and no failure of it.
    After(u64),
}

impl KeyRing {
    pub(super) fn new(source: impl KeySource + 'static) -> Self {
        Self::patient(source, PATIENCE, AGAIN)
    }

    fn patient(source: impl KeySource + 'static, patience: Duration, again: Duration) -> Self {
        Self {
            shared: Arc::new(Shared {
                source: Box::new(source),
                state: Mutex::default(),
                told: Condvar::new(),
            }),
            patience,
            again,
        }
    }

    pub(super) fn describe(&self) -> String {
        self.shared.describe()
    }

    /// The keys; it may block.
    ///
    /// # Errors
    ///
    /// `Store` if the source fails, has none, or does not answer in time.
    pub(super) fn keys(&self) -> Result<Arc<[TokenKey]>, Error> {
        self.fetch(Wanted::Any)
    }

    /// The keys of a source that is asked again, for whoever wants what it has now and nothing older; it may block.
    ///
    /// # Errors
    ///
    /// As [`keys`](Self::keys).
    pub(super) fn asked_again(&self) -> Result<Arc<[TokenKey]>, Error> {
        // The source may have begun to answer an earlier question before it had what it has now.
        let asked = self.shared.state().asked;
        self.fetch(Wanted::After(asked))
    }

    /// What the keys are called by, the current one first; it may block.
    ///
    /// # Errors
    ///
    /// As [`keys`](Self::keys).
    pub(super) fn ids(&self) -> Result<Vec<String>, Error> {
        Ok(self.keys()?.iter().map(TokenKey::id).collect())
    }

    /// The key of an id; a source that did not have it is asked again.
    ///
    /// # Errors
    ///
    /// As [`keys`](Self::keys).
    pub(super) fn find(&self, id: &str) -> Result<Option<TokenKey>, Error> {
        let named = |keys: &[TokenKey]| keys.iter().find(|key| key.id() == id).cloned();
        if let Some(key) = named(&self.keys()?) {
            return Ok(Some(key));
        }
        // What it had before is good as long as it says nothing else.
        Ok(self.fetch(Wanted::Recent).ok().and_then(|keys| named(&keys)))
    }

    fn fetch(&self, wanted: Wanted) -> Result<Arc<[TokenKey]>, Error> {
        let mut state = self.shared.state();
        loop {
            let is_recent = state.answered.is_some_and(|at| at.elapsed() < self.again);
            let will_do = match wanted {
                Wanted::Any => is_recent || state.keys.is_some(),
                Wanted::Recent => is_recent,
                Wanted::After(asked) => state.heard > asked,
            };
            match (&state.keys, &state.failure) {
                (Some(keys), None) if will_do => return Ok(Arc::clone(keys)),
                // What it had before is good as long as nobody wants what it has now.
                (Some(keys), _) if will_do && !matches!(wanted, Wanted::After(_)) => {
                    return Ok(Arc::clone(keys));
                }
                (_, Some(failure)) if will_do => return Err(failure.clone()),
                _ => {}
            }
            let hangs = |since: &Instant| since.elapsed() >= self.hangs_after(state.unanswered);
            let since = match state.asks.filter(|since| !hangs(since)) {
                Some(since) => since,
                None => self.ask(&mut state)?,
            };
            // One that hangs keeps nobody who comes later.
            let left = self.patience.saturating_sub(since.elapsed());
            if left.is_zero() {
                let seconds = self.patience.as_secs();
                let why = format!("it did not answer within {seconds} s");
                let hint = "answer what it asks, or see whether it runs";
                return Err(self.shared.failed(&why, hint));
            }
            let told = self.shared.told.wait_timeout(state, left);
            state = told.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// After how long without an answer the source is asked once more beside that: a question that was lost must not
    /// be the last one. Each time it takes twice as long, up to some hours, for whatever hangs keeps a thread.
    fn hangs_after(&self, unanswered: u32) -> Duration {
        self.patience * 2_u32.pow(unanswered.min(MAX_DOUBLINGS))
    }

    /// Begins to ask. Whoever waits too little finds the answer later.
    fn ask(&self, state: &mut State) -> Result<Instant, Error> {
        let shared = Arc::clone(&self.shared);
        let question = state.asked + 1;
        let asking = thread::Builder::new()
            .name("token keys".to_owned())
            .spawn(move || {
                let answer = catch_unwind(AssertUnwindSafe(|| shared.source.keys()));
                let answer = match answer {
                    Ok(Ok(keys)) if keys.is_empty() => Err(shared.failed("it has none", "put a key there")),
                    Ok(answer) => answer,
                    Err(_) => Err(shared.failed("it panicked", "let it give an error")),
                };
                let mut state = shared.state();
                // That an earlier question failed says nothing of the one that is asked now.
                if question < state.heard || (answer.is_err() && question < state.asked) {
                    return;
                }
                state.heard = question;
                match answer {
                    Ok(keys) => (state.keys, state.failure) = (Some(keys.into()), None),
                    Err(failure) => state.failure = Some(failure),
                }
                state.answered = Some(Instant::now());
                state.asks = None;
                state.unanswered = 0;
                shared.told.notify_all();
            });
        let threadless = |error| {
            let failed = self
                .shared
                .failed("there is no thread for it", "see how many this user may have");
            failed.with_source(error)
        };
        asking.map_err(threadless)?;
        state.asked = question;
        state.unanswered += 1;
        Ok(*state.asks.insert(Instant::now()))
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn describe(&self) -> String {
        without_keys(&self.source.describe())
    }

    fn failed(&self, why: &str, hint: &'static str) -> Error {
        let source = self.describe();
        Error::store(format!("no keys come from the key source, {source}: {why}")).with_hint(hint)
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "keys from {}", self.describe())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;
    use std::time::Duration;

    use super::super::token_key::TokenKey;
    use super::KeyRing;
    use crate::error::{Error, ErrorKind};

    const SOON: Duration = Duration::from_millis(100);
    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_source_is_asked_once_by_all() {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let source = move || {
            thread::sleep(SOON);
            count.fetch_add(1, Ordering::SeqCst);
            Ok(vec![TokenKey::generate()?])
        };
        let ring = KeyRing::patient(source, LONG, Duration::ZERO);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert_eq!(ring.keys().unwrap().len(), 1));
            }
        });
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn a_key_that_came_later_is_found_and_one_that_nobody_has_is_not_asked_for_again_and_again() {
        let asked = Arc::new(AtomicUsize::new(0));
        let new = TokenKey::generate().unwrap();
        let (count, key) = (Arc::clone(&asked), new.clone());
        let source = move || {
            let first = count.fetch_add(1, Ordering::SeqCst) == 0;
            Ok(vec![if first { TokenKey::generate()? } else { key.clone() }])
        };
        let ring = KeyRing::patient(source, LONG, SOON);
        ring.keys().unwrap();
        assert!(ring.find(&new.id()).unwrap().is_none());
        thread::sleep(SOON * 2);
        assert!(ring.find(&new.id()).unwrap().is_some());
        for _ in 0..5 {
            assert!(ring.find("nobody's").unwrap().is_none());
        }
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_source_that_failed_is_asked_again_after_a_while() {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let source = move || match count.fetch_add(1, Ordering::SeqCst) {
            0 => Err(Error::store("the keyring is locked")),
            _ => Ok(vec![TokenKey::generate()?]),
        };
        let ring = KeyRing::patient(source, LONG, SOON);
        for _ in 0..2 {
            assert!(ring.keys().is_err());
        }
        thread::sleep(SOON);
        assert!(ring.keys().is_ok());
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_source_that_hung_is_asked_again_and_its_late_answer_counts_for_nothing() {
        let (old, new) = (TokenKey::generate().unwrap(), TokenKey::generate().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let (count, late) = (Arc::clone(&asked), old.clone());
        let newer = new.clone();
        let source = move || {
            let first = count.fetch_add(1, Ordering::SeqCst) == 0;
            if first {
                thread::sleep(SOON * 10);
            }
            Ok(vec![if first { late.clone() } else { newer.clone() }])
        };
        let ring = KeyRing::patient(source, SOON, LONG);
        for _ in 0..2 {
            assert!(ring.keys().unwrap_err().message().contains("did not answer"));
        }
        // Who has waited in vain is not asked for by everybody at once.
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        thread::sleep(SOON * 2);
        assert_eq!(ring.keys().unwrap()[0].id(), new.id());
        thread::sleep(SOON * 9);
        assert_eq!(ring.keys().unwrap()[0].id(), new.id());
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_question_that_hung_and_failed_at_last_is_not_the_answer_to_the_next() {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let source = move || {
            if count.fetch_add(1, Ordering::SeqCst) == 0 {
                thread::sleep(SOON * 5);
                return Err(Error::store("timed out"));
            }
            thread::sleep(SOON * 4);
            Ok(vec![TokenKey::generate()?])
        };
        let ring = KeyRing::patient(source, SOON * 2, LONG);
        assert!(ring.keys().unwrap_err().message().contains("did not answer"));
        thread::sleep(SOON * 2);
        // Asked once more at 4, it answers at 8; the first fails at 5, while somebody waits.
        assert!(ring.keys().unwrap_err().message().contains("did not answer"));
        thread::sleep(SOON * 3);
        assert!(ring.keys().is_ok());
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn whoever_wants_what_a_source_has_now_does_not_get_the_answer_to_an_earlier_question() {
        let (old, new) = (TokenKey::generate().unwrap(), TokenKey::generate().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let (count, before, after) = (Arc::clone(&asked), old.clone(), new.clone());
        let source = move || {
            let is_first = count.fetch_add(1, Ordering::SeqCst) == 0;
            thread::sleep(SOON * 4);
            Ok(vec![if is_first { before.clone() } else { after.clone() }])
        };
        let ring = KeyRing::patient(source, LONG, LONG);
        thread::scope(|scope| {
            let early = scope.spawn(|| ring.keys().unwrap()[0].id());
            while asked.load(Ordering::SeqCst) == 0 {
                thread::sleep(SOON / 10);
            }
            // The key is changed while the source reads the old one.
            let both = [(); 2].map(|()| scope.spawn(|| ring.asked_again().unwrap()[0].id()));
            assert_eq!(both.map(|late| late.join().unwrap()), [new.id(), new.id()]);
            assert_eq!(early.join().unwrap(), old.id());
        });
        assert_eq!(ring.keys().unwrap()[0].id(), new.id());
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_source_that_fails_hangs_panics_or_has_none_is_one_sentence() {
        type Source = fn() -> Result<Vec<TokenKey>, Error>;
        let sources: [(Source, &str); 4] = [
            (
                || Err(Error::store("the keyring is locked")),
                "the keyring is locked",
            ),
            (|| Ok(Vec::new()), "it has none"),
            (|| panic!("canary"), "it panicked"),
            (
                || {
                    thread::sleep(Duration::from_secs(5));
                    Ok(Vec::new())
                },
                "did not answer within 0 s",
            ),
        ];
        for (source, says) in sources {
            // A panic may take its time: it is told with all that led to it.
            let patience = if says.starts_with("did not") { SOON } else { LONG };
            let ring = KeyRing::patient(source, patience, LONG);
            let error = ring.keys().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Store);
            assert!(error.message().contains(says), "{error}");
            assert_eq!(ring.keys().unwrap_err().message(), error.message());
        }
    }
}
