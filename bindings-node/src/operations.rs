//! Any operation of the core's table: what it is, and its call.

use napi::bindgen_prelude::{Env, Result};
use napi_derive::napi;
use pinterest_sdk::operations::{
    Bookmarks, Checks, Credential, Definition, ItemFailure, Kind, Operation, Place, read_answer,
};
use pinterest_sdk::{Error, OperationCall};
use serde_json::{Value, json};

use crate::answer_json::{self, Text};
use crate::calls::{Calls, Options};
use crate::connection::Connection;

/// A call of an operation.
#[napi(object, object_to_js = false)]
pub struct OperationArguments {
    /// Pinterest's name for it: `boards/list`.
    pub name: String,
    /// Those of path and query, an object in JSON.
    pub arguments: String,
    /// In JSON.
    pub body: Option<String>,
    /// `off` or `strict`; anything else is as usual.
    pub checks: Option<String>,
}

/// What is known of an operation, in JSON; nothing of one that there is not.
#[cfg_attr(test, allow(dead_code))] // JavaScript calls it, and is not there.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
#[must_use]
pub fn operation(name: String) -> Option<String> {
    let one = Operation::find(&name)?;
    let parameters: Vec<Value> = one
        .parameters
        .iter()
        .map(|each| json!({"name": each.name, "place": place(each.place), "required": each.is_required}))
        .collect();
    let body = one
        .body
        .map(|body| json!({"form": body.is_form, "required": body.is_required}));
    let known = json!({
        "method": one.method,
        "path": one.path,
        "parameters": parameters,
        "body": body,
        "basic": one.credentials == [Credential::Basic],
        "pages": one.has_pages(),
    });
    Some(known.to_string())
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::QueryWithCommas => "csv",
        Place::QueryRepeated => "multi",
        Place::QueryDeep => "deep",
        _ => "query",
    }
}

/// The outcome of checking a call's arguments.
#[cfg_attr(test, allow(dead_code))] // As above.
#[napi(catch_unwind)]
#[must_use]
pub fn check_operation(call: OperationArguments) -> String {
    let checked = read(call).and_then(|call| call.request().map(drop));
    answer_json::nothing(checked).to_string()
}

#[napi]
impl Calls {
    /// An operation. Gives the call's number.
    #[napi(catch_unwind)]
    pub fn operation(
        &mut self,
        env: Env,
        connection: &Connection,
        call: OperationArguments,
        options: Options,
    ) -> Result<u32> {
        self.start(env, connection, options, |client, options| async move {
            // A body may be large: it is read here, and not where JavaScript waits.
            match read(call) {
                // JavaScript reads the text with its own parser.
                Ok(call) => answer_json::text(&client.call(&call, &options).await, |_| ()),
                Err(error) => answer_json::failure(&error),
            }
        })
    }
}

/// What failed as an answer of success of an operation says, a list in JSON; the answer is JSON too.
#[cfg_attr(test, allow(dead_code))] // As above.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value)] // As above.
#[must_use]
pub fn failures_in(operation: String, answer: String) -> String {
    let found = Operation::find(&operation).map(|one| one.failures_in_json(&answer));
    let found = found.into_iter().flatten();
    let shown = |one: ItemFailure| json!({"place": one.place, "item": one.item, "code": one.code, "message": one.message, "value": one.value});
    found.map(shown).collect::<Value>().to_string()
}

/// The bookmarks of pages.
#[napi]
pub struct PageMarks(Bookmarks);

#[napi]
impl PageMarks {
    /// Those of pages that are asked for from this bookmark on.
    #[napi(constructor, catch_unwind)]
    #[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
    #[must_use]
    pub fn new(first: Option<String>) -> Self {
        Self(Bookmarks::from(first.as_deref()))
    }

    /// The outcome of turning a page, which is JSON and needs no items: the bookmark of the next one.
    #[napi(catch_unwind)]
    #[allow(clippy::needless_pass_by_value)] // As above.
    pub fn after(&mut self, page: String) -> String {
        let page = read_answer(page.as_bytes()).unwrap_or(Value::Null);
        let next: Text = match self.0.after(&page) {
            Ok(next) => answer_json::written(&json!({ "data": next })),
            Err(error) => answer_json::failure(&error),
        };
        next.to_string()
    }
}

fn read(given: OperationArguments) -> std::result::Result<OperationCall, Error> {
    let checks = given.checks.as_deref().and_then(Checks::of_name);
    let mut call = OperationCall::new(&given.name)?
        .with_checks(checks.unwrap_or_default())
        .with_json_arguments(&given.arguments)?;
    for parameter in call.operation().parameters.clone() {
        if let Some(value) = call.argument(parameter.name) {
            let fitted = fitted(parameter.kind, value.clone());
            call = call.with(parameter.name, fitted);
        }
    }
    match given.body {
        Some(body) => call.with_json_body(body),
        None => Ok(call),
    }
}

/// A value of path or query, where JavaScript's programs have numbers for texts and texts for numbers: what is sent
/// is the same.
fn fitted(kind: &str, value: Value) -> Value {
    let (kind, _) = Kind::parse(kind);
    match (kind, value) {
        (Kind::Text(_), Value::Number(number)) if !number.is_f64() => number.to_string().into(),
        (Kind::Integer(_) | Kind::Number(_), Value::String(text)) => match serde_json::from_str(&text) {
            Ok(number @ Value::Number(_)) => number,
            _ => text.into(),
        },
        (Kind::Boolean, Value::String(text)) if text == "true" || text == "false" => (text == "true").into(),
        (Kind::List(inner, _), Value::Array(items)) => {
            items.into_iter().map(|item| fitted(inner, item)).collect()
        }
        (Kind::Named(name), value) => match Definition::find(name).and_then(|one| one.alias) {
            Some(alias) => fitted(alias, value),
            None => value,
        },
        (_, value) => value,
    }
}
