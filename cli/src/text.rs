//! Characters that deceive: those that steer a terminal, and those that nobody sees.

use std::fmt::{self, Display, Write as _};

use pinterest_sdk::is_ignorable;

/// Text from elsewhere, safe to show: what steers a terminal, turns the direction of writing or
/// does not show becomes `\u001b` and the like. That is also how JSON writes it, so JSON stays JSON.
pub(crate) struct Visible<'a>(pub(crate) &'a str);

impl Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '\n' | '\t' => f.write_char(c)?,
                c if deceives(c) => escape(c, f)?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// The same in one line: a name with a line break would look like lines of ours.
pub(crate) struct VisibleLine<'a>(pub(crate) &'a str);

impl Display for VisibleLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if deceives(c) {
                escape(c, f)?;
            } else {
                f.write_char(c)?;
            }
        }
        Ok(())
    }
}

fn escape(c: char, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    c.encode_utf16(&mut [0; 2])
        .iter()
        .try_for_each(|unit| write!(f, "\\u{unit:04x}"))
}

/// Whether it does something other than to be seen. The two joiners and what chooses a character's form are
/// left: scripts and emoji need them. The noncharacters are what [`paint`](super::paint) marks colours with.
fn deceives(c: char) -> bool {
    let shapes = matches!(c,
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}' // Of ideographs, as names have them.
        | '\u{180b}'..='\u{180d}' | '\u{180f}'); // Of Mongolian.
    c.is_control() || (is_invisible(c) && !shapes) || ('\u{fdd0}'..='\u{fdef}').contains(&c)
}

/// Whether nobody sees it, though it may be no white space (Unicode's format characters and the like).
pub(crate) fn is_invisible(c: char) -> bool {
    is_ignorable(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::{Visible, VisibleLine};

    #[test]
    fn what_steers_a_terminal_is_shown_and_the_rest_left() {
        for (text, shown) in [
            ("\u{1b}[31mred", "\\u001b[31mred"),
            ("\u{9b}31m", "\\u009b31m"),
            ("a\u{202e}b\u{2066}c", "a\\u202eb\\u2066c"),
            ("a\rb\u{7f}\u{8}", "a\\u000db\\u007f\\u0008"),
            ("\u{e0001}\u{fdd5}", "\\udb40\\udc01\\ufdd5"),
            ("a\u{3164}b\u{2800}", "a\\u3164b\\u2800"),
            (
                "é 👩\u{200d}💻 ❤\u{fe0f} \u{5e9}",
                "é 👩\u{200d}💻 ❤\u{fe0f} \u{5e9}",
            ),
            ("葛\u{e0100} ᠠ\u{180b}", "葛\u{e0100} ᠠ\u{180b}"),
            ("a\n\tb", "a\n\tb"),
        ] {
            assert_eq!(Visible(text).to_string(), shown);
        }
        assert_eq!(VisibleLine("a\n✓ b").to_string(), "a\\u000a✓ b");
    }
}
