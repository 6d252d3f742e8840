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

impl Transport {
    /// [`send`](Self::send), and up to `retries` times more while nothing has left. The total limit
    /// is for all of it, the one for connecting for each.
    pub(crate) async fn send_or_repeat(
        &self,
        endpoint: &Endpoint,
        request: Request,
        limits: Limits,
        retries: u32,
    ) -> Result<Answer, Error> {
        let start = Instant::now();
        let mut pause = PAUSES.0;
        for _ in 0..retries {
            let total = limits.total.saturating_sub(start.elapsed());
            match self
                .send(endpoint, request.clone(), Limits { total, ..limits })
                .await
            {
                Err(error) if may_pass(&error) && start.elapsed() + pause < limits.total => {
                    sleep(pause).await;
                    pause = (pause * 2).min(PAUSES.1);
                }
                done => return done,
            }
        }
        let total = limits.total.saturating_sub(start.elapsed());
        self.send(endpoint, request, Limits { total, ..limits }).await
    }
}

/// Whether nothing was sent, and what was in the way may pass; a certificate does not become another.
fn may_pass(error: &Error) -> bool {
    error.kind() == ErrorKind::Network
        && error.outcome() == Outcome::NotSent
        && error.phase() != Some(Phase::Tls)
}
