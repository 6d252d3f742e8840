//! What came back: status, headers and a body within limits.

use std::time::Duration;

use http::HeaderMap;
use zeroize::Zeroizing;

use crate::error::RateLimit;

/// Bytes of a body after decompression.
pub(crate) const MAX_BODY: usize = 1024 * 1024;
/// Bytes of a head: header names and values.
pub(crate) const MAX_HEAD: usize = 64 * 1024;

/// A whole HTTP answer. The body is wiped when dropped: it may hold tokens.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Zeroizing<Vec<u8>>,
}

impl Answer {
    /// A header's text, where it has one.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(crate) fn request_id(&self) -> Option<String> {
        self.header("x-pinterest-rid").map(str::to_owned)
    }

    /// Headers in order, values that are not text left out.
    pub(crate) fn header_list(&self) -> Vec<(String, String)> {
        self.headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect()
    }

    /// The `x-ratelimit-…` headers, where they are numbers.
    pub(crate) fn rate_limit(&self) -> RateLimit {
        let number = |name: &str| self.header(name).and_then(|text| text.trim().parse().ok());
        RateLimit {
            limit: number("x-ratelimit-limit"),
            remaining: number("x-ratelimit-remaining"),
            reset: number("x-ratelimit-reset").map(Duration::from_secs),
        }
    }

    /// How long to wait, from `Retry-After` in seconds or from `x-ratelimit-reset`, which Pinterest
    /// sends as seconds to wait. A date form or nonsense is left out.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        ["retry-after", "x-ratelimit-reset"]
            .iter()
            .find_map(|name| self.header(name)?.trim().parse().ok())
            .map(Duration::from_secs)
    }
}

/// Bytes that the head of an answer takes.
pub(crate) fn head_size(headers: &HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len())
        .sum()
}
