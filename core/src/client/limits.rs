//! What answers said of Pinterest's limits, and calls that wait for their turn instead of being refused.
//!
//! Pinterest counts the calls of a category for each token. Nothing is known of a count but what the last answer said:
//! where that is nothing, or that something is left, a call goes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use ring::digest::{SHA256, digest};
use tokio::time::{Instant, sleep};

use super::{ApiClient, Auth};
use crate::error::{Error, ErrorKind, Outcome};
use crate::runtime;
use crate::transport::{Answer, Standing};

/// A wait looks at the clock as often as this: somebody may have set it.
const LOOK: Duration = Duration::from_millis(500);

/// What is counted together: the calls of a category with a credential, which is known by its fingerprint alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Counted {
    credential: [u8; 32],
    category: &'static str,
}

/// A count that is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct UsedUp {
    until: SystemTime,
    /// From the answer that said so; a clock that goes back makes it no longer.
    wait: Duration,
}

impl UsedUp {
    fn left(&self, now: SystemTime) -> Duration {
        self.until.duration_since(now).unwrap_or_default().min(self.wait)
    }
}

/// The counts that are used up; clients that share connections share them. It is held for moments, and never while anybody
/// waits.
#[derive(Debug, Default)]
pub(super) struct KnownLimits(Mutex<HashMap<Counted, UsedUp>>);

impl KnownLimits {
    fn lock(&self) -> MutexGuard<'_, HashMap<Counted, UsedUp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn used_up(&self, counted: &Counted) -> Option<UsedUp> {
        self.lock().get(counted).copied()
    }

    fn hear(&self, counted: Counted, standing: Standing, now: SystemTime) {
        let mut known = self.lock();
        match standing {
            Standing::UsedUp(wait) => {
                // What has passed is of use to nobody.
                known.retain(|_, used_up| !used_up.left(now).is_zero());
                let until = now.checked_add(wait).unwrap_or(now);
                known.insert(counted, UsedUp { until, wait });
            }
            Standing::Left => {
                known.remove(&counted);
            }
            Standing::Unsaid => {}
        }
    }

    /// Time has passed, whatever the clock says.
    fn forget(&self, counted: &Counted, passed: UsedUp) {
        let mut known = self.lock();
        if known.get(counted) == Some(&passed) {
            known.remove(counted);
        }
    }
}

impl ApiClient {
    /// The count that a call of a category counts in; none where limits are not kept.
    pub(super) fn counted(
        &self,
        auth: Auth,
        category: Option<&'static str>,
    ) -> Result<Option<Counted>, Error> {
        let (Some(category), true) = (category, self.configuration.keep_rate_limits) else {
            return Ok(None);
        };
        let Some(credential) = self.credential(auth)? else {
            return Ok(None);
        };
        let of_host = zeroize::Zeroizing::new([self.origin(), " ", &credential].concat());
        let mut counted = Counted {
            credential: [0; 32],
            category,
        };
        counted
            .credential
            .copy_from_slice(digest(&SHA256, of_host.as_bytes()).as_ref());
        Ok(Some(counted))
    }

    /// Waits while a count is used up.
    ///
    /// # Errors
    ///
    /// `RateLimited`, at once, if that takes longer than `limit`.
    pub(super) async fn wait_for(&self, counted: &Counted, limit: Duration) -> Result<(), Error> {
        let start = Instant::now();
        let clock = &self.configuration.clock;
        while let Some(used_up) = self.limits.used_up(counted) {
            let wait = used_up.left(clock.time());
            if wait.is_zero() {
                break;
            }
            if start.elapsed().saturating_add(wait) >= limit {
                return Err(self.refused_in_advance(counted.category, wait));
            }
            runtime::equipped()?;
            let began = Instant::now();
            // Until then, or until somebody hears another thing.
            while began.elapsed() < wait
                && !used_up.left(clock.time()).is_zero()
                && self.limits.used_up(counted) == Some(used_up)
            {
                sleep(wait.saturating_sub(began.elapsed()).min(LOOK)).await;
            }
            if began.elapsed() >= wait {
                self.limits.forget(counted, used_up);
            }
        }
        Ok(())
    }

    /// Remembers what an answer says.
    pub(super) fn hear(&self, counted: &Counted, answer: &Answer) {
        self.limits
            .hear(*counted, answer.standing(), self.configuration.clock.time());
    }

    fn refused_in_advance(&self, category: &str, wait: Duration) -> Error {
        // Whoever waits as long as is told waits long enough.
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let message = format!(
            "{} takes no more calls of the category {category} with this credential for {seconds} s",
            self.party()
        );
        Error::new(ErrorKind::RateLimited, Outcome::NotSent, message)
            .with_retry_after(Some(Duration::from_secs(seconds)))
            .with_hint("wait, or give the call so much time; nothing was sent")
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{Counted, KnownLimits, Standing};
    use crate::client::{ApiClient, Auth};
    use crate::configuration::Configuration;

    fn counted(token: &str, host: &str, category: &'static str) -> Counted {
        let configuration = Configuration::default().with_access_token(token).with_host(host);
        let client = ApiClient::new(configuration).unwrap();
        client.counted(Auth::Bearer, Some(category)).unwrap().unwrap()
    }

    #[test]
    fn each_token_and_category_of_a_host_is_counted_by_itself() {
        let host = "https://api.pinterest.com/v5";
        let one = counted("pina_1", host, "org_read");
        assert_eq!(one, counted(" pina_1\n", host, "org_read"));
        for other in [
            counted("pina_2", host, "org_read"),
            counted("pina_1", "https://api-sandbox.pinterest.com/v5", "org_read"),
            counted("pina_1", host, "org_write"),
        ] {
            assert_ne!(one, other);
        }
        assert!(!format!("{one:?}").contains("pina_1"));
    }

    #[test]
    fn only_what_is_used_up_is_kept_and_no_longer_than_it_is() {
        let (known, one) = (KnownLimits::default(), counted("pina_1", "https://h", "org_read"));
        let two = counted("pina_2", "https://h", "org_read");
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        let left = |now| known.used_up(&one).map(|used_up| used_up.left(now).as_secs());
        known.hear(one, Standing::Unsaid, at(100));
        assert_eq!(left(at(100)), None);
        known.hear(one, Standing::UsedUp(Duration::from_secs(60)), at(100));
        known.hear(one, Standing::Unsaid, at(101));
        // The clock was set back.
        assert_eq!(
            [90, 100, 130, 160, 200].map(|now| left(at(now))),
            [60, 60, 30, 0, 0].map(Some)
        );
        known.hear(two, Standing::UsedUp(Duration::from_secs(1)), at(130));
        assert_eq!(known.lock().len(), 2);
        known.hear(two, Standing::UsedUp(Duration::from_secs(1)), at(160));
        assert_eq!(left(at(160)), None);
        assert_eq!(known.lock().len(), 1);
        known.hear(two, Standing::Left, at(160));
        assert!(known.lock().is_empty());
    }
}
