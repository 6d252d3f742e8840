//! Scopes: how they are written, and which there are.

/// What a code or token grants unless told otherwise: what Pinterest's quickstart asks for.
pub(crate) const DEFAULT: &str = "user_accounts:read,pins:read,boards:read";

/// Every scope of Pinterest's OpenAPI file, version 5.23.
const KNOWN: [&str; 19] = [
    "ads:read",
    "ads:write",
    "billing:read",
    "billing:write",
    "biz_access:read",
    "biz_access:write",
    "boards:read",
    "boards:read_secret",
    "boards:write",
    "boards:write_secret",
    "catalogs:read",
    "catalogs:write",
    "msot:write",
    "pins:read",
    "pins:read_secret",
    "pins:write",
    "pins:write_secret",
    "user_accounts:read",
    "user_accounts:write",
];

/// Scopes are separated by commas or white space; one named twice counts once.
pub(crate) fn split(text: &str) -> Vec<String> {
    let mut scopes: Vec<String> = Vec::new();
    for name in text.split(|c: char| c == ',' || c.is_whitespace()) {
        if !name.is_empty() && !scopes.iter().any(|scope| scope == name) {
            scopes.push(name.to_owned());
        }
    }
    scopes
}

/// Whether Pinterest has all of them.
pub(crate) fn are_known(scopes: &[String]) -> bool {
    scopes.iter().all(|scope| KNOWN.contains(&scope.as_str()))
}
