//! A core client with its settings.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use napi::bindgen_prelude::{Env, ObjectFinalize, Result};
use napi_derive::napi;
use pinterest_sdk::{ApiClient, Authorities, Configuration, ConnectionSettings, Environment, Error, Secret};

use crate::clock::ManualClock;

/// About what a client holds that JavaScript's collector does not see, in bytes.
const CLIENT_BYTES: i64 = 4 * 1024;
/// The same of a pool with its TLS settings: Mozilla's authorities, the connections that rest in it.
const POOL_BYTES: i64 = 256 * 1024;

/// Settings of a client; see `ApiClient` in `types.d.ts` for what each means.
#[napi(object, object_to_js = false)]
pub struct Settings {
    pub host: String,
    pub authorization_url: Option<String>,
    pub username: Option<String>,
    pub password: Option<String>,
    pub access_token: Option<String>,
    pub user_agent: String,
    /// Milliseconds.
    pub connect_timeout: f64,
    /// Milliseconds.
    pub timeout: f64,
    pub retries: u32,
    pub keep_rate_limits: bool,
    /// Milliseconds.
    pub rate_limit_wait: Option<f64>,
    pub max_answer_bytes: Option<u32>,
    /// Left out by [`Connection::reconfigured`]: as before.
    pub network: Option<NetworkSettings>,
}

/// How connections are made.
#[napi(object, object_to_js = false)]
pub struct NetworkSettings {
    pub proxy: Option<String>,
    pub no_proxy: Option<String>,
    /// Names and values.
    pub proxy_headers: Option<Vec<(String, String)>>,
    pub ssl_ca_cert: Option<String>,
    pub ssl_ca_pem: Option<String>,
    pub cert_file: Option<String>,
    pub key_file: Option<String>,
    pub pool_max_idle: Option<u32>,
}

/// Certificate authorities, read once for all clients.
#[napi]
pub struct ExtraAuthorities(Authorities);

#[napi]
impl ExtraAuthorities {
    /// Throws for a text that holds no certificate.
    #[napi(constructor, catch_unwind)]
    #[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
    pub fn new(pem: String) -> Result<Self> {
        let read = Authorities::from_pem(&pem).map(Self);
        read.map_err(|_| napi::Error::from_reason("it holds no certificate in PEM form"))
    }
}

/// A client that is ready to call, or why it is not: every call on it then fails with that reason,
/// so that it reaches the caller's own callback.
#[napi(custom_finalize)]
pub struct Connection {
    pub(crate) client: std::result::Result<ApiClient, Arc<Error>>,
    network: ConnectionSettings,
    /// What the collector was told that this holds.
    bytes: i64,
}

/// Once JavaScript has let go of it, so do the collector's books.
impl ObjectFinalize for Connection {
    fn finalize(self, env: Env) -> Result<()> {
        env.adjust_external_memory(-self.bytes).map(drop)
    }
}

#[napi]
impl Connection {
    /// A client with a pool of its own.
    #[napi(constructor, catch_unwind)]
    pub fn new(
        env: Env,
        settings: Settings,
        extra: Option<&ExtraAuthorities>,
        clock: Option<&ManualClock>,
    ) -> Result<Self> {
        let given = Given {
            settings,
            extra,
            clock,
        };
        Self::with(env, given, ConnectionSettings::default(), ApiClient::new)
    }

    /// A client with other settings, on the same pool where they allow it. `extra` counts with new
    /// network settings only.
    #[napi(catch_unwind)]
    pub fn reconfigured(
        &self,
        env: Env,
        settings: Settings,
        extra: Option<&ExtraAuthorities>,
        clock: Option<&ManualClock>,
    ) -> Result<Self> {
        let given = Given {
            settings,
            extra,
            clock,
        };
        Self::with(env, given, self.network.clone(), |new| match &self.client {
            Ok(client) => client.reconfigured(new),
            Err(_) => ApiClient::new(new),
        })
    }

    /// The collector is told what the client holds: it sees a small object, and would let thousands
    /// of them lie.
    fn with(
        env: Env,
        given: Given<'_>,
        network_before: ConnectionSettings,
        make: impl FnOnce(Configuration) -> std::result::Result<ApiClient, Error>,
    ) -> Result<Self> {
        let Given {
            mut settings,
            extra,
            clock,
        } = given;
        let bytes = size(settings.network.as_ref());
        let network = match settings.network.take() {
            Some(network) => connection_settings(network, extra),
            None => network_before,
        };
        let mut configuration = configuration(settings, network.clone());
        if let Some(clock) = clock {
            configuration.clock = clock.clock();
        }
        let client = make(configuration).map_err(Arc::new);
        env.adjust_external_memory(bytes)?;
        Ok(Self {
            client,
            network,
            bytes,
        })
    }
}

/// What JavaScript makes a client of; without a clock it has the system's.
struct Given<'a> {
    settings: Settings,
    extra: Option<&'a ExtraAuthorities>,
    clock: Option<&'a ManualClock>,
}

/// About how much a client holds, with the pool that new network settings bring.
fn size(network: Option<&NetworkSettings>) -> i64 {
    let Some(network) = network else {
        return CLIENT_BYTES;
    };
    // As text, and as it is read.
    let authorities = network.ssl_ca_pem.as_ref().map_or(0, |pem| 2 * pem.len());
    CLIENT_BYTES + POOL_BYTES + i64::try_from(authorities).unwrap_or(0)
}

fn configuration(settings: Settings, network: ConnectionSettings) -> Configuration {
    let mut configuration = Configuration::default().with_host(settings.host);
    if let Some(url) = settings.authorization_url {
        configuration.authorization_url = url;
    }
    configuration.username = settings.username;
    configuration.password = settings.password.map(Secret::new);
    configuration.access_token = settings.access_token.map(Secret::new);
    configuration.user_agent = settings.user_agent;
    configuration.connect_timeout = milliseconds(settings.connect_timeout);
    configuration.timeout = milliseconds(settings.timeout);
    configuration.retries = settings.retries;
    configuration.keep_rate_limits = settings.keep_rate_limits;
    if let Some(wait) = settings.rate_limit_wait {
        configuration.rate_limit_wait = milliseconds(wait);
    }
    if let Some(bytes) = settings.max_answer_bytes {
        configuration.max_answer_bytes = bytes as usize;
    }
    configuration.connection = network;
    configuration
}

fn connection_settings(network: NetworkSettings, extra: Option<&ExtraAuthorities>) -> ConnectionSettings {
    let mut settings = ConnectionSettings::default();
    settings.proxy = network.proxy.map(Secret::new);
    settings.no_proxy = network.no_proxy;
    settings.proxy_headers = pairs(network.proxy_headers);
    settings.ssl_ca_cert = network.ssl_ca_cert.map(Into::into);
    settings.ssl_ca_pem = network.ssl_ca_pem.map(Into::into);
    settings.authorities = extra.map(|extra| extra.0.clone());
    settings.cert_file = network.cert_file.map(Into::into);
    settings.key_file = network.key_file.map(Into::into);
    settings.pool_max_idle = network.pool_max_idle.map(|limit| limit as usize);
    settings
}

/// Names and values of headers.
pub(crate) fn pairs(headers: Option<Vec<(String, String)>>) -> Vec<(String, Secret)> {
    let headers = headers.into_iter().flatten();
    headers.map(|(name, value)| (name, Secret::new(value))).collect()
}

/// One too long for a duration is as good as the longest.
pub(crate) fn milliseconds(limit: f64) -> Duration {
    Duration::try_from_secs_f64(limit / 1000.0).unwrap_or(Duration::MAX)
}

/// What the environment names.
#[napi(object)]
pub struct NamedSettings {
    pub base_path: String,
    pub authorization_url: String,
    pub username: Option<String>,
    pub password: Option<String>,
    pub access_token: Option<String>,
}

/// The settings that the environment's variables name.
#[cfg_attr(test, allow(dead_code))] // JavaScript calls it, and is not there.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
pub fn settings_of_environment(variables: HashMap<String, String>) -> NamedSettings {
    let found = Configuration::from_variables(|name| variables.get(name).cloned());
    let text = |secret: Secret| secret.expose().to_owned();
    NamedSettings {
        base_path: found.host,
        authorization_url: found.authorization_url,
        username: found.username,
        password: found.password.map(text),
        access_token: found.access_token.map(text),
    }
}

/// The base URL of an environment, `production` or `sandbox`; nothing for another name.
#[cfg_attr(test, allow(dead_code))] // JavaScript calls it, and is not there.
#[napi(catch_unwind)]
#[allow(clippy::needless_pass_by_value)] // A reference cannot be taken from JavaScript.
pub fn host_of_environment(name: String) -> Option<&'static str> {
    Environment::of_name(&name).map(Environment::host)
}
