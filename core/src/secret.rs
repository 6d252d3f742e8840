//! Text that must not be seen: app secrets, tokens, codes.

use std::fmt;

use zeroize::Zeroizing;

/// A secret string: wiped from memory when dropped, shown as `[redacted]` by `Debug`.
///
/// It has no `Display`: `[redacted]` must not end up in a header, and the secret not in a message.
///
/// ```compile_fail,E0277
/// let secret = pinterest_sdk::Secret::new("pina_…");
/// let header = format!("Bearer {secret}");
/// ```
///
/// The only way to the text is [`Secret::expose`], so a search for that word finds every place
/// where a secret leaves.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes ownership of `text`; no copy is left behind.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The secret itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to hide.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for Secret {}

/// Compares in a time that does not depend on where the texts differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0_u8, |differences, (x, y)| differences | (x ^ y))
            == 0
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn no_text_form_shows_it() {
        let secret = Secret::new("pina_canary");
        for shown in [format!("{secret:?}"), format!("{secret:#?}")] {
            assert_eq!(shown, "[redacted]");
        }
    }

    #[test]
    fn equality_is_by_content() {
        assert_eq!(Secret::new("a"), Secret::from("a"));
        assert_ne!(Secret::new("a"), Secret::new("b"));
        assert_ne!(Secret::new("a"), Secret::new("ab"));
        // One difference does not undo another.
        assert_ne!(Secret::new("ab"), Secret::new("ba"));
    }
}
