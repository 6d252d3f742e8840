//! What a connection can be, and how it ends.

use tokio::io::{AsyncRead, AsyncWrite};

use crate::log::Origin;

/// Anything that a connection can be.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// What becomes of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    Keep,
    Close,
    Reset,
}

/// How a stretch of requests on one connection ended.
pub(crate) enum End {
    Connection(After),
    /// The client may still be sending what was refused.
    Refused,
    /// A `CONNECT` was answered: what follows is for its target.
    Tunnel(Origin),
}
