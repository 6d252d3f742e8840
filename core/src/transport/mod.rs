//! Moves bytes: HTTP/1.1 over TLS, with limits and deadlines. Knows no OAuth.

mod answer;
mod endpoint;
mod failure;
mod http;
mod proxy;
mod repeat;
mod sent;
mod tls;
mod trust;

pub(crate) use answer::Answer;
pub(crate) use endpoint::Endpoint;
pub(crate) use http::{Deadlines, Request, Transport};
pub(crate) use sent::SentMark;
