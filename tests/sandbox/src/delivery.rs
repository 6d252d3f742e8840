//! How an answer goes out: whole, slowly, forever, or not at all.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::time::{sleep, timeout};

use crate::endless;
use crate::http::Response;
use crate::script::{Drip, Fault, Scripted, Then};
use crate::stream::{After, Stream};

/// The longest that a connection is held without an answer.
const HANG_LIMIT: Duration = Duration::from_secs(120);
/// The longest that a client may take to hear out a refusal of what it is still sending.
const FAREWELL: Duration = Duration::from_secs(1);

/// Sends a response in one write.
pub(crate) async fn send<S: Stream>(stream: &mut S, response: &Response) -> io::Result<()> {
    stream.write_all(&response.whole()).await?;
    stream.flush().await
}

/// Delivers a scripted answer; `real` is the endpoint's own for one that passes, and `is_head` says
/// that bodies stay here.
pub(crate) async fn deliver<S: Stream>(
    stream: &mut S,
    scripted: &Scripted,
    real: Option<Response>,
    is_head: bool,
) -> io::Result<After> {
    // Sleeping for no time still waits for the timer's next tick, a millisecond.
    if scripted.delay_ms > 0 {
        sleep(Duration::from_millis(scripted.delay_ms)).await;
    }
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
        endless::send(stream, kind).await?;
        return Ok(After::Close);
    }
    if let Some(bytes) = scripted.raw_bytes() {
        stream.write_all(&bytes).await?;
        stream.flush().await?;
    } else {
        let mut response = real.unwrap_or_else(|| scripted.response());
        if is_head {
            response.body.clear();
        }
        respond(stream, scripted, response).await?;
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
    let pause = Duration::from_millis(scripted.drip_ms);
    let head = response.head();
    match scripted.drip {
        Drip::Body => {
            stream.write_all(&head).await?;
            stream.flush().await?;
            drip(stream, &response.body, pause).await
        }
        Drip::Head => {
            drip(stream, &head, pause).await?;
            stream.write_all(&response.body).await?;
            stream.flush().await
        }
    }
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
    listen_for(stream, HANG_LIMIT).await;
    Ok(After::Close)
}

/// Ends a conversation whose other side may still be talking. To close at once would reset the
/// connection, and the last answer might be lost (RFC 9112 section 9.6).
pub(crate) async fn part<S: Stream>(stream: &mut S) -> io::Result<()> {
    stream.shutdown().await?;
    listen_for(stream, FAREWELL).await;
    Ok(())
}

/// Reads and forgets until the other side hangs up or the time has passed.
pub(crate) async fn listen_for<S: AsyncRead + Unpin>(stream: &mut S, time: Duration) {
    let mut ignored = [0; 4096];
    let gone = async { while matches!(stream.read(&mut ignored).await, Ok(read) if read > 0) {} };
    // Either way there is nothing more to hear.
    let _ = timeout(time, gone).await;
}
