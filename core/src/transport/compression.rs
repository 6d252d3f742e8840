//! What the HTTP library leaves compressed: it knows gzip by one spelling, and alone.

use std::io::{self, Read as _};

use flate2::read::MultiGzDecoder;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use zeroize::Zeroizing;

/// How often a body may have been compressed: by a server, and again by a proxy in front of it.
const MOST: usize = 2;

/// How often gzip is still to be undone; an error names a compression that nobody asked for. Servers write other things
/// there too, character sets among them, before bodies that are as they should be: those are no compression. Names are
/// the same in any case of letters, and `x-gzip` is gzip (RFC 9110 sections 8.4.1 and 8.4.1.3).
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

/// Undoes gzip so often, and takes out of the headers what was said of it. None if there are more than `most` bytes.
///
/// # Errors
///
/// Those of what is not gzip, or not all of it.
pub(super) fn undo(
    layers: usize,
    mut body: Zeroizing<Vec<u8>>,
    most: usize,
    headers: &mut HeaderMap,
) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    for _ in 0..layers {
        // As what answers HEAD.
        if body.is_empty() {
            break;
        }
        let mut plain = Zeroizing::new(Vec::new());
        let one_more = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        MultiGzDecoder::new(body.as_slice())
            .take(one_more)
            .read_to_end(&mut plain)?;
        if plain.len() > most {
            return Ok(None);
        }
        body = plain;
    }
    if layers > 0 {
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
    }
    Ok(Some(body))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::GzEncoder};
    use http::HeaderMap;
    use zeroize::Zeroizing;

    use super::{layers, undo};

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
        let (once, mut headers) = (compressed(b"12345"), HeaderMap::new());
        let mut undone = |times, bytes: &[u8], most| {
            let body = undo(times, Zeroizing::new(bytes.to_vec()), most, &mut headers);
            body.map(|body| body.map(|body| body.to_vec()))
        };
        assert_eq!(undone(0, b"12345", 5).unwrap().unwrap(), b"12345");
        assert_eq!(undone(1, &once, 5).unwrap().unwrap(), b"12345");
        assert_eq!(undone(1, &once, usize::MAX).unwrap().unwrap(), b"12345");
        assert_eq!(undone(1, &once, 4).unwrap(), None);
        assert_eq!(undone(1, &once.repeat(2), 10).unwrap().unwrap(), b"1234512345");
        assert_eq!(undone(2, &compressed(&once), 99).unwrap().unwrap(), b"12345");
        assert_eq!(undone(2, &compressed(&compressed(&[0; 999])), 99).unwrap(), None);
        assert_eq!(undone(2, b"", 0).unwrap().unwrap(), b"");
        undone(2, &once, 99).unwrap_err();
        undone(1, &once[..once.len() - 1], 99).unwrap_err();
        undone(1, b"plain", 99).unwrap_err();
    }

    #[test]
    fn what_was_undone_is_said_no_more() {
        for (times, left) in [(0, 3), (1, 1)] {
            let mut headers = HeaderMap::new();
            for name in ["content-encoding", "content-length", "date"] {
                headers.append(name, "x".parse().unwrap());
            }
            undo(times, Zeroizing::default(), 9, &mut headers).unwrap();
            assert_eq!(headers.len(), left);
        }
    }
}
