//! Ctrl-C: ends the command at once, but does not come between a request for a token and its place
//! on the disk.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;

use super::failure::Failure;

/// Whether the person wants to stop, and whether that has to wait.
#[derive(Default)]
pub(crate) struct Interruption {
    must_finish: Cell<bool>,
    wanted: Cell<bool>,
}

impl Interruption {
    /// Works until the work is done or the person wants to stop. Dropping the work frees ports and
    /// ends requests. The second Ctrl-C always counts.
    pub(crate) async fn watch<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                biased;
                result = &mut work => return result,
                Ok(()) = tokio::signal::ctrl_c() => {
                    if self.wanted.replace(true) || !self.must_finish.get() {
                        return Err(Failure::Interrupted);
                    }
                }
            }
        }
    }

    /// Finishes this part of the work, which its own deadline bounds, before it stops.
    pub(crate) async fn finish_first<T, E>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Failure>
    where
        Failure: From<E>,
    {
        self.must_finish.set(true);
        let result = work.await;
        self.must_finish.set(false);
        if self.wanted.get() {
            return Err(Failure::Interrupted);
        }
        Ok(result?)
    }
}
