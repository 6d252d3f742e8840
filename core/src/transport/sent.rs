//! Knows whether a request has begun to leave.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Nobody has the request.
const ABSENT: u8 = 0;
/// It exists, and may be on its way to a connection.
const WAITING: u8 = 1;
/// A connection has it.
const HANDED_OVER: u8 = 2;

/// Shared between a request's body and whoever made the request.
#[derive(Clone, Default)]
pub(crate) struct SentMark(Arc<AtomicU8>);

impl SentMark {
    /// Whether the request was handed to a connection, so that its first byte may have left.
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire) == HANDED_OVER
    }

    /// The same for whoever dropped the call: a request that was not destroyed along with it is on
    /// its way to a connection.
    pub(crate) fn may_have_left(&self) -> bool {
        self.0.load(Ordering::Acquire) != ABSENT
    }

    fn set(&self) {
        self.0.store(HANDED_OVER, Ordering::Release);
    }

    /// Unless a connection has it.
    fn change(&self, from: u8, to: u8) {
        let _ = self
            .0
            .compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire);
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
        mark.change(ABSENT, WAITING);
        Self {
            content: Some(content).filter(|bytes| !bytes.is_empty()),
            mark,
        }
    }
}

impl Drop for MarkedBody {
    fn drop(&mut self) {
        self.mark.change(WAITING, ABSENT);
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
