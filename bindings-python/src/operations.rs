//! Which operations Pinterest has, for the classes that Python makes of them; what their answers say beside the data.

use pinterest_sdk::OperationCall;
use pinterest_sdk::operations::{Bookmarks, ItemFailure, Operation, read_answer};
use pyo3::prelude::*;

use crate::answer::failed;

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

/// An item that failed: where the answer says so, the item's number, Pinterest's code and message; all of it as JSON.
type Failure = (String, Option<usize>, Option<i64>, Option<String>, String);

/// What failed as an answer of success of an operation says. The answer is JSON.
#[pyfunction]
pub(crate) fn failures_in(py: Python<'_>, operation: &str, answer: &str) -> PyResult<Vec<Failure>> {
    let call = OperationCall::new(operation).map_err(failed)?;
    // An answer may be long.
    let found = py.detach(|| call.operation().failures_in_json(answer));
    Ok(found.into_iter().map(failure).collect())
}

fn failure(one: ItemFailure) -> Failure {
    (one.place, one.item, one.code, one.message, one.value.to_string())
}

/// The bookmarks of pages.
#[pyclass(module = "pinterest_sdk._native")]
pub(crate) struct PageMarks(Bookmarks);

#[pymethods]
impl PageMarks {
    /// Those of pages that are asked for from this bookmark on.
    #[new]
    fn new(first: Option<&str>) -> Self {
        Self(Bookmarks::from(first))
    }

    /// The bookmark of the page after this one, which is JSON and needs no items; `None` after the last.
    fn after(&mut self, page: &str) -> PyResult<Option<String>> {
        let page = read_answer(page.as_bytes()).unwrap_or_default();
        self.0.after(&page).map_err(failed)
    }
}
