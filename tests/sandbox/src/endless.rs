//! Answers without an end.

use std::io;
use std::time::Duration;

use flate2::{Compress, Compression, FlushCompress};
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use crate::script::Endless;
use crate::stream::Stream;

/// The most that is sent, in bytes.
const LIMIT: usize = 1024 * 1024 * 1024;
/// The longest that a client may take for one block.
const PATIENCE: Duration = Duration::from_secs(120);
const BLOCK: usize = 64 * 1024;
/// What a block of the bomb becomes, in bytes.
const UNPACKED: usize = 16 * 1024 * 1024;
/// The head of a file in gzip's format: deflate, no name, no time (RFC 1952 section 2.3).
const GZIP_HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// Sends until the client hangs up.
pub(crate) async fn send<S: Stream>(stream: &mut S, kind: Endless) -> io::Result<()> {
    const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    let (start, block): (Vec<u8>, Vec<u8>) = match kind {
        Endless::Headers => (Vec::new(), b"X-More: and more\r\n".repeat(1024)),
        Endless::Body => (b"\r\n".to_vec(), vec![b' '; BLOCK]),
        Endless::Chunks => (
            b"Transfer-Encoding: chunked\r\n\r\n".to_vec(),
            [format!("{BLOCK:x}\r\n").as_bytes(), &vec![b' '; BLOCK], b"\r\n"].concat(),
        ),
        Endless::Gzip => (
            [&b"Content-Encoding: gzip\r\n\r\n"[..], &GZIP_HEAD].concat(),
            bomb()?,
        ),
    };
    stream.write_all(OK).await?;
    stream.write_all(&start).await?;
    let mut sent = 0;
    while sent < LIMIT {
        timeout(PATIENCE, stream.write_all(&block)).await??;
        sent += block.len();
    }
    stream.flush().await
}

/// Spaces, compressed so that the block can follow itself: a full flush ends at a whole byte and
/// refers to nothing before it (RFC 1951 section 3.2.4).
fn bomb() -> io::Result<Vec<u8>> {
    let mut compressor = Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(BLOCK);
    let spaces = vec![b' '; UNPACKED];
    loop {
        let done = usize::try_from(compressor.total_in()).map_err(io::Error::other)?;
        compressor
            .compress_vec(&spaces[done..], &mut block, FlushCompress::Full)
            .map_err(io::Error::other)?;
        // Room that stays free means that the flush is whole.
        if block.len() < block.capacity() {
            return Ok(block);
        }
        block.reserve(BLOCK);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn the_bomb_is_one_file_however_often_it_goes_off() {
        let block = bomb().unwrap();
        assert!(block.len() * 500 < UNPACKED, "{} bytes", block.len());
        let bytes = [&GZIP_HEAD[..], &block, &block, &block].concat();
        let mut unpacked = vec![0; 3 * UNPACKED];
        let mut decoder = flate2::read::GzDecoder::new(&bytes[..]);
        decoder.read_exact(&mut unpacked).unwrap();
        assert!(unpacked.iter().all(|byte| *byte == b' '));
    }
}
