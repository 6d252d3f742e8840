//! A key that tokens are sealed with.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{alphabet, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};
use zeroize::Zeroizing;

use crate::credential::trimmed;
use crate::error::Error;
use crate::models::Text;
use crate::secret::Secret;

/// Bytes of a key.
const LENGTH: usize = 32;
/// Bytes of what a key is called by: enough that no two of a store share it.
const ID: usize = 9;
/// Base64 as every tool writes it, with `=` at its end or without.
const READ: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A key that tokens are sealed with: 32 random bytes. It is wiped when dropped, and not shown.
#[derive(Clone)]
pub struct TokenKey(Zeroizing<Vec<u8>>);

impl TokenKey {
    /// A new key of the system's random numbers.
    ///
    /// # Errors
    ///
    /// `Store` if the system gives none.
    pub fn generate() -> Result<Self, Error> {
        let mut bytes = Zeroizing::new(vec![0; LENGTH]);
        SystemRandom::new()
            .fill(&mut bytes)
            .map_err(|_| Error::store("the system gives no random numbers"))?;
        Ok(Self(bytes))
    }

    /// The key of these bytes.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if they are not 32, or plain text: a word that somebody thought of is no key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() != LENGTH {
            return Err(wrong(&format!("it has {} bytes, not {LENGTH}", bytes.len())));
        }
        // No key of random bytes is.
        if bytes.iter().all(|byte| (b' '..=b'~').contains(byte)) || bytes.iter().all(|byte| *byte == bytes[0])
        {
            return Err(wrong("its bytes are not random"));
        }
        Ok(Self(Zeroizing::new(bytes.to_vec())))
    }

    /// The key that a text in Base64 is, in either alphabet.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if it is none. The text is not repeated.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        // With room for all of it no copy is left behind by growing.
        let mut plain = Zeroizing::new(String::with_capacity(text.len()));
        plain.extend(trimmed(text).chars().map(|c| match c {
            '-' => '+',
            '_' => '/',
            c => c,
        }));
        let mut bytes = Zeroizing::new(vec![0; plain.len()]);
        let length = READ
            .decode_slice(plain.as_bytes(), &mut bytes)
            .map_err(|_| wrong("it is not Base64"))?;
        Self::from_bytes(&bytes[..length])
    }

    /// The keys that a file or a variable holds: one of 32 bytes, or several in Base64, the current one first,
    /// with commas or white space between.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if one is none. What is held is not repeated.
    pub(super) fn all_in(held: &[u8]) -> Result<Vec<Self>, Error> {
        let is_text =
            std::str::from_utf8(held).is_ok() || matches!(held, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        if held.len() == LENGTH || !is_text {
            return Self::from_bytes(held).map(|key| vec![key]);
        }
        let text = Text::of(held);
        let keys = text.as_str();
        keys.split(|c: char| c == ',' || c.is_whitespace())
            .filter(|key| !key.is_empty())
            .map(Self::from_text)
            .collect()
    }

    /// The keys that a program gives, each as a file or a variable would hold it: 32 bytes, or one or several in Base64.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if one of them is empty or holds something else. It is not repeated.
    pub fn all_of(given: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Result<Vec<Self>, Error> {
        let mut keys = Vec::new();
        for held in given {
            let found = Self::all_in(held.as_ref())?;
            if found.is_empty() {
                return Err(wrong("it is empty"));
            }
            keys.extend(found);
        }
        Ok(keys)
    }

    /// The key in Base64, for a file or a variable.
    pub fn to_text(&self) -> Secret {
        Secret::new(STANDARD.encode(&*self.0))
    }

    /// What the key is called by in a sealed file. Nobody finds the key by it.
    pub fn id(&self) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let tag = hmac::sign(&key, b"pinterest-sdk key id");
        URL_SAFE_NO_PAD.encode(&tag.as_ref()[..ID])
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenKey({})", self.id())
    }
}

/// The text with no word in it that is a key: somebody gave one where a name belongs. A path is none; a key in Base64 may
/// begin as one, and ends as none does.
pub(super) fn without_keys(text: &str) -> String {
    let is_path = |word: &str| {
        let begins_so =
            word.starts_with('.') || word.strip_prefix('/').is_some_and(|rest| rest.contains('/'));
        begins_so && !word.ends_with('=')
    };
    let is_key = |word: &str| !is_path(word) && TokenKey::from_text(word).is_ok();
    let words = text
        .split(' ')
        .map(|word| if is_key(word) { "[redacted]" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// Something that holds keys in Base64 is no text.
pub(super) fn not_text() -> Error {
    wrong("it is not text in UTF-8")
}

fn wrong(why: &str) -> Error {
    Error::invalid_input(format!("this is no key for tokens: {why}"))
        .with_hint("a key is 32 random bytes, such as `openssl rand -base64 32` prints")
}

#[cfg(test)]
mod tests {
    use super::TokenKey;

    #[test]
    fn a_key_is_thirty_two_random_bytes_in_any_base64() {
        let key = TokenKey::generate().unwrap();
        let text = key.to_text();
        let url = text.expose().replace('+', "-").replace('/', "_");
        for form in [
            text.expose(),
            &url,
            url.trim_end_matches('='),
            &format!(" {url}\n"),
            &format!("\u{200b}{url}\u{a0}"),
        ] {
            assert_eq!(TokenKey::from_text(form).unwrap().bytes(), key.bytes());
        }
        assert_eq!(TokenKey::from_bytes(key.bytes()).unwrap().id(), key.id());
        assert_ne!(TokenKey::generate().unwrap().id(), key.id());
        assert_eq!(format!("{key:?}"), format!("TokenKey({})", key.id()));
    }

    #[test]
    fn what_a_program_gives_is_read_as_a_file_is() {
        let (one, two) = (TokenKey::generate().unwrap(), TokenKey::generate().unwrap());
        let ids = |given: &[&[u8]]| {
            let keys = TokenKey::all_of(given).unwrap();
            keys.iter().map(TokenKey::id).collect::<Vec<_>>()
        };
        let (first, second) = (one.to_text(), two.to_text());
        let lines = format!("\u{feff}{}\r\n{}\n", first.expose(), second.expose());
        assert_eq!(ids(&[lines.as_bytes()]), [one.id(), two.id()]);
        assert_eq!(
            ids(&[one.bytes(), second.expose().as_bytes()]),
            [one.id(), two.id()]
        );
        for none in ["", " \n", "canary"] {
            let error = TokenKey::all_of([first.expose(), none]).unwrap_err();
            assert!(error.message().starts_with("this is no key"), "{error}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused_and_not_repeated() {
        for text in [
            "",
            "canary!",
            "Y2FuYXJ5",
            "Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5Y2FuYXJ5MTI=",
        ] {
            let error = TokenKey::from_text(text).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("anary"), "{error}");
        }
        assert!(TokenKey::from_bytes(&[0; 32]).is_err());
        let random = TokenKey::generate().unwrap();
        for other in [&[][..], &random.bytes()[1..], &[random.bytes(), &[7]].concat()] {
            let error = TokenKey::from_bytes(other).unwrap_err();
            assert!(error.message().ends_with("bytes, not 32"), "{error}");
        }
    }
}
