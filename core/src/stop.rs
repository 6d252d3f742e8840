//! Where a request without an answer stopped, and at what.

/// Where a request without an answer stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Looking up the host's address.
    Resolve,
    /// Opening the connection, to the host or to a proxy.
    Connect,
    /// Agreeing on TLS.
    Tls,
    /// Sending the request.
    Send,
    /// Receiving the answer.
    Receive,
    /// A deadline passed; [`Error::outcome`](crate::Error::outcome) says whether anything had been sent.
    Timeout,
}

impl Phase {
    /// The phase's name, stable across releases and languages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Send => "send",
            Self::Receive => "receive",
            Self::Timeout => "timeout",
        }
    }
}

/// What ended a connection, where that has a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkFault {
    /// Nobody listens at the address.
    ConnectionRefused,
    /// The server's certificate is past its end.
    CertificateExpired,
    /// The server's certificate is before its beginning.
    CertificateNotYetValid,
    /// Nobody whom we trust has signed the server's certificate.
    UnknownIssuer,
    /// The server's certificate is for another host.
    CertificateOfAnotherHost,
    /// The server does not speak TLS.
    NotTls,
}
