//! Ctrl-C: ends the command at once, but does not come between a request for a token and its place
//! on the disk.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};

use super::failure::Failure;

/// Whether the person wants to stop, and whether that has to wait.
#[derive(Default)]
pub(crate) struct Interruption {
    must_finish: AtomicBool,
    wanted: Cell<bool>,
}

impl Interruption {
    /// Set while a stop would lose a token.
    pub(crate) fn must_finish(&self) -> &AtomicBool {
        &self.must_finish
    }

    /// Works until the work is done or the person wants to stop. Dropping the work frees ports and
    /// ends requests. The second Ctrl-C always counts.
    pub(crate) async fn watch<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let mut work = pin!(work);
        loop {
            tokio::select! {
                // Ctrl-C first: the work may begin with a prompt, which blocks.
                biased;
                Ok(()) = tokio::signal::ctrl_c() => {
                    if self.wanted.replace(true) || !self.must_finish.load(Ordering::Relaxed) {
                        return Err(Failure::Interrupted);
                    }
                }
                result = &mut work => return result,
            }
        }
    }

    /// Does this part of the work; a person who wanted to stop meanwhile gets no result.
    pub(crate) async fn unless_wanted<T, E>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Failure>
    where
        Failure: From<E>,
    {
        let result = work.await;
        if self.wanted.get() {
            return Err(Failure::Interrupted);
        }
        Ok(result?)
    }
}
