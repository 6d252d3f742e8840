//! Where the sandbox and its faults are.

use serde::Serialize;

/// Every address, as in the README; the faults without a scheme.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Addresses {
    /// `http://127.0.0.1:PORT`.
    pub http: String,
    /// `https://localhost:PORT`, the same port.
    pub https: String,
    /// Nobody listens.
    pub refused: String,
    /// Accepts and says nothing.
    pub silent: String,
    /// Accepts and closes at once.
    pub slam: String,
    /// Speaks plain text, whatever it hears.
    pub plain: String,
    /// TLS with a certificate that has expired.
    pub tls_expired: String,
    /// TLS with a certificate for another host.
    pub tls_wrong_host: String,
    /// TLS with a certificate that nobody signed.
    pub tls_self_signed: String,
}
