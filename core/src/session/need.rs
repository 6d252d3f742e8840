//! How much a renewal is needed, and so how long it may take.

use std::time::Duration;

/// Why a token is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It is about to end, and valid until then: nobody is kept waiting for this.
    Early,
    /// It has ended: without a new one nothing goes on.
    Now,
    /// Somebody asked for it.
    Asked,
}

impl Need {
    /// How long to wait for another process; where it must be, longer than its requests may take.
    pub fn patience(self) -> Duration {
        match self {
            Self::Early => Duration::from_secs(2),
            Self::Now | Self::Asked => Duration::from_secs(150),
        }
    }

    /// How long asking may take, a second time included. Enough for a slow answer, since one that comes
    /// later is lost.
    pub(super) fn limit(self) -> Duration {
        match self {
            Self::Early => Duration::from_secs(10),
            Self::Now | Self::Asked => Duration::from_secs(60),
        }
    }
}
