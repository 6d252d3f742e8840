//! What came back: an answer, or the error to raise.

use std::io;

use pinterest_sdk::{
    AdditionalProperties, ApiResponse, AuthorizationReason, Body, ConversionToken, Error,
    OauthAccessTokenResponse, OddField, Phase, RateLimit, Secret,
};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyType};
use pyo3::{IntoPyObjectExt, PyErrArguments};

use crate::own_store::Raised;

type Limit = (Option<u64>, Option<u64>, Option<u64>);

/// A successful answer. Its text form shows nothing of it.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Answer {
    /// The HTTP status.
    #[pyo3(get)]
    status: u16,
    /// The response's headers in order of arrival, names in lower case.
    #[pyo3(get)]
    headers: Vec<(String, String)>,
    /// The limit, the requests left and the seconds until both start anew; `None` where unsaid.
    #[pyo3(get)]
    rate_limit: Limit,
    body: Body,
    texts: Vec<(&'static str, Secret)>,
    integers: Vec<(&'static str, i64)>,
    /// When the access token ends, in seconds since 1970.
    end: Option<i64>,
    additional: AdditionalProperties,
    odd: Vec<OddField>,
}

#[pymethods]
impl Answer {
    /// The body's bytes after decompression.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.body.as_bytes())
    }

    /// The fields that the answer has and that this release has a name for, in the answer's order.
    #[pyo3(signature = () -> "dict[str, str | int]")]
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let mut values = Vec::with_capacity(self.texts.len() + self.integers.len());
        for (name, text) in &self.texts {
            values.push((self.position(name), name, text.expose().into_bound_py_any(py)?));
        }
        for (name, number) in &self.integers {
            values.push((self.position(name), name, number.into_bound_py_any(py)?));
        }
        values.sort_by_key(|(position, ..)| *position);
        let fields = PyDict::new(py);
        for (_, name, value) in values {
            fields.set_item(name, value)?;
        }
        Ok(fields)
    }

    /// The other fields, as a JSON object; `None` if there are none, as is usual.
    fn additional(&self) -> Option<String> {
        // Names are texts, so nothing can fail.
        (!self.additional.is_empty()).then(|| serde_json::to_string(&self.additional).unwrap_or_default())
    }

    /// When the access token ends, in seconds since 1970.
    fn expires_at(&self) -> Option<i64> {
        self.end
    }

    /// What is not as documented: the field's name, what is odd about it, its value as JSON text.
    fn odd_fields(&self) -> Vec<(&str, &str, &str)> {
        self.odd
            .iter()
            .map(|odd| (odd.name.as_str(), odd.reason, odd.received.expose()))
            .collect()
    }
}

impl Answer {
    /// Where the body first has a text in quotes; a default is nowhere, which is after the rest.
    fn position(&self, name: &str) -> usize {
        let quoted = format!("\"{name}\"");
        let mut windows = self.body.as_bytes().windows(quoted.len());
        windows
            .position(|bytes| bytes == quoted.as_bytes())
            .unwrap_or(usize::MAX)
    }

    pub(crate) fn token(response: ApiResponse<OauthAccessTokenResponse>) -> Self {
        let (token, answer) = Self::split(response);
        answer.with_token(token)
    }

    /// A token of a login, of whose HTTP part the core says no more than that it went well.
    pub(crate) fn of_login(token: OauthAccessTokenResponse) -> Self {
        let answer = Self {
            status: 200,
            headers: Vec::new(),
            rate_limit: limit(RateLimit::default()),
            body: Body::default(),
            texts: Vec::new(),
            integers: Vec::new(),
            end: None,
            additional: AdditionalProperties::default(),
            odd: Vec::new(),
        };
        answer.with_token(token)
    }

    fn with_token(mut self, token: OauthAccessTokenResponse) -> Self {
        self.texts = present([
            ("access_token", Some(token.access_token)),
            ("refresh_token", token.refresh_token),
            (
                "response_type",
                token.response_type.map(|kind| kind.as_str().into()),
            ),
            ("token_type", Some(token.token_type.into())),
            ("scope", token.scope.map(Secret::from)),
        ]);
        self.integers = present([
            ("expires_in", token.expires_in),
            ("refresh_token_expires_in", token.refresh_token_expires_in),
            ("refresh_token_expires_at", token.refresh_token_expires_at),
        ]);
        self.end = token.expires_at;
        self.additional = token.additional_properties;
        self.odd = token.odd_fields;
        self
    }

    pub(crate) fn conversion_token(response: ApiResponse<ConversionToken>) -> Self {
        let (token, mut answer) = Self::split(response);
        answer.texts = vec![
            ("access_token", token.access_token),
            ("token_type", token.token_type.into()),
        ];
        answer.additional = token.additional_properties;
        answer.odd = token.odd_fields;
        answer
    }

    pub(crate) fn empty(response: ApiResponse<()>) -> Self {
        Self::split(response).1
    }

    fn split<T>(response: ApiResponse<T>) -> (T, Self) {
        let answer = Self {
            status: response.status,
            headers: response.headers,
            rate_limit: limit(response.rate_limit),
            body: response.body,
            texts: Vec::new(),
            integers: Vec::new(),
            end: None,
            additional: AdditionalProperties::default(),
            odd: Vec::new(),
        };
        (response.data, answer)
    }
}

fn limit(said: RateLimit) -> Limit {
    (said.limit, said.remaining, said.reset.map(|time| time.as_secs()))
}

fn present<T, const N: usize>(fields: [(&'static str, Option<T>); N]) -> Vec<(&'static str, T)> {
    fields
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

static FAILURE: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// The class of failures: the one that is given first, also for a package that is imported once more.
#[pyfunction]
pub(crate) fn failure_class(py: Python<'_>, offered: Bound<'_, PyType>) -> Py<PyType> {
    FAILURE.get_or_init(py, || offered.unbind()).clone_ref(py)
}

/// An exception with the arguments that `CallFailed` documents, made later: no Python code runs here.
fn call_failed(arguments: impl PyErrArguments + 'static) -> PyErr {
    Python::attach(|py| match FAILURE.get(py) {
        Some(class) => PyErr::from_type(class.bind(py).clone(), arguments),
        None => PyRuntimeError::new_err(arguments),
    })
}

/// The system has nothing left to make a call with: no files, no threads.
pub(crate) fn not_started(error: &io::Error) -> PyErr {
    let message = format!("the call cannot be started: {error}");
    own("Network", "NotSent", message, Some("connect"))
}

/// The thread that is to wait drives the calls of others, this one too.
pub(crate) fn waits_for_itself() -> PyErr {
    let message = "nothing can be waited for on the thread that drives all calls, as in a `__del__` that the garbage \
                   collector happens to call there: do it before the object is given up; nothing was sent";
    own("InvalidInput", "NotSent", message.to_owned(), None)
}

/// The call ended without an outcome, from this side.
pub(crate) fn given_up() -> PyErr {
    own(
        "Network",
        "Unknown",
        "the call was given up".to_owned(),
        Some("receive"),
    )
}

/// A failure that the core knows nothing of.
fn own(kind: &'static str, outcome: &'static str, message: String, phase: Option<&'static str>) -> PyErr {
    let none = None::<i64>;
    let headers = Vec::<(String, String)>::new();
    call_failed((
        kind,
        outcome,
        message,
        phase,
        none,
        none,
        none,
        none,
        none,
        headers,
        none,
        // Nothing of it took effect, and what was in the way may pass.
        (
            kind == "Network" && outcome == "NotSent",
            limit(RateLimit::default()),
            none,
        ),
    ))
}

/// The core's error, field by field in the order that `CallFailed` documents.
#[allow(clippy::needless_pass_by_value)] // The form that `map_err` takes.
pub(crate) fn failed(error: Error) -> PyErr {
    let answer = error.answer().cloned().unwrap_or_default();
    let failure = call_failed((
        error.kind().name(),
        error.outcome().name(),
        error.message().to_owned(),
        error.phase().map(Phase::name),
        error.status(),
        error.code(),
        error.retry_after().map(|wait| wait.as_secs()),
        error.request_id().map(str::to_owned),
        error.hint().map(str::to_owned),
        answer.headers,
        answer.body,
        (
            error.is_retryable(),
            limit(answer.rate_limit),
            error.reason().map(AuthorizationReason::name),
        ),
    ));
    if let Some(raised) = Raised::behind(&error) {
        Python::attach(|py| failure.set_cause(py, Some(raised.exception(py))));
    }
    failure
}
