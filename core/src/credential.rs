//! The one rule for what is sent as a credential: app id, app secret, tokens, codes.
//!
//! Credentials come out of files, variables, chats and password managers, which add what nobody
//! sees: a line break, a byte order mark, a zero width space. Around a credential it is harmless and
//! is taken off; inside one it is refused before anything is sent, for the server would only say
//! that it does not know the credential.

use crate::error::Error;
use crate::secret::Secret;
use crate::unseen;
use crate::words::{Setting, Word, words};

/// Which characters a credential may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// What can be seen, and plain spaces: app ids, app secrets and codes, which are any text to us.
    Visible,
    /// What can be seen, without any space: what is sent byte for byte, as a redirect URI.
    Unspaced,
    /// What can be seen of ASCII: tokens (RFC 6750 section 2.1 is narrower still).
    Token,
}

impl Alphabet {
    /// Whether every character of a text is one of these.
    pub(crate) fn has_all_of(self, text: &str) -> bool {
        text.chars().all(|c| self.has(c))
    }

    fn has(self, c: char) -> bool {
        match self {
            Self::Visible => c == ' ' || !is_unseen(c),
            Self::Unspaced => !is_unseen(c),
            Self::Token => c.is_ascii_graphic(),
        }
    }
}

/// A credential without what surrounds it: white space, line breaks, byte order marks and other
/// characters of no width.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    unseen::trimmed(text)
}

/// The same for a secret; what has nothing around it is not copied.
pub(crate) fn trimmed_secret(secret: Secret) -> Secret {
    match trimmed(secret.expose()) {
        text if text.len() == secret.expose().len() => secret,
        text => Secret::new(text),
    }
}

/// Refuses a credential with a character that none has. The message names the character and its
/// place, and shows nothing else of the credential.
///
/// # Errors
///
/// `InvalidInput`.
pub fn check(setting: Setting, text: &str, alphabet: Alphabet) -> Result<(), Error> {
    check_named(Word::Explained(setting), text, alphabet)
}

/// [`check`] for what is no setting.
pub(crate) fn check_named(named: Word, text: &str, alphabet: Alphabet) -> Result<(), Error> {
    match text.chars().enumerate().find(|(_, c)| !alphabet.has(*c)) {
        None => Ok(()),
        Some((before, c)) => Err(Error::invalid_input(words![
            named,
            format!(" holds {} as its character number {}", described(c), before + 1)
        ])
        .with_hint(
            "copy it once more, or look for what the editor, file or variable that it comes from has added; \
             nothing was sent",
        )),
    }
}

/// Refuses a refresh token where an access token belongs: the server would only say that it does not know it, and it
/// would have been shown to more than what renews tokens.
///
/// # Errors
///
/// `InvalidInput`.
pub(crate) fn check_access_token(token: &str) -> Result<(), Error> {
    if is_refresh_token(token) {
        return Err(Error::invalid_input(words![
            Setting::AccessToken,
            " is a refresh token"
        ])
        .with_hint(
            "give the access token, which begins with pina (in PINTEREST_ACCESS_TOKEN where the environment is read); \
             nothing was sent",
        ));
    }
    Ok(())
}

/// Refuses a token where the app's id or secret belongs, for the same reason; the id is shown as well, in the address of
/// the page that asks a person.
///
/// # Errors
///
/// `InvalidInput`.
pub(crate) fn check_app(setting: Setting, text: &str) -> Result<(), Error> {
    if begins_as(&["pina", "pinc", "pinr"], text) {
        return Err(
            Error::invalid_input(words![Word::Explained(setting), " is a token"]).with_hint(
                "the app's page has it, at https://developers.pinterest.com/apps/; nothing was sent",
            ),
        );
    }
    Ok(())
}

/// Whether it is a refresh token, by its beginning.
pub(crate) fn is_refresh_token(token: &str) -> bool {
    begins_as(&["pinr"], token)
}

/// Whether it is a token of Pinterest's of one of these kinds, by its beginning.
fn begins_as(kinds: &[&str], text: &str) -> bool {
    let rest = kinds.iter().find_map(|kind| text.strip_prefix(kind));
    rest.is_some_and(|rest| rest.starts_with(['_', '.']))
}

/// Whether nobody sees the character, or it stands for one that could not be read.
fn is_unseen(c: char) -> bool {
    c.is_control() || c.is_whitespace() || unseen::is_ignorable(c) || c == char::REPLACEMENT_CHARACTER
}

/// Such as `U+200B (zero width space)`.
fn described(c: char) -> String {
    let name = match c {
        '\0' => "null, a control character",
        '\t' => "a tab, a control character",
        '\n' => "a line feed, a control character",
        '\r' => "a carriage return, a control character",
        '\u{1b}' => "escape, a control character",
        ' ' => "a space",
        '\u{a0}' => "no-break space",
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero width space",
        '\u{200c}' => "zero width non-joiner",
        '\u{200d}' => "zero width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{2060}' => "word joiner",
        '\u{feff}' => "byte order mark",
        char::REPLACEMENT_CHARACTER => "replacement character: it was read in a wrong encoding",
        c if c.is_control() => "a control character",
        c if c.is_whitespace() => "white space",
        c if unseen::is_ignorable(c) => "an invisible character",
        _ => "not a character of ASCII",
    };
    format!("U+{:04X} ({name})", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::{Alphabet, check, trimmed, trimmed_secret};
    use crate::secret::Secret;
    use crate::words::Setting;

    const AROUND: [&str; 13] = [
        "\u{2800}",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u{a0}",
        "\u{feff}",
        "\u{200b}",
        "\u{200d}",
        "\u{2060}",
        "\u{200e}",
        "\u{2028}",
        "\u{feff} \r\n",
    ];

    #[test]
    fn what_nobody_sees_is_taken_off_the_ends() {
        for around in AROUND {
            let text = format!("{around}pä ss{around}");
            assert_eq!(trimmed(&text), "pä ss", "{around:?}");
            assert_eq!(trimmed_secret(Secret::new(text)), Secret::new("pä ss"));
            assert_eq!(trimmed(around), "");
        }
        // None of these is there by accident of an editor.
        for text in ["\0x", "x\u{7f}", "\u{1b}x", "x\u{fffd}"] {
            assert_eq!(trimmed(text), text);
            check(Setting::Password, text, Alphabet::Visible).unwrap_err();
        }
    }

    #[test]
    fn inside_it_is_refused_by_name_and_place() {
        for (character, name) in [
            ('\u{200b}', "U+200B (zero width space)"),
            ('\u{feff}', "U+FEFF (byte order mark)"),
            ('\u{a0}', "U+00A0 (no-break space)"),
            ('\u{ad}', "U+00AD (soft hyphen)"),
            ('\u{202e}', "U+202E (an invisible character)"),
            ('\u{3000}', "U+3000 (white space)"),
            ('\u{e0041}', "U+E0041 (an invisible character)"),
            ('\u{fffd}', "U+FFFD (replacement character"),
            ('\n', "U+000A (a line feed, a control character)"),
            ('\0', "U+0000 (null, a control character)"),
            ('\t', "U+0009 (a tab, a control character)"),
            ('\r', "U+000D (a carriage return, a control character)"),
            ('\u{1b}', "U+001B (escape, a control character)"),
            ('\u{200c}', "U+200C (zero width non-joiner)"),
            ('\u{200d}', "U+200D (zero width joiner)"),
            ('\u{200e}', "U+200E (left-to-right mark)"),
            ('\u{200f}', "U+200F (right-to-left mark)"),
            ('\u{2028}', "U+2028 (line separator)"),
            ('\u{2029}', "U+2029 (paragraph separator)"),
            ('\u{2060}', "U+2060 (word joiner)"),
            ('\u{9b}', "U+009B (a control character)"),
            ('\u{2800}', "U+2800 (an invisible character)"),
        ] {
            for alphabet in [Alphabet::Visible, Alphabet::Unspaced, Alphabet::Token] {
                let error = check(Setting::Password, &format!("can{character}ary"), alphabet).unwrap_err();
                let text = error.to_string();
                assert!(
                    text.contains(name) && text.contains("character number 4"),
                    "{text}"
                );
                assert!(!text.contains("can\u{0}") && !text.contains("ary\""), "{text}");
                assert!(!text.contains("canary") && !text.contains(character), "{text}");
            }
        }
    }

    #[test]
    fn each_alphabet_takes_what_can_be_sent() {
        let takes = |text: &str| {
            [Alphabet::Visible, Alphabet::Unspaced, Alphabet::Token]
                .map(|alphabet| check(Setting::Password, text, alphabet).is_ok())
        };
        assert_eq!(takes("pina_AZ09-._~+/="), [true, true, true]);
        assert_eq!(takes("ключ:é%&"), [true, true, false]);
        assert_eq!(takes("a b"), [true, false, false]);
        assert_eq!(takes("a\tb"), [false, false, false]);
        assert_eq!(takes(""), [true, true, true]);
        let says = |text| {
            check(Setting::Password, text, Alphabet::Token)
                .unwrap_err()
                .message()
                .to_owned()
        };
        assert!(says("é").contains("U+00E9 (not a character of ASCII)"));
        assert!(says("a b").contains("U+0020 (a space) as its character number 2"));
    }
}
