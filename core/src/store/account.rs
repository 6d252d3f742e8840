//! The name of an account, and of the files that hold its tokens.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// The name that a program gives to one person's tokens, such as a user's id in its database; the
/// command line calls it a profile. Letters, digits, `-`, `_`, `@`, `+` and, not first, `.`; at most 64.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account(String);

/// Stands before a letter that the name has in upper case.
const UPPER: char = '=';
/// Stands before a name that Windows would take for a device.
const DEVICE: &str = "=-";

impl Account {
    /// The name, if it is one.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for a name with other characters, or more.
    pub fn new(name: &str) -> Result<Self, Error> {
        name.parse()
    }

    /// The name as it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name's own file name, without an ending. Two names never share one, also where the file
    /// system does not tell `Work` from `work`, or takes `nul` for a device.
    pub(super) fn stem(&self) -> String {
        let mut stem = String::with_capacity(self.0.len() + 2);
        if is_device(&self.0) {
            stem.push_str(DEVICE);
        }
        for c in self.0.chars() {
            if c.is_ascii_uppercase() {
                stem.push(UPPER);
            }
            stem.push(c.to_ascii_lowercase());
        }
        stem
    }

    /// The name whose [`stem`](Self::stem) this is, or whose plain name a release before that wrote.
    pub(super) fn from_stem(stem: &str) -> Option<Self> {
        let rest = stem.strip_prefix(DEVICE).unwrap_or(stem);
        let mut name = String::with_capacity(rest.len());
        let mut letters = rest.chars();
        while let Some(c) = letters.next() {
            name.push(match c {
                UPPER => letters
                    .next()
                    .filter(char::is_ascii_lowercase)?
                    .to_ascii_uppercase(),
                c => c,
            });
        }
        let name: Self = name.parse().ok()?;
        [name.stem().as_str(), name.as_str()]
            .contains(&stem)
            .then_some(name)
    }
}

/// Whether Windows opens a device, whatever comes after a dot.
fn is_device(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = |kind| {
        let number = first.strip_prefix(kind).unwrap_or_default();
        matches!(number.as_bytes(), [b'0'..=b'9'])
    };
    ["con", "prn", "aux", "nul"].contains(&first.as_str()) || port("com") || port("lpt")
}

impl FromStr for Account {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let fits = (1..=64).contains(&name.len())
            && !name.starts_with('.')
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.@+".contains(&byte));
        if fits {
            Ok(Self(name.to_owned()))
        } else {
            Err(Error::invalid_input(
                "the name of an account or profile has letters, digits, `-`, `_`, `@`, `+` and `.`, at most 64, and no `.` at its start",
            ))
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Account;

    fn name(text: &str) -> Account {
        text.parse().unwrap()
    }

    #[test]
    fn a_name_cannot_lead_out_of_the_folder() {
        for good in ["default", "work-2", "a.b_c", "ada+shop@example.com"] {
            assert!(good.parse::<Account>().is_ok(), "{good}");
        }
        for bad in [
            "",
            ".",
            "..",
            ".x",
            "a/b",
            "a\\b",
            "ä",
            "a\nb",
            "a=b",
            &"x".repeat(65),
        ] {
            assert!(bad.parse::<Account>().is_err(), "{bad}");
        }
    }

    #[test]
    fn no_two_names_share_a_file_anywhere() {
        let names = [
            "work", "Work", "WORK", "wOrk", "nul", "NUL", "Nul", "nul.x", "com1", "com10", "a.b", "aux",
            "-nul", "-aux",
        ];
        let stems: HashSet<String> = names
            .iter()
            .map(|text| name(text).stem().to_lowercase())
            .collect();
        assert_eq!(stems.len(), names.len());
        for text in names {
            assert_eq!(Account::from_stem(&name(text).stem()), Some(name(text)), "{text}");
            assert!(!super::is_device(&name(text).stem()), "{text}");
        }
        for plain in ["work", "a.b_c-1", "x.json.corrupt-1"] {
            assert_eq!(name(plain).stem(), plain);
        }
    }

    #[test]
    fn what_windows_takes_for_a_device_is_marked_and_nothing_else() {
        for device in ["con", "prn", "aux", "nul", "com1", "lpt9", "nul.x", "com0.a.b"] {
            assert_eq!(name(device).stem(), format!("=-{device}"));
        }
        for other in ["console", "com", "com10", "comx", "lpt12", "1", "x.nul"] {
            assert_eq!(name(other).stem(), other);
        }
    }

    #[test]
    fn a_file_of_an_earlier_release_keeps_its_name() {
        assert_eq!(Account::from_stem("Work"), Some(name("Work")));
        for none in ["=", "=W", "=1", "==w", "=-work", "w=", ".x", ""] {
            assert_eq!(Account::from_stem(none), None, "{none}");
        }
    }
}
