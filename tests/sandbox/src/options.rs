//! How to start a sandbox.

/// How to start a sandbox.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The port on loopback; 0 takes a free one.
    pub port: u16,
    /// How many requests to remember; 0 remembers none.
    pub log_limit: usize,
    /// Codes to issue for the first app. They do not expire.
    pub codes: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            log_limit: 100_000,
            codes: Vec::new(),
        }
    }
}
