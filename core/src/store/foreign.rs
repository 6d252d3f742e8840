//! Words of what a program brings along: a store, keys, a connection to Redis.

use crate::error::Error;
use crate::redaction::Redactor;

/// More than this of a foreign sentence helps nobody.
const LONGEST: usize = 300;

/// The failure of something that a program brought along, in the same words whatever language it is written in, and fit to
/// show: a database may repeat what it was given, and that is the tokens.
///
/// `method` is what was asked: `eval` of a connection to Redis, whose own words tell what to do; `keys` of a function
/// that gives keys, whose words may be a key and are left out; anything else of a store. `kind` is the exception's, and
/// `words` are its own; either may be empty.
pub fn foreign_failure(method: &str, kind: &str, words: &str) -> Error {
    let words = Redactor::new().quote(words, LONGEST);
    let (mut said, words) = match method {
        "eval" => return Error::store(["Redis: ", &words].concat()),
        "keys" => ("the function that gives the store's keys failed".to_owned(), ""),
        _ => (["the store's `", method, "` failed"].concat(), &*words),
    };
    for part in [kind, words] {
        if !part.is_empty() {
            said += ": ";
            said += part;
        }
    }
    Error::store(said).with_advice("look at the cause, which is what it threw")
}

#[cfg(test)]
mod tests {
    use super::foreign_failure;

    #[test]
    fn a_database_s_words_show_no_token() {
        let words = r#"duplicate key: {"access_token":"pina_canary000000000000"} in tokens"#;
        for (method, begins) in [
            ("load", "the store's `load` failed: Oops: duplicate key"),
            ("keys", "the function that gives the store's keys failed: Oops"),
            ("eval", "Redis: duplicate key"),
        ] {
            let error = foreign_failure(method, "Oops", words);
            assert!(error.message().starts_with(begins), "{error}");
            assert!(!error.message().contains("canary"), "{error}");
        }
        assert!(
            !foreign_failure("keys", "Oops", words)
                .message()
                .contains("duplicate")
        );
        let alone = |kind, words| foreign_failure("lock", kind, words).message().to_owned();
        assert_eq!(alone("Oops", ""), "the store's `lock` failed: Oops");
        assert_eq!(alone("", "down"), "the store's `lock` failed: down");
    }
}
