use super::{JsonObject, TWICE};
use crate::models::OauthAccessTokenRequest;
use crate::models::scan::Text;

fn integer(json: &str) -> (Option<i64>, Vec<String>) {
    let mut object = JsonObject::parse(json).unwrap();
    let number = object.take_integer("n");
    (number, odd(&object))
}

fn odd(object: &JsonObject<'_>) -> Vec<String> {
    let shown = |odd: &super::OddField| format!("{} {}", odd.name, odd.received.expose());
    object.odd.iter().map(shown).collect()
}

#[test]
fn integers_are_read_from_every_spelling() {
    for (json, expected) in [
        (r#"{"n":2592000}"#, Some(2_592_000)),
        (r#"{"n":"2592000"}"#, Some(2_592_000)),
        (r#"{"n":" 2592000 "}"#, Some(2_592_000)),
        (r#"{"n":2592000.0}"#, Some(2_592_000)),
        (r#"{"n":"2592000.0"}"#, Some(2_592_000)),
        (r#"{"n":0}"#, Some(0)),
        (r#"{"n":-1}"#, Some(-1)),
        (r#"{"n":9223372036854775807}"#, Some(i64::MAX)),
        (r#"{"n":null}"#, None),
        ("{}", None),
    ] {
        assert_eq!(integer(json), (expected, vec![]), "{json}");
    }
}

#[test]
fn what_is_no_integer_is_kept_beside() {
    for (value, kept) in [
        (r#""tomorrow""#, r#""tomorrow""#),
        (r#""""#, r#""""#),
        ("9223372036854775808", "9223372036854775808"),
        ("1e300", "1e300"),
        ("1e999", r#""1e999""#),
        ("true", "true"),
        (r#""NaN""#, r#""NaN""#),
        ("NaN", r#""NaN""#),
        ("+1", r#""+1""#),
        ("[1, 2]", "[1, 2]"),
        ("", r#""""#),
    ] {
        let json = format!(r#"{{"n": {value} ,"m":1}}"#);
        assert_eq!(integer(&json), (None, vec![format!("n {kept}")]), "{json}");
    }
}

#[test]
fn what_is_no_object_is_told_apart_and_never_quoted() {
    let deep = "[".repeat(50_000);
    for (body, expected) in [
        (&b""[..], "is empty"),
        (b" \r\n\0", "is empty"),
        (b"<html>canary", "is not JSON (line 1, column 1)"),
        (b"{\"canary\":", "breaks off"),
        (b"{\"canary\":1", "breaks off"),
        (b"{\"canary", "breaks off"),
        (b"{\"canary\\", "breaks off"),
        (b"{", "breaks off"),
        (b"{\"a\":1,", "breaks off"),
        (b"{\"a\":[1}", "breaks off"),
        (b"[\"canary\"]", "is not a JSON object"),
        (b"\"canary\"", "is not a JSON object"),
        (b"null", "is not a JSON object"),
        (deep.as_bytes(), "is not JSON"),
        (b"\xff\xfe\x41\0", "is not JSON"),
        ("\u{feff}\u{feff}\0\u{a0}".as_bytes(), "is empty"),
    ] {
        let error = JsonObject::parse(Text::of(body).as_str())
            .err()
            .expect("refused")
            .0;
        assert!(error.contains(expected), "{error}");
        assert!(!error.contains("canary"), "{error}");
    }
}

fn utf16(json: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(json.encode_utf16());
    units.flat_map(to_bytes).collect()
}

#[test]
fn an_odd_field_spoils_no_other() {
    let token = r#"{"access_token":"good"}"#;
    let deep = format!(
        r#"{{"a":{}{},"access_token":"good"}}"#,
        "[".repeat(5000),
        "]".repeat(5000)
    );
    for (body, expected) in [
        (token.as_bytes().to_vec(), vec![]),
        (format!("\u{feff} {token}").into_bytes(), vec![]),
        (format!("{token}\r\n\0\0").into_bytes(), vec![]),
        (format!("\u{feff}\u{feff}{token}").into_bytes(), vec![]),
        (format!("\0{token}").into_bytes(), vec![]),
        (
            format!("\0\u{a0}\0{token}\u{200b}\0\u{feff}").into_bytes(),
            vec![],
        ),
        (format!("\u{a0}{token}").into_bytes(), vec![]),
        (format!("\u{200b}{token}").into_bytes(), vec![]),
        (utf16(&format!("\u{feff}{token}"), u16::to_be_bytes), vec![]),
        (br#"{"access_token":"good\n"}"#.to_vec(), vec![]),
        ("{\"access_token\":\"\u{feff} good\u{200b} \"}".into(), vec![]),
        (utf16(token, u16::to_le_bytes), vec![]),
        (utf16(token, u16::to_be_bytes), vec![]),
        (br#"{"access_token":"good",}"#.to_vec(), vec![]),
        (br#"{"\u0061ccess_token":"\u0067ood"}"#.to_vec(), vec![]),
        (format!("{token}<!-- -->").into_bytes(), vec![" behind"]),
        (format!("{token}{{}}").into_bytes(), vec![" behind"]),
        (
            br#"{"access_token":"good", 'x':1}"#.to_vec(),
            vec![" not JSON from here on"],
        ),
        (
            br#"{"access_token":"good", "x" 1}"#.to_vec(),
            vec![" not JSON from here on"],
        ),
        (
            br#"{"access_token":"bad","access_token":"good"}"#.to_vec(),
            vec!["access_token there more than once"],
        ),
        (
            br#"{"access_token":"good","access_token":"b d"}"#.to_vec(),
            vec!["access_token there more than once"],
        ),
        (
            br#"{"access_token":"bad","access_token":"good","access_token":null}"#.to_vec(),
            vec!["access_token there more than once"],
        ),
        (
            br#"{"x":1,"access_token":"good","x":NaN}"#.to_vec(),
            vec!["x not JSON"],
        ),
        (
            br#"{"x":1,"access_token":"good","x":2}"#.to_vec(),
            vec!["x there more than once"],
        ),
        (b"{\"access_token\":\"good\",\"x\":\"\xff\"}".to_vec(), vec![]),
        (
            br#"{"access_token":"good","x":NaN,"y":"\ud800"}"#.to_vec(),
            vec!["x not JSON", "y not JSON"],
        ),
        (deep.into_bytes(), vec!["a not JSON"]),
    ] {
        let shown = String::from_utf8_lossy(&body).into_owned();
        let text = Text::of(&body);
        let mut object = JsonObject::parse(text.as_str()).expect(&shown);
        assert_eq!(
            object.take_access_token().expect(&shown).expose(),
            "good",
            "{shown}"
        );
        let (_, odd) = object.rest();
        assert_eq!(odd.len(), expected.len(), "{shown}: {odd:?}");
        for (odd, expected) in odd.iter().zip(expected) {
            let said = format!("{} {}", odd.name, odd.reason);
            assert!(said.starts_with(expected), "{shown}: {said}");
            let received = odd.received.expose();
            serde_json::from_str::<serde_json::Value>(received).expect(received);
        }
    }
}

#[test]
fn a_body_that_is_cut_anywhere_breaks_off() {
    let json = r#"{ "access_token" : "good" , "n" : 5 , "x" : { "a" : [ "😀" ] } }"#;
    for (whole, unit) in [
        (json.as_bytes().to_vec(), 1),
        (utf16(json, u16::to_le_bytes), 2),
        (utf16(json, u16::to_be_bytes), 2),
    ] {
        assert!(JsonObject::parse(Text::of(&whole).as_str()).is_ok());
        // From where the object has begun.
        for end in (4..whole.len()).step_by(unit) {
            let error = JsonObject::parse(Text::of(&whole[..end]).as_str()).err();
            assert_eq!(error.expect("refused").0, "is JSON that breaks off", "{end}");
        }
    }
}

#[test]
fn no_byte_of_a_body_is_dropped_from_its_text() {
    for (body, expected) in [
        (b"\xff\xfe\xfd".as_slice(), "\u{fffd}\u{fffd}\u{fffd}"),
        (b"\xfe\xff\0a\0", "\u{fffd}\u{fffd}\0a\0"),
        (b"\xfe\xff\0a\xd8\0", "a\u{fffd}"),
        (b"a\xff", "a\u{fffd}"),
    ] {
        assert_eq!(Text::of(body).as_str(), expected);
    }
}

#[test]
fn fields_by_the_hundred_thousand_are_not_all_kept() {
    let fields: Vec<String> = (0..100_000).map(|n| format!("\"f{n}\":1")).collect();
    let json = format!("{{{},\"access_token\":\"good\"}}", fields.join(","));
    let started = std::time::Instant::now();
    let mut object = JsonObject::parse(&json).unwrap();
    assert!(object.take_access_token().is_ok());
    let (rest, odd) = object.rest();
    assert!(rest.len() > 5_000 && rest.len() < 20_000, "{}", rest.len());
    assert_eq!(odd.len(), 1);
    assert!(odd[0].reason.starts_with("left out"));
    assert!(started.elapsed() < std::time::Duration::from_secs(20));
}

#[test]
fn unknown_fields_are_kept_up_to_a_length() {
    for (more, kept) in [(0, 2), (1, 1)] {
        let value = "v".repeat(super::MAX_REST / 2 - "ab\"\"".len());
        let json = format!("{{\"ab\":\"{value}\",\"cd\":\"{value}{}\"}}", "v".repeat(more));
        let (rest, odd) = JsonObject::parse(&json).unwrap().rest();
        assert_eq!((rest.len(), odd.len()), (kept, more));
    }
}

#[test]
fn a_name_by_the_thousand_is_reported_once() {
    let json = format!(
        "{{{}\"access_token\":\"good\"}}",
        "\"access_token\":\"bad\",".repeat(1000)
    );
    let mut object = JsonObject::parse(&json).unwrap();
    assert_eq!(object.take_access_token().unwrap().expose(), "good");
    assert_eq!(odd(&object), ["access_token \"bad\""]);
    let (rest, odd) = object.rest();
    assert!(rest.is_empty() && odd[0].reason == TWICE);
}

#[test]
fn a_token_fits_into_a_header() {
    for (length, fits) in [(1, true), (super::MAX_TOKEN, true), (super::MAX_TOKEN + 1, false)] {
        let json = format!("{{\"access_token\":\"{}\"}}", "p".repeat(length));
        let token = JsonObject::parse(&json).unwrap().take_access_token();
        assert_eq!(token.is_ok(), fits, "{length}");
    }
}

#[test]
fn a_long_odd_value_is_left_out() {
    let json = format!("{{\"scope\":[{}1]}}", "1,".repeat(50_000));
    let mut object = JsonObject::parse(&json).unwrap();
    assert_eq!(object.take_text("scope"), None);
    assert_eq!(odd(&object), ["scope null"]);
}

#[test]
fn the_last_value_that_can_be_used_counts() {
    let json = concat!(
        r#"{"refresh_token":"pinr.good","n":7,"scope":"a","x":1,"#,
        r#""refresh_token":"","n":"soon","scope":["b"],"x":NaN,"refresh_token":null,"#,
        r#""token_type":7,"token_type":[]}"#
    );
    let mut object = JsonObject::parse(json).unwrap();
    assert_eq!(object.take_refresh_token().unwrap().expose(), "pinr.good");
    assert_eq!(object.take_integer("n"), Some(7));
    assert_eq!(object.take_text("scope").as_deref(), Some("a"));
    assert_eq!(object.take_text("token_type"), None);
    let expected = [
        "refresh_token null",
        "n \"soon\"",
        "scope [\"b\"]",
        "token_type 7",
        "token_type []",
    ];
    assert_eq!(odd(&object), expected);
    let (rest, odd) = object.rest();
    assert_eq!(rest.get("x").map(ToString::to_string).as_deref(), Some("1"));
    assert!(odd.iter().any(|odd| odd.name == "x"));
}

#[test]
fn tokens_are_trimmed_as_other_credentials() {
    let json = r#"{"access_token":" pina_x ","refresh_token":"\ufeffpinr.x\r\n"}"#;
    let mut object = JsonObject::parse(json).unwrap();
    assert_eq!(object.take_access_token().unwrap().expose(), "pina_x");
    assert_eq!(object.take_refresh_token().unwrap().expose(), "pinr.x");
    assert!(odd(&object).is_empty());
}

#[test]
fn a_refresh_token_is_kept_if_it_can_be_sent() {
    for (value, kept, reported) in [
        (r#""pinr.a""#, Some("pinr.a"), false),
        ("null", None, false),
        (r#""pinr. new""#, None, true),
        (r#""pinr.n\u00e9w""#, None, true),
        (r#""pinr.\u200bnew""#, None, true),
        (r#""""#, None, true),
        (r#""a\nb""#, None, true),
        (r#""a\ufffdb""#, None, true),
        ("7", None, true),
        (r#"["pinr.a"]"#, None, true),
        (r#""\q""#, None, true),
    ] {
        let json = format!(r#"{{"refresh_token":{value}}}"#);
        let mut object = JsonObject::parse(&json).unwrap();
        let token = object.take_refresh_token();
        assert_eq!(token.as_ref().map(crate::secret::Secret::expose), kept, "{value}");
        assert_eq!(!odd(&object).is_empty(), reported, "{value}");
        if let Some(token) = token {
            OauthAccessTokenRequest::refresh_token(token).check().unwrap();
        }
    }
}
