//! Foreign text made fit to show: no secret of the request, in any encoding, and no token.
//!
//! Encodings are not listed but undone: the text is searched as it is, and again each time after its
//! percent, JSON and HTML escapes were decoded, whichever of them and however often. Characters that
//! nobody sees do not hide a secret: it is found around them, for whoever strips them later would join
//! it again.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use self::view::View;
use crate::secret::Secret;
use crate::unseen::is_left_out;

mod tokens;
mod view;

/// What is shown in a secret's place.
const MARK: &str = "[redacted]";
/// Shorter secrets are words that any text has: to take them out would hide nothing and cut the text up.
const SHORTEST: usize = 4;
/// Shorter ones are taken out where they stand alone, and not out of the middle of a word.
const SHORTEST_ANYWHERE: usize = 8;

/// Headers that say nothing secret, and whose values are words that an answer may repeat.
const PLAIN_HEADERS: [&str; 12] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "host",
    "pragma",
    "user-agent",
];

/// Takes a request's secrets, and whatever looks like a token of Pinterest's, out of texts.
#[derive(Default)]
pub(crate) struct Redactor(Vec<Needle>);

/// A text to look for.
struct Needle {
    bytes: Zeroizing<Vec<u8>>,
    /// Only where no letter or digit stands beside it.
    alone: bool,
}

impl Redactor {
    /// One that knows no secret, and takes tokens out.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Hides a secret: as it is, in Base64, and in the Base64 of any text that holds it.
    pub(crate) fn hide(&mut self, secret: &str) {
        let secret = secret.trim();
        // What is left out of a text is left out of a secret in it; what is undone is undone of one
        // that looks escaped.
        let seen = View::new(secret);
        self.add(seen.bytes());
        let mut decoded = seen.decoded();
        while let Some(view) = decoded {
            self.add(view.bytes());
            decoded = view.decoded();
        }
        // Of a word, Base64 makes one that other texts have too.
        if secret.len() < SHORTEST_ANYWHERE {
            return;
        }
        self.add_base64(secret.as_bytes());
        // Of a secret inside a longer text, the letters that depend on no neighbour: those depend on
        // where in a group of three bytes it starts.
        for before in 0..3 {
            let mut bytes = Zeroizing::new(vec![0; before]);
            bytes.extend_from_slice(secret.as_bytes());
            let first = (before * 8).div_ceil(6);
            let letters = bytes.len() * 8 / 6;
            for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
                let encoded = Zeroizing::new(engine.encode(&*bytes));
                self.add(&encoded.as_bytes()[first..letters]);
            }
        }
    }

    /// Hides an id's secret, and the Base64 of both that a Basic header has (RFC 7617 section 2).
    pub(crate) fn hide_pair(&mut self, id: &str, secret: &str) {
        self.hide(secret);
        let pair = Zeroizing::new(format!("{id}:{secret}"));
        self.add_base64(pair.as_bytes());
    }

    /// In both alphabets, with padding and without.
    fn add_base64(&mut self, bytes: &[u8]) {
        for engine in [STANDARD, URL_SAFE] {
            let encoded = Zeroizing::new(engine.encode(bytes));
            self.add(encoded.as_bytes());
            self.add(encoded.trim_end_matches('=').as_bytes());
        }
    }

    /// Hides a header's value and its parts: a credential behind its scheme, a cookie's value.
    pub(crate) fn hide_header(&mut self, name: &str, value: &str) {
        if PLAIN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
            return;
        }
        self.hide(value);
        for part in value.split([' ', ';', ',', '=']) {
            if part.len() >= SHORTEST_ANYWHERE {
                self.hide(part);
            }
        }
        if let Some((scheme, credential)) = value.trim().split_once(' ')
            && scheme.eq_ignore_ascii_case("basic")
            && let Ok(pair) = STANDARD_NO_PAD.decode(credential.trim().trim_end_matches('='))
            && let Ok(pair) = std::str::from_utf8(&Zeroizing::new(pair))
            && let Some((id, secret)) = pair.split_once(':')
        {
            self.hide_pair(id, secret);
        }
    }

    /// Hides the value of a field, a query's or a form's, whose name says that it is secret.
    pub(crate) fn hide_field(&mut self, name: &str, value: &str) {
        const SECRET: [&str; 7] = [
            "token",
            "secret",
            "password",
            "verifier",
            "assertion",
            "credential",
            "api_key",
        ];
        let name = name.to_ascii_lowercase();
        if name == "code" || SECRET.iter().any(|part| name.contains(part)) {
            self.hide(value);
        }
    }

    /// Hides the secrets of many.
    pub(crate) fn hide_all<'a>(&mut self, secrets: impl IntoIterator<Item = &'a Secret>) {
        for secret in secrets {
            self.hide(secret.expose());
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        if bytes.len() >= SHORTEST {
            self.0.push(Needle {
                bytes: Zeroizing::new(bytes.to_vec()),
                alone: bytes.len() < SHORTEST_ANYWHERE,
            });
        }
    }

    /// The text without secrets, and otherwise as it is, of no more than its first `longest` bytes.
    pub(crate) fn redact(&self, text: &str, longest: usize) -> String {
        // A secret that begins before the end is still found behind it.
        let seen = &text[..boundary(text, longest.saturating_add(self.longest_needle()))];
        replaced(text, &self.secrets_in(seen, true), boundary(text, longest))
    }

    /// The whole text without the secrets that are known, and with all else, also what only looks like a token.
    pub(crate) fn take_out(&self, text: &str) -> String {
        replaced(text, &self.secrets_in(text, false), text.len())
    }

    /// The text on one line without secrets and unseen characters, of no more than `longest` characters.
    pub(crate) fn quote(&self, text: &str, longest: usize) -> String {
        self.redact(text, text.len())
            .chars()
            .filter_map(|c| match c {
                '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
                _ => (!is_left_out(c)).then_some(c),
            })
            .take(longest)
            .collect()
    }

    /// Bytes that the longest secret may take in any encoding: `\u0041` for each of them.
    fn longest_needle(&self) -> usize {
        const TOKEN: usize = 4096;
        let longest = self.0.iter().map(|needle| needle.bytes.len()).max();
        6 * longest.unwrap_or_default().max(TOKEN)
    }

    /// Where secrets are, in order and apart; with what looks like a token or without.
    fn secrets_in(&self, text: &str, and_tokens: bool) -> Vec<(usize, usize)> {
        const LEVELS: usize = 4;
        let mut found = Vec::new();
        let mut view = Some(View::new(text));
        for _ in 0..LEVELS {
            let Some(current) = view else { break };
            for needle in &self.0 {
                current.find(&needle.bytes, needle.alone, &mut found);
            }
            if and_tokens {
                tokens::find(&current, &mut found);
            }
            view = current.decoded();
        }
        found.sort_unstable();
        found.dedup_by(|next, kept| {
            let touches = next.0 < kept.1;
            if touches {
                kept.1 = kept.1.max(next.1);
            }
            touches
        });
        found
    }
}

/// The text up to an end, with a mark at each of the places.
fn replaced(text: &str, places: &[(usize, usize)], end: usize) -> String {
    let mut redacted = String::with_capacity(end);
    let mut at = 0;
    for (start, after) in places.iter().take_while(|(start, _)| *start < end) {
        redacted.push_str(&text[at..*start]);
        redacted.push_str(MARK);
        at = *after;
    }
    redacted.push_str(text.get(at..end).unwrap_or_default());
    redacted
}

/// The last place of a text, no later than a number of bytes, where a character ends.
fn boundary(text: &str, longest: usize) -> usize {
    let at = longest.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
