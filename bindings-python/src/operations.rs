//! Which operations Pinterest has, for the classes that Python makes of them, and what failed of their answers.

use pinterest_sdk::operations::{ItemFailure, Operation};
use pyo3::prelude::*;
use serde_json::{Value, json};

/// An operation: its name, its group, its method and path; the arguments that have to be there, and the others;
/// whether it has a body, and whether that has to be there.
type Facts = (
    &'static str,
    &'static str,
    String,
    Vec<&'static str>,
    Vec<&'static str>,
    Option<bool>,
);

/// Every operation of the core's table.
#[pyfunction]
pub(crate) fn operations() -> Vec<Facts> {
    Operation::all().map(|operation| facts(&operation)).collect()
}

fn facts(operation: &Operation) -> Facts {
    let names = |is_required| {
        let of = operation
            .parameters
            .iter()
            .filter(move |one| one.is_required == is_required);
        of.map(|one| one.name).collect()
    };
    (
        operation.name,
        operation.tag,
        format!("{} {}", operation.method, operation.path),
        names(true),
        names(false),
        operation.body.map(|body| body.is_required),
    )
}

/// What failed as an answer of success of an operation says, a list in JSON; the answer is JSON too. None where there is
/// no such operation.
#[pyfunction]
pub(crate) fn failures_in(operation: &str, answer: &str) -> Option<String> {
    let operation = Operation::find(operation)?;
    // Most operations say nothing of the kind, however long their answers.
    if operation.failures.is_empty() {
        return Some("[]".to_owned());
    }
    let answer = serde_json::from_str(answer).unwrap_or(Value::Null);
    let found = operation.failures_in(&answer).into_iter();
    let shown = |one: ItemFailure| json!({"place": one.place, "item": one.item, "code": one.code, "message": one.message, "value": one.value});
    Some(found.map(shown).collect::<Value>().to_string())
}
