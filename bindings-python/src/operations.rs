//! Which operations Pinterest has, for the classes that Python makes of them.

use pinterest_sdk::operations::Operation;
use pyo3::prelude::*;

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

// Every operation of the core's table.
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
