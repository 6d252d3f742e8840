//! What operations there are.

use serde_json::json;

use super::tree::{words, written};
use crate::failure::Failure;
use crate::paint::DIM;
use crate::screen::Screen;
use pinterest_sdk::operations::{Credential, Operation};

/// Prints the operations of a group, or all, one a line. Nothing is asked of Pinterest.
pub(crate) fn list(group: Option<&str>, screen: &Screen) -> Result<(), Failure> {
    let of_group = |one: &Operation| group.is_none_or(|group| words(one).0 == group);
    let found: Vec<Operation> = Operation::all().filter(of_group).collect();
    if screen.is_json() {
        return screen.print(json!(found.iter().map(described).collect::<Vec<_>>()));
    }
    let width = found
        .iter()
        .map(|one| written(one).len())
        .max()
        .unwrap_or_default();
    found.iter().try_for_each(|one| {
        let name = written(one);
        screen.print(format_args!(
            "{name:width$}  {DIM}{} {}{DIM:#}",
            one.method, one.path
        ))
    })
}

fn described(one: &Operation) -> serde_json::Value {
    let scopes = one.credentials.iter().find_map(|credential| match credential {
        Credential::User(scopes) | Credential::App(scopes) => Some(scopes.clone()),
        _ => None,
    });
    let parameters = one
        .parameters
        .iter()
        .map(|each| json!({"name": each.name, "type": each.kind, "required": each.is_required}));
    json!({
        "name": one.name,
        "method": one.method,
        "path": one.path,
        "tag": one.tag,
        "scopes": scopes,
        "rate": one.rate,
        "in_sandbox": one.in_sandbox,
        "deprecated": one.is_deprecated,
        "parameters": parameters.collect::<Vec<_>>(),
        "body": one.body.map(|body| body.kind),
        "answer": one.answer,
        "pages": one.has_pages(),
    })
}
