//! The parameters of a request's query.

use url::form_urlencoded;

use super::Refusal;
use crate::http::Request;

/// A parameter, if it is there.
pub(super) fn parameter(request: &Request, name: &str) -> Option<String> {
    all(request, name).next()
}

/// A parameter that must be there.
pub(super) fn required(request: &Request, name: &str) -> Result<String, Refusal> {
    parameter(request, name)
        .filter(|value| !value.is_empty())
        .ok_or_else(|| Refusal::invalid(format!("Missing required parameter '{name}'")))
}

/// A list, given with commas or several times; empty if it is not there.
pub(super) fn list(request: &Request, name: &str) -> Vec<String> {
    let mut entries = Vec::new();
    for value in all(request, name) {
        entries.extend(value.split(',').filter(|one| !one.is_empty()).map(str::to_owned));
    }
    entries
}

/// A list that must be there.
pub(super) fn required_list(request: &Request, name: &str) -> Result<Vec<String>, Refusal> {
    required(request, name)?;
    Ok(list(request, name))
}

/// Refuses a value that is none of some words, and is there.
pub(super) fn check_one_of(name: &str, value: Option<&str>, words: &[&str]) -> Result<(), Refusal> {
    match value {
        Some(value) if !words.contains(&value) => Err(Refusal::invalid(format!(
            "Invalid value for {name}: it is one of {}",
            words.join(", ")
        ))),
        _ => Ok(()),
    }
}

fn all<'a>(request: &'a Request, name: &'a str) -> impl Iterator<Item = String> + 'a {
    form_urlencoded::parse(request.query.as_bytes())
        .filter(move |(parameter, _)| parameter == name)
        .map(|(_, value)| value.into_owned())
}
