use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use url::form_urlencoded::byte_serialize;

use super::Redactor;

fn redactor(secrets: &[&str]) -> Redactor {
    let mut redactor = Redactor::new();
    for secret in secrets {
        redactor.hide(secret);
    }
    redactor
}

fn redacted(redactor: &Redactor, text: &str) -> String {
    redactor.redact(text, 1024)
}

#[test]
fn a_secret_is_found_in_every_encoding() {
    let secret = "canary/+=&\"é secret~";
    let redactor = redactor(&[secret]);
    let form: String = byte_serialize(secret.as_bytes()).collect();
    let json = serde_json::to_string(secret).unwrap();
    let ascii_json = "canary\\/\\u002B=&\\u0022\\u00e9 secret~";
    for encoded in [
        secret,
        &form,
        &form.replace('+', "%20"),
        &form.to_lowercase(),
        &byte_serialize(form.as_bytes()).collect::<String>(),
        &json[1..json.len() - 1],
        ascii_json,
        "canary/+=&amp;&quot;é secret~",
        "canary/+=&#38;&#x22;&#xe9; secret~",
        "cana\u{0}ry/+=&\"\u{200b}é sec\r\nret~",
        "cana\\nry/+=&\\\"é sec%00ret~",
    ] {
        assert_eq!(
            redacted(&redactor, &format!("<{encoded}>")),
            "<[redacted]>",
            "{encoded:?}"
        );
    }
}

#[test]
fn base64_of_any_text_with_the_secret_shows_none_of_it() {
    let secret = "canary??>>secret";
    let redactor = redactor(&[secret]);
    for before in ["", "a", "ab", "abc", "Bearer ", "an-id:"] {
        for after in ["", "x", "xy", ", and more"] {
            for engine in [STANDARD, URL_SAFE] {
                let text = engine.encode(format!("{before}{secret}{after}"));
                let shown = redacted(&redactor, &text);
                assert!(shown.contains("[redacted]"), "{shown}");
                let left: Vec<&str> = shown.split("[redacted]").collect();
                // A letter at each end may hold bits of the secret's first and last byte.
                let known = engine.encode(before).len() + engine.encode(after).len() + 4;
                assert!(left.concat().len() <= known + 2, "{shown}");
            }
        }
    }
}

#[test]
fn secrets_side_by_side_are_two_and_those_that_overlap_are_one() {
    let redactor = redactor(&["canary-one", "canary-two", "one-and-on"]);
    assert_eq!(
        redacted(&redactor, "<canary-onecanary-two>"),
        "<[redacted][redacted]>"
    );
    assert_eq!(redacted(&redactor, "<canary-one-and-on>"), "<[redacted]>");
}

#[test]
fn the_basic_pair_is_hidden_whole() {
    let mut redactor = Redactor::new();
    redactor.hide_pair("an-app", "s3~?>cr");
    for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE] {
        let encoded = engine.encode("an-app:s3~?>cr");
        let escaped: String = byte_serialize(encoded.as_bytes()).collect();
        for text in [&encoded, &escaped] {
            let shown = redacted(&redactor, &format!("Basic {text}."));
            assert_eq!(shown, "Basic [redacted].", "{text}");
        }
    }
}

#[test]
fn short_secrets_cut_no_word() {
    let redactor = redactor(&["r", "ran", "four", "grant", "invalid"]);
    let text = "The authorization grants are not invalidated, fourfold";
    assert_eq!(redacted(&redactor, text), text);
    assert_eq!(
        redacted(&redactor, "a grant, grant_type, r, ran, four"),
        "a [redacted], grant_type, r, ran, [redacted]"
    );
}

#[test]
fn from_eight_letters_on_a_secret_is_found_in_the_middle_and_in_base64() {
    for (secret, is_found) in [("7letter", false), ("8letters", true)] {
        let redactor = redactor(&[secret]);
        for text in [format!("x{secret}x"), STANDARD.encode(format!("an{secret}id"))] {
            assert_eq!(redacted(&redactor, &text) != text, is_found, "{text}");
        }
    }
    // What an escaped one stands for has a length of its own.
    let redactor = redactor(&["7%20etter", "8%20etters"]);
    assert_eq!(redacted(&redactor, "x7 etterx, 7 etter"), "x7 etterx, [redacted]");
    assert_eq!(redacted(&redactor, "x8 ettersx"), "x[redacted]x");
}

#[test]
fn headers_give_their_credentials() {
    let mut redactor = Redactor::new();
    redactor.hide_header("Authorization", "Bearer canary-token");
    redactor.hide_header("cookie", "session=canary-cookie; theme=dark");
    redactor.hide_header(
        "Proxy-Authorization",
        &format!("Basic {}", STANDARD.encode("id:canary-password")),
    );
    redactor.hide_header("Accept", "application/json");
    let text = "canary-token canary-cookie canary-password application/json dark";
    assert_eq!(
        redacted(&redactor, text),
        "[redacted] [redacted] [redacted] application/json dark"
    );
}

#[test]
fn fields_are_hidden_by_name() {
    let mut redactor = Redactor::new();
    redactor.hide_field("grant_type", "authorization_code");
    redactor.hide_field("Code", "canary-code");
    redactor.hide_field("code_verifier", "canary-verifier");
    redactor.hide_field("refresh_token", "canary-token");
    assert_eq!(
        redacted(
            &redactor,
            "authorization_code canary-code canary-verifier canary-token"
        ),
        "authorization_code [redacted] [redacted] [redacted]"
    );
}

#[test]
fn tokens_of_others_are_found_and_words_are_not() {
    let redactor = Redactor::new();
    for token in [
        "pina_AbC-_9",
        "pinr.eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln",
        "pinc_0123456789",
        "pina%5FAbCd",
        "eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ",
        "eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl",
        "eyJ4567890.eyJhIjoxfQ.c2ln",
    ] {
        assert_eq!(redacted(&redactor, token), "[redacted]");
        // A beginning that is none hides no token behind it.
        assert_eq!(
            redacted(&redactor, &format!("eyJust, eyJust, {token}")),
            "eyJust, eyJust, [redacted]"
        );
        assert_eq!(
            redacted(&redactor, &format!("token {token}, bad. ({token}.)")),
            "token [redacted], bad. ([redacted].)",
            "{token}"
        );
    }
    assert_eq!(
        redacted(
            &redactor,
            r#"{"access_token": "canary", "n": 1, "refresh_token":"x\"y"}"#
        ),
        r#"{"access_token": "[redacted]", "n": 1, "refresh_token":"x\"y"}"#
    );
    assert_eq!(
        redacted(&redactor, "id_token=canary&token=canary, a_token = canary"),
        "id_token=[redacted]&token=[redacted], a_token = canary"
    );
    for text in [
        "pins_read and pin_id, pina_, pinball.machines",
        "access_token: a text that is missing",
        r#"{"access_token":null,"refresh_token":[]}"#,
        "eyJust.a.word",
    ] {
        assert_eq!(redacted(&redactor, text), text);
    }
}

#[test]
fn a_long_text_ends_without_half_a_secret() {
    let redactor = redactor(&["canary-secret"]);
    let text = format!("{}canary-secret, and on", "é".repeat(50));
    for longest in 0..=text.len() + 1 {
        let shown = redactor.redact(&text, longest);
        assert!(
            !shown.replace("[redacted]", "").contains('c'),
            "{longest}: {shown}"
        );
        assert!(shown.len() <= longest + "[redacted]".len());
    }
    // Nor of the longest, in the longest of encodings.
    let redactor = self::redactor(&[&"a".repeat(5000)]);
    assert_eq!(redactor.redact(&"\\u0061".repeat(5000), 10), "[redacted]");
}

#[test]
fn quotes_are_one_line_of_what_is_seen() {
    let redactor = redactor(&["canary-secret"]);
    assert_eq!(
        redactor.quote("a\r\nb\tcan\u{7}ary-\u{202e}sec\nret\u{1b}[31m", 1000),
        "a  b [redacted][31m"
    );
    assert_eq!(redactor.quote("ééé", 2), "éé");
}

#[test]
fn what_is_left_out_parts_words() {
    let redactor = redactor(&["s3cr3t"]);
    for between in ["\n", "\r\n", "\t", "\u{200b}", "\\n", "\\u000a", "%0A", "&#10;"] {
        for found in ["pina_AbC-_9", "s3cr3t", "eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ"] {
            assert_eq!(
                redacted(&redactor, &format!("a{between}{found}{between}")),
                format!("a{between}[redacted]{between}"),
            );
        }
    }
}

#[test]
fn no_unseen_character_hides_a_secret() {
    for unseen in [
        '\u{ad}',
        '\u{34f}',
        '\u{61c}',
        '\u{115f}',
        '\u{17b4}',
        '\u{180b}',
        '\u{200b}',
        '\u{2028}',
        '\u{202e}',
        '\u{2060}',
        '\u{2800}',
        '\u{3164}',
        '\u{fe00}',
        '\u{fe0f}',
        '\u{feff}',
        '\u{ffa0}',
        '\u{fff0}',
        '\u{1bca0}',
        '\u{1d173}',
        '\u{e0001}',
        '\u{e0fff}',
    ] {
        let redactor = redactor(&["canary-secret"]);
        let text = format!("<canary{unseen}-secret pina_{unseen}AbC-_9>");
        assert_eq!(
            redacted(&redactor, &text),
            "<[redacted] [redacted]>",
            "{unseen:?}"
        );
        // Of a secret that has it, with it and without.
        let redactor = self::redactor(&[&format!("canary{unseen}-secret")]);
        assert_eq!(
            redacted(&redactor, &text),
            "<[redacted] [redacted]>",
            "{unseen:?}"
        );
        assert_eq!(
            redacted(&redactor, "<canary-secret>"),
            "<[redacted]>",
            "{unseen:?}"
        );
    }
}

#[test]
fn beginnings_of_tokens_by_the_thousand_take_no_time() {
    let redactor = Redactor::new();
    let text = "eyJ-".repeat(25_000);
    let start = std::time::Instant::now();
    assert_eq!(redactor.redact(&text, text.len()), text);
    assert!(start.elapsed() < std::time::Duration::from_secs(5));
    let token = "eyJ-eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ";
    assert_eq!(redacted(&redactor, token), "[redacted]");
}

#[test]
fn a_secret_that_looks_escaped_is_found_where_it_is_escaped() {
    for (secret, echo) in [
        ("a%41b/cdefgh", "a%41b\\/cdefgh"),
        ("pa%20ss\"wordlong", "pa%20ss\\\"wordlong"),
        ("x&amp;y<zabcdef", "x&amp;y\\u003czabcdef"),
        ("a\\nb/cdefghij", "a%5Cnb%2Fcdefghij"),
        ("a<b>c'defghij", "a&lt;b&gt;c&apos;defghij"),
        ("100%2541/ef", "100%2541%2fef"),
    ] {
        assert_eq!(
            redacted(&redactor(&[secret]), &format!("<{echo}>")),
            "<[redacted]>"
        );
        assert_eq!(
            redacted(&redactor(&[secret]), &format!("<{secret}>")),
            "<[redacted]>"
        );
    }
}
