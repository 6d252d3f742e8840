//! What looks like a token of Pinterest's, whoever it was given to.

use super::view::View;

/// Characters of a token behind its beginning, at least.
const SHORTEST: usize = 4;
/// Names, or their endings behind an underscore, whose value is a token, whatever it looks like.
const NAMES: [&[u8]; 2] = [b"token", b"client_secret"];

/// Adds the places of tokens.
pub(super) fn find(view: &View, found: &mut Vec<(usize, usize)>) {
    let bytes = view.bytes();
    let mut at = 0;
    // Up to here no header of a JSON web token ends with a full stop: it was looked at already.
    let mut no_header = 0;
    while at < bytes.len() {
        let starts_word = view.is_edge(at) || !bytes[at - 1].is_ascii_alphanumeric();
        let token = if starts_word {
            token(&bytes[at..], at, &mut no_header)
        } else {
            None
        };
        match token {
            Some((start, end)) => {
                found.push(view.place(at + start, at + end));
                at += end;
            }
            None => at += 1,
        }
    }
}

/// The token that the bytes begin with, or with its name: where it starts and ends.
fn token(bytes: &[u8], at: usize, no_header: &mut usize) -> Option<(usize, usize)> {
    pinterests(bytes)
        .or_else(|| json_web_token(bytes, at, no_header))
        .map(|end| (0, end))
        .or_else(|| named(bytes))
}

/// `pina_…`, `pinr.…`, `pinc_…`, with either mark.
fn pinterests(bytes: &[u8]) -> Option<usize> {
    let [b'p', b'i', b'n', b'a' | b'r' | b'c', b'_' | b'.', rest @ ..] = bytes else {
        return None;
    };
    let length = run(rest, |byte| {
        byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte)
    });
    // A full stop at the end is the sentence's.
    let length = length - usize::from(length > 0 && rest[length - 1] == b'.');
    (length >= SHORTEST).then_some(5 + length)
}

/// A header that is a JSON object in Base64, a body, a signature (RFC 7519 section 3).
fn json_web_token(bytes: &[u8], at: usize, no_header: &mut usize) -> Option<usize> {
    const SHORTEST_HEADER: usize = 10;
    if at < *no_header || !bytes.starts_with(b"eyJ") {
        return None;
    }
    let part = |bytes: &[u8]| {
        run(bytes, |byte| {
            byte.is_ascii_alphanumeric() || b"-_=".contains(&byte)
        })
    };
    let header = part(bytes);
    if header < SHORTEST_HEADER || bytes.get(header) != Some(&b'.') {
        // Every beginning within it ends where it ends.
        *no_header = at + header;
        return None;
    }
    let body = header + 1 + part(&bytes[header + 1..]);
    let signature = match bytes.get(body) {
        Some(b'.') => part(&bytes[body + 1..]),
        _ => 0,
    };
    Some(if signature > 0 { body + 1 + signature } else { body })
}

/// `"access_token": "…"` or `access_token=…`.
fn named(bytes: &[u8]) -> Option<(usize, usize)> {
    let name = NAMES.iter().find(|name| bytes.starts_with(name))?.len();
    let start = match bytes.get(name)? {
        b'=' => name + 1,
        b'"' => {
            let space = |at: usize| at + run(&bytes[at..], |byte| byte.is_ascii_whitespace());
            let colon = space(name + 1);
            if bytes.get(colon) != Some(&b':') {
                return None;
            }
            let quote = space(colon + 1);
            // Not a number, a list or `null`.
            if bytes.get(quote) != Some(&b'"') {
                return None;
            }
            quote + 1
        }
        // A sentence about the field.
        _ => return None,
    };
    let length = run(&bytes[start..], |byte| !b"\"'\\&<>,;}] ".contains(&byte));
    (length >= SHORTEST).then_some((start, start + length))
}

/// How many of the first bytes are of a kind.
fn run(bytes: &[u8], of_kind: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| of_kind(**byte)).count()
}
