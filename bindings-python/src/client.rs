//! Settings, and calls: by the calling thread, or in the background for asyncio.

use std::sync::Arc;

use pinterest_sdk::{ApiClient, CallOptions, Configuration, Error, LoopbackLogin, Secret};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::answer::{Answer, failed, not_started};
use crate::authorize::{Authorization, Pending, form_of};
use crate::background::Task;
use crate::blocking::IdleRuntimes;
use crate::call::Call;
use crate::clock::ManualClock;
use crate::connections::Connections;
use crate::duration::duration;
use crate::headers::secret_values;
use crate::login::Login;
use crate::per_process::PerProcess;

/// Makes calls with one set of settings.
#[pyclass(frozen, module = "pinterest_sdk._native")]
pub(crate) struct Client {
    configuration: Configuration,
    headers: Vec<(String, Secret)>,
    connections: Arc<PerProcess<Connections>>,
}

#[pymethods]
impl Client {
    /// `settings` holds the core's settings by name, `None` for the default, and the `headers` of
    /// every call. Uses the connections of `like`, an earlier client, where the settings allow.
    #[new]
    #[pyo3(signature = (settings: "dict[str, object]", like))]
    fn new(settings: &Bound<'_, PyDict>, like: Option<&Self>) -> PyResult<Self> {
        let configuration = configuration(settings)?;
        let same_connections = |other: &&Self| {
            let other = &other.configuration;
            other.host == configuration.host && other.connection == configuration.connection
        };
        let client = Self {
            connections: like.filter(same_connections).map_or_else(
                || Arc::new(PerProcess::new()),
                |other| Arc::clone(&other.connections),
            ),
            headers: secret_values(settings.as_any().get_item("headers")?.extract()?),
            configuration,
        };
        // At once, so that a setting that cannot be used is found here.
        client.connections()?;
        Ok(client)
    }

    /// Makes a call on this thread and waits for its answer. Times are in seconds, `None` for the
    /// default. Raises also what a signal handler raises meanwhile.
    fn send(
        &self,
        py: Python<'_>,
        call: &Call,
        timeout: Option<f64>,
        connect_timeout: Option<f64>,
    ) -> PyResult<Answer> {
        let connections = self.connections()?;
        let mut runtime = connections.runtimes.take(&connections.core)?;
        runtime.configure(&self.configuration)?;
        let work = call.make(runtime.client.clone(), self.options(timeout, connect_timeout));
        let result = py.detach(|| runtime.run(work))?;
        connections.runtimes.give_back(runtime, &result);
        result.map_err(failed)
    }

    /// Makes a call in the background; `deliver` is called with the answer and the exception, one
    /// of which is `None`, on another thread.
    fn start(
        &self,
        call: &Call,
        timeout: Option<f64>,
        connect_timeout: Option<f64>,
        deliver: Py<PyAny>,
    ) -> PyResult<Task> {
        let work = call.make(self.core()?, self.options(timeout, connect_timeout));
        Task::start(work, deliver).map_err(|error| not_started(&error))
    }

    /// Base URL of the API.
    #[getter]
    fn host(&self) -> &str {
        &self.configuration.host
    }

    /// Starts an authorization; nothing is sent.
    fn authorize(&self, request: &Authorization) -> PyResult<Pending> {
        let pending = request.0.start(&self.core()?).map_err(failed)?;
        Ok(Pending(pending))
    }

    /// Checks an authorization's callback, which counts as used then, and gives the fields of the
    /// form that has its code, secrets among them; nothing is sent.
    fn redeem(&self, pending: &Pending, callback: &str) -> PyResult<Vec<(&'static str, String)>> {
        let request = pending.0.redeem(&self.core()?, callback).map_err(failed)?;
        Ok(form_of(&request))
    }

    /// Starts a login on this machine: it listens when this returns.
    fn listen(&self, request: &Authorization) -> PyResult<Login> {
        let login = LoopbackLogin::start(&self.core()?, &request.0).map_err(failed)?;
        let login = login.with_options(self.options(None, None));
        Ok(Login::listening(login, self.connections()?))
    }
}

impl Client {
    fn connections(&self) -> PyResult<Arc<Connections>> {
        let connect = || {
            Ok::<_, Error>(Connections {
                core: ApiClient::new(self.configuration.clone())?,
                runtimes: IdleRuntimes::default(),
            })
        };
        self.connections.get(connect).map_err(failed)
    }

    /// The core's client with these settings, over the background's connections.
    ///
    /// # Errors
    ///
    /// When the settings cannot be used.
    pub(crate) fn core(&self) -> PyResult<ApiClient> {
        let core = &self.connections()?.core;
        core.reconfigured(self.configuration.clone()).map_err(failed)
    }

    /// Of every call.
    pub(crate) fn headers(&self) -> &[(String, Secret)] {
        &self.headers
    }

    fn options(&self, timeout: Option<f64>, connect_timeout: Option<f64>) -> CallOptions {
        let mut options = CallOptions::default();
        options.timeout = timeout.map(duration);
        options.connect_timeout = connect_timeout.map(duration);
        options.headers.clone_from(&self.headers);
        options
    }
}

fn configuration(settings: &Bound<'_, PyDict>) -> PyResult<Configuration> {
    let text = |name: &str| settings.as_any().get_item(name)?.extract::<Option<String>>();
    let path = |name: &str| settings.as_any().get_item(name)?.extract();
    let mut configuration = Configuration::default();
    configuration.host = text("host")?.unwrap_or(configuration.host);
    configuration.authorization_url = text("authorization_url")?.unwrap_or(configuration.authorization_url);
    configuration.user_agent = text("user_agent")?.unwrap_or(configuration.user_agent);
    configuration.username = text("username")?;
    configuration.password = text("password")?.map(Secret::from);
    configuration.access_token = text("access_token")?.map(Secret::from);
    configuration.retries = settings.as_any().get_item("retries")?.extract()?;
    configuration.keep_rate_limits = settings.as_any().get_item("keep_rate_limits")?.extract()?;
    let time = |name: &str| settings.as_any().get_item(name)?.extract::<Option<f64>>();
    configuration.timeout = time("timeout")?.map_or(configuration.timeout, duration);
    configuration.connect_timeout = time("connect_timeout")?.map_or(configuration.connect_timeout, duration);
    configuration.rate_limit_wait = time("rate_limit_wait")?.map_or(configuration.rate_limit_wait, duration);
    let max_answer_bytes: Option<usize> = settings.as_any().get_item("max_answer_bytes")?.extract()?;
    configuration.max_answer_bytes = max_answer_bytes.unwrap_or(configuration.max_answer_bytes);
    let clock: Option<Py<ManualClock>> = settings.as_any().get_item("clock")?.extract()?;
    if let Some(clock) = clock {
        configuration.clock = clock.get().clock();
    }
    let connection = &mut configuration.connection;
    connection.proxy = text("proxy")?.map(Secret::from);
    connection.no_proxy = text("no_proxy")?;
    connection.proxy_headers = secret_values(settings.as_any().get_item("proxy_headers")?.extract()?);
    connection.ssl_ca_cert = path("ssl_ca_cert")?;
    connection.cert_file = path("cert_file")?;
    connection.key_file = path("key_file")?;
    connection.pool_max_idle = settings.as_any().get_item("pool_max_idle")?.extract()?;
    Ok(configuration)
}
