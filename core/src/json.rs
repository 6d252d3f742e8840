//! Reads JSON of other languages' texts, which may hold halves of characters.

use serde::de::DeserializeOwned;

/// Reads JSON. Half of a surrogate pair, which JavaScript cuts off and JSON may hold but no text of Rust's, is read as
/// U+FFFD: it spoils nothing that stands beside it.
pub(crate) fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(json).or_else(|error| {
        let text = std::str::from_utf8(json).ok().filter(|_| error.is_syntax());
        match text.and_then(without_halves) {
            Some(whole) => serde_json::from_str(&whole),
            None => Err(error),
        }
    })
}

/// The same JSON with U+FFFD for halves, if there are any.
fn without_halves(json: &str) -> Option<String> {
    let (mut whole, mut rest, mut found) = (String::new(), json, false);
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let length = match (unit_of(escape), escape.get(6..).and_then(unit_of)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                found = true;
                whole.push_str("\\ufffd");
                rest = escape.get(6..)?;
                continue;
            }
            // The backslash and what it stands before.
            _ => 1 + escape.chars().nth(1)?.len_utf8(),
        };
        let (kept, after) = escape.split_at(length);
        whole.push_str(kept);
        rest = after;
    }
    whole.push_str(rest);
    found.then_some(whole)
}

/// What the escape that a text begins with stands for, if it is a unit of UTF-16.
fn unit_of(text: &str) -> Option<u16> {
    unit(text.strip_prefix("\\u")?.get(..4)?)
}

/// Four hexadecimal digits.
pub(crate) fn unit(digits: &str) -> Option<u16> {
    let all = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    all.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read;

    #[test]
    fn half_a_character_spoils_nothing_beside_it() {
        for (text, expected) in [
            (r#"["a\ud83d", 1]"#, json!(["a\u{fffd}", 1])),
            (
                r#"["\ude00\ud83d\ud83d\ude00\""]"#,
                json!(["\u{fffd}\u{fffd}\u{1f600}\""]),
            ),
            (r#"{"\uD800x": "\\ud800"}"#, json!({"\u{fffd}x": "\\ud800"})),
            (r#""\ud83d\n""#, json!("\u{fffd}\n")),
        ] {
            assert_eq!(read::<Value>(text.as_bytes()).ok(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_stays_so() {
        for text in [
            r#""\ud83d"#,
            r#"["\ud83d",]"#,
            r#""\ud8""#,
            r#""\ud83d\x""#,
            "\\",
            r#""\é""#,
        ] {
            assert!(read::<Value>(text.as_bytes()).is_err(), "{text}");
        }
        assert!(read::<Value>(b"\"\\ud83d\xff\"").is_err());
    }
}
