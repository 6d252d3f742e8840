//! Any operation of the table: its arguments checked and put where they belong, its answer as it came.

use percent_encoding::utf8_percent_encode;
use serde::Serialize;
use serde_json::Value;

use super::any_endpoint::{ApiRequest, JSON, UNRESERVED};
use crate::client::{ApiClient, ApiResponse, Auth, CallOptions};
use crate::error::Error;
use crate::operations::check::Checked;
use crate::operations::{Checks, Credential, Operation, Parameter, Place};

/// How many bytes of JSON a body may have, unless nothing is checked.
const MOST_JSON: usize = 64 << 20;

/// How many bytes one value in path or query may have: URLs that are as long are nobody's.
const MOST_IN_URL: usize = 32 << 10;

/// Beyond this, numbers with a fraction have lost digits: 2^53.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// A call of one operation, with its arguments.
#[derive(Debug, Clone)]
pub struct OperationCall {
    operation: Operation,
    arguments: Vec<(String, Value)>,
    body: Option<Value>,
    /// The body as it was written, where it was given so.
    written: Option<String>,
    checks: Checks,
}

impl OperationCall {
    /// A call of the operation of this name, Pinterest's (`boards/list`) or that of the published clients
    /// (`boards_list`).
    ///
    /// # Errors
    ///
    /// `InvalidInput` if there is none.
    pub fn new(name: &str) -> Result<Self, Error> {
        Operation::find(name).map(Self::of).ok_or_else(|| {
            let message = format!("there is no operation `{}`", shown(name));
            let hint = match Operation::like(name).as_slice() {
                [] => format!("Pinterest's API {} has none of this name", Operation::version()),
                like => format!("did you mean {}?", like.join(", ")),
            };
            Error::invalid_input(message).with_hint(hint)
        })
    }

    /// A call of an operation.
    pub fn of(operation: Operation) -> Self {
        Self {
            operation,
            arguments: Vec::new(),
            body: None,
            written: None,
            checks: Checks::Usual,
        }
    }

    /// With an argument for the path or the query. `null` is as if it were not given.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let name = name.into();
        self.arguments.retain(|(known, _)| *known != name);
        self.arguments.push((name, value.into()));
        self
    }

    /// With a body: a [`serde_json::Value`] or anything else that serde can write. `NaN` is `null`, as `serde_json` has it.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for what JSON cannot hold.
    pub fn with_body(mut self, body: &(impl Serialize + ?Sized)) -> Result<Self, Error> {
        let body = serde_json::to_value(body)
            .map_err(|_| Error::invalid_input("the request's body cannot be written as JSON"))?;
        self.body = Some(body);
        self.written = None;
        Ok(self)
    }

    /// With a body and the JSON that it was read from.
    #[must_use]
    pub(super) fn with_written_body(mut self, body: Value, written: String) -> Self {
        self.body = Some(body);
        self.written = Some(written);
        self
    }

    /// With other checks of the arguments than the usual ones.
    #[must_use]
    pub fn with_checks(mut self, checks: Checks) -> Self {
        self.checks = checks;
        self
    }

    /// What is called.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// The argument for path or query that was given under a name.
    pub fn argument(&self, name: &str) -> Option<&Value> {
        let given = self.arguments.iter().find(|(known, _)| known == name);
        given.map(|(_, value)| value)
    }

    /// The body that was given.
    pub fn body(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// The request that the call makes.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for an argument that is missing, unknown, or not of its type.
    pub fn request(&self) -> Result<ApiRequest, Error> {
        let operation = &self.operation;
        let checked = Checked::new(operation.name, self.checks);
        for (name, _) in &self.arguments {
            if !operation.parameters.iter().any(|known| known.name == name) {
                return Err(self.unknown(name));
            }
        }
        let mut path = operation.path.to_owned();
        let mut query = Vec::new();
        for parameter in &operation.parameters {
            match self.argument(parameter.name).filter(|value| !value.is_null()) {
                Some(value) => {
                    checked.value(parameter.kind, value, parameter.name)?;
                    place(parameter, value, &checked, &mut path, &mut query)?;
                }
                None if parameter.is_required => return Err(checked.wrong(parameter.name, "is missing")),
                None => {}
            }
        }
        let mut request = ApiRequest::new(operation.method, path)
            .with_auth(self.auth())
            .repeated_freely(operation.is_safe())
            .calling(operation.name, operation.rate);
        for (name, value) in query {
            request = request.with_query(name, value);
        }
        self.put_body(request, &checked)
    }

    fn put_body(&self, request: ApiRequest, checked: &Checked<'_>) -> Result<ApiRequest, Error> {
        let (kind, body) = match (&self.operation.body, &self.body) {
            (None, Some(_)) => return Err(checked.wrong("body", "is given, and it takes none")),
            (Some(kind), None) if kind.is_required => return Err(checked.wrong("body", "is missing")),
            (_, None) => return Ok(request),
            (Some(kind), Some(body)) => (kind, body),
        };
        checked.value(kind.kind, body, "body")?;
        if !kind.is_form {
            let request = match &self.written {
                Some(written) => request.with_content(JSON, written.as_str()),
                None => request.with_json(body)?,
            };
            let is_large = request.json().is_some_and(|json| json.len() > MOST_JSON);
            if is_large && self.checks != Checks::Off {
                return Err(checked.wrong("body", "has more than 64 MiB"));
            }
            return Ok(request);
        }
        let fields = body.as_object().into_iter().flatten();
        let fields = fields.map(|(name, value)| Ok((name.clone(), text(value, name, checked)?)));
        Ok(request.with_form(fields.collect::<Result<_, Error>>()?))
    }

    fn auth(&self) -> Auth {
        match self.operation.credentials.as_slice() {
            [Credential::Basic] => Auth::Basic,
            _ => Auth::Bearer,
        }
    }

    fn unknown(&self, name: &str) -> Error {
        let known: Vec<&str> = self.operation.parameters.iter().map(|one| one.name).collect();
        let hint = match known.as_slice() {
            [] => "it takes none; nothing was sent".to_owned(),
            known => format!("it takes {}; nothing was sent", known.join(", ")),
        };
        let message = format!("{} has no parameter `{}`", self.operation.name, shown(name));
        Error::invalid_input(message).with_hint(hint)
    }

    /// The bookmark that was given.
    pub(super) fn bookmark(&self) -> Option<&str> {
        self.argument("bookmark").and_then(Value::as_str)
    }
}

/// A name as a message shows it: what is no name may be a secret or a page of text.
fn shown(name: &str) -> &str {
    let is_name = name.len() <= 64
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-/.".contains(&byte));
    if is_name { name } else { "…" }
}

fn place(
    parameter: &Parameter,
    value: &Value,
    checked: &Checked<'_>,
    path: &mut String,
    query: &mut Vec<(String, String)>,
) -> Result<(), Error> {
    let name = parameter.name;
    match (parameter.place, value) {
        (Place::Path, value) => {
            let text = text(value, name, checked)?;
            // An encoded slash is one again for servers in between.
            if text.is_empty() || text == "." || text == ".." || text.contains(['/', '\\']) {
                return Err(checked.wrong(name, "cannot be a part of a path"));
            }
            let encoded = utf8_percent_encode(&text, UNRESERVED).to_string();
            *path = path.replace(&format!("{{{name}}}"), &encoded);
        }
        (Place::QueryWithCommas, Value::Array(items)) => {
            let items: Result<Vec<String>, Error> =
                items.iter().map(|item| text(item, name, checked)).collect();
            query.push((name.to_owned(), items?.join(",")));
        }
        (Place::QueryRepeated, Value::Array(items)) => {
            for item in items {
                query.push((name.to_owned(), text(item, name, checked)?));
            }
        }
        (Place::QueryDeep, Value::Object(fields)) => {
            for (key, value) in fields {
                deep(&format!("{name}[{key}]"), value, checked, query)?;
            }
        }
        (_, value) => query.push((name.to_owned(), text(value, name, checked)?)),
    }
    Ok(())
}

fn deep(
    name: &str,
    value: &Value,
    checked: &Checked<'_>,
    query: &mut Vec<(String, String)>,
) -> Result<(), Error> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .try_for_each(|(key, value)| deep(&format!("{name}[{key}]"), value, checked, query)),
        Value::Array(items) => items.iter().try_for_each(|item| deep(name, item, checked, query)),
        value => {
            query.push((name.to_owned(), text(value, name, checked)?));
            Ok(())
        }
    }
}

/// A value that is written without JSON's quotes.
fn text(value: &Value, name: &str, checked: &Checked<'_>) -> Result<String, Error> {
    match value {
        Value::String(text) if text.chars().any(char::is_control) => {
            Err(checked.wrong(name, "holds a control character"))
        }
        Value::String(text) if text.len() > MOST_IN_URL => Err(checked.wrong(name, "is too long for a URL")),
        Value::String(text) => Ok(text.clone()),
        // A whole number of another language's may be one with a fraction of none; a long one is another by now.
        Value::Number(number) if number.is_f64() => match number.as_f64().unwrap_or_default() {
            long if long.abs() > MOST_WHOLE => {
                Err(checked.wrong(name, "has more digits than a number keeps: give a text"))
            }
            number => Ok(number.to_string()),
        },
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Null => Err(checked.wrong(name, "is null")),
        Value::Array(_) => Err(checked.wrong(name, "is a list, not one value")),
        Value::Object(_) => Err(checked.wrong(name, "is an object, not one value")),
    }
}

impl ApiClient {
    /// Calls an operation. The answer is given as it came: values and fields that the table does not know are as good
    /// as any. What reads only (`GET`) is asked for again up to [`Configuration::retries`](crate::Configuration)
    /// times when it fails in passing; what changes something, only while nothing was sent.
    ///
    /// Where the last answer said that the operation's category is used up for this credential, the call waits until it
    /// may go, unless [`Configuration::keep_rate_limits`](crate::Configuration) is off.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind); `InvalidInput` before anything is sent for arguments that do not fit;
    /// `RateLimited` with the outcome `NotSent`, at once, where waiting would take longer than the call may.
    pub async fn call(
        &self,
        call: &OperationCall,
        options: &CallOptions,
    ) -> Result<ApiResponse<Value>, Error> {
        self.request(call.request()?, options).await
    }
}
