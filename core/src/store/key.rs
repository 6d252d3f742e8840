//! Whose tokens a store is asked for.

use std::fmt;

use super::account::Account;
use super::stored_token::StoredToken;

/// Whose tokens a store is asked for: one account of one app in one environment. Two keys that differ
/// share nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoreKey {
    host: String,
    app_id: String,
    account: Account,
}

impl StoreKey {
    /// The key of an account of an app at a base URL.
    pub fn new(host: impl Into<String>, app_id: impl Into<String>, account: Account) -> Self {
        let mut host = host.into();
        host.truncate(host.trim_end_matches('/').len());
        Self {
            host,
            app_id: app_id.into(),
            account,
        }
    }

    /// Base URL of the API.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The app's id.
    pub fn app_id(&self) -> &str {
        &self.app_id
    }

    /// The account's name.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Whether these tokens are the app's, in this environment.
    pub fn is_of(&self, token: &StoredToken) -> bool {
        (token.host.trim_end_matches('/'), &token.app_id) == (&self.host, &self.app_id)
    }
}

/// The key as one text, for a store that has texts as keys: base URL, app id and account, with a space
/// between, which none of them has. Upper case counts.
impl fmt::Display for StoreKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.host, self.app_id, self.account)
    }
}

#[cfg(test)]
mod tests {
    use super::super::stored_token::record;
    use super::StoreKey;

    #[test]
    fn a_key_is_the_environment_the_app_and_the_account() {
        let key = |host, app, account: &str| StoreKey::new(host, app, account.parse().unwrap());
        assert_eq!(key("https://h/v5/", "1", "a").to_string(), "https://h/v5 1 a");
        assert_eq!(key("https://h/v5/", "1", "a").host(), "https://h/v5");
        assert_eq!(key("https://h/v5/", "1", "a"), key("https://h/v5", "1", "a"));
        let token = record("a", None);
        assert!(key("https://h/v5/", "1", "a").is_of(&token));
        assert!(!key("https://other/v5", "1", "a").is_of(&token));
        assert!(!key("https://h/v5", "2", "a").is_of(&token));
    }
}
