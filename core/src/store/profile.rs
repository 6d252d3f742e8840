//! The name of a set of tokens.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

/// The name of a set of tokens: one app, one environment, one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProfileName(String);

impl ProfileName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProfileName {
    type Err = Error;

    /// Letters, digits, `-`, `_` and, not first, `.`; at most 64. So a name is a file's name and
    /// nothing else.
    fn from_str(name: &str) -> Result<Self, Error> {
        let fits = (1..=64).contains(&name.len())
            && !name.starts_with('.')
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if fits {
            Ok(Self(name.to_owned()))
        } else {
            Err(Error::invalid_input(
                "a profile's name has letters, digits, `-`, `_` and `.`, at most 64, and no `.` at its start",
            ))
        }
    }
}

impl fmt::Display for ProfileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::ProfileName;

    #[test]
    fn a_name_cannot_lead_out_of_the_folder() {
        for good in ["default", "work-2", "a.b_c"] {
            assert!(good.parse::<ProfileName>().is_ok(), "{good}");
        }
        for bad in ["", ".", "..", ".x", "a/b", "a\\b", "ä", "a\nb", &"x".repeat(65)] {
            assert!(bad.parse::<ProfileName>().is_err(), "{bad}");
        }
    }
}
