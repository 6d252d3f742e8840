//! How often a program may ask again, all its accounts together.

use std::sync::atomic::{AtomicU32, Ordering};

/// What can be saved up.
const MOST: u32 = 50;
/// What asking again costs; an answer earns 1.
const COST: u32 = 5;

/// A budget for asking again: while a server is in trouble it is soon spent, and nobody adds to the trouble.
#[derive(Debug)]
pub(super) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(MOST))
    }
}

impl Budget {
    /// Whether asking again is affordable, and then paid.
    pub(super) fn spend(&self) -> bool {
        let pay = |left: u32| left.checked_sub(COST);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, pay)
            .is_ok()
    }

    /// An answer came.
    pub(super) fn earn(&self) {
        let add = |left: u32| Some((left + 1).min(MOST));
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, COST, MOST};

    #[test]
    fn what_is_spent_is_earned_by_answers() {
        let (budget, affordable) = (Budget::default(), usize::try_from(MOST / COST).unwrap());
        assert_eq!((0..100).filter(|_| budget.spend()).count(), affordable);
        for _ in 0..COST {
            assert!(!budget.spend());
            budget.earn();
        }
        assert!(budget.spend());
        (0..1000).for_each(|_| budget.earn());
        assert_eq!((0..100).filter(|_| budget.spend()).count(), affordable);
    }
}
