//! Words of what a program brings along: a store, keys, a connection to Redis.

use super::token_key::TokenKey;
use crate::error::Error;
use crate::redaction::Redactor;

/// More than this of a foreign sentence helps nobody.
const LONGEST: usize = 300;

/// The failure of something that a program brought along, in the same words whatever language it is written in, and fit to
/// show: a database may repeat what it was given, and that is the tokens.
///
/// `method` is what was asked: `eval` of a connection to Redis, whose own words tell what to do; `keys` of a function
/// that gives keys, whose words may hold one, which is left out; anything else of a store. `kind` is the exception's, and
/// `words` are its own; either may be empty.
pub fn foreign_failure(method: &str, kind: &str, words: &str) -> Error {
    let words = Redactor::new().quote(words, LONGEST);
    let (mut said, words) = match method {
        "eval" => return Error::store(["Redis: ", &words].concat()),
        "keys" => {
            let words = without_parts_of_keys(&words);
            (
                "the function that gives the store's keys failed".to_owned(),
                words,
            )
        }
        _ => (["the store's `", method, "` failed"].concat(), words),
    };
    for part in [kind, &words] {
        if !part.is_empty() {
            said += ": ";
            said += part;
        }
    }
    Error::store(said).with_advice("look at the cause, which is what it threw")
}

/// The words but for what is a key, or may be a part of one: one that is too short, or that was cut.
fn without_parts_of_keys(words: &str) -> String {
    let in_keys = |c: char| c.is_ascii_alphanumeric() || "+/=-_".contains(c);
    let mut shown = String::new();
    for run in words.split_inclusive(|c| !in_keys(c)) {
        let word = run.trim_end_matches(|c| !in_keys(c));
        let hidden = TokenKey::from_text(word).is_ok() || word.split('/').any(is_part_of_key);
        shown += if hidden { "[redacted]" } else { word };
        shown += &run[word.len()..];
    }
    shown
}

/// In Base64 there are letters of both kinds and digits; a path and a name hardly have all of them.
fn is_part_of_key(word: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| word.as_bytes().iter().any(kind);
    let is_base64 = has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_digit);
    let is_hexadecimal = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    word.len() >= 12 && is_base64 || word.len() >= 24 && is_hexadecimal
}

#[cfg(test)]
mod tests {
    use super::foreign_failure;
    use crate::store::TokenKey;

    #[test]
    fn a_database_s_words_show_no_token() {
        let words = r#"duplicate key: {"access_token":"pina_canary000000000000"} in tokens"#;
        for (method, begins) in [
            ("load", "the store's `load` failed: Oops: duplicate key"),
            (
                "keys",
                "the function that gives the store's keys failed: Oops: duplicate key",
            ),
            ("eval", "Redis: duplicate key"),
        ] {
            let error = foreign_failure(method, "Oops", words);
            assert!(error.message().starts_with(begins), "{error}");
            assert!(!error.message().contains("canary"), "{error}");
        }
        let alone = |kind, words| foreign_failure("lock", kind, words).message().to_owned();
        assert_eq!(alone("Oops", ""), "the store's `lock` failed: Oops");
        assert_eq!(alone("", "down"), "the store's `lock` failed: down");
    }

    #[test]
    fn what_a_function_of_keys_says_shows_none() {
        let bytes: Vec<u8> = (100..132).collect();
        let key = TokenKey::from_bytes(&bytes).unwrap().to_text();
        let hexadecimal = "6465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f80818283";
        for secret in [key.expose(), &key.expose()[..40], hexadecimal, &hexadecimal[..60]] {
            let error = foreign_failure("keys", "Oops", &format!("not a key: '{secret}', look again"));
            let expected =
                "the function that gives the store's keys failed: Oops: not a key: '[redacted]', look again";
            assert_eq!(error.message(), expected);
        }
        for words in [
            "the keyring is locked",
            "[Errno 2] No such file or directory: '/tmp/pytest-158/popen-gw0/test_keys_of_a_variable0/none'",
            "PINTEREST_TOKEN_KEY_OF_2025 is not set",
            "@acme/keyring-library is missing: add @acme/keyring-library",
        ] {
            let error = foreign_failure("keys", "", words);
            assert!(error.message().ends_with(words), "{error}");
        }
    }
}
