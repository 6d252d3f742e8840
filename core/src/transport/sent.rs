//! Knows whether a request has begun to leave, and keeps one back that has not.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

const WAITING: u8 = 0;
const SENT: u8 = 1;
const WITHDRAWN: u8 = 2;

/// Shared between a request's body and whoever made the request. It leaves `WAITING` once, so that
/// both sides agree for good on whether the request was sent: a connection is driven by a task of
/// its own, which may be about to write at the very moment that a deadline passes here.
#[derive(Clone, Default)]
pub(crate) struct SentMark(Arc<AtomicU8>);

impl SentMark {
    /// Whether nothing of the request has left; nothing of it will leave from here on.
    pub(crate) fn withdraw(&self) -> bool {
        self.settle(WITHDRAWN) == WITHDRAWN
    }

    /// Makes it `state`, unless it is settled already; says what it is.
    fn settle(&self, state: u8) -> u8 {
        self.0
            .compare_exchange(WAITING, state, Ordering::AcqRel, Ordering::Acquire)
            .map_or_else(|settled| settled, |_| state)
    }
}

/// For whoever drops a call before it ends: whether the request of its last attempt had left.
#[derive(Clone, Default)]
pub(crate) struct SentWatch(Arc<Mutex<SentMark>>);

impl SentWatch {
    /// Another attempt begins; the one before had not left.
    pub(super) fn follow(&self, mark: &SentMark) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = mark.clone();
    }

    /// Whether nothing of the call has left; nothing of it will leave from here on.
    pub(crate) fn withdraw(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).withdraw()
    }
}

/// A request body that settles the mark when the connection first asks about it. The HTTP library
/// does so just before it writes the request's head, and at no earlier point; the tests below and
/// `tests/outcomes.rs` hold it to that.
///
/// A withdrawn one says that there is more of it, of any length, and then fails, before the head
/// that waits for it is flushed: the connection is given up and nothing has left.
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

    /// Settles the mark: only the first question does.
    fn is_withdrawn(&self) -> bool {
        self.mark.settle(SENT) == WITHDRAWN
    }
}

impl Body for MarkedBody {
    type Data = Bytes;
    type Error = Withdrawn;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Withdrawn>>> {
        if self.is_withdrawn() {
            return Poll::Ready(Some(Err(Withdrawn)));
        }
        Poll::Ready(self.content.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        !self.is_withdrawn() && self.content.is_none()
    }

    /// Settles nothing: the library may ask while a request is made.
    fn size_hint(&self) -> SizeHint {
        if self.mark.0.load(Ordering::Acquire) == WITHDRAWN {
            return SizeHint::default();
        }
        SizeHint::with_exact(self.content.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

/// The request was given up before it was sent.
#[derive(Debug)]
pub(crate) struct Withdrawn;

impl fmt::Display for Withdrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request was given up before it was sent")
    }
}

impl std::error::Error for Withdrawn {}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use tokio::io::AsyncReadExt;
    use tokio::net::TcpListener;

    use super::{MarkedBody, SentMark};
    use crate::configuration::ConnectionSettings;
    use crate::transport::tls;

    /// Sends `content` over a connection of its own, and gives what arrived at the other end.
    async fn arrived(content: &'static str, mark: &SentMark) -> Vec<u8> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_backend_preconfigured(tls::client_config(&ConnectionSettings::default()).unwrap())
            .build()
            .unwrap();
        let mut message = reqwest::Request::new(http::Method::POST, url.parse().unwrap());
        let body = MarkedBody::new(Bytes::from(content), mark.clone());
        *message.body_mut() = Some(reqwest::Body::wrap(body));
        let request = tokio::spawn(client.execute(message));
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut bytes = Vec::new();
        // A request that was withdrawn ends its connection; one that was sent waits for an answer.
        let _ = tokio::time::timeout(Duration::from_millis(200), stream.read_to_end(&mut bytes)).await;
        request.abort();
        bytes
    }

    #[tokio::test]
    async fn a_request_that_was_withdrawn_does_not_leave() {
        for content in ["", "code=canary"] {
            let mark = SentMark::default();
            assert!(mark.withdraw());
            assert_eq!(arrived(content, &mark).await, b"", "{content:?}");
            assert!(mark.withdraw(), "it stays withdrawn");
        }
    }

    #[tokio::test]
    async fn a_request_that_has_left_cannot_be_withdrawn() {
        for content in ["", "code=canary"] {
            let mark = SentMark::default();
            let arrived = String::from_utf8(arrived(content, &mark).await).unwrap();
            assert!(
                arrived.starts_with("POST / ") && arrived.ends_with(content),
                "{arrived}"
            );
            // In one piece: its length is told before it.
            let length = format!("content-length: {}\r\n", content.len());
            assert!(content.is_empty() || arrived.contains(&length), "{arrived}");
            assert!(!mark.withdraw());
        }
    }
}
