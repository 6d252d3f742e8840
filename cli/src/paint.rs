//! Colours of our own, told from those in somebody else's text.

use std::fmt::{self, Display, Write as _};

use anstyle::{AnsiColor, Reset, Style};

use super::text::Visible;

pub(crate) const BOLD: Paint = Paint('\u{fdd1}');
pub(crate) const DIM: Paint = Paint('\u{fdd2}');
pub(crate) const GOOD: Paint = Paint('\u{fdd3}');
pub(crate) const WARNING: Paint = Paint('\u{fdd4}');
pub(crate) const BAD: Paint = Paint('\u{fdd5}');
/// Ends each of them.
const END: char = '\u{fdd0}';

/// A style that stands in a text as a mark, `{BAD}` where it begins and `{BAD:#}` where it ends. The
/// marks are characters that Unicode keeps out of every text, so an escape sequence in what is
/// printed is never ours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paint(char);

impl Paint {
    fn style(self) -> Option<Style> {
        match self {
            BOLD => Some(Style::new().bold()),
            DIM => Some(Style::new().dimmed()),
            GOOD => Some(AnsiColor::Green.on_default()),
            WARNING => Some(AnsiColor::Yellow.on_default()),
            BAD => Some(AnsiColor::Red.on_default()),
            _ => None,
        }
    }
}

impl Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char(if f.alternate() { END } else { self.0 })
    }
}

/// The text with its marks as colours, and everything else in it harmless.
pub(crate) fn painted(text: &str) -> String {
    let mut painted = String::with_capacity(text.len());
    for part in text.split_inclusive(|c| c == END || Paint(c).style().is_some()) {
        let mark = part.chars().next_back().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = match Paint(mark).style() {
            Some(style) => write!(painted, "{}{style}", Visible(part.trim_end_matches(mark))),
            None if mark == END => write!(painted, "{}{Reset}", Visible(part.trim_end_matches(END))),
            None => write!(painted, "{}", Visible(part)),
        };
    }
    painted
}

#[cfg(test)]
mod tests {
    use super::{BAD, BOLD, DIM, GOOD, WARNING, painted};

    #[test]
    fn only_our_own_colours_reach_a_terminal() {
        let name = "\u{1b}[31mred\u{9b}0m";
        assert_eq!(
            painted(&format!("{BAD}error:{BAD:#} {BOLD}{name}{BOLD:#}\nnext")),
            "\u{1b}[31merror:\u{1b}[0m \u{1b}[1m\\u001b[31mred\\u009b0m\u{1b}[0m\nnext"
        );
        assert_eq!(painted(""), "");
    }

    #[test]
    fn each_paint_has_its_own_colour_and_ends() {
        for (paint, code) in [
            (BOLD, "1"),
            (DIM, "2"),
            (BAD, "31"),
            (GOOD, "32"),
            (WARNING, "33"),
        ] {
            assert_eq!(
                painted(&format!("a{paint}b{paint:#}c")),
                format!("a\u{1b}[{code}mb\u{1b}[0mc")
            );
        }
    }
}
