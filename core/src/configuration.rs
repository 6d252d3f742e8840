//! What a client needs to know before its first request.

mod from_env;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::authorities::Authorities;
use crate::clock::Clock;
use crate::secret::Secret;

/// Which of Pinterest's two worlds to talk to. Tokens of one are not valid in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Environment {
    /// Real accounts and Pins.
    #[default]
    Production,
    /// Pinterest's API Sandbox.
    Sandbox,
}

impl Environment {
    /// The one of that name, if there is one.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Production, Self::Sandbox]
            .into_iter()
            .find(|environment| environment.name() == name)
    }

    /// `production` or `sandbox`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
        }
    }

    /// The base of every API path.
    pub fn host(self) -> &'static str {
        match self {
            Self::Production => "https://api.pinterest.com/v5",
            Self::Sandbox => "https://api-sandbox.pinterest.com/v5",
        }
    }
}

/// Settings of an [`ApiClient`](crate::ApiClient). Start from [`Configuration::default`] or
/// [`Configuration::new`] and set what differs.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Configuration {
    /// Base URL of the API; https, or http to a loopback address. No userinfo, query or fragment.
    pub host: String,
    /// Pinterest's authorization page; https, or http to a loopback address.
    pub authorization_url: String,
    /// The app id.
    pub username: Option<String>,
    /// The app secret.
    pub password: Option<Secret>,
    /// The bearer token, for calls that act for a user.
    pub access_token: Option<Secret>,
    /// Sent as `User-Agent`.
    pub user_agent: String,
    /// From the start of a call to the request's first byte: name lookup, TCP, proxy and TLS. Zero is no
    /// limit.
    pub connect_timeout: Duration,
    /// From the start of a call to the answer's last byte. Zero is no limit.
    pub timeout: Duration,
    /// How often to make a request again that could not be sent, with pauses that grow, within
    /// `timeout`. A request of which anything may have left is never made again.
    pub retries: u32,
    /// Whether calls of operations by name wait where the last answer said that their category is used up; where the wait
    /// would be longer than `timeout` or `rate_limit_wait`, they fail at once. On unless set.
    pub keep_rate_limits: bool,
    /// The longest that such a wait may be; as long as `timeout` unless set.
    pub rate_limit_wait: Duration,
    /// How many bytes of an answer's body are read, after decompression; a call with a larger answer
    /// fails. 64 MiB unless set. Answers of the OAuth operations have a limit of their own, 1 MiB.
    pub max_answer_bytes: usize,
    /// How connections are made.
    pub connection: ConnectionSettings,
    /// What ends of authorizations and tokens are compared with.
    pub clock: Clock,
}

/// How connections are made. Clients with equal settings can share a pool.
#[derive(Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct ConnectionSettings {
    /// URL of an HTTP proxy, `http://user:password@host:port`; special characters of user name and
    /// password are percent-encoded. Without it the environment decides (`HTTPS_PROXY`, `ALL_PROXY`,
    /// `NO_PROXY`, read when the client is made); loopback hosts are then reached directly. A host
    /// of plain http always is: it must be on this machine, and nothing sent to it leaves it.
    pub proxy: Option<Secret>,
    /// Hosts to reach without a proxy, as in `NO_PROXY` and in its place: `*`, names (with their
    /// subdomains), addresses, networks, each but the last with a port if it is for that alone;
    /// separated by commas.
    pub no_proxy: Option<String>,
    /// More headers for the proxy.
    pub proxy_headers: Vec<(String, Secret)>,
    /// PEM file with certificate authorities to trust beside the public and the system's ones.
    pub ssl_ca_cert: Option<PathBuf>,
    /// The same as PEM text.
    pub ssl_ca_pem: Option<Arc<str>>,
    /// The same, read already: clients that are given clones have one copy between them.
    pub authorities: Option<Authorities>,
    /// PEM file with the client's certificate chain, for mutual TLS.
    pub cert_file: Option<PathBuf>,
    /// PEM file with the client certificate's key; `cert_file` may hold it as well.
    pub key_file: Option<PathBuf>,
    /// How many idle connections to keep to one host; no limit unless set.
    pub pool_max_idle: Option<usize>,
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            host: Environment::Production.host().to_owned(),
            authorization_url: "https://www.pinterest.com/oauth/".to_owned(),
            username: None,
            password: None,
            access_token: None,
            user_agent: concat!("pinterest-sdk/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(60),
            retries: 0,
            keep_rate_limits: true,
            rate_limit_wait: Duration::MAX,
            max_answer_bytes: 64 * 1024 * 1024,
            connection: ConnectionSettings::default(),
            clock: Clock::system(),
        }
    }
}

impl Configuration {
    /// Production, with an app id and secret.
    pub fn new(app_id: impl Into<String>, app_secret: impl Into<Secret>) -> Self {
        Self {
            username: Some(app_id.into()),
            password: Some(app_secret.into()),
            ..Self::default()
        }
    }

    /// The same settings for another environment.
    #[must_use]
    pub fn with_environment(mut self, environment: Environment) -> Self {
        environment.host().clone_into(&mut self.host);
        self
    }

    /// The same settings for another base URL.
    #[must_use]
    pub fn with_host(mut self, host: impl Into<String>) -> Self {
        self.host = host.into();
        self
    }

    /// The same settings with a bearer token.
    #[must_use]
    pub fn with_access_token(mut self, token: impl Into<Secret>) -> Self {
        self.access_token = Some(token.into());
        self
    }

    /// The same settings, with requests made again that could not be sent.
    #[must_use]
    pub fn with_retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The same settings, with another longest wait for what is used up.
    #[must_use]
    pub fn with_rate_limit_wait(mut self, wait: Duration) -> Self {
        self.rate_limit_wait = wait;
        self
    }

    /// The same settings, with Pinterest's limits kept or left to Pinterest.
    #[must_use]
    pub fn with_keep_rate_limits(mut self, keep: bool) -> Self {
        self.keep_rate_limits = keep;
        self
    }

    /// The same settings with another limit for answers, in bytes.
    #[must_use]
    pub fn with_max_answer_bytes(mut self, bytes: usize) -> Self {
        self.max_answer_bytes = bytes;
        self
    }

    /// The same settings with another limit for a whole call.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The same settings with another limit until a request's first byte leaves.
    #[must_use]
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The same settings for another authorization page.
    #[must_use]
    pub fn with_authorization_url(mut self, url: impl Into<String>) -> Self {
        self.authorization_url = url.into();
        self
    }

    /// The same settings for another app.
    #[must_use]
    pub fn with_username(mut self, app_id: impl Into<String>) -> Self {
        self.username = Some(app_id.into());
        self
    }

    /// The same settings with another app secret.
    #[must_use]
    pub fn with_password(mut self, app_secret: impl Into<Secret>) -> Self {
        self.password = Some(app_secret.into());
        self
    }

    /// The same settings under another `User-Agent`.
    #[must_use]
    pub fn with_user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// The same settings with connections made another way.
    #[must_use]
    pub fn with_connection(mut self, connection: ConnectionSettings) -> Self {
        self.connection = connection;
        self
    }

    /// The same settings by another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }
}

impl ConnectionSettings {
    /// The same settings through a proxy.
    #[must_use]
    pub fn with_proxy(mut self, url: impl Into<Secret>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// The same settings with hosts to reach without `proxy`, separated by commas.
    #[must_use]
    pub fn with_no_proxy(mut self, hosts: impl Into<String>) -> Self {
        self.no_proxy = Some(hosts.into());
        self
    }

    /// The same settings with one more header for the proxy.
    #[must_use]
    pub fn with_proxy_header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.proxy_headers.push((name.into(), value.into()));
        self
    }

    /// The same settings with a PEM file of certificate authorities to trust as well.
    #[must_use]
    pub fn with_ssl_ca_cert(mut self, file: impl Into<PathBuf>) -> Self {
        self.ssl_ca_cert = Some(file.into());
        self
    }

    /// The same settings with certificate authorities to trust as well, as PEM text.
    #[must_use]
    pub fn with_ssl_ca_pem(mut self, text: impl Into<Arc<str>>) -> Self {
        self.ssl_ca_pem = Some(text.into());
        self
    }

    /// The same settings with certificate authorities to trust as well that were read already.
    #[must_use]
    pub fn with_authorities(mut self, authorities: Authorities) -> Self {
        self.authorities = Some(authorities);
        self
    }

    /// The same settings with a PEM file of the client's certificate chain, for mutual TLS.
    #[must_use]
    pub fn with_cert_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.cert_file = Some(file.into());
        self
    }

    /// The same settings with a PEM file of the client certificate's key.
    #[must_use]
    pub fn with_key_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.key_file = Some(file.into());
        self
    }

    /// The same settings with a limit to idle connections to one host.
    #[must_use]
    pub fn with_pool_max_idle(mut self, connections: usize) -> Self {
        self.pool_max_idle = Some(connections);
        self
    }
}

/// An address without what stands before an `@` or in its query: it is refused later, and shown before that.
fn without_secrets(address: &str) -> String {
    let mut shown = match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://[redacted]@{rest}"),
        (None, Some((_, rest))) => format!("[redacted]@{rest}"),
        (_, None) => address.to_owned(),
    };
    if let Some(query) = shown.find(['?', '#']) {
        shown.replace_range(query + 1.., "[redacted]");
    }
    shown
}

impl fmt::Debug for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Configuration")
            .field("host", &without_secrets(&self.host))
            .field("authorization_url", &without_secrets(&self.authorization_url))
            .field("username", &self.username)
            .field("password", &self.password)
            .field("access_token", &self.access_token)
            .field("user_agent", &self.user_agent)
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .field("retries", &self.retries)
            .field("keep_rate_limits", &self.keep_rate_limits)
            .field("rate_limit_wait", &self.rate_limit_wait)
            .field("max_answer_bytes", &self.max_answer_bytes)
            .field("connection", &self.connection)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ConnectionSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionSettings")
            .field("proxy", &self.proxy)
            .field("no_proxy", &self.no_proxy)
            .field("ssl_ca_cert", &self.ssl_ca_cert)
            .field("cert_file", &self.cert_file)
            .field("key_file", &self.key_file)
            .field("pool_max_idle", &self.pool_max_idle)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
