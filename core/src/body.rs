//! The bytes of an answer.

use std::fmt;

use zeroize::Zeroizing;

/// An answer's bytes after decompression: wiped from memory when dropped, for they may hold tokens.
/// `Debug` shows how many there are.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Body(Zeroizing<Vec<u8>>);

impl Body {
    pub(crate) fn new(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    /// The bytes themselves.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, if the bytes are UTF-8.
    pub fn as_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self(Zeroizing::new(text.as_bytes().to_vec()))
    }
}

impl AsRef<[u8]> for Body {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::Body;

    #[test]
    fn bytes_are_given_and_not_shown() {
        let text = Body::new(Zeroizing::new("é canary".into()));
        assert_eq!((text.as_text(), text.as_bytes().len()), (Some("é canary"), 9));
        assert_eq!(format!("{text:?}"), "[9 bytes]");
        assert_eq!(Body::new(Zeroizing::new(vec![0xff])).as_text(), None);
    }
}
