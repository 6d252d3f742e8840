//! What is known of an operation: where it is, what it takes, which credential it asks for.

use super::blocks::operations;
use super::nearest::nearest;

/// One of Pinterest's operations.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// Pinterest's name for it: `boards/list`.
    pub name: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path below the host, with parameters in braces: `/boards/{board_id}`.
    pub path: &'static str,
    /// The group on Pinterest's pages: `boards`.
    pub tag: &'static str,
    /// The category that its calls are counted in: `org_read`.
    pub rate: &'static str,
    /// Whether Pinterest's own sandbox has it.
    pub in_sandbox: bool,
    /// Whether Pinterest advises against it.
    pub is_deprecated: bool,
    /// The credentials of which it takes one.
    pub credentials: Vec<Credential>,
    /// What goes into path and query, in Pinterest's order.
    pub parameters: Vec<Parameter>,
    /// What the body is, if there is one.
    pub body: Option<BodyKind>,
    /// The type of what is answered; [`Kind::parse`](super::Kind::parse) reads it. None where nothing is.
    pub answer: Option<&'static str>,
    /// Where a 2xx answer says which of its items failed: `items[].exceptions`.
    pub failures: Vec<&'static str>,
}

/// A credential that an operation takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credential {
    /// A person's access token with these scopes.
    User(Vec<&'static str>),
    /// An app's access token (`client_credentials`) with these scopes.
    App(Vec<&'static str>),
    /// A conversion token.
    Conversion,
    /// App id and secret.
    Basic,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A part of the path.
    Path,
    /// `name=value`.
    Query,
    /// `name=a,b`.
    QueryWithCommas,
    /// `name=a&name=b`.
    QueryRepeated,
    /// `name[key]=value`.
    QueryDeep,
}

/// A parameter of path or query.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// Whether the call cannot be made without it.
    pub is_required: bool,
    /// Its type; [`Kind::parse`](super::Kind::parse) reads it.
    pub kind: &'static str,
    /// What Pinterest takes for it if it is not given, in JSON.
    pub default: Option<&'static str>,
}

/// The body of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BodyKind {
    /// Whether it is a form; otherwise it is JSON.
    pub is_form: bool,
    /// Whether the call cannot be made without it.
    pub is_required: bool,
    /// Its type; [`Kind::parse`](super::Kind::parse) reads it.
    pub kind: &'static str,
}

impl Operation {
    /// The operation of a name: Pinterest's (`boards/list_pins`), or that of the published clients
    /// (`boards_list_pins`).
    pub fn find(name: &str) -> Option<Self> {
        let blocks = operations();
        let known = blocks
            .names()
            .find(|known| *known == name || is_method(known, name))?;
        Self::read(known, blocks.find(known)?)
    }

    /// The operation that a request is, by its method and its path below the host, which may leave the version to it.
    pub(crate) fn of_request(method: &str, path: &str) -> Option<Self> {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = path.strip_prefix("/v5").unwrap_or(path);
        let fits = |one: &Self| one.method == method && leads_to(one.path, path);
        // `/pins/analytics` is not the Pin of that name.
        Self::all()
            .filter(fits)
            .min_by_key(|one| one.path.matches('{').count())
    }

    /// The names that somebody may have meant who wrote another.
    pub(crate) fn like(name: &str) -> Vec<&'static str> {
        nearest(name, operations().names())
    }

    /// Every operation, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        let blocks = operations();
        blocks
            .names()
            .filter_map(|name| Self::read(name, blocks.find(name)?))
    }

    /// The release of Pinterest's description that these are from: `5.23.0`.
    pub fn version() -> &'static str {
        operations().version()
    }

    /// The name of its method in the published clients: `boards_list_pins`.
    pub fn method_name(&self) -> String {
        self.name.replace('/', "_")
    }

    /// Whether it answers in pages, each with the `bookmark` of the next.
    pub fn has_pages(&self) -> bool {
        self.parameters.iter().any(|one| one.name == "bookmark")
    }

    /// Whether making it again changes nothing more (RFC 9110 section 9.2.1).
    pub fn is_safe(&self) -> bool {
        self.method == "GET"
    }

    /// The scopes that a person's access token needs.
    pub fn user_scopes(&self) -> &[&'static str] {
        let scopes = self.credentials.iter().find_map(|credential| match credential {
            Credential::User(scopes) => Some(scopes.as_slice()),
            _ => None,
        });
        scopes.unwrap_or_default()
    }

    fn read(name: &'static str, mut lines: impl Iterator<Item = &'static str>) -> Option<Self> {
        let (method, path) = lines.next()?.split_once(' ')?;
        let mut one = Self {
            name,
            method,
            path,
            tag: "",
            rate: "",
            in_sandbox: false,
            is_deprecated: false,
            credentials: Vec::new(),
            parameters: Vec::new(),
            body: None,
            answer: None,
            failures: Vec::new(),
        };
        for line in lines {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "tag" => one.tag = rest,
                "rate" => one.rate = rest,
                "sandbox" => one.in_sandbox = true,
                "deprecated" => one.is_deprecated = true,
                "user" => one.credentials.push(Credential::User(rest.split(' ').collect())),
                "app" => one.credentials.push(Credential::App(rest.split(' ').collect())),
                "conversion" => one.credentials.push(Credential::Conversion),
                "basic" => one.credentials.push(Credential::Basic),
                "answer" => one.answer = rest.split_once(' ').map(|(_, kind)| kind),
                "failures" => one.failures.push(rest),
                "json" | "json!" | "form" | "form!" => {
                    one.body = Some(BodyKind {
                        is_form: word.starts_with("form"),
                        is_required: word.ends_with('!'),
                        kind: rest,
                    });
                }
                _ => one.parameters.push(Parameter::read(word, rest)?),
            }
        }
        Some(one)
    }
}

/// Whether a path is one of those that a template stands for, with anything in the place of its parameters.
fn leads_to(template: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    let all = template.split('/').all(|wanted| {
        parts
            .next()
            .is_some_and(|part| wanted == part || (wanted.starts_with('{') && !part.is_empty()))
    });
    all && parts.next().is_none()
}

/// Whether a name of Pinterest's is that of a method, which has no slash.
fn is_method(known: &str, method: &str) -> bool {
    let of_method = |byte| if byte == b'/' { b'_' } else { byte };
    known.bytes().map(of_method).eq(method.bytes())
}

impl Parameter {
    fn read(word: &'static str, rest: &'static str) -> Option<Self> {
        let (name, rest) = rest.split_once(' ')?;
        let (kind, default) = match rest.split_once(" = ") {
            Some((kind, default)) => (kind, Some(default)),
            None => (rest, None),
        };
        let (place, is_required) = match word.split_at_checked(5) {
            Some(("query", mark)) => {
                let place = match mark.trim_start_matches('!') {
                    "" => Place::Query,
                    "," => Place::QueryWithCommas,
                    "&" => Place::QueryRepeated,
                    _ => Place::QueryDeep,
                };
                (place, mark.starts_with('!'))
            }
            _ => (Place::Path, true),
        };
        Some(Self {
            name,
            place,
            is_required,
            kind,
            default,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_operation_is_read_and_found_by_both_names() {
        let all: Vec<Operation> = Operation::all().collect();
        assert_eq!(all.len(), operations().names().count());
        let names: HashSet<String> = all.iter().map(Operation::method_name).collect();
        assert_eq!(names.len(), all.len());
        for one in &all {
            assert_eq!(Operation::find(one.name).as_ref(), Some(one));
            assert_eq!(Operation::find(&one.method_name()).as_ref(), Some(one));
            assert!(
                !one.tag.is_empty() && !one.rate.is_empty() && !one.credentials.is_empty(),
                "{}",
                one.name
            );
            let braces = one.path.matches('{').count();
            let places = one
                .parameters
                .iter()
                .filter(|each| each.place == Place::Path)
                .count();
            assert_eq!(braces, places, "{}", one.name);
        }
    }

    #[test]
    fn a_request_is_the_operation_at_its_path() {
        for one in Operation::all() {
            let path = one.path.replace('{', "%7B").replace('}', "%7D");
            let found = Operation::of_request(one.method, &format!("{path}?page_size=1"));
            assert_eq!(found, Some(one));
        }
        for (method, path, expected) in [
            ("GET", "/boards", Some("boards/list")),
            ("GET", "/v5/boards", Some("boards/list")),
            ("POST", "/boards", Some("boards/create")),
            ("GET", "/pins/analytics", Some("multi_pins/analytics")),
            ("GET", "/pins/1", Some("pins/get")),
            ("GET", "/pins/", None),
            ("GET", "/pins/1/2", None),
            ("get", "/pins/1", None),
            ("GET", "pins/1", None),
            ("GET", "", None),
        ] {
            let found = Operation::of_request(method, path).map(|one| one.name);
            assert_eq!(found, expected, "{method} {path}");
        }
    }

    #[test]
    fn an_operation_says_what_it_takes() {
        let Some(list) = Operation::find("pins/analytics") else {
            panic!()
        };
        assert_eq!(
            (list.method, list.path, list.rate),
            ("GET", "/pins/{pin_id}/analytics", "org_analytics")
        );
        assert!(list.is_safe() && !list.has_pages());
        let kinds: Vec<(&str, Place, bool)> = list
            .parameters
            .iter()
            .map(|one| (one.name, one.place, one.is_required))
            .collect();
        assert!(kinds.contains(&("pin_id", Place::Path, true)));
        assert!(kinds.contains(&("metric_types", Place::QueryWithCommas, true)));
        let create = Operation::find("pins_create").and_then(|one| one.body);
        assert!(create.is_some_and(|body| !body.is_form && body.is_required && body.kind == "PinCreate"));
        assert!(Operation::find("token/revoke").is_some_and(|one| one.credentials == [Credential::Basic]));
    }
}
