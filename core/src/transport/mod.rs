//! Moves bytes: HTTP/1.1 over TLS, with limits and deadlines. Knows no OAuth.

mod answer;
mod authorities;
mod bypass;
mod compression;
mod endpoint;
mod environment;
mod failure;
mod http;
mod pools;
mod proxy;
mod repeat;
mod route;
mod sent;
mod tls;
mod trust;
mod wait;

pub(crate) use answer::{Answer, Standing};
pub(crate) use endpoint::Endpoint;
pub use environment::variables;
pub(crate) use http::{Limits, Request, Transport};
pub(crate) use repeat::Repeats;
pub(crate) use sent::SentWatch;
