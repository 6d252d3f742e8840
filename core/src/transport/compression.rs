//! Answers as servers compress them, and proxies once more: gzip under all its names, undone as it comes.

use std::io::{self, Write};
use std::mem;

use flate2::write::GzDecoder;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;
use zeroize::Zeroizing;

/// How often a body may have been compressed: by a server, and again by a proxy in front of it.
const MOST: usize = 2;

/// How often gzip is to be undone; an error names a compression that nobody asked for. Servers write other things there
/// too, character sets among them, before bodies that are as they should be: those are no compression. Names are the same
/// in any case of letters, and `x-gzip` is gzip (RFC 9110 sections 8.4.1 and 8.4.1.3); several fields are one list
/// (section 5.3).
pub(super) fn layers(headers: &HeaderMap) -> Result<usize, &'static str> {
    const GZIP: [&str; 2] = ["gzip", "x-gzip"];
    const OTHERS: [&str; 5] = ["deflate", "br", "zstd", "compress", "x-compress"];
    let mut layers = 0;
    let values = headers.get_all(CONTENT_ENCODING).iter();
    let lists = values.filter_map(|value| value.to_str().ok());
    for word in lists.flat_map(|list| list.split(',')).map(str::trim) {
        let is = |name: &&str| word.eq_ignore_ascii_case(name);
        if let Some(other) = OTHERS.into_iter().find(is) {
            return Err(other);
        }
        layers += usize::from(GZIP.iter().any(is));
    }
    if layers > MOST {
        return Err("gzip, too often");
    }
    Ok(layers)
}

/// Why a body cannot be had.
#[derive(Debug)]
pub(super) enum Unfit {
    /// There are more bytes than may be.
    TooLarge,
    /// It is not gzip, or not all of it.
    Damaged(io::Error),
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::FileTooLarge => Self::TooLarge,
            _ => Self::Damaged(error),
        }
    }
}

/// A body that comes in pieces, and of which no more than may be is kept.
pub(super) struct Content {
    stage: Stage,
    is_empty: bool,
}

/// What a piece goes through.
enum Stage {
    Plain {
        bytes: Zeroizing<Vec<u8>>,
        most: usize,
    },
    Gzip(Box<GzDecoder<Stage>>),
    /// What was compressed has ended, and what follows is none of it.
    Ended(Box<Stage>),
}

impl Content {
    /// Of at most `most` bytes once gzip is undone so often, with room for some of them.
    pub(super) fn new(layers: usize, room: usize, most: usize) -> Self {
        Self {
            stage: (0..layers).fold(Stage::plain(room, most), |next, _| next.compressed()),
            is_empty: true,
        }
    }

    /// Takes the next piece.
    ///
    /// # Errors
    ///
    /// Whatever is wrong so far.
    pub(super) fn take(&mut self, piece: &[u8]) -> Result<(), Unfit> {
        self.is_empty &= piece.is_empty();
        Ok(self.stage.write_all(piece)?)
    }

    /// No piece comes any more.
    ///
    /// # Errors
    ///
    /// That it is not whole.
    pub(super) fn end(&mut self) -> Result<(), Unfit> {
        // As what answers HEAD, whatever it says of its compression.
        if self.is_empty {
            return Ok(());
        }
        Ok(self.stage.end()?)
    }

    /// The body, as much of it as has come.
    pub(super) fn body(mut self) -> Zeroizing<Vec<u8>> {
        mem::take(self.stage.bytes())
    }
}

impl Stage {
    fn plain(room: usize, most: usize) -> Self {
        let bytes = Zeroizing::new(Vec::with_capacity(room));
        Self::Plain { bytes, most }
    }

    fn compressed(self) -> Self {
        Self::Gzip(Box::new(GzDecoder::new(self)))
    }

    fn end(&mut self) -> io::Result<()> {
        match self {
            Self::Plain { .. } => Ok(()),
            Self::Gzip(decoder) => {
                let ended = decoder.try_finish();
                // It has got what came before that failed.
                ended.and(decoder.get_mut().end())
            }
            Self::Ended(stage) => stage.end(),
        }
    }

    fn bytes(&mut self) -> &mut Zeroizing<Vec<u8>> {
        match self {
            Self::Plain { bytes, .. } => bytes,
            Self::Gzip(decoder) => decoder.get_mut().bytes(),
            Self::Ended(stage) => stage.bytes(),
        }
    }

    /// What comes behind the end of what was compressed: more of the kind (RFC 1952 section 2.2), or what a server has
    /// put behind it, a line break or zeros, which other clients throw away as well.
    fn follow(&mut self, next: u8) -> io::Result<()> {
        const FIRST_OF_GZIP: u8 = 0x1f;
        if let Self::Gzip(decoder) = self {
            decoder.try_finish()?;
            let stage = mem::replace(decoder.get_mut(), Self::plain(0, 0));
            *self = match next {
                FIRST_OF_GZIP => stage.compressed(),
                _ => Self::Ended(Box::new(stage)),
            };
        }
        Ok(())
    }
}

impl Write for Stage {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain { bytes, most } if piece.len() > *most - bytes.len() => {
                Err(io::ErrorKind::FileTooLarge.into())
            }
            Self::Plain { bytes, .. } => {
                bytes.extend_from_slice(piece);
                Ok(piece.len())
            }
            Self::Gzip(decoder) => match (decoder.write(piece)?, piece.first()) {
                (0, Some(next)) => {
                    self.follow(*next)?;
                    self.write(piece)
                }
                (taken, _) => Ok(taken),
            },
            Self::Ended(_) => Ok(piece.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain { .. } => Ok(()),
            Self::Gzip(decoder) => decoder.flush(),
            Self::Ended(stage) => stage.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};
    use http::HeaderMap;

    use super::{Content, Unfit, layers};

    #[test]
    fn only_compressions_are_compressions() {
        for (values, expected) in [
            (&[][..], Ok(0)),
            (&["identity"], Ok(0)),
            (&["Identity", ""], Ok(0)),
            (&["utf-8"], Ok(0)),
            (&["none, 8bit"], Ok(0)),
            (&["x-gzip"], Ok(1)),
            (&["identity, GZIP"], Ok(1)),
            (&["gzip", "X-GZip"], Ok(2)),
            (&["gzip, gzip, gzip"], Err("gzip, too often")),
            (&["BR"], Err("br")),
            (&["utf-8, deflate"], Err("deflate")),
            (&["utf-8", "zstd"], Err("zstd")),
            (&["gzip, compress"], Err("compress")),
        ] {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("content-encoding", value.parse().unwrap());
            }
            assert_eq!(layers(&headers), expected, "{values:?}");
        }
    }

    fn compressed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn it_is_undone_as_often_as_it_was_done_and_within_the_limit() {
        let once = compressed(b"12345");
        let twice = compressed(&once);
        let undone = |times, bytes: &[u8], most| {
            let whole = |size| {
                let mut content = Content::new(times, 0, most);
                bytes.chunks(size).try_for_each(|piece| content.take(piece))?;
                content.end()?;
                Ok(content.body())
            };
            // In whatever pieces it comes.
            let each = [1, 7, usize::MAX].map(|size| match whole(size) {
                Ok(body) => Ok(body.to_vec()),
                Err(Unfit::TooLarge) => Err("too large"),
                Err(Unfit::Damaged(_)) => Err("damaged"),
            });
            assert!(each.iter().all(|one| *one == each[0]), "{each:?}");
            each[0].clone()
        };
        for (times, bytes, most, expected) in [
            (0, &b"12345"[..], 5, Ok(&b"12345"[..])),
            (0, b"12345", 4, Err("too large")),
            (1, &once, 5, Ok(b"12345")),
            (1, &once, usize::MAX, Ok(b"12345")),
            (1, &once, 4, Err("too large")),
            (1, &once.repeat(2), 10, Ok(b"1234512345")),
            (2, &twice, 5, Ok(b"12345")),
            (2, &twice, 4, Err("too large")),
            (2, &once, 99, Err("damaged")),
            (1, &twice, 99, Ok(&once)),
            (1, &once[..once.len() - 1], 99, Err("damaged")),
            (1, &once[..5], 99, Err("damaged")),
            (1, b"plain", 99, Err("damaged")),
            (2, b"", 0, Ok(b"")),
            // What follows is none of it.
            (1, &[&once[..], b"\r\n"].concat(), 5, Ok(b"12345")),
            (1, &[&once[..], &[0; 600]].concat(), 5, Ok(b"12345")),
            (1, &[&once[..], b"\n", &once].concat(), 5, Ok(b"12345")),
            (1, &[&once[..], &once, b"\0"].concat(), 10, Ok(b"1234512345")),
            (2, &[&twice[..], b"\n"].concat(), 5, Ok(b"12345")),
            (2, &compressed(&[&once[..], b"\n"].concat()), 5, Ok(b"12345")),
            (
                1,
                &[&once[..once.len() - 8], &[0; 8]].concat(),
                99,
                Err("damaged"),
            ),
            (
                1,
                &[&once[..once.len() - 8], &[0; 9]].concat(),
                99,
                Err("damaged"),
            ),
        ] {
            assert_eq!(
                undone(times, bytes, most),
                expected.map(<[u8]>::to_vec),
                "{times} {most}"
            );
        }
    }

    #[test]
    fn what_swells_ends_where_it_is_too_large() {
        let mut content = Content::new(2, 0, 1000);
        let bomb = compressed(&compressed(&vec![0; 10 << 20]));
        assert!(matches!(content.take(&bomb), Err(Unfit::TooLarge)));
    }
}
