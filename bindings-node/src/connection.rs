//! A core client with its settings.

use std::sync::Arc;
use std::time::Duration;

use napi_derive::napi;
use pinterest_sdk::{ApiClient, Configuration, ConnectionSettings, Error, Secret};

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

/// A client that is ready to call, or why it is not: every call on it then fails with that reason,
/// so that it reaches the caller's own callback.
#[napi]
pub struct Connection {
    pub(crate) client: Result<ApiClient, Arc<Error>>,
    network: ConnectionSettings,
}

#[napi]
impl Connection {
    /// A client with a pool of its own.
    #[napi(constructor, catch_unwind)]
    pub fn new(settings: Settings) -> Self {
        Self::with(settings, ConnectionSettings::default(), ApiClient::new)
    }

    /// A client with other settings, on the same pool where they allow it.
    #[napi(catch_unwind)]
    pub fn reconfigured(&self, settings: Settings) -> Self {
        Self::with(settings, self.network.clone(), |new| match &self.client {
            Ok(client) => client.reconfigured(new),
            Err(_) => ApiClient::new(new),
        })
    }

    fn with(
        settings: Settings,
        network_before: ConnectionSettings,
        make: impl FnOnce(Configuration) -> Result<ApiClient, Error>,
    ) -> Self {
        let configuration = configuration(settings, network_before);
        let network = configuration.connection.clone();
        let client = make(configuration).map_err(Arc::new);
        Self { client, network }
    }
}

fn configuration(settings: Settings, network_before: ConnectionSettings) -> Configuration {
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
    if let Some(bytes) = settings.max_answer_bytes {
        configuration.max_answer_bytes = bytes as usize;
    }
    configuration.connection = settings.network.map_or(network_before, connection_settings);
    configuration
}

fn connection_settings(network: NetworkSettings) -> ConnectionSettings {
    let mut settings = ConnectionSettings::default();
    settings.proxy = network.proxy.map(Secret::new);
    settings.no_proxy = network.no_proxy;
    settings.proxy_headers = pairs(network.proxy_headers);
    settings.ssl_ca_cert = network.ssl_ca_cert.map(Into::into);
    settings.ssl_ca_pem = network.ssl_ca_pem;
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

/// Zero and infinity mean no limit, as a timeout of zero does for the published package.
pub(crate) fn milliseconds(limit: f64) -> Duration {
    let limit = Duration::try_from_secs_f64(limit / 1000.0).ok();
    limit.filter(|limit| !limit.is_zero()).unwrap_or(Duration::MAX)
}
