//! What a token may do: an open set, for Pinterest adds scopes without notice.

use std::borrow::Cow;
use std::fmt;

/// A scope, such as `pins:read`. The constants are those of Pinterest API 5.23; any other text is
/// a scope too.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope(Cow<'static, str>);

macro_rules! scopes {
    ($($name:ident = $text:literal, $what:literal;)*) => {
        impl Scope {
            $(#[doc = $what] pub const $name: Self = Self(Cow::Borrowed($text));)*

            /// Every scope that has a constant.
            pub const KNOWN: &[Self] = &[$(Self::$name),*];
        }
    };
}

scopes! {
    ADS_READ = "ads:read", "See ads, their settings and results.";
    ADS_WRITE = "ads:write", "Create and change ads.";
    BILLING_READ = "billing:read", "See billing data.";
    BILLING_WRITE = "billing:write", "Change billing data.";
    BIZ_ACCESS_READ = "biz_access:read", "See business access.";
    BIZ_ACCESS_WRITE = "biz_access:write", "Change business access.";
    BOARDS_READ = "boards:read", "See public boards.";
    BOARDS_READ_SECRET = "boards:read_secret", "See secret boards.";
    BOARDS_WRITE = "boards:write", "Create and change public boards.";
    BOARDS_WRITE_SECRET = "boards:write_secret", "Create and change secret boards.";
    CATALOGS_READ = "catalogs:read", "See catalogs.";
    CATALOGS_WRITE = "catalogs:write", "Create and change catalogs.";
    MSOT_WRITE = "msot:write", "Send measurement data.";
    PINS_READ = "pins:read", "See public Pins.";
    PINS_READ_SECRET = "pins:read_secret", "See secret Pins.";
    PINS_WRITE = "pins:write", "Create and change public Pins.";
    PINS_WRITE_SECRET = "pins:write_secret", "Create and change secret Pins.";
    USER_ACCOUNTS_READ = "user_accounts:read", "See the account and its followers.";
    USER_ACCOUNTS_WRITE = "user_accounts:write", "Change the account.";
}

impl Scope {
    /// The name on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The scopes in a list that is separated by commas or white space.
    pub fn parse_list(text: &str) -> Vec<Self> {
        text.split(|c: char| c == ',' || c.is_whitespace())
            .filter(|name| !name.is_empty())
            .map(Self::from)
            .collect()
    }

    /// The list as RFC 6749 section 3.3 has it: separated by spaces. Pinterest takes commas as well.
    pub fn join(scopes: &[Self]) -> String {
        Self::joined(scopes, " ")
    }

    /// The list as Pinterest's own examples have it: separated by commas.
    pub fn join_with_commas(scopes: &[Self]) -> String {
        Self::joined(scopes, ",")
    }

    fn joined(scopes: &[Self], between: &str) -> String {
        scopes.iter().map(Self::as_str).collect::<Vec<_>>().join(between)
    }
}

impl From<&str> for Scope {
    fn from(name: &str) -> Self {
        Self(Cow::Owned(name.to_owned()))
    }
}

impl From<String> for Scope {
    fn from(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn lists_are_read_with_commas_and_spaces_and_written_with_spaces() {
        let scopes = Scope::parse_list(" pins:read, boards:read  new:scope,");
        assert_eq!(
            scopes,
            [Scope::PINS_READ, Scope::BOARDS_READ, Scope::from("new:scope")]
        );
        assert_eq!(Scope::join(&scopes), "pins:read boards:read new:scope");
        assert_eq!(
            Scope::join_with_commas(&scopes),
            "pins:read,boards:read,new:scope"
        );
        assert_eq!(scopes[2].to_string(), "new:scope");
        assert_eq!(Scope::KNOWN.len(), 19);
    }
}
