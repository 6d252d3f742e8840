//! Every operation of API v5 (version 5.23): where it is, and who may ask it.

use std::sync::LazyLock;

/// An operation.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// Below `/v5`, with names in braces.
    pub(crate) path: &'static str,
    /// The same with `{}` for each of them.
    pub(crate) pattern: String,
    /// Of an answer of success.
    pub(crate) status: u16,
    /// What its calls are counted in.
    pub(crate) category: &'static str,
    /// The scopes that a token must have, every one.
    pub(crate) scopes: Vec<&'static str>,
    /// Whether a token of `client_credentials` will do.
    pub(crate) takes_app: bool,
    /// Whether a conversion token will do.
    pub(crate) takes_conversion: bool,
    /// Whether Pinterest's own sandbox has it.
    pub(crate) in_sandbox: bool,
}

static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let lines = include_str!("operations.txt").lines();
    lines.filter_map(read).collect()
});

fn read(line: &'static str) -> Option<Route> {
    let mut words = line.split(' ').filter(|_| !line.starts_with('#'));
    let (method, path) = (words.next()?, words.next()?);
    let mut route = Route {
        method,
        path,
        pattern: pattern(path),
        status: words.next()?.parse().ok()?,
        category: words.next()?,
        scopes: Vec::new(),
        takes_app: false,
        takes_conversion: false,
        in_sandbox: true,
    };
    for word in words {
        match word {
            "+app" => route.takes_app = true,
            "+conversion" => route.takes_conversion = true,
            "+basic" => {}
            "-sandbox" => route.in_sandbox = false,
            scope => route.scopes.push(scope),
        }
    }
    Some(route)
}

/// A path with `{}` for each name in braces.
pub(super) fn pattern(path: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

impl Route {
    /// What it is called in the files of facts.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method, self.pattern)
    }

    /// The names of the parts of its path, in their order.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

/// A path that Pinterest has.
pub(crate) struct Found<'a> {
    pub(crate) pattern: &'static str,
    /// What stands in place of each `{}`.
    pub(crate) ids: Vec<&'a str>,
}

impl Found<'_> {
    /// What is there for a method.
    pub(crate) fn route(&self, method: &str) -> Option<&'static Route> {
        ROUTES
            .iter()
            .find(|route| route.method == method && route.pattern == self.pattern)
    }
}

/// What there is at a path below `/v5`: a pattern that spells it out comes before one that does not.
pub(crate) fn find(path: &str) -> Option<Found<'_>> {
    let matching = ROUTES.iter().filter_map(|route| {
        Some(Found {
            pattern: &route.pattern,
            ids: ids(&route.pattern, path)?,
        })
    });
    matching.min_by_key(|found| found.ids.len())
}

/// Whether calls are counted under this name.
pub(crate) fn is_category(name: &str) -> bool {
    ROUTES.iter().any(|route| route.category == name)
}

/// What stands in place of each `{}`, if the path is like the pattern.
fn ids<'a>(pattern: &str, path: &'a str) -> Option<Vec<&'a str>> {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    let mut ids = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(ids),
            (Some("{}"), Some(id)) if !id.is_empty() => ids.push(id),
            (Some(one), Some(other)) if one == other => {}
            _ => return None,
        }
    }
}

/// Whether a block of facts is of an operation that there is, or was.
#[cfg(test)]
pub(super) fn is_there(name: &str) -> bool {
    /// Known to the published client, and gone from version 5.23.
    const GONE: [&str; 3] = [
        "GET /catalogs/items",
        "GET /ad_accounts/{}/product_groups/catalogs",
        "POST /ad_accounts/{}/audiences/custom",
    ];
    GONE.contains(&name) || ROUTES.iter().any(|route| route.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_by_its_words_before_its_ids() {
        for (path, pattern, ids) in [
            ("/pins", Some("/pins"), &[][..]),
            ("/pins/12", Some("/pins/{}"), &["12"]),
            ("/pins/analytics", Some("/pins/analytics"), &[]),
            (
                "/boards/1/sections/2/pins",
                Some("/boards/{}/sections/{}/pins"),
                &["1", "2"],
            ),
            ("/pins/", None, &[]),
            ("/pins/1/", None, &[]),
            ("/nothing", None, &[]),
            ("", None, &[]),
        ] {
            let found = find(path);
            assert_eq!(found.as_ref().map(|found| found.pattern), pattern, "{path}");
            assert_eq!(found.map(|found| found.ids).unwrap_or_default(), ids, "{path}");
        }
        assert!(
            find("/pins/1")
                .is_some_and(|found| { found.route("PATCH").is_some() && found.route("PUT").is_none() })
        );
    }

    #[test]
    fn it_is_the_whole_of_version_5_23() {
        let lines = include_str!("operations.txt").lines();
        let lines = lines.filter(|line| !line.starts_with('#')).count();
        assert_eq!((ROUTES.len(), lines), (231, 231));
        let mut names: Vec<String> = ROUTES.iter().map(Route::name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 231);
        assert!(is_category("ads_read") && !is_category("ads"));
    }

    #[test]
    fn a_line_says_who_may_ask() {
        let pins = find("/pins").and_then(|found| found.route("POST"));
        let pins = pins.expect("Pins are created");
        assert_eq!(
            pins.scopes,
            ["boards:read", "boards:write", "pins:read", "pins:write"]
        );
        assert_eq!(
            (pins.status, pins.takes_app, pins.category),
            (201, true, "org_write")
        );
        let events = find("/ad_accounts/1/events").and_then(|found| found.route("POST"));
        assert!(events.is_some_and(|route| route.takes_conversion && route.names().eq(["ad_account_id"])));
    }
}
