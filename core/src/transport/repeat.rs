//! Makes a request again that could not be sent.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::answer::Answer;
use super::endpoint::Endpoint;
use super::http::{Limits, Request, Transport};
use crate::error::{Error, ErrorKind, Outcome};
use crate::stop::Phase;

/// The first pause; each further one is twice as long, up to the last.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));

/// Too many requests, and failures of a server or of what stands before it.
const PASSING: [u16; 5] = [429, 500, 502, 503, 504];

/// How often a request may be made again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Repeats {
    pub(crate) retries: u32,
    /// Whether it changes nothing, so that it may be made again whatever became of it.
    pub(crate) freely: bool,
}

impl Transport {
    /// [`send`](Self::send), and up to `repeats.retries` times more while nothing has left; what may be repeated
    /// freely also when the answer was lost, or says that what was in the way may pass. The total limit is for all
    /// of it, the one for connecting for each. `heard` is given every answer.
    pub(crate) async fn send_or_repeat(
        &self,
        endpoint: &Endpoint,
        request: Request,
        limits: Limits,
        repeats: Repeats,
        heard: impl Fn(&Answer),
    ) -> Result<Answer, Error> {
        let start = Instant::now();
        let mut pause = PAUSES.0;
        for _ in 0..repeats.retries {
            let total = limits.total.saturating_sub(start.elapsed());
            let done = self
                .send(endpoint, request.clone(), Limits { total, ..limits })
                .await
                .inspect(&heard);
            let wait = match &done {
                Err(error) if may_pass(error, repeats.freely) => pause,
                Ok(answer) if repeats.freely && PASSING.contains(&answer.status) => {
                    answer.retry_after().map_or(pause, |wait| wait.max(pause))
                }
                _ => return done,
            };
            if start.elapsed().saturating_add(wait) >= limits.total {
                return done;
            }
            sleep(wait).await;
            pause = (pause * 2).min(PAUSES.1);
        }
        let total = limits.total.saturating_sub(start.elapsed());
        self.send(endpoint, request, Limits { total, ..limits })
            .await
            .inspect(heard)
    }
}

/// Whether what was in the way may pass, and asking again does no harm: a certificate does not become another.
fn may_pass(error: &Error, freely: bool) -> bool {
    error.kind() == ErrorKind::Network
        && (freely || error.outcome() == Outcome::NotSent)
        && error.phase() != Some(Phase::Tls)
}
