//! How an answer goes out: whole, slowly, forever, or not at all.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::sleep;

use crate::http::Response;
use crate::script::{Drip, Endless, Fault, Scripted, Then, compress};

/// What becomes of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    Keep,
    Close,
    Reset,
}

/// The most that an endless answer sends, in bytes.
const ENDLESS_LIMIT: u64 = 1024 * 1024 * 1024;
/// The longest that a connection is held without an answer.
const HANG_LIMIT: Duration = Duration::from_secs(120);

/// Anything that a connection can be.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// Sends a response in one write.
pub(crate) async fn send<S: Stream>(stream: &mut S, response: &Response) -> io::Result<()> {
    let mut bytes = response.head().into_bytes();
    bytes.extend_from_slice(&response.body);
    stream.write_all(&bytes).await?;
    stream.flush().await
}

/// Delivers a scripted answer; `real` is the endpoint's own for one that passes.
pub(crate) async fn deliver<S: Stream>(
    stream: &mut S,
    scripted: &Scripted,
    real: Option<Response>,
) -> io::Result<After> {
    sleep(Duration::from_millis(scripted.delay_ms)).await;
    if let Some(fault) = scripted.fault {
        return match fault {
            Fault::Close => Ok(After::Close),
            Fault::Reset => Ok(After::Reset),
            Fault::Hang => hang(stream).await,
        };
    }
    for status in &scripted.informational {
        send(stream, &Response::empty(*status)).await?;
    }
    if let Some(kind) = scripted.endless {
        endless(stream, kind).await?;
        return Ok(After::Close);
    }
    if let Some(bytes) = scripted.raw_bytes() {
        stream.write_all(&bytes).await?;
        stream.flush().await?;
    } else {
        respond(stream, scripted, real.unwrap_or_else(|| scripted.response())).await?;
    }
    match scripted.then {
        Then::Keep => Ok(After::Keep),
        Then::Close => Ok(After::Close),
        Then::Reset => Ok(After::Reset),
        Then::Hang => hang(stream).await,
    }
}

async fn respond<S: Stream>(stream: &mut S, scripted: &Scripted, response: Response) -> io::Result<()> {
    if scripted.drip_ms == 0 {
        return send(stream, &response).await;
    }
    let (whole, dripping) = match scripted.drip {
        Drip::Body => (response.head().into_bytes(), response.body),
        Drip::Head => (Vec::new(), [response.head().into_bytes(), response.body].concat()),
    };
    stream.write_all(&whole).await?;
    drip(stream, &dripping, Duration::from_millis(scripted.drip_ms)).await
}

async fn drip<S: Stream>(stream: &mut S, bytes: &[u8], pause: Duration) -> io::Result<()> {
    for byte in bytes {
        stream.write_all(std::slice::from_ref(byte)).await?;
        stream.flush().await?;
        sleep(pause).await;
    }
    Ok(())
}

/// Holds the connection until the client hangs up or patience ends.
async fn hang<S: Stream>(stream: &mut S) -> io::Result<After> {
    let mut ignored = [0; 1024];
    let gone = async { while matches!(stream.read(&mut ignored).await, Ok(read) if read > 0) {} };
    // Either way the connection ends.
    let _ = tokio::time::timeout(HANG_LIMIT, gone).await;
    Ok(After::Close)
}

async fn endless<S: Stream>(stream: &mut S, kind: Endless) -> io::Result<()> {
    const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    let block = vec![b' '; 64 * 1024];
    let (head, block): (&[u8], Vec<u8>) = match kind {
        Endless::Headers => (b"", b"X-More: and more\r\n".repeat(1024)),
        Endless::Body => (b"\r\n", block),
        Endless::Chunks => (
            b"Transfer-Encoding: chunked\r\n\r\n",
            [b"10000\r\n", &block[..], b"\r\n"].concat(),
        ),
        // Members of a compressed file may follow one another: each block is a whole one.
        Endless::Gzip => (
            b"Content-Encoding: gzip\r\n\r\n",
            compress(&vec![b' '; 16 * 1024 * 1024]),
        ),
    };
    stream.write_all(OK).await?;
    stream.write_all(head).await?;
    let mut sent = 0;
    while sent < ENDLESS_LIMIT {
        stream.write_all(&block).await?;
        sent += block.len() as u64;
    }
    stream.flush().await
}
