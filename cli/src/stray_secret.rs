//! Secrets where none belongs.

use std::env;
use std::ffi::OsStr;

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

use super::failure::Failure;
use super::text::is_invisible;

/// How Pinterest's tokens begin: those of people, of apps, and those that renew.
const KINDS: [&str; 3] = ["pina", "pinc", "pinr"];
/// How often a text may have been encoded.
const LAYERS: usize = 3;
/// Characters of the shortest secret in Base64.
const SHORTEST_ENCODED: usize = 20;
/// Digits of an app's id, and hexadecimal digits of its secret; every one that was seen has 40.
const APP_ID: usize = 5;
const APP_SECRET: usize = 32;
/// Reads Base64 of which a part is lost.
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, NO_PAD.with_decode_allow_trailing_bits(true));
/// Reads what is left of a JWT's header, even if its end is lost.
const HEADER: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, NO_PAD.with_decode_allow_trailing_bits(true));

/// Whether a token was given for something else.
pub(crate) fn is_token(text: &str) -> bool {
    let begins = |kind: &str| {
        text.strip_prefix(kind)
            .is_some_and(|rest| rest.starts_with(['_', '.']))
    };
    KINDS.into_iter().any(begins) || holds_token(text)
}

/// Whether a token is somewhere in the text, in any of the ways that URLs, headers and JSON write it.
fn holds_token(text: &str) -> bool {
    holds(&seen(text), has_token, LAYERS)
}

/// Whether a token, or an app's id and secret as a Basic header has them, is somewhere in the text.
fn holds_secret(text: &str) -> bool {
    holds(
        &seen(text),
        |text| has_token(text) || has_app_secret(text),
        LAYERS,
    )
}

fn seen(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c)).collect()
}

/// Whether it is in the text, or in what the text encodes.
fn holds(text: &str, it: fn(&str) -> bool, layers: usize) -> bool {
    if it(text) {
        return true;
    }
    let Some(layers) = layers.checked_sub(1) else {
        return false;
    };
    let decoded = plain(text);
    (decoded != text && holds(&decoded, it, layers))
        || (0..4)
            .filter_map(|start| from_base64(text, start))
            .any(|decoded| holds(&decoded, it, layers))
}

/// What of the text may be Base64, decoded from this character of each group of four: what stands
/// before a secret shifts it, as a path that seems to be a part of it does. None if nothing may.
fn from_base64(text: &str, start: usize) -> Option<String> {
    let mut decoded = String::new();
    for run in text.split(|c: char| !c.is_ascii_alphanumeric() && !"+/-_".contains(c)) {
        let Some(run) = run.get(start..).filter(|run| run.len() >= SHORTEST_ENCODED) else {
            continue;
        };
        // One character more than whole bytes need is another word's.
        let run = &run[..run.len() - usize::from(run.len() % 4 == 1)];
        let bytes = BASE64.decode(run.replace('-', "+").replace('_', "/"));
        let mut bytes = bytes.unwrap_or_default();
        // Of a text in UTF-16.
        bytes.retain(|byte| *byte != 0);
        decoded.push_str(&String::from_utf8_lossy(&bytes));
        decoded.push(' ');
    }
    (!decoded.is_empty()).then_some(decoded)
}

/// Whether an app's id and secret are somewhere in the text, with a colon between them.
fn has_app_secret(text: &str) -> bool {
    let count = |bytes: &mut dyn Iterator<Item = u8>, of: fn(&u8) -> bool| bytes.take_while(of).count();
    text.match_indices(':').any(|(at, _)| {
        let (id, secret) = (&text[..at], &text[at + 1..]);
        count(&mut id.bytes().rev(), u8::is_ascii_digit) >= APP_ID
            && count(&mut secret.bytes(), u8::is_ascii_hexdigit) >= APP_SECRET
    })
}

/// Without one layer of `%2e` and `\u002e`. No secret has a slash, nor has its Base64 in it what JSON
/// writes as `\/`.
fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = match rest {
            [b'%', a, b, after @ ..] => number(&[*a, *b]).map(|byte| (byte, after)),
            [b'\\', b'u', b'0', b'0', a, b, after @ ..] => number(&[*a, *b]).map(|byte| (byte, after)),
            _ => None,
        };
        let (byte, after) = escaped.unwrap_or((first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn number(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    // `+f` is a number to Rust.
    if digits.starts_with('+') {
        return None;
    }
    u8::from_str_radix(digits, 16).ok()
}

fn has_token(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && !"_-.".contains(c))
        .any(|word| {
            // A token may stand behind a word and a sign: `my-pina_…`.
            word.char_indices()
                .filter(|(at, _)| *at == 0 || !word.as_bytes()[at - 1].is_ascii_alphanumeric())
                .any(|(at, _)| begins_with_token(&word[at..]))
        })
}

fn begins_with_token(word: &str) -> bool {
    let of_kind = KINDS.into_iter().find_map(|kind| word.strip_prefix(kind));
    is_jwt(word)
        || of_kind.is_some_and(|rest| match rest.strip_prefix(['_', '.', '-']) {
            Some(body) => is_jwt(body) || is_random(body, rest.starts_with('_')),
            None => is_jwt(rest) || rest.split(['_', '.', '-']).next().is_some_and(is_long_and_mixed),
        })
}

/// A JWT, or its beginning: a dot, and before it a JSON object that names its algorithm (RFC 7519,
/// RFC 7515 section 4.1.1).
fn is_jwt(word: &str) -> bool {
    word.starts_with("eyJ")
        && word.split_once('.').is_some_and(|(header, _)| {
            HEADER
                .decode(header)
                .is_ok_and(|json| json.windows(5).any(|name| name == b"\"alg\""))
        })
}

/// Whether what follows `pina_` and the like is a token's: `pina_colada_recipes` is none.
fn is_random(body: &str, underscore: bool) -> bool {
    let longest_word = if underscore { 12 } else { 20 };
    body.len() >= 12
        && body.split(['_', '.', '-']).any(|piece| {
            piece.len() >= longest_word || changes(piece) >= 2 || (piece.len() >= 12 && changes(piece) >= 1)
        })
}

/// Whether it can only be a token, though nothing parts it from its beginning: `pinrose` is none.
fn is_long_and_mixed(body: &str) -> bool {
    body.len() >= 36 || (body.len() >= 16 && changes(body) >= 3)
}

/// How often letters and digits follow each other.
fn changes(piece: &str) -> usize {
    piece
        .as_bytes()
        .windows(2)
        .filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit())
        .count()
}

/// What is given as an app's id, if that is a secret, alone or with the id before it.
pub(crate) fn in_place_of_app_id(id: &str) -> Option<&'static str> {
    if is_token(id) {
        return Some("is a token");
    }
    (is_like_app_secret(id) || holds_secret(id)).then_some("looks like the app secret")
}

/// Refuses what is given as an app's id and is a secret, before it is shown, kept or sent.
pub(crate) fn check_app_id(id: &str) -> Result<(), Failure> {
    in_place_of_app_id(id).map_or(Ok(()), |what| {
        let hint = "the id is on the app's page, at https://developers.pinterest.com/apps/";
        Err(Failure::usage(format!("the app id {what}"), hint))
    })
}

/// Whether it has the form of an app's secret.
pub(crate) fn is_like_app_secret(text: &str) -> bool {
    text.len() >= APP_SECRET && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What is said to whoever gives a secret as an argument.
pub(crate) fn refused() -> Failure {
    Failure::usage(
        "a secret is not taken as an argument, where other programs can read it",
        "set PINTEREST_APP_SECRET, or name a file or standard input: --app-secret-file, --token-file, --data @FILE",
    )
}

/// Refuses variables that cannot be what they are for, before anything repeats them: a token as a
/// profile's name would become a file's.
pub(crate) fn check_variables() -> Result<(), Failure> {
    for name in [
        "PINTEREST_PROFILE",
        "PINTEREST_API_URI",
        "PINTEREST_OAUTH_URI",
        "PINTEREST_REDIRECT_URI",
        "PINTEREST_APP_ID",
        "PINTEREST_APP_SECRET",
        "PINTEREST_ACCESS_TOKEN",
    ] {
        let value = env::var_os(name).unwrap_or_default();
        let Some(text) = value.to_str() else {
            return Err(Failure::usage(
                format!("{name} is not text in UTF-8"),
                "set it again",
            ));
        };
        // Where an app's id or secret is a token, what needs it says so.
        let may_hold_one = name.starts_with("PINTEREST_APP_") || name == "PINTEREST_ACCESS_TOKEN";
        if !may_hold_one && holds_secret(text) {
            return Err(Failure::usage(
                format!("{name} holds a token or secret"),
                "set it again without",
            ));
        }
    }
    Ok(())
}

/// Whether it is an option that people expect to take a secret.
pub(crate) fn is_option_of_secret(argument: &OsStr) -> bool {
    let text = argument.to_string_lossy();
    let name = text.split_once('=').map_or(&*text, |(name, _)| name);
    ["--app-secret", "--access-token", "--refresh-token"].contains(&name)
}

/// Whether a secret is somewhere in an argument.
pub(crate) fn argument_holds_secret(argument: &OsStr) -> bool {
    holds_secret(&argument.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    use super::{holds_secret, holds_token, is_token};

    const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.xxx.yyy";

    #[test]
    fn tokens_are_known_however_they_are_written() {
        for token in [
            "pina_AMAEX3YWADNKGAYAGAAMODZ27YQKLGQBACGSPX0AUHIMMWLB",
            "pinc_canary5f0c2e",
            "pinr_0123456789abcdef0123456789abcdef",
            "pina_secretsecretsecret",
            "pinr.eyJhbGciOiJSUzI1NiJ9.xxx.yyy",
            "pinr_eyJhbGciOiJSUzI1NiJ9.xxx.yyy",
            "pinreyJhbGciOiJSUzI1NiJ9.xxx.yyy",
            "pinr.eyJhbGciOiJSUzI1NiJ9",
            "pinaAMAEX3YWADNKGAYAGAAMODZ27YQKLGQBACGSPX0AUHIMMWLB",
            "pinr-0123456789abcdef",
            "pinr0123456789abcdef0123a",
            "pinaabcdefghijklmnopqrstuvwxyzabcdefghijklmn",
            "pina-a1b2c3d4.e5f6",
            "pina-abcdefghijklmnopqrst",
            JWT,
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.e30.c2ln",
        ] {
            for text in [
                token.to_owned(),
                format!("--profile={token}"),
                format!("\"{token}\""),
                format!("'{token}'"),
                format!("{{\"refresh_token\":\"{token}\"}}"),
                format!("https://host/path?token={token}&x=1"),
                format!("/{token}/"),
                format!("Bearer {token}"),
                format!("token={}", token.replace('.', "%2E").replace('_', "%5f")),
                format!("%70{}", &token[1..]).replace("%70y", "%65y"),
                format!("token%3D{}", token.replace('.', "%252e")),
                token.replace('.', "\\u002e"),
                format!("\u{feff}{}\u{200b}{}", &token[..2], &token[2..]),
                format!("{}\u{3164}{}\u{e0020}", &token[..2], &token[2..]),
                format!("backup-{token}"),
                STANDARD.encode(token),
                format!("Bearer {}", URL_SAFE.encode(format!("{token}\n"))),
                STANDARD
                    .encode(format!("{{\"a\": \"{token}\"}}"))
                    .trim_end_matches('=')
                    .to_owned(),
                format!("/v5/a/{}", STANDARD.encode(token)),
                format!(
                    "x={}",
                    STANDARD
                        .encode(format!(" {token}"))
                        .replace('=', "%3D")
                        .replace('+', "%2B")
                ),
                STANDARD.encode(format!("  {token}")).replace('/', "\\/"),
                STANDARD.encode(token.replace('.', "%2E")),
                STANDARD.encode(STANDARD.encode(token)),
                STANDARD.encode(
                    token
                        .encode_utf16()
                        .flat_map(u16::to_le_bytes)
                        .collect::<Vec<_>>(),
                ),
            ] {
                assert!(holds_token(&text), "{text}");
            }
            assert!(is_token(token), "{token}");
        }
        assert!(is_token("pina_short") && is_token("pinr.short"));
    }

    #[test]
    fn an_id_with_its_secret_is_known_as_basic_headers_have_it() {
        const PAIR: &str = "1234567:0123456789abcdef0123456789ABCDEF01234567";
        for text in [
            PAIR.to_owned(),
            PAIR.replace(':', "%3a"),
            format!("https://{PAIR}@host/"),
            STANDARD.encode(PAIR),
            // With something at its end that is no part of it.
            format!("{}x", STANDARD.encode(PAIR)),
            format!("{}xyz", STANDARD.encode(PAIR)),
            format!("Authorization: Basic {}", STANDARD.encode(PAIR)),
            format!("Basic%20{}", STANDARD.encode(PAIR).replace('=', "%3D")),
            format!("/v5/oauth/{}", URL_SAFE.encode(PAIR)),
        ] {
            assert!(holds_secret(&text), "{text}");
            assert!(!is_token(&text), "{text}");
        }
        for word in [
            "1234:0123456789abcdef0123456789abcdef01234567",
            "12345:0123456789abcdef0123456789abcde",
            "12345:0123456789abcdef0123456789abcdeg",
            "word5:0123456789abcdef0123456789abcdef",
            "0123456789abcdef0123456789abcdef01234567",
            "1234567",
            "http://localhost:8085/",
        ] {
            assert!(!holds_secret(word), "{word}");
        }
        assert!(holds_secret("12345:0123456789abcdef0123456789abcdef"));
    }

    #[test]
    fn words_that_only_begin_so_are_none() {
        for word in [
            "pina_colada",
            "pina_colada_recipes_2024",
            "pina-colada-recipes-for-summer",
            "spina_bifida-awareness",
            "pinrose",
            "pinacoladarecipesforsummer",
            "pinr1a2b3c4d5e",
            "pina_coladaabcde",
            "pina-abcdefghijklmnop",
            "my-pina_a1b2",
            "pinata_decorations_for_children",
            "pincushion_flowers",
            "pinafore_dresses",
            "pinterest.example.com",
            "pina.example.com",
            "pinc.configuration.json",
            "https://pinacolada2024.example.com/pins?link=https://example.com/pinrose",
            "eyJpZCI6MSwicGFnZSI6Mn0",
            "eyJpZCI6MX0.signature",
            "bookmark=Y2JVSG81V2sxcmNHRlpWM1J5VFVad1ZsWlVWbXhpVmtreVZsZDRUMVpIU2xWV2JuQldWak5TTTFZeFdrdFdhelZXWkhwS1YxWldVbmRXYlhoclRrWmFWMWRzV2s1V1JrcHk",
            "%zz%",
            "100%",
            "",
        ] {
            assert!(!holds_secret(word) && !holds_token(word), "{word}");
            assert!(!holds_secret(&STANDARD.encode(word)), "{word}");
            assert!(
                !is_token(word)
                    || word.starts_with("pina_colada")
                    || word.starts_with("pina.")
                    || word.starts_with("pinc."),
                "{word}"
            );
        }
    }
}
