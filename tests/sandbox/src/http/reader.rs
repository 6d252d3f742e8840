//! Reads requests from a connection.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

const MAX_HEAD: usize = 64 * 1024;
const MAX_BODY: usize = 2 * 1024 * 1024;
const MAX_HEADERS: usize = 100;

/// A whole request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn wants_close(&self) -> bool {
        self.header("connection")
            .is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

/// Why there is no further request.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// The client hung up between requests.
    Closed,
    /// The connection broke.
    Io,
    /// What came is not a request; says why.
    Malformed(&'static str),
}

impl From<io::Error> for ReadError {
    fn from(_: io::Error) -> Self {
        Self::Io
    }
}

/// Keeps what was read beyond one request for the next.
#[derive(Default)]
pub(crate) struct Reader {
    buffer: Vec<u8>,
}

struct Head {
    request: Request,
    length: usize,
    chunked: bool,
    content_length: usize,
}

impl Reader {
    pub(crate) async fn next<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> Result<Request, ReadError> {
        let head = loop {
            if let Some(head) = parse_head(&self.buffer)? {
                break head;
            }
            if self.buffer.len() > MAX_HEAD {
                return Err(ReadError::Malformed("the head is too large"));
            }
            if self.fill(stream).await? == 0 {
                return Err(if self.buffer.is_empty() {
                    ReadError::Closed
                } else {
                    ReadError::Io
                });
            }
        };
        self.buffer.drain(..head.length);
        let mut request = head.request;
        request.body = if head.chunked {
            self.chunks(stream).await?
        } else {
            self.exactly(stream, head.content_length).await?
        };
        Ok(request)
    }

    /// What has been read and not used, for whoever takes the connection over.
    pub(crate) fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    async fn fill<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> Result<usize, ReadError> {
        self.buffer.reserve(4096);
        Ok(stream.read_buf(&mut self.buffer).await?)
    }

    async fn exactly<S: AsyncRead + Unpin>(
        &mut self,
        stream: &mut S,
        length: usize,
    ) -> Result<Vec<u8>, ReadError> {
        if length > MAX_BODY {
            return Err(ReadError::Malformed("the body is too large"));
        }
        while self.buffer.len() < length {
            if self.fill(stream).await? == 0 {
                return Err(ReadError::Io);
            }
        }
        Ok(self.buffer.drain(..length).collect())
    }

    async fn chunks<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> Result<Vec<u8>, ReadError> {
        let mut body = Vec::new();
        loop {
            let line = self.line(stream).await?;
            let size = line.split(';').next().unwrap_or_default().trim();
            let size =
                usize::from_str_radix(size, 16).map_err(|_| ReadError::Malformed("a chunk has no size"))?;
            if body.len() + size > MAX_BODY {
                return Err(ReadError::Malformed("the body is too large"));
            }
            if size == 0 {
                while !self.line(stream).await?.is_empty() {}
                return Ok(body);
            }
            body.extend(self.exactly(stream, size).await?);
            self.line(stream).await?;
        }
    }

    async fn line<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> Result<String, ReadError> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
                self.buffer.drain(..end + 2);
                return Ok(line);
            }
            if self.buffer.len() > MAX_HEAD || self.fill(stream).await? == 0 {
                return Err(ReadError::Malformed("a chunk has no end"));
            }
        }
    }
}

fn parse_head(buffer: &[u8]) -> Result<Option<Head>, ReadError> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(buffer) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(_) => return Err(ReadError::Malformed("this is not HTTP/1.1")),
    };
    let target = parsed.path.unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let request = Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: parsed
            .headers
            .iter()
            .map(|header| {
                (
                    header.name.to_owned(),
                    String::from_utf8_lossy(header.value).into_owned(),
                )
            })
            .collect(),
        body: Vec::new(),
    };
    let content_length = match request.header("content-length") {
        None => 0,
        Some(text) => text
            .trim()
            .parse()
            .map_err(|_| ReadError::Malformed("the content length is not a number"))?,
    };
    let chunked = request
        .header("transfer-encoding")
        .is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
    Ok(Some(Head {
        request,
        length,
        chunked,
        content_length,
    }))
}
