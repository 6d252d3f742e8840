//! Reads requests from a connection.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::head::{self, Length, Request};

const MAX_HEAD: usize = 64 * 1024;
const MAX_BODY: usize = 32 * 1024 * 1024;
/// The size of a chunk, its extensions, or a trailer.
const MAX_LINE: usize = 8 * 1024;

/// Why there is no further request.
#[derive(Debug)]
pub(crate) enum ReadError {
    /// The client hung up, or the connection broke.
    Closed,
    /// What came is not a request; says why.
    Malformed(&'static str),
}

impl From<io::Error> for ReadError {
    fn from(_: io::Error) -> Self {
        Self::Closed
    }
}

/// Keeps what was read beyond one request for the next.
#[derive(Default)]
pub(crate) struct Reader {
    buffer: Vec<u8>,
}

impl Reader {
    /// The next request with its body.
    pub(crate) async fn next<S>(&mut self, stream: &mut S) -> Result<Request, ReadError>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let head = loop {
            let head = head::parse(&self.buffer).map_err(ReadError::Malformed)?;
            if head.as_ref().map_or(self.buffer.len(), |head| head.size) > MAX_HEAD {
                return Err(ReadError::Malformed("the head is too large"));
            }
            match head {
                Some(head) => break head,
                None => self.fill(stream).await?,
            }
        };
        self.buffer.drain(..head.size);
        if head.expects_continue && self.buffer.is_empty() {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
            stream.flush().await?;
        }
        let mut request = head.request;
        request.body = match head.body {
            Length::Bytes(length) => self.exactly(stream, length).await?,
            Length::Chunked => self.chunks(stream).await?,
        };
        Ok(request)
    }

    /// Whether everything that was read has been used.
    pub(crate) fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    async fn fill<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> Result<(), ReadError> {
        self.buffer.reserve(4096);
        match stream.read_buf(&mut self.buffer).await? {
            0 => Err(ReadError::Closed),
            _ => Ok(()),
        }
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
            self.fill(stream).await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    /// RFC 9112 section 7.1.
    async fn chunks<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> Result<Vec<u8>, ReadError> {
        let mut body = Vec::new();
        loop {
            let line = self.line(stream).await?;
            let size = line.split(';').next().unwrap_or_default().trim();
            if size.is_empty() || !size.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(ReadError::Malformed("a chunk has no size"));
            }
            // A size that no number holds is too large as well.
            let size = usize::from_str_radix(size, 16).unwrap_or(usize::MAX);
            if size > MAX_BODY - body.len() {
                return Err(ReadError::Malformed("the body is too large"));
            }
            if size == 0 {
                while !self.line(stream).await?.is_empty() {}
                return Ok(body);
            }
            body.extend(self.exactly(stream, size).await?);
            if !self.line(stream).await?.is_empty() {
                return Err(ReadError::Malformed("a chunk is longer than its size"));
            }
        }
    }

    async fn line<S: AsyncRead + Unpin>(&mut self, stream: &mut S) -> Result<String, ReadError> {
        loop {
            let start = &self.buffer[..self.buffer.len().min(MAX_LINE)];
            if let Some(end) = start.windows(2).position(|pair| pair == b"\r\n") {
                let line = String::from_utf8_lossy(&start[..end]).into_owned();
                self.buffer.drain(..end + 2);
                return Ok(line);
            }
            if self.buffer.len() >= MAX_LINE {
                return Err(ReadError::Malformed("a chunk has no end"));
            }
            self.fill(stream).await?;
        }
    }
}
