//! HTTP/1.1 by hand: a server that must misbehave byte by byte cannot use one that will not.

mod head;
mod reader;
mod response;

pub(crate) use head::Request;
pub(crate) use reader::{ReadError, Reader};
pub(crate) use response::Response;
