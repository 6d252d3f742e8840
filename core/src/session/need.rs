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
    /// Whether a renewal for this will do for another need: one that was begun early has less time, and one that
    /// somebody asked for renews for sure.
    pub(super) fn serves(self, other: Self) -> bool {
        match other {
            Self::Early => true,
            Self::Now => self != Self::Early,
            Self::Asked => self == Self::Asked,
        }
    }

    /// How long to wait for another process; where it must be, longer than its requests may take.
    pub fn patience(self) -> Duration {
        match self {
            Self::Early => Duration::from_secs(2),
            Self::Now | Self::Asked => Duration::from_secs(150),
        }
    }

    /// How long asking may take where a request has so long, zero being no limit: nobody holds a lock for ever.
    pub(super) fn time(self, request: Duration) -> Duration {
        match request {
            Duration::ZERO => self.limit(),
            request => self.limit().min(request),
        }
    }

    /// How long asking may take, a second time included. Enough for a slow answer, since one that comes
    /// later is lost.
    fn limit(self) -> Duration {
        match self {
            Self::Early => Duration::from_secs(10),
            Self::Now | Self::Asked => Duration::from_secs(60),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Need;

    #[test]
    fn asking_has_an_end_whatever_a_request_has() {
        for (request, early, now) in [(0, 10, 60), (5, 5, 5), (30, 10, 30), (100, 10, 60)] {
            let time = |need: Need| need.time(Duration::from_secs(request)).as_secs();
            assert_eq!(
                (time(Need::Early), time(Need::Now), time(Need::Asked)),
                (early, now, now)
            );
        }
    }
}
