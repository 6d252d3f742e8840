//! Finds the fields of a JSON object without reading their values, so that a value that cannot be read
//! spoils no other, and a token is copied nowhere on the way to its [`Secret`](crate::Secret).

use std::borrow::Cow;

use zeroize::Zeroizing;

use crate::credential::trimmed;
use crate::json::unit;

/// A body's text.
pub(crate) enum Text<'a> {
    Borrowed(&'a str),
    /// Made of a body in another encoding; wiped when dropped.
    Owned(Zeroizing<String>),
}

impl<'a> Text<'a> {
    /// Reads UTF-8, with a byte order mark or without, and whole units of UTF-16 behind one (RFC 8259
    /// section 8.1 lets a reader do so). What is neither becomes U+FFFD, which no token has.
    pub(crate) fn of(body: &'a [u8]) -> Self {
        let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
            let units = bytes.as_chunks::<2>().0.iter().map(|two| unit(*two));
            let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
            text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
            Self::Owned(text)
        };
        let whole = body.len().is_multiple_of(2);
        match body {
            [0xff, 0xfe, rest @ ..] if whole => utf16(rest, u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] if whole => utf16(rest, u16::from_be_bytes),
            [0xef, 0xbb, 0xbf, rest @ ..] | rest => Self::of_utf8(rest),
        }
    }

    fn of_utf8(bytes: &'a [u8]) -> Self {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Self::Borrowed(text);
        }
        let room = bytes.len() * char::REPLACEMENT_CHARACTER.len_utf8();
        let mut text = Zeroizing::new(String::with_capacity(room));
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
        Self::Owned(text)
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => text,
        }
    }
}

/// Why an object cannot be read.
#[derive(Debug, PartialEq)]
pub(super) enum Broken {
    /// It does not begin with an object.
    NotAnObject,
    /// It ends within the object: the rest has been lost on the way.
    BreaksOff,
}

/// What is found in a text that begins with an object.
pub(super) enum Part<'a> {
    /// A field's name and its value's text.
    Field(Cow<'a, str>, &'a str),
    /// The end of the object, and what is behind it.
    End(&'a str),
    /// From where it is no JSON.
    NotJson(&'a str),
}

/// Goes through a text's parts in their order, and keeps none: a body may have fields by the hundred
/// thousand.
///
/// # Errors
///
/// If there is no object, or no end of it.
pub(super) fn scan<'a>(text: &'a str, mut found: impl FnMut(Part<'a>)) -> Result<(), Broken> {
    let text = without_surroundings(text);
    let mut cursor = Cursor { text, at: 0 };
    if !cursor.eat(b'{') {
        return Err(Broken::NotAnObject);
    }
    loop {
        let start = cursor.at;
        cursor.skip_space();
        if cursor.eat(b'}') {
            found(Part::End(without_surroundings(&text[cursor.at..])));
            return Ok(());
        }
        let Some((name, value)) = cursor.field()? else {
            found(Part::NotJson(text[start..].trim()));
            return Ok(());
        };
        found(Part::Field(name, value));
    }
}

/// Without what nobody sees around it, NUL among it: the padding of who puts texts into fields of C.
pub(super) fn without_surroundings(mut text: &str) -> &str {
    loop {
        let inner = trimmed(text).trim_matches('\0');
        if inner.len() == text.len() {
            return inner;
        }
        text = inner;
    }
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// A field and the comma behind it; `None` where there is none.
    fn field(&mut self) -> Result<Option<(Cow<'a, str>, &'a str)>, Broken> {
        if self.peek().ok_or(Broken::BreaksOff)? != b'"' {
            return Ok(None);
        }
        let name = self.string()?;
        self.skip_space();
        if !self.eat(b':') {
            return self.peek().map(|_| None).ok_or(Broken::BreaksOff);
        }
        self.skip_space();
        let value = self.value()?;
        self.skip_space();
        let ended = self.eat(b',') || self.peek().ok_or(Broken::BreaksOff)? == b'}';
        let plain = &name[1..name.len() - 1];
        let escaped = plain.contains('\\').then(|| decoded(name)).flatten();
        let name = escaped.map_or(Cow::Borrowed(plain), |name| Cow::Owned(name.as_str().to_owned()));
        Ok(ended.then_some((name, value)))
    }

    /// A string with its quotes.
    fn string(&mut self) -> Result<&'a str, Broken> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek().ok_or(Broken::BreaksOff)? {
                b'"' => {
                    self.at += 1;
                    return Ok(&self.text[start..self.at]);
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    /// Any value's text: what is between brackets is not looked at.
    fn value(&mut self) -> Result<&'a str, Broken> {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            match self.peek().ok_or(Broken::BreaksOff)? {
                b'"' => {
                    self.string()?;
                }
                b'[' | b'{' => {
                    depth += 1;
                    self.at += 1;
                }
                b']' | b'}' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b'}' if depth == 0 => break,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            if depth == 0 {
                break;
            }
        }
        Ok(self.text[start..self.at].trim_end())
    }
}

/// The text of a string that is given with its quotes; `None` if it is no string of JSON's.
pub(super) fn decoded(raw: &str) -> Option<Zeroizing<String>> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    // No escape is shorter than what it stands for, so that no copy is left by growing.
    let mut text = Zeroizing::new(String::with_capacity(inner.len()));
    let mut parts = inner.split('\\');
    text.push_str(parts.next()?);
    while let Some(part) = parts.next() {
        let (c, length) = match part.as_bytes().first() {
            // An escaped backslash: the split has made two of it.
            None => {
                text.push('\\');
                text.push_str(parts.next()?);
                continue;
            }
            Some(b'u') => {
                let high = unit(part.get(1..5)?)?;
                match char::from_u32(high.into()) {
                    Some(c) => (c, 5),
                    // The other half of the pair has nothing before it.
                    None if part.len() == 5 => {
                        let next = parts.next()?;
                        let low = unit(next.strip_prefix('u')?.get(..4)?)?;
                        text.push(char::decode_utf16([high, low]).next()?.ok()?);
                        text.push_str(&next[5..]);
                        continue;
                    }
                    None => return None,
                }
            }
            Some(b'n') => ('\n', 1),
            Some(b'r') => ('\r', 1),
            Some(b't') => ('\t', 1),
            Some(b'b') => ('\u{8}', 1),
            Some(b'f') => ('\u{c}', 1),
            Some(same @ (b'"' | b'/')) => (char::from(*same), 1),
            Some(_) => return None,
        };
        text.push(c);
        text.push_str(part.get(length..)?);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{Part, decoded, scan};

    #[test]
    fn what_is_in_strings_and_brackets_ends_no_value() {
        let mut fields = Vec::new();
        let text = r#"{"a": "x,\"}y\\", "b": [",]", {"c": "}\""}] , "d\"": 1}"#;
        let found = scan(text, |part| {
            if let Part::Field(name, value) = part {
                fields.push((name.into_owned(), value));
            }
        });
        assert_eq!(found, Ok(()));
        let expected = [
            ("a", r#""x,\"}y\\""#),
            ("b", r#"[",]", {"c": "}\""}]"#),
            ("d\"", "1"),
        ];
        assert_eq!(fields, expected.map(|(name, value)| (name.to_owned(), value)));
    }

    #[test]
    fn two_halves_of_a_character_belong_together() {
        let text = |raw| decoded(raw).map(|text| text.to_string());
        assert_eq!(text(r#""a\ud83d\ude00b""#).as_deref(), Some("a\u{1f600}b"));
        for apart in [r#""\ud83dx\ude00""#, r#""\ud83d""#, r#""\ude00\ud83d""#] {
            assert_eq!(text(apart), None, "{apart}");
        }
    }
}
