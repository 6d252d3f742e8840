//! A text as it is read: without what nobody sees, and with its escapes undone.

use zeroize::Zeroizing;

use crate::unseen::is_left_out;

/// Bytes, and of each the place in the text that it was made of.
pub(super) struct View {
    bytes: Zeroizing<Vec<u8>>,
    places: Vec<(usize, usize)>,
}

impl View {
    /// The text without unseen characters.
    pub(super) fn new(text: &str) -> Self {
        let mut view = Self::with_room(text.len());
        for (start, c) in text.char_indices() {
            view.push(c, (start, start + c.len_utf8()));
        }
        view
    }

    fn with_room(bytes: usize) -> Self {
        Self {
            bytes: Zeroizing::new(Vec::with_capacity(bytes)),
            places: Vec::with_capacity(bytes),
        }
    }

    fn push(&mut self, c: char, place: (usize, usize)) {
        if !is_left_out(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                self.push_byte(byte, place);
            }
        }
    }

    fn push_byte(&mut self, byte: u8, place: (usize, usize)) {
        self.bytes.push(byte);
        self.places.push(place);
    }

    /// With one level of escapes undone; `None` if there is none.
    pub(super) fn decoded(&self) -> Option<Self> {
        let mut view = Self::with_room(self.bytes.len());
        let mut at = 0;
        while at < self.bytes.len() {
            let (decoded, length) = unescaped(&self.bytes[at..]);
            let place = (self.places[at].0, self.places[at + length - 1].1);
            match decoded {
                Unescaped::Same => view.push_byte(self.bytes[at], place),
                Unescaped::Byte(byte) if byte.is_ascii_control() => {}
                Unescaped::Byte(byte) => view.push_byte(byte, place),
                Unescaped::Char(c) => view.push(c, place),
            }
            at += length;
        }
        (view.bytes.len() < self.bytes.len()).then_some(view)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The place in the text of some bytes of it, of which there is one at least.
    pub(super) fn place(&self, start: usize, end: usize) -> (usize, usize) {
        (self.places[start].0, self.places[end - 1].1)
    }

    /// Adds the places of a text. A space is a plus, which it is in forms.
    pub(super) fn find(&self, wanted: &[u8], alone: bool, found: &mut Vec<(usize, usize)>) {
        let plus = |byte: u8| if byte == b' ' { b'+' } else { byte };
        let Some((first, rest)) = wanted.split_first() else {
            return;
        };
        let mut at = 0;
        while let Some(next) = self.bytes[at..]
            .iter()
            .position(|byte| plus(*byte) == plus(*first))
        {
            let start = at + next;
            let end = start + wanted.len();
            at = start + 1;
            let Some(candidate) = self.bytes.get(start + 1..end) else {
                return;
            };
            let same = candidate.iter().zip(rest).all(|(a, b)| plus(*a) == plus(*b));
            let stands_alone = || {
                (self.is_edge(start) || !self.is_word(start - 1)) && (self.is_edge(end) || !self.is_word(end))
            };
            if same && (!alone || stands_alone()) {
                found.push(self.place(start, end));
                at = end;
            }
        }
    }

    /// Whether nothing stands before a byte, or what was left out: a line break parts words.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        at == 0 || at == self.bytes.len() || {
            let (before, here) = (self.places[at - 1], self.places[at]);
            before != here && before.1 != here.0
        }
    }

    fn is_word(&self, at: usize) -> bool {
        let byte = self.bytes[at];
        byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
    }
}

/// What an escape stands for.
enum Unescaped {
    Same,
    Byte(u8),
    Char(char),
}

/// What the first bytes stand for, and how many they are.
fn unescaped(bytes: &[u8]) -> (Unescaped, usize) {
    let escape = match bytes {
        [b'%', high, low, ..] => hex(&[*high, *low])
            .and_then(|code| u8::try_from(code).ok())
            .map(|byte| (Unescaped::Byte(byte), 3)),
        [b'\\', b'u', rest @ ..] => json_character(rest),
        [b'\\', escaped @ (b'"' | b'\\' | b'/'), ..] => Some((Unescaped::Byte(*escaped), 2)),
        [b'\\', b'b' | b'f' | b'n' | b'r' | b't', ..] => Some((Unescaped::Byte(b'\n'), 2)),
        [b'&', rest @ ..] => html_character(rest),
        _ => None,
    };
    escape.unwrap_or((Unescaped::Same, 1))
}

/// Behind `\u`: four digits, or eight with another `\u` between them (RFC 8259 section 7).
fn json_character(rest: &[u8]) -> Option<(Unescaped, usize)> {
    let high = hex(rest.get(..4)?)?;
    if let Some(c) = char::from_u32(high) {
        return Some((Unescaped::Char(c), 6));
    }
    let low = hex(rest.get(4..10)?.strip_prefix(b"\\u")?)?;
    let pair = [u16::try_from(high).ok()?, u16::try_from(low).ok()?];
    let c = char::decode_utf16(pair).next()?.ok()?;
    Some((Unescaped::Char(c), 12))
}

/// Behind `&`: one of the names that every encoder uses, or a number.
fn html_character(rest: &[u8]) -> Option<(Unescaped, usize)> {
    const LONGEST: usize = 9;
    let end = rest.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let c = match &rest[..end] {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"apos" => '\'',
        [b'#', b'x' | b'X', digits @ ..] => char::from_u32(hex(digits)?)?,
        [b'#', digits @ ..] => char::from_u32(std::str::from_utf8(digits).ok()?.parse().ok()?)?,
        _ => return None,
    };
    Some((Unescaped::Char(c), end + 2))
}

fn hex(digits: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok()?;
    let all = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}
