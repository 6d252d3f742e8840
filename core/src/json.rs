//! Answers as JSON that other readers take and `serde_json` does not: a text that was cut in the middle of an emoji ends
//! with half a character, `\ud83d`; a number may be beyond those of 64 bits, and a value be nested deeper than 127 levels.

use serde::de::{DeserializeOwned, IgnoredAny};

/// What stands for half a character: U+FFFD.
const STAND_IN: &[u8] = b"\\ufffd";

/// What stands for a number that is greater than any: the greatest.
const GREATEST: &[u8] = b"1.7976931348623157e308";

/// How many levels `serde_json` reads; `null` stands for what is nested deeper.
const DEEPEST: usize = 127;

/// A reader of JSON may skip it (RFC 8259 section 8.1).
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads an answer. In the place of half a character there is U+FFFD, of a number that is too great the greatest, and of
/// what is nested deeper than 127 levels `null`. A byte order mark is skipped.
///
/// # Errors
///
/// `serde_json`'s for what is no JSON or does not fit the type.
pub fn read_answer<T: DeserializeOwned>(json: &[u8]) -> Result<T, serde_json::Error> {
    let json = without_mark(json);
    serde_json::from_slice(json).or_else(|error| {
        // It is JSON to whoever keeps nothing of it.
        let is_json = serde_json::from_slice::<IgnoredAny>(json).is_ok();
        match is_json
            .then(|| readable(json))
            .filter(|readable| readable != json)
        {
            Some(readable) => serde_json::from_slice(&readable),
            None => Err(error),
        }
    })
}

/// What JSON holds that `serde_json` cannot read, in words; none if it is no JSON.
pub(crate) fn what_cannot_be_read(error: &serde_json::Error) -> Option<&'static str> {
    // It tells these apart in its words alone.
    let said = error.to_string();
    if said.starts_with("recursion limit") {
        Some("is nested more than 127 levels deep")
    } else if said.starts_with("number out of range") {
        Some("holds a number that is too large")
    } else if said.contains("surrogate") || said.starts_with("unexpected end of hex escape") {
        Some("holds half of a character (a lone surrogate)")
    } else {
        None
    }
}

/// JSON without the mark that it may begin with.
pub(crate) fn without_mark(json: &[u8]) -> &[u8] {
    json.strip_prefix(BYTE_ORDER_MARK).unwrap_or(json)
}

/// Whether it is an object or a list from its beginning to its end. No part of one is, so nothing is missing.
pub(crate) fn is_whole(json: &[u8]) -> bool {
    let json = without_mark(json).trim_ascii_start();
    matches!(json.first(), Some(b'{' | b'[')) && serde_json::from_slice::<IgnoredAny>(json).is_ok()
}

/// JSON with what stands for the parts that cannot be read.
fn readable(json: &[u8]) -> Vec<u8> {
    let mut readable = Vec::with_capacity(json.len());
    let (mut at, mut depth) = (0, 0);
    while let Some(&byte) = json.get(at) {
        let length = match byte {
            b'"' => text_at(json, at),
            b'-' | b'0'..=b'9' => number_at(json, at),
            _ => 1,
        };
        let part = json.get(at..at + length).unwrap_or_default();
        at += length;
        depth += usize::from(matches!(byte, b'[' | b'{'));
        if depth <= DEEPEST {
            match byte {
                b'"' => push_text(part, &mut readable),
                b'-' | b'0'..=b'9' => push_number(part, &mut readable),
                _ => readable.push(byte),
            }
        }
        if matches!(byte, b']' | b'}') {
            if depth == DEEPEST + 1 {
                readable.extend_from_slice(b"null");
            }
            depth -= 1;
        }
    }
    readable
}

/// How long the text is that begins there, with its quotes.
fn text_at(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        match json.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') | None => return at + 1 - start,
            Some(_) => at += 1,
        }
    }
}

/// How long the number is that begins there.
fn number_at(json: &[u8], start: usize) -> usize {
    let rest = json.get(start..).unwrap_or_default();
    let is_of_it = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
    rest.iter().take_while(|byte| is_of_it(byte)).count()
}

fn push_number(number: &[u8], readable: &mut Vec<u8>) {
    let value = std::str::from_utf8(number)
        .ok()
        .and_then(|text| text.parse::<f64>().ok());
    if value.is_none_or(f64::is_finite) {
        return readable.extend_from_slice(number);
    }
    if number.starts_with(b"-") {
        readable.push(b'-');
    }
    readable.extend_from_slice(GREATEST);
}

fn push_text(text: &[u8], readable: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let unit = if byte == b'\\' { unit_at(text, at) } else { None };
        let length = match unit {
            Some(0xD800..=0xDBFF) if matches!(unit_at(text, at + 6), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                readable.extend_from_slice(STAND_IN);
                at += 6;
                continue;
            }
            Some(_) => 6,
            None if byte == b'\\' => 2,
            None => 1,
        };
        readable.extend_from_slice(text.get(at..at + length).unwrap_or_default());
        at += length;
    }
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

    use super::{is_whole, read_answer};

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
    fn a_number_that_is_too_great_makes_no_answer_unreadable() {
        let read = read_answer::<Value>(br#"{"a":1e400,"b":[-1E+400, 1.5e-400,12],"c":"1e400"}"#).ok();
        let expected = json!({"a": f64::MAX, "b": [f64::MIN, 0.0, 12], "c": "1e400"});
        assert_eq!(read, Some(expected));
        for no_number in ["[1e]", "[-]", "[01]", "[1e400,]", "[1e400x]"] {
            assert!(read_answer::<Value>(no_number.as_bytes()).is_err(), "{no_number}");
        }
    }

    #[test]
    fn what_is_nested_deeply_makes_no_answer_unreadable() {
        for deep in [127, 128, 200, 300_000] {
            let (open, close) = ("[{\"]\":".repeat(deep), "}]".repeat(deep));
            let text = format!(r#"{{"bookmark":"a","x":{open}"\ud83d"{close},"items":[1]}}"#);
            let read = read_answer::<Value>(text.as_bytes()).unwrap_or_default();
            assert_eq!(
                (&read["bookmark"], &read["items"]),
                (&json!("a"), &json!([1])),
                "{deep}"
            );
            assert!(read["x"][0]["]"][0]["]"].is_array());
        }
        let deep = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(
            read_answer::<Value>(deep(128).as_bytes())
                .map(|read| read.to_string())
                .ok(),
            Some(deep(127).replace("[]", "[null]"))
        );
        assert!(read_answer::<Value>(format!("{}x", deep(200)).as_bytes()).is_err());
        assert!(read_answer::<Value>("[".repeat(200).as_bytes()).is_err());
    }

    #[test]
    fn no_part_of_an_object_or_a_list_is_whole() {
        let deep = "[".repeat(300_000) + &"]".repeat(300_000);
        for text in [r#"{"a":[1,"}"]}"#, "[]", " \r\n{} \n", "\u{feff}[{}]", &deep] {
            assert!(is_whole(text.as_bytes()));
            let end = text.trim_end().len();
            assert!((0..end.min(20)).all(|cut| !is_whole(&text.as_bytes()[..end - 1 - cut])));
        }
        for text in ["", " ", "1", "12", "null", r#""a""#, "{}{}", "a,b\n", "<html>"] {
            assert!(!is_whole(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_an_answer() {
        assert_eq!(
            read_answer::<Value>("\u{feff}[1]".as_bytes()).ok(),
            Some(json!([1]))
        );
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
