//! What a token answer holds that is not as documented.

use std::fmt;

use serde::de::IgnoredAny;
use serde_json::Number;

use super::scan::decoded;
use crate::secret::Secret;

/// Longer values are left out, in bytes; the body has them.
const LONGEST: usize = 64 * 1024;
/// Deeper values are kept as text: readers of JSON recurse.
const DEEPEST: usize = 64;

/// A part of a token answer that is not as documented. The token beside it is good.
///
/// The field that it is about is absent from the answer's own fields, unless the reason says otherwise.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct OddField {
    /// The field's name; empty for what stands outside of every field.
    pub name: String,
    /// What is odd about it, as in "the field is …".
    pub reason: &'static str,
    /// The value as received, as JSON text; what is no JSON is a string of it, and what is longer than
    /// 64 KiB is `null`.
    pub received: Secret,
}

impl OddField {
    pub(super) fn new(name: &str, reason: &'static str, raw: &str) -> Self {
        Self {
            name: name.to_owned(),
            reason,
            received: if raw.len() > LONGEST {
                "null".into()
            } else if is_json(raw) {
                raw.into()
            } else {
                json_string(raw)
            },
        }
    }
}

/// The value is left out: it may be a token.
impl fmt::Debug for OddField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OddField")
            .field("name", &self.name)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

fn is_json(raw: &str) -> bool {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in raw.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    // Half of a surrogate pair is JSON, and no text: not every reader takes it.
    let is_text = if raw.starts_with('"') {
        decoded(raw).is_some()
    } else {
        !raw.contains("\\ud")
    };
    // Nor does every reader take a number that no float holds.
    let is_number = raw.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    let is_in_range = !is_number || serde_json::from_str::<Number>(raw).is_ok();
    is_text && is_in_range && deepest <= DEEPEST && serde_json::from_str::<IgnoredAny>(raw).is_ok()
}

/// With room for six bytes a character no copy is left by growing.
fn json_string(raw: &str) -> Secret {
    let mut text = Vec::with_capacity(6 * raw.len() + 2);
    // Writing a string to memory does not fail.
    let written = serde_json::to_writer(&mut text, raw);
    let text = written.ok().and_then(|()| String::from_utf8(text).ok());
    text.unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::{DEEPEST, OddField};

    #[test]
    fn json_that_every_reader_takes_is_kept_as_it_is() {
        let received = |raw: &str| OddField::new("n", "odd", raw).received.expose().to_owned();
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        let wide = format!("[{}{{}}]", "[],".repeat(2 * DEEPEST));
        for raw in [nested(DEEPEST), wide, "-1.5e3".to_owned()] {
            assert_eq!(received(&raw), raw);
        }
        for raw in [nested(DEEPEST + 1), "-".to_owned()] {
            assert_eq!(received(&raw), format!("\"{raw}\""));
        }
        assert_eq!(
            format!("{:?}", OddField::new("n", "odd", "\"canary\"")),
            "OddField { name: \"n\", reason: \"odd\", .. }"
        );
    }
}
