//! Secrets where none belongs.

use super::failure::Failure;

/// How Pinterest's tokens begin.
const TOKENS: [&str; 3] = ["pina_", "pinr_", "pinc_"];
/// Characters of a token after that, at least; a `pina_colada` is none.
const SHORTEST: usize = 12;

/// Whether a token was given for something else.
pub(crate) fn is_token(text: &str) -> bool {
    TOKENS.iter().any(|start| text.starts_with(start))
}

/// Whether a token is somewhere in the text.
pub(crate) fn holds_token(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
        .any(|word| is_token(word) && word.len() >= SHORTEST + TOKENS[0].len())
}

/// What is said to whoever gives a secret as an argument.
pub(crate) fn refused() -> Failure {
    Failure::usage(
        "a secret is not taken as an argument, where other programs can read it",
        "set PINTEREST_APP_SECRET, or name a file or standard input: --app-secret-file, --token-file, --data @FILE",
    )
}
