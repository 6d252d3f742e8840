//! What a person is asked for, and what to remember until they answer.

use std::time::Duration;

use pinterest_sdk::{
    AuthorizationFields, AuthorizationRequest, Configuration, Environment, OauthAccessTokenRequest,
    PendingAuthorization, Scope,
};
use pyo3::prelude::*;

use crate::answer::failed;

/// What to ask a person for.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Authorization(pub(crate) AuthorizationRequest);

#[pymethods]
impl Authorization {
    /// Each of `scopes` is a scope or a list of them. `lifetime` is in seconds; one too long for a
    /// duration is as good as the longest.
    #[new]
    fn new(
        redirect_uri: String,
        scopes: Vec<String>,
        pkce: bool,
        continuous_refresh: bool,
        comma_separated_scopes: bool,
        lifetime: f64,
    ) -> Self {
        let fields = AuthorizationFields {
            redirect_uri,
            scopes,
            pkce,
            continuous_refresh,
            comma_separated_scopes,
            lifetime: Some(Duration::try_from_secs_f64(lifetime).unwrap_or(Duration::MAX)),
        };
        Self(fields.into())
    }
}

// The scopes that have constants.
#[pyfunction]
pub(crate) fn known_scopes() -> Vec<String> {
    Scope::KNOWN.iter().map(ToString::to_string).collect()
}

/// The base URL of an environment, `production` or `sandbox`; `None` for another name.
#[pyfunction]
pub(crate) fn host_of_environment(name: &str) -> Option<&'static str> {
    Environment::of_name(name).map(Environment::host)
}

/// The settings that the environment names, by their names; `value` gives a variable's value.
#[pyfunction]
pub(crate) fn settings_of_environment(
    value: &Bound<'_, PyAny>,
) -> PyResult<Vec<(&'static str, Option<String>)>> {
    let mut failure = None;
    let found = Configuration::from_variables(|name| {
        let found = value.call1((name,)).and_then(|found| found.extract());
        found.unwrap_or_else(|error| {
            failure = Some(error);
            None
        })
    });
    match failure {
        Some(error) => Err(error),
        None => Ok(vec![
            ("host", Some(found.host)),
            ("authorization_url", Some(found.authorization_url)),
            ("username", found.username),
            (
                "password",
                found.password.map(|secret| secret.expose().to_owned()),
            ),
            (
                "access_token",
                found.access_token.map(|secret| secret.expose().to_owned()),
            ),
        ]),
    }
}

/// An authorization between its URL and its callback. Holds no secret.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Pending(pub(crate) PendingAuthorization);

#[pymethods]
impl Pending {
    /// Restores what `to_json` gave.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        Ok(Self(PendingAuthorization::from_json(text).map_err(failed)?))
    }

    /// Lets the callback count once more, after `Client.redeem` and a request that did not leave.
    fn give_back(&self) {
        self.0.give_back();
    }

    /// Everything, for a person's session.
    fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// Where to send the person.
    #[getter]
    fn url(&self) -> &str {
        self.0.url()
    }

    /// What the callback must bring back.
    #[getter]
    fn state(&self) -> &str {
        self.0.state()
    }

    /// Where the person comes back to, byte for byte as it was given.
    #[getter]
    fn redirect_uri(&self) -> &str {
        self.0.redirect_uri()
    }

    /// When it ends, in seconds since 1970.
    #[getter]
    fn expires_at(&self) -> i64 {
        self.0.expires_at()
    }
}

/// What exchanges a code, secrets among them.
pub(crate) fn form_of(request: &OauthAccessTokenRequest) -> Vec<(&'static str, String)> {
    let fields = request.fields().into_iter();
    fields.map(|(name, value)| (name, value.to_owned())).collect()
}
