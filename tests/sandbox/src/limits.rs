//! The rate limit: so many requests of an app within a window.

use std::collections::HashMap;

use crate::switches::Switches;

/// How much of its limit each app has used.
#[derive(Default)]
pub(crate) struct Limits {
    /// The second the window began in, and the requests since.
    windows: HashMap<String, (i64, u32)>,
}

/// Where an app stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// Seconds to wait until the window ends.
    pub(crate) reset: i64,
    /// This request is one too many.
    pub(crate) exceeded: bool,
}

impl Limits {
    /// Counts a request. Where the limit is not enforced each is the first of its window, so that a
    /// test knows what the headers say.
    pub(crate) fn count(&mut self, app_id: &str, now: i64, switches: &Switches) -> Standing {
        let length = i64::from(switches.rate_limit_window_seconds.max(1));
        if !switches.enforce_rate_limit {
            return Standing {
                limit: switches.rate_limit,
                remaining: switches.rate_limit.saturating_sub(1),
                reset: length,
                exceeded: false,
            };
        }
        let (mut began, mut used) = self.windows.get(app_id).copied().unwrap_or((now, 0));
        if !(began..began + length).contains(&now) {
            (began, used) = (now, 0);
        }
        let exceeded = used >= switches.rate_limit;
        used = used.saturating_add(1);
        match self.windows.get_mut(app_id) {
            Some(window) => *window = (began, used),
            None => {
                self.windows.insert(app_id.to_owned(), (began, used));
            }
        }
        Standing {
            limit: switches.rate_limit,
            remaining: switches.rate_limit.saturating_sub(used),
            reset: began + length - now,
            exceeded,
        }
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
            let standing = limits.count("a", now, &switches);
            (standing.remaining, standing.reset, standing.exceeded)
        };
        assert_eq!(count(100), (1, 10, false));
        assert_eq!(count(104), (0, 6, false));
        assert_eq!(count(109), (0, 1, true));
        assert_eq!(count(110), (1, 10, false), "a new window");
        assert_eq!(count(50), (1, 10, false), "the clock went back");
    }
}
