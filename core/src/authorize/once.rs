//! A callback counts once.
//!
//! States that were completed, or are being, live in this process for as long as their
//! authorization could: whatever client completes it, and from however many copies of a session it
//! was restored. They live in a table of atomic numbers. There is no lock, so a child that is forked
//! at any moment finds nothing held; it inherits what its parent counted. The table has one size. A
//! state that found no place, among more logins at a time than it is made for, gives way to a later
//! one; Pinterest takes a code once in any case.

use std::sync::atomic::{AtomicU64, Ordering};

use ring::digest;

use crate::error::{AuthorizationReason, Error};
use crate::transport::SentWatch;

/// A power of two.
const SETS: usize = 1024;
/// States that can share a set.
const WAYS: usize = 8;
/// Bits of a place that hold the minute in which it falls free; they suffice for 500 years from
/// 1970. The others hold what tells its state from those of the same set.
const MINUTE_BITS: u32 = 28;
const LAST_MINUTE: u64 = (1 << MINUTE_BITS) - 1;

/// Zero is a free place.
static COUNTED: [[AtomicU64; WAYS]; SETS] = [const { [const { AtomicU64::new(0) }; WAYS] }; SETS];

/// A state that counts as used. Dropping it frees the state again unless the code may have left.
pub(super) struct Claim {
    place: &'static AtomicU64,
    mark: u64,
    sent: SentWatch,
    settled: bool,
}

impl Claim {
    /// Counts `state` until `end`; `sent` tells whether the code may have left.
    ///
    /// # Errors
    ///
    /// `Authorization` if it counts already.
    pub(super) fn new(state: &str, end: i64, now: i64, sent: SentWatch) -> Result<Self, Error> {
        let (places, mark) = places_of(state, end);
        match count(places, mark, minute(now)) {
            Some(place) => Ok(Self {
                place,
                mark,
                sent,
                settled: false,
            }),
            None => Err(Error::authorization(
                AuthorizationReason::Replayed,
                "this callback was used already",
            )
            .with_hint(
                "a page that is loaded again does this; start the authorization again if there is no token",
            )),
        }
    }

    /// The code is used up.
    pub(super) fn keep(mut self) {
        self.settled = true;
    }

    /// The code can be sent again.
    pub(super) fn give_back(mut self) {
        free(self.place, self.mark);
        self.settled = true;
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if !self.settled && self.sent.withdraw() {
            free(self.place, self.mark);
        }
    }
}

/// Frees a state whose code did not leave.
pub(super) fn give_back(state: &str, end: i64) {
    let (places, mark) = places_of(state, end);
    for place in places {
        free(place, mark);
    }
}

/// Where a state may be, and what it leaves there.
fn places_of(state: &str, end: i64) -> (&'static [AtomicU64; WAYS], u64) {
    let digest = digest::digest(&digest::SHA256, state.as_bytes());
    let mut number = [0; 8];
    number.copy_from_slice(&digest.as_ref()[..8]);
    let number = u64::from_be_bytes(number);
    let places = &COUNTED[usize::try_from(number % SETS as u64).unwrap_or(0)];
    (places, (number & !LAST_MINUTE) | minute(end.saturating_add(60)))
}

/// Frees a place, unless another state has it by now.
fn free(place: &AtomicU64, mark: u64) {
    let _ = place.compare_exchange(mark, 0, Ordering::AcqRel, Ordering::Acquire);
}

/// The minutes since 1970 at a second; at least one, so that no mark is zero.
fn minute(second: i64) -> u64 {
    u64::try_from(second / 60).unwrap_or(0).clamp(1, LAST_MINUTE)
}

fn is_same(a: u64, b: u64) -> bool {
    (a ^ b) & !LAST_MINUTE == 0
}

/// Puts `mark` into the set, unless it is there.
fn count<const N: usize>(set: &[AtomicU64; N], mark: u64, now: u64) -> Option<&AtomicU64> {
    let alive = |mark: u64| mark & LAST_MINUTE > now;
    loop {
        let seen: [u64; N] = std::array::from_fn(|place| set[place].load(Ordering::Acquire));
        if seen.iter().any(|other| is_same(*other, mark) && alive(*other)) {
            return None;
        }
        // The one that ends first: a place that is free, or whose state has ended, if there is any.
        let first = (0..N).min_by_key(|place| seen[*place] & LAST_MINUTE)?;
        let place = &set[first];
        if place
            .compare_exchange(seen[first], mark, Ordering::SeqCst, Ordering::Acquire)
            .is_err()
        {
            continue;
        }
        // Two at the same moment may have found different places; then neither counts.
        let twice = (0..N).filter(|other| *other != first).any(|other| {
            let other = set[other].load(Ordering::SeqCst);
            is_same(other, mark) && alive(other)
        });
        if twice {
            free(place, mark);
            return None;
        }
        return Some(place);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    use super::{Claim, MINUTE_BITS, count};
    use crate::transport::SentWatch;

    const NOW: i64 = 1_800_000_000;

    fn claim(state: &str, end: i64, now: i64) -> Option<Claim> {
        Claim::new(state, end, now, SentWatch::default()).ok()
    }

    #[test]
    fn a_state_counts_once_until_its_end() {
        let end = NOW + 600;
        claim("a", end, NOW).unwrap().keep();
        assert!(claim("a", end, NOW).is_none());
        assert!(claim("a", end, end - 1).is_none());
        assert!(claim("b", end, NOW).is_some());
        // Its place is free after it, within two minutes.
        claim("a", end + 600, end + 120).unwrap().keep();
        assert!(claim("a", end + 600, end + 120).is_none());
        claim("for ever", i64::MAX, NOW).unwrap().keep();
        assert!(claim("for ever", i64::MAX, NOW).is_none());
        claim("long ago", -5, i64::MIN).unwrap().keep();
    }

    #[test]
    fn what_is_given_back_counts_again_and_only_once() {
        let end = NOW + 600;
        drop(claim("dropped", end, NOW).unwrap());
        claim("dropped", end, NOW).unwrap().give_back();
        let again = claim("dropped", end, NOW).unwrap();
        assert!(claim("dropped", end, NOW).is_none());
        again.keep();
        assert!(claim("dropped", end, NOW).is_none());
    }

    #[test]
    fn thousands_at_a_time_are_all_counted() {
        let states: Vec<String> = (0..1000).map(|n| format!("state {n}")).collect();
        for state in &states {
            claim(state, NOW + 600, NOW).unwrap().keep();
        }
        for state in &states {
            assert!(claim(state, NOW + 600, NOW).is_none(), "{state}");
        }
    }

    #[test]
    fn a_full_set_takes_a_later_state_in_the_place_of_the_one_that_ends_first() {
        let set: [AtomicU64; 2] = Default::default();
        let mark = |state: u64, minute: u64| state << MINUTE_BITS | minute;
        for new in [mark(1, 30), mark(2, 20), mark(3, 40)] {
            assert!(count(&set, new, 10).is_some());
        }
        let held = set.each_ref().map(|place| place.load(Ordering::Relaxed));
        assert_eq!(held, [mark(1, 30), mark(3, 40)]);
        assert!(count(&set, mark(3, 40), 10).is_none());
        assert!(count(&set, mark(3, 50), 39).is_none());
        // What has ended gives way, wherever it is.
        assert!(count(&set, mark(4, 60), 30).is_some());
        assert_eq!(set[0].load(Ordering::Relaxed), mark(4, 60));
        assert!(count(&set, mark(3, 80), 40).is_some());
    }

    #[test]
    fn of_many_at_the_same_moment_one_counts_at_most() {
        for round in 0..200 {
            let state = format!("race {round}");
            let start = Barrier::new(4);
            let claims: Vec<Claim> = thread::scope(|scope| {
                let threads: Vec<_> = (0..4)
                    .map(|_| {
                        scope.spawn(|| {
                            start.wait();
                            claim(&state, NOW + 600, NOW)
                        })
                    })
                    .collect();
                threads
                    .into_iter()
                    .filter_map(|one| one.join().unwrap())
                    .collect()
            });
            assert!(claims.len() <= 1);
        }
    }
}
