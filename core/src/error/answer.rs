//! What an answer said that is an error.

use std::fmt;
use std::time::Duration;

/// What Pinterest's `x-ratelimit-…` headers say; each is absent where the header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RateLimit {
    /// Requests allowed in the window.
    pub limit: Option<u64>,
    /// Requests left in the window.
    pub remaining: Option<u64>,
    /// How long until the window ends, at most a day.
    pub reset: Option<Duration>,
}

/// What a refusing answer said, or one of success that could not be read, cleared of the request's own secrets, in any encoding, and of whatever
/// looks like a token of Pinterest's.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Refusal {
    /// The response's headers in order of arrival, without cookies.
    pub headers: Vec<(String, String)>,
    /// The body as it came, up to 1 MiB of it. Bytes that are no UTF-8 are U+FFFD here.
    pub body: Option<String>,
    /// What the answer says of the rate limit.
    pub rate_limit: RateLimit,
}

/// The body is left out: it is for whoever asks for it, not for logs.
impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("headers", &self.headers)
            .field("rate_limit", &self.rate_limit)
            .finish_non_exhaustive()
    }
}
