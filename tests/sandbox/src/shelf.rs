//! A map that does not grow for ever.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// How many entries a shelf holds. A day of refreshing must not fill the memory.
const LIMIT: usize = 100_000;

/// Entries by their text; past [`LIMIT`] the oldest make room.
pub(crate) struct Shelf<T> {
    entries: HashMap<Arc<str>, T>,
    order: VecDeque<Arc<str>>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            entries: HashMap::new(),
            order: VecDeque::new(),
        }
    }
}

impl<T> Shelf<T> {
    pub(crate) fn insert(&mut self, text: &str, entry: T) {
        let text: Arc<str> = Arc::from(text);
        self.entries.insert(Arc::clone(&text), entry);
        self.order.push_back(text);
        // Removed entries are still in the order; they count here, so that it does not grow either.
        while self.order.len() > LIMIT {
            if let Some(oldest) = self.order.pop_front() {
                self.entries.remove(&oldest);
            }
        }
    }

    pub(crate) fn get(&self, text: &str) -> Option<&T> {
        self.entries.get(text)
    }

    pub(crate) fn get_mut(&mut self, text: &str) -> Option<&mut T> {
        self.entries.get_mut(text)
    }

    pub(crate) fn remove(&mut self, text: &str) {
        self.entries.remove(text);
    }

    /// The newest first.
    pub(crate) fn newest(&self) -> impl Iterator<Item = (&str, &T)> {
        self.order
            .iter()
            .rev()
            .filter_map(|text| Some((&**text, self.entries.get(text)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_makes_room() {
        let mut shelf = Shelf::default();
        for number in 0..=LIMIT {
            shelf.insert(&number.to_string(), number);
        }
        assert_eq!(shelf.get("0"), None);
        assert_eq!(shelf.get("1"), Some(&1));
        assert_eq!(shelf.newest().next(), Some((&*LIMIT.to_string(), &LIMIT)));
    }
}
