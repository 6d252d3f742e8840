//! The one list of characters that nobody sees: they come off the ends of credentials, are refused
//! inside them, and hide no secret in a foreign text.

/// A text without what nobody sees around it.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_ignorable(c))
}

/// Whether nobody sees a character: those of no width, as Unicode's property `Default_Ignorable_Code_Point` lists them, those that
/// annotate, and the one that looks like a space and is none (U+2800, braille without a dot).
pub fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a character of a foreign text is left out when it is shown: terminals and browsers obey
/// some of them. Spaces are no such.
pub(crate) fn is_left_out(c: char) -> bool {
    c.is_control() || is_ignorable(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::{is_ignorable, is_left_out};

    #[test]
    fn what_can_be_seen_is_not_listed() {
        for c in [
            'a', 'é', '字', '😀', '-', '⠁', '\u{301}', ' ', '\u{a0}', '\u{fffd}',
        ] {
            assert!(!is_ignorable(c) && !is_left_out(c), "{c:?}");
        }
    }
}
