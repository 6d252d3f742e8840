//! HTTP/1.1 by hand: a server that must misbehave byte by byte cannot use one that will not.

mod reader;
mod response;

pub(crate) use reader::{ReadError, Reader, Request};
pub(crate) use response::Response;
