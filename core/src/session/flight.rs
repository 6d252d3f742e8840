//! One renewal at a time for each account of a process, which nobody who waits for it can cancel.

use super::access_token::AccessToken;
use super::ground::{Handle, Mutex, PoisonError, watch};
use super::need::Need;
use crate::error::Error;

/// What a flight came to.
pub(super) type Landing = Result<AccessToken, Error>;

/// Where the flight of an account is known, if there is one.
#[derive(Debug, Default)]
pub(super) struct Runway(Mutex<Option<Flight>>);

/// A flight, for whoever waits for it.
#[derive(Debug, Clone)]
pub(super) struct Flight {
    pub(super) need: Need,
    landing: watch::Receiver<Option<Landing>>,
}

impl Flight {
    /// What it came to; none if the runtime that it was on has ended.
    pub(super) async fn landed(mut self) -> Option<Landing> {
        self.landing.wait_for(Option::is_some).await.ok()?.clone()
    }

    fn is_over(&self) -> bool {
        self.landing.has_changed().is_err() || self.landing.borrow().is_some()
    }
}

impl Runway {
    /// The flight that is in the air, if it will do, or one that `start` sends: behind the other, so that whoever needs
    /// more has the next turn, however many come meanwhile.
    pub(super) fn join<F>(&self, need: Need, on: &Handle, start: impl FnOnce() -> F) -> Flight
    where
        F: Future<Output = Landing> + Send + 'static,
    {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.take().filter(|flight| !flight.is_over());
        if let Some(flight) = before.as_ref().filter(|flight| flight.need.serves(need)) {
            known.clone_from(&before);
            return flight.clone();
        }
        let (land, landing) = watch::channel(None);
        let flight = Flight { need, landing };
        *known = Some(flight.clone());
        let work = start();
        // Nobody holds its handle: it ends by itself, or with the runtime.
        drop(on.spawn(async move {
            if let Some(before) = before {
                let _ = before.landed().await;
            }
            let outcome = work.await;
            let _ = land.send(Some(outcome));
        }));
        flight
    }

    /// The flight that is in the air.
    pub(super) fn current(&self) -> Option<Flight> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.clone().filter(|flight| !flight.is_over())
    }
}
