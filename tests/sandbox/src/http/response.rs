//! Writes responses.

use std::borrow::Cow;
use std::io::Write as _;

use serde_json::{Value, json};

/// A response before it is put into bytes.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) reason: Option<String>,
    pub(crate) headers: Vec<(Cow<'static, str>, Cow<'static, str>)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A file of some type.
    pub(crate) fn file(content_type: &'static str, text: &str) -> Self {
        let mut response = Self::empty(200).with_header("Content-Type", content_type);
        response.body = text.as_bytes().to_vec();
        response
    }

    /// JSON.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let mut response = Self::empty(status).with_header("Content-Type", "application/json");
        response.body = body.to_string().into_bytes();
        response
    }

    /// No content and no content type.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            reason: None,
            // As many as any answer has.
            headers: Vec::with_capacity(16),
            body: Vec::new(),
        }
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.headers.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// With the length of its body; without the body itself if it answers a `HEAD`.
    pub(crate) fn measured(self, is_head: bool) -> Self {
        // RFC 9110 section 8.6: what never has a body has no length either.
        if self.status == 204 {
            return self;
        }
        let length = self.body.len().to_string();
        let mut response = self.with_header("Content-Length", length);
        if is_head {
            response.body.clear();
        }
        response
    }

    /// A sentence as JSON, for what is not Pinterest's to answer.
    pub(crate) fn error(status: u16, sentence: &str) -> Self {
        Self::json(status, &json!({"error": sentence}))
    }

    /// The status line and headers with the empty line after them.
    pub(crate) fn head(&self) -> Vec<u8> {
        self.bytes(0)
    }

    /// The whole answer.
    pub(crate) fn whole(&self) -> Vec<u8> {
        let mut bytes = self.bytes(self.body.len());
        bytes.extend_from_slice(&self.body);
        bytes
    }

    fn bytes(&self, room_for_body: usize) -> Vec<u8> {
        let headers: usize = self
            .headers
            .iter()
            .map(|(name, value)| name.len() + value.len() + 4)
            .sum();
        let mut bytes = Vec::with_capacity(64 + headers + room_for_body);
        let reason = self.reason.as_deref().unwrap_or(reason(self.status));
        // Writing to memory cannot fail.
        let _ = write!(bytes, "HTTP/1.1 {} {reason}\r\n", self.status);
        for (name, value) in &self.headers {
            for part in [name, ": ", value, "\r\n"] {
                bytes.extend_from_slice(part.as_bytes());
            }
        }
        bytes.extend_from_slice(b"\r\n");
        bytes
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        100 => "Continue",
        102 => "Processing",
        103 => "Early Hints",
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        407 => "Proxy Authentication Required",
        409 => "Conflict",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Status",
    }
}
