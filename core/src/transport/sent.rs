//! Knows whether a request has begun to leave.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Shared between a request's body and whoever made the request.
#[derive(Clone, Default)]
pub(crate) struct SentMark(Arc<AtomicBool>);

impl SentMark {
    /// Whether the request was handed to a connection, so that its first byte may have left.
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn set(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// A request body that sets the mark when the connection first asks about it. The HTTP library
/// does so just before it writes the request's head, and at no earlier point; `tests/outcomes.rs`
/// holds it to that.
pub(crate) struct MarkedBody {
    content: Option<Bytes>,
    mark: SentMark,
}

impl MarkedBody {
    pub(crate) fn new(content: Bytes, mark: SentMark) -> Self {
        Self {
            content: Some(content).filter(|bytes| !bytes.is_empty()),
            mark,
        }
    }
}

impl Body for MarkedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.content.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.mark.set();
        self.content.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.content.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
