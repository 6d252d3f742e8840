//! The rate limit: so many requests of an app within a window, of all together or of each category.

use std::collections::HashMap;

use crate::switches::Switches;

/// How much of its limits each app has used, by app, category and length of the window. There are as many as
/// apps that have been registered.
#[derive(Default)]
pub(crate) struct Limits {
    /// The second the window began in, and the requests since.
    windows: HashMap<(String, String, i64), (i64, u32)>,
}

/// Where an app stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// As the header says it: the limit that is nearest, and all of them if there are several.
    pub(crate) limit: String,
    pub(crate) remaining: u32,
    /// Seconds to wait until the window ends.
    pub(crate) reset: i64,
    /// This request is one too many.
    pub(crate) exceeded: bool,
}

impl Limits {
    /// Counts a request of a category. Where the limit is not enforced each is the first of its window, so
    /// that a test knows what the headers say.
    pub(crate) fn count(&mut self, app_id: &str, category: &str, now: i64, switches: &Switches) -> Standing {
        let by_category = switches.rate_limits_by_category.as_ref();
        let named = by_category.and_then(|limits| limits.get(category));
        let length = i64::from(switches.rate_limit_window_seconds.max(1));
        let mut policies = vec![(named.copied().unwrap_or(switches.rate_limit), length)];
        // As Pinterest has been seen to say it, the shortest comes first.
        if let Some(limit) = switches.rate_limit_per_second {
            policies.insert(0, (limit, 1));
        }
        let counted_in = by_category.map_or("", |_| category);
        let mut nearest: Option<(u32, u32, i64)> = None;
        let mut exceeded = false;
        for (limit, length) in &policies {
            let (used, reset) = if switches.enforce_rate_limit {
                self.used(app_id, counted_in, *length, now)
            } else {
                (0, *length)
            };
            exceeded |= used >= *limit;
            let remaining = limit.saturating_sub(used.saturating_add(1));
            if nearest.is_none_or(|(_, least, _)| remaining < least) {
                nearest = Some((*limit, remaining, reset));
            }
        }
        let (limit, remaining, reset) = nearest.unwrap_or((switches.rate_limit, 0, length));
        let all = policies
            .iter()
            .map(|(limit, length)| format!(", {limit};w={length}"));
        let all: String = all.filter(|_| policies.len() > 1).collect();
        Standing {
            limit: format!("{limit}{all}"),
            remaining,
            reset,
            exceeded: exceeded && switches.enforce_rate_limit,
        }
    }

    /// Counts a request in a window; gives how many came before it, and the seconds until it ends.
    fn used(&mut self, app_id: &str, category: &str, length: i64, now: i64) -> (u32, i64) {
        let key = (app_id.to_owned(), category.to_owned(), length);
        let (began, used) = self.windows.entry(key).or_insert((now, 0));
        if !(*began..*began + length).contains(&now) {
            (*began, *used) = (now, 0);
        }
        let before = *used;
        *used = used.saturating_add(1);
        (before, *began + length - now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends() {
        let switches = Switches {
            rate_limit: 2,
            rate_limit_window_seconds: 10,
            enforce_rate_limit: true,
            ..Switches::default()
        };
        let mut limits = Limits::default();
        let mut count = |now| {
            let standing = limits.count("a", "ads_read", now, &switches);
            (standing.remaining, standing.reset, standing.exceeded)
        };
        assert_eq!(count(100), (1, 10, false));
        assert_eq!(count(104), (0, 6, false));
        assert_eq!(count(109), (0, 1, true));
        assert_eq!(count(110), (1, 10, false), "a new window");
        assert_eq!(count(50), (1, 10, false), "the clock went back");
    }
    #[test]
    fn each_category_and_each_second_has_a_limit_of_its_own() {
        let switches = Switches {
            rate_limit: 1000,
            rate_limit_per_second: Some(100),
            rate_limits_by_category: Some([("ads_read".to_owned(), 1)].into()),
            enforce_rate_limit: true,
            ..Switches::default()
        };
        let mut limits = Limits::default();
        let first = limits.count("a", "org_read", 100, &switches);
        assert_eq!(
            (&*first.limit, first.remaining, first.reset),
            ("100, 100;w=1, 1000;w=60", 99, 1)
        );
        let other = limits.count("a", "ads_read", 100, &switches);
        assert_eq!((&*other.limit, other.exceeded), ("1, 100;w=1, 1;w=60", false));
        let next = limits.count("a", "ads_read", 130, &switches);
        assert_eq!((next.exceeded, next.remaining, next.reset), (true, 0, 30));
        assert!(!limits.count("a", "org_read", 130, &switches).exceeded);
    }
}
