//! The heart: under an account's lock, say that new tokens are asked for, ask, and keep what comes.

use std::pin::pin;
use std::time::{Duration, Instant};

use tokio::time::{sleep, timeout};

use super::budget::Budget;
use super::keeping::{bounded, changed, keep, settle};
use super::need::Need;
use crate::api::OauthApi;
use crate::client::{ApiClient, CallOptions};
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Outcome};
use crate::models::{OauthAccessTokenRequest, OauthAccessTokenResponse};
use crate::random;
use crate::store::{Failure, Record, StoreLock, StoredToken};

/// The least time in which asking once more makes sense.
const SHORTEST: Duration = Duration::from_secs(1);
/// How often the lock is told that it is needed yet.
const ALIVE: Duration = Duration::from_secs(3);
/// The first pause before asking again; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(500);

/// One renewal, and all that it needs but the lock.
pub(super) struct Transaction<'a> {
    pub(super) client: &'a ApiClient,
    pub(super) clock: &'a Clock,
    /// What its requests do differently, but for how long they may take.
    pub(super) options: CallOptions,
    pub(super) need: Need,
    /// Hears of new tokens before they are kept: the runtime may end meanwhile.
    pub(super) issued: &'a (dyn Fn(&StoredToken) + Sync),
    /// What may be spent on asking again after a refusal that may pass; without it nothing is.
    pub(super) budget: Option<&'a Budget>,
    /// The scopes that an app's own are asked for with; without them those that it was asked for with before.
    pub(super) scope: Option<&'a str>,
    /// What a person has to do when the tokens cannot be renewed any more.
    pub(super) remedy: &'a str,
}

/// New tokens.
pub(super) enum Renewed {
    /// Issued just now, and kept or not.
    Issued(StoredToken, Result<(), Error>),
    /// Somebody else's, who was faster although we held the lock.
    Found(StoredToken),
}

impl Transaction<'_> {
    /// New tokens in place of what is kept. `found` is what the lock gave.
    ///
    /// # Errors
    ///
    /// `ReauthorizationRequired` if there is no valid refresh token, `Store` if there is no place
    /// for a new token (then nothing is asked for), and those of [`OauthApi::oauth_token`].
    pub(super) async fn renew(&self, lock: &mut dyn StoreLock, found: &Record) -> Result<Renewed, Error> {
        self.check(found)?;
        let intent = found.asking();
        if !bounded(lock.compare_and_swap(Some(found), Some(&intent))).await? {
            return Err(changed());
        }
        let mut lost = found.asked;
        let scope = self.requested(&found.token);
        let request = request(&found.token, scope.as_deref());
        let answer = alive(lock, self.ask(&request, &mut lost)).await;
        // Client credentials bring another token each time: none is lost.
        lost &= !found.token.client_credentials;
        match answer {
            Ok(mut answer) => {
                answer.scope = answer.scope.or_else(|| scope.clone());
                let mut renewed = found.token.renewed(answer, self.clock.now());
                renewed.requested = scope;
                (self.issued)(&renewed);
                let kept = keep(lock, intent, &found.renewed(renewed.clone())).await;
                Ok(Renewed::Issued(renewed, kept))
            }
            Err(error) => {
                if error.kind() == ErrorKind::InvalidGrant
                    && let Ok(Some(other)) = bounded(lock.load()).await
                    && self.will_do(&other.token, &found.token)
                {
                    return Ok(Renewed::Found(other.token));
                }
                let error = self.explain(error, &found.token, lost);
                let failure = self.failure(&error, found);
                // What stays says that tokens may have been issued, and lost.
                let after = found.failed(lost, Some(failure));
                // Without it the next one tries in vain as well, and says so.
                let _ = settle(lock, &intent, Some(&after)).await;
                Err(error)
            }
        }
    }

    /// The scopes that an app's own token is asked for with; none of another.
    fn requested(&self, token: &StoredToken) -> Option<String> {
        let own = token.client_credentials.then_some(token)?;
        let before = own.requested.as_deref().or(own.scope.as_deref());
        self.scope.or(before).map(str::to_owned)
    }

    /// Whether what somebody else put there is another token of the same app's, and valid.
    fn will_do(&self, other: &StoredToken, found: &StoredToken) -> bool {
        other.access_token != found.access_token
            && other.is_same_app_as(found)
            && !other.access_life.is_over(self.clock.now())
    }

    /// What to remember of a failure.
    fn failure(&self, error: &Error, found: &Record) -> Failure {
        let before = found.failure.as_ref();
        let mut failure = Failure::after(before, self.clock.now(), error, self.need != Need::Early);
        match error.kind() {
            ErrorKind::ReauthorizationRequired => failure = failure.refusing(found.token.fingerprint()),
            // It is this process's secret that is wrong: others may have the right one.
            ErrorKind::Authentication => failure.not_before = before.and_then(|before| before.not_before),
            _ => {}
        }
        failure
    }

    /// Whether there is something to renew the tokens with, and it is time to ask.
    fn check(&self, found: &Record) -> Result<(), Error> {
        // Somebody who asks for it may know better, and that a refusal was a mistake.
        let failure = found.failure.as_ref().filter(|_| self.need != Need::Asked);
        let held_off = || failure?.held_off(self.clock.now());
        match beyond_renewal(&found.token, failure, self.clock, self.remedy).or_else(held_off) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// A refused refresh token needs a person; whether one may have been lost helps them. An answer that
    /// did not come needs another attempt, of which the client can only know that it may be one too many.
    fn explain(&self, error: Error, token: &StoredToken, lost: bool) -> Error {
        // An app's own has no refresh token, and needs nobody.
        if token.client_credentials {
            return error;
        }
        let party = self.client.party();
        if error.kind() == ErrorKind::Network && error.outcome() == Outcome::Unknown {
            return error.with_hint(format!(
                "{party} was asked for new tokens and did not answer; run this again: the refresh token is kept, and may be sent again"
            ));
        }
        if error.kind() != ErrorKind::InvalidGrant {
            return error;
        }
        let why = if lost {
            "an earlier renewal was cut off or not answered clearly, and its token may be lost"
        } else {
            "it is wrong, expired, revoked or was renewed elsewhere"
        };
        Error::new(
            ErrorKind::ReauthorizationRequired,
            error.outcome(),
            format!("{party} refuses the refresh token: {why}"),
        )
        .with_hint(self.remedy.to_owned())
        .with_source(error)
    }

    /// Asks once, and once more if the answer was lost: nothing else can bring back a token that was
    /// issued meanwhile. What was refused and may pass is asked for again as long as the budget lasts.
    /// What can wait gets its few seconds for all of it.
    pub(super) async fn ask(
        &self,
        request: &OauthAccessTokenRequest,
        lost: &mut bool,
    ) -> Result<OauthAccessTokenResponse, Error> {
        let started = Instant::now();
        let limit = self.need.time(self.client.configuration().timeout);
        let left = || limit.saturating_sub(started.elapsed());
        let mut pause = PAUSE;
        let mut repeated = false;
        loop {
            let error = match self.ask_once(request.clone(), left()).await {
                Ok(answer) => {
                    self.budget.inspect(|budget| budget.earn());
                    return Ok(answer);
                }
                Err(error) => error,
            };
            if error.outcome() == Outcome::Unknown {
                *lost = true;
                if repeated || left() < SHORTEST {
                    return Err(error);
                }
                repeated = true;
                continue;
            }
            let jittered = pause.mul_f64(random::jitter());
            let wait = error.retry_after().map_or(jittered, |wait| wait.max(jittered));
            let may_pass = error.is_retryable() && wait + SHORTEST < left();
            if !may_pass || !self.budget.is_some_and(Budget::spend) {
                // That this one came to nothing says nothing of the one before.
                return Err(if repeated {
                    error.with_outcome(Outcome::Unknown)
                } else {
                    error
                });
            }
            sleep(wait).await;
            pause *= 2;
        }
    }

    async fn ask_once(
        &self,
        request: OauthAccessTokenRequest,
        limit: Duration,
    ) -> Result<OauthAccessTokenResponse, Error> {
        let options = self
            .options
            .clone()
            .with_timeout(limit.max(Duration::from_nanos(1)));
        let api = OauthApi::new(self.client.clone());
        let response = api.oauth_token_with_http_info(request, &options).await;
        response.map(|response| response.data)
    }
}

/// Why nothing renews these tokens but a person's authorization, if so; `failure` is the last renewal that failed.
pub(super) fn beyond_renewal(
    token: &StoredToken,
    failure: Option<&Failure>,
    clock: &Clock,
    remedy: &str,
) -> Option<Error> {
    if token.client_credentials {
        return None;
    }
    let why = if token.refresh_token.is_none() {
        "there is no refresh token: this token cannot be renewed".to_owned()
    } else if token.refresh_life.is_over(clock.now()) {
        // Which clock decided: it may be the one that is wrong.
        let date = clock.date().unwrap_or_else(|| "no date".to_owned());
        format!("the refresh token has expired by this machine's clock, which says {date}")
    } else {
        let refused = failure.filter(|failure| token.is_refused(failure))?;
        refused.message.clone()
    };
    let error = Error::new(ErrorKind::ReauthorizationRequired, Outcome::NotSent, why);
    Some(error.with_hint(remedy.to_owned()))
}

/// What is asked for in place of a token.
fn request(token: &StoredToken, scope: Option<&str>) -> OauthAccessTokenRequest {
    match &token.refresh_token {
        Some(refresh_token) if !token.client_credentials => {
            OauthAccessTokenRequest::refresh_token(refresh_token.expose())
        }
        _ => OauthAccessTokenRequest::client_credentials(scope.unwrap_or_default()),
    }
}

/// Does what takes its time, and keeps the lock meanwhile. Whatever the lock takes for that, the work goes on.
pub(super) async fn alive<T>(lock: &mut dyn StoreLock, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Ok(done) = timeout(ALIVE, &mut work).await {
            return done;
        }
        // A lock that is lost meanwhile shows when something is kept.
        let mut keeping = pin!(timeout(ALIVE, lock.keep_alive()));
        tokio::select! {
            biased;
            done = &mut work => {
                // Nothing else is asked of a lock meanwhile.
                drop(keeping.await);
                return done;
            }
            _ = &mut keeping => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::time::Duration;

    use tokio::time::{Instant, sleep};

    use super::{ALIVE, alive};
    use crate::store::{Later, Record, StoreLock};

    /// A lock that is never made to last.
    struct Hangs;

    impl StoreLock for Hangs {
        fn load(&mut self) -> Later<'_, Option<Record>> {
            Box::pin(pending())
        }

        fn compare_and_swap<'a>(
            &'a mut self,
            _: Option<&'a Record>,
            _: Option<&'a Record>,
        ) -> Later<'a, bool> {
            Box::pin(pending())
        }

        fn keep_alive(&mut self) -> Later<'_, ()> {
            Box::pin(pending())
        }

        fn unlock(self: Box<Self>) -> Later<'static, ()> {
            Box::pin(pending())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn work_goes_on_though_the_lock_hangs() {
        let started = Instant::now();
        for seconds in [1, 4, 8] {
            let time = Duration::from_secs(seconds);
            let began = Instant::now();
            let mut lock = Hangs;
            let ended = alive(&mut lock, async {
                sleep(time).await;
                Instant::now()
            });
            assert!(ended.await - began < time + Duration::from_millis(50));
        }
        assert!(started.elapsed() < Duration::from_secs(13) + ALIVE * 2);
    }
}
