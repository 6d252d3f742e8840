//! Words of a store that a program brings along.

use crate::redaction::Redactor;

/// More than this of a foreign sentence helps nobody.
const LONGEST: usize = 300;

/// What a program's own store says of its failure, fit to show: a database may repeat what it was given, and
/// that is the tokens.
pub fn foreign(words: &str) -> String {
    Redactor::new().quote(words, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn a_database_s_words_show_no_token() {
        let said = foreign(r#"duplicate key: {"access_token":"pina_canary000000000000"} in tokens"#);
        assert!(
            said.starts_with("duplicate key") && !said.contains("canary"),
            "{said}"
        );
    }
}
