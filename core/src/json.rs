//! Answers as JSON that other readers take and `serde_json` does not: a text that was cut in the middle of an emoji ends
//! with half a character, `\ud83d`.

use std::ops::Range;

use serde::de::DeserializeOwned;

/// What stands for half a character: U+FFFD.
const STAND_IN: &[u8] = b"fffd";

/// Reads an answer. In the place of half a character there is U+FFFD.
///
/// # Errors
///
/// `serde_json`'s for what is no JSON or does not fit the type.
pub fn read_answer<T: DeserializeOwned>(json: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(json).or_else(|error| match whole(json) {
        Some(whole) => serde_json::from_slice(&whole),
        None => Err(error),
    })
}

/// The text without half characters; none if it has none.
fn whole(json: &[u8]) -> Option<Vec<u8>> {
    let mut whole: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(found) = json
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| *byte == b'\\'))
    {
        at += found;
        let unit = unit_at(json, at);
        at += match unit {
            None => 2,
            Some(0xD800..=0xDBFF) if matches!(unit_at(json, at + 6), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                let digits: Range<usize> = at + 2..at + 6;
                let text = whole.get_or_insert_with(|| json.to_vec());
                text.get_mut(digits)?.copy_from_slice(STAND_IN);
                6
            }
            Some(_) => 6,
        };
    }
    whole
}

/// The code unit of the escape there, if there is one.
fn unit_at(json: &[u8], at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
    unit(std::str::from_utf8(digits).ok()?)
}

/// Four hexadecimal digits.
pub(crate) fn unit(digits: &str) -> Option<u16> {
    let all = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    all.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read_answer;

    #[test]
    fn half_a_character_makes_no_answer_unreadable() {
        for (text, expected) in [
            (r#"{"a":"x\ud83d"}"#, Some(json!({"a": "x\u{fffd}"}))),
            (
                r#"["\ude00\ud83d\ude00\uD83D\u0041"]"#,
                Some(json!(["\u{fffd}😀\u{fffd}A"])),
            ),
            (
                r#"["\\ud83d", "\"\ud83d"]"#,
                Some(json!(["\\ud83d", "\"\u{fffd}"])),
            ),
            (r#"{"\udfff":1}"#, Some(json!({"\u{fffd}": 1}))),
            (r#""\ud83d\ud83d\ude00""#, Some(json!("\u{fffd}😀"))),
            (r#""\ud8"#, None),
            (r#""\ud83d"#, None),
            (r#""\"#, None),
            (r#""\ud83d" x"#, None),
            ("", None),
        ] {
            assert_eq!(read_answer::<Value>(text.as_bytes()).ok(), expected, "{text}");
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
            assert!(read_answer::<Value>(text.as_bytes()).is_err(), "{text}");
        }
        assert!(read_answer::<Value>(b"\"\\ud83d\xff\"").is_err());
    }
}
