//! The time that ends of tokens are compared with.

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    pinterest_sdk::Clock::system().now()
}
