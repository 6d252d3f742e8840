//! What Kotlin knows by a number: one that was given back, or never existed, is nothing, and no pointer.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Things by number; no number is used twice.
pub(crate) struct Numbered<T> {
    things: Mutex<(u64, BTreeMap<u64, T>)>,
}

impl<T> Numbered<T> {
    pub(crate) const fn new() -> Self {
        Self {
            things: Mutex::new((0, BTreeMap::new())),
        }
    }

    /// Keeps a thing, and gives its number.
    pub(crate) fn keep(&self, thing: T) -> u64 {
        let mut things = self.lock();
        things.0 += 1;
        let number = things.0;
        things.1.insert(number, thing);
        number
    }

    /// Gives a thing back.
    pub(crate) fn take(&self, number: u64) -> Option<T> {
        self.lock().1.remove(&number)
    }

    fn lock(&self) -> MutexGuard<'_, (u64, BTreeMap<u64, T>)> {
        self.things.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Clone> Numbered<T> {
    /// A copy of a thing.
    pub(crate) fn get(&self, number: u64) -> Option<T> {
        self.lock().1.get(&number).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::Numbered;

    #[test]
    fn a_number_is_used_once() {
        let words = Numbered::new();
        let (one, two) = (words.keep("one"), words.keep("two"));
        assert_eq!((words.get(one), words.get(two)), (Some("one"), Some("two")));
        assert_eq!(
            (words.take(one), words.take(one), words.get(one)),
            (Some("one"), None, None)
        );
        assert!(words.keep("three") > two);
    }
}
