//! Pinterest's limits of rate: what is used up is not asked for until it is there again.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::failure::Failure;
use pinterest_sdk::{Error, ErrorKind, RateLimit};

/// What is waited for without saying so: a window of a second, and not one of a minute.
const PATIENCE: Duration = Duration::from_secs(5);

/// Until when nothing more may be asked for, by the category that operations are counted in.
#[derive(Default)]
pub(super) struct Limits(RefCell<HashMap<&'static str, Instant>>);

impl Limits {
    /// Waits for as long as a caller may, or says how long it takes.
    pub(super) async fn wait(&self, category: &'static str) -> Result<(), Failure> {
        let Some(until) = self.0.borrow().get(category).copied() else {
            return Ok(());
        };
        let left = until.saturating_duration_since(Instant::now());
        if left > PATIENCE {
            return Err(Failure::Found {
                kind: ErrorKind::RateLimited,
                what: format!("Pinterest's limit for calls of the category {category} is used up"),
                hint: format!("nothing was sent; call again in {} seconds", left.as_secs() + 1),
            });
        }
        sleep_until(until).await;
        Ok(())
    }

    /// Notes what an answer says.
    pub(super) fn note(&self, category: &'static str, said: &RateLimit) {
        if said.remaining == Some(0)
            && let Some(reset) = said.reset
        {
            self.rest(category, reset);
        }
    }

    /// Notes what a refusal says.
    pub(super) fn note_refusal(&self, category: &'static str, error: &Error) {
        if error.kind() == ErrorKind::RateLimited
            && let Some(wait) = error.retry_after()
        {
            self.rest(category, wait);
        } else if let Some(answer) = error.answer() {
            self.note(category, &answer.rate_limit);
        }
    }

    fn rest(&self, category: &'static str, wait: Duration) {
        let until = Instant::now() + wait;
        let mut ends = self.0.borrow_mut();
        let end = ends.entry(category).or_insert(until);
        *end = until.max(*end);
    }
}
