//! A clock that a test moves; nothing of Python's is asked for the time.

use std::time::{SystemTime, UNIX_EPOCH};

use pinterest_sdk::{Clock, ManualClock as Manual};
use pyo3::prelude::*;

use crate::duration::duration;

/// Seconds since 1970 beyond what the core's clock knows, which every system's can hold.
const LATE: f64 = 3e11;

/// A clock that stands still until it is moved. Times are in seconds since 1970.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct ManualClock(Manual);

#[pymethods]
impl ManualClock {
    /// At the present time for `None`.
    #[new]
    fn new(now: Option<f64>) -> Self {
        Self(now.map_or_else(Manual::default, |now| Manual::new(time(now))))
    }

    /// The time at which it stands.
    fn now(&self) -> f64 {
        let elapsed = self.0.time().duration_since(UNIX_EPOCH);
        elapsed.unwrap_or_default().as_secs_f64()
    }

    /// Sets it, forward or back.
    fn set(&self, now: f64) {
        self.0.set(time(now));
    }

    /// Moves it forward.
    fn advance(&self, seconds: f64) {
        self.0.advance(duration(seconds));
    }
}

impl ManualClock {
    /// For a configuration.
    pub(crate) fn clock(&self) -> Clock {
        self.0.clock()
    }
}

fn time(seconds: f64) -> SystemTime {
    UNIX_EPOCH + duration(seconds.min(LATE))
}
