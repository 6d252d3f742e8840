//! The environment's variables that decide over connections.

use std::env;
use std::ffi::OsString;

use crate::secret::Secret;

/// In the order in which they count: as for curl, the lower-case spelling and the special one first.
const PROXY: [&str; 2] = ["https_proxy", "all_proxy"];
const NO_PROXY: [&str; 1] = ["no_proxy"];

/// The variables that are set, and not empty, under a name in any letter case, in the order in which
/// they count: as `name` is written here, in capitals, and then in other cases.
///
/// Programs differ in which cases they take. A variable that one of them takes is meant for all, and
/// going on without its proxy or its authorities would not be what was meant.
pub fn variables(name: &str) -> Vec<(String, OsString)> {
    in_order(
        name,
        env::vars_os().filter_map(|(key, value)| Some((key.into_string().ok()?, value))),
    )
}

fn in_order(name: &str, all: impl Iterator<Item = (String, OsString)>) -> Vec<(String, OsString)> {
    let mut found: Vec<_> = all
        .filter(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_empty())
        .collect();
    found.sort_by_cached_key(|(key, _)| {
        (
            key != name,
            key.chars().any(|c| c.is_ascii_lowercase()),
            key.clone(),
        )
    });
    found
}

/// A variable that is set and not empty.
#[derive(Clone)]
pub(crate) struct Variable {
    pub(crate) name: String,
    /// Trimmed; `None` if it is not UTF-8. A proxy's URL may hold a password.
    pub(crate) value: Option<Secret>,
}

/// What the environment says about proxies, as it was when it was read.
#[derive(Clone, Default)]
pub(crate) struct ProxyVariables {
    pub(crate) proxy: Option<Variable>,
    pub(crate) no_proxy: Option<Variable>,
}

impl ProxyVariables {
    pub(crate) fn read() -> Self {
        Self {
            proxy: first(&PROXY),
            no_proxy: first(&NO_PROXY),
        }
    }
}

fn first(names: &[&str]) -> Option<Variable> {
    names
        .iter()
        .flat_map(|name| variables(name))
        .find_map(|(name, value)| {
            let value = value.into_string().ok().map(|text| Secret::new(text.trim()));
            let is_empty = value.as_ref().is_some_and(Secret::is_empty);
            (!is_empty).then_some(Variable { name, value })
        })
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn every_letter_case_counts_in_one_order() {
        let set = [
            "hTTPS_PROXY",
            "Https_Proxy",
            "HTTPS_PROXY",
            "https_proxy",
            "https_proxy2",
            "xhttps_proxy",
        ];
        let all = || set.iter().map(|name| ((*name).to_owned(), "v".into()));
        let names = |name| {
            in_order(name, all())
                .into_iter()
                .map(|(key, _)| key)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names("https_proxy"),
            ["https_proxy", "HTTPS_PROXY", "Https_Proxy", "hTTPS_PROXY"]
        );
        assert_eq!(
            names("HTTPS_PROXY"),
            ["HTTPS_PROXY", "Https_Proxy", "hTTPS_PROXY", "https_proxy"]
        );
        assert!(in_order("a", [("A".to_owned(), "".into())].into_iter()).is_empty());
    }
}
