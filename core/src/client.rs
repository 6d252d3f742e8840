//! `ApiClient`: requests with credentials, over one pool of connections.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method};
use url::Url;
use zeroize::Zeroizing;

use crate::body::Body;
use crate::configuration::Configuration;
use crate::error::{Error, RateLimit};
use crate::headers;
use crate::request_body::{RequestBody, refuse_control_characters};
use crate::secret::Secret;
use crate::transport::{Answer, Deadlines, Endpoint, Request, Transport};

/// Makes requests to one host with one set of credentials. Cloning is cheap; clones share one pool
/// of connections.
#[derive(Clone)]
pub struct ApiClient {
    configuration: Arc<Configuration>,
    endpoint: Arc<Endpoint>,
    transport: Arc<Transport>,
}

/// What one call does differently.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// Replaces [`Configuration::timeout`].
    pub timeout: Option<Duration>,
    /// Replaces [`Configuration::connect_timeout`].
    pub connect_timeout: Option<Duration>,
    /// More headers, as name and value; of the call's own they replace `Accept` alone.
    pub headers: Vec<(String, Secret)>,
}

impl CallOptions {
    /// The same options with a limit for the whole call.
    #[must_use]
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// The same options with a limit until the request's first byte leaves.
    #[must_use]
    pub fn with_connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// The same options with one more header.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// An answer with its HTTP part.
#[derive(Clone)]
#[non_exhaustive]
pub struct ApiResponse<T> {
    /// What the call returns.
    pub data: T,
    /// The HTTP status.
    pub status: u16,
    /// The response's headers in order of arrival, names in lower case.
    pub headers: Vec<(String, String)>,
    /// What the answer says of the rate limit.
    pub rate_limit: RateLimit,
    /// The body's bytes after decompression.
    pub body: Body,
}

impl<T> ApiResponse<T> {
    pub(crate) fn new(answer: Answer, data: T) -> Self {
        Self {
            data,
            status: answer.status,
            headers: answer.header_list(),
            rate_limit: answer.rate_limit(),
            body: Body::new(answer.body),
        }
    }
}

/// The body is left out: it may hold tokens.
impl<T: fmt::Debug> fmt::Debug for ApiResponse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiResponse")
            .field("data", &self.data)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// Which credential a call carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// None.
    None,
    /// App id and secret (RFC 6749 section 2.3.1).
    Basic,
    /// The access token (RFC 6750 section 2.1).
    Bearer,
}

impl ApiClient {
    /// Checks the configuration and sets up the pool; connects to nothing yet.
    ///
    /// # Errors
    ///
    /// `InvalidInput` naming the setting that cannot be used.
    pub fn new(configuration: Configuration) -> Result<Self, Error> {
        let endpoint = Endpoint::parse(&configuration.host)?;
        let transport = Transport::new(&configuration.connection, &endpoint)?;
        Ok(Self {
            configuration: Arc::new(configuration),
            endpoint: Arc::new(endpoint),
            transport: Arc::new(transport),
        })
    }

    /// A client with other settings. It shares this one's pool unless they ask for other
    /// connections.
    ///
    /// # Errors
    ///
    /// `InvalidInput` naming the setting that cannot be used.
    pub fn reconfigured(&self, configuration: Configuration) -> Result<Self, Error> {
        let endpoint = Endpoint::parse(&configuration.host)?;
        if !self.transport.serves(&configuration.connection, &endpoint) {
            return Self::new(configuration);
        }
        Ok(Self {
            configuration: Arc::new(configuration),
            endpoint: Arc::new(endpoint),
            transport: Arc::clone(&self.transport),
        })
    }

    /// The same client with a pool of its own, for use on another runtime: a connection lives on
    /// the runtime that opened it. TLS sessions are shared.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the pool cannot be set up.
    pub fn with_separate_pool(&self) -> Result<Self, Error> {
        Ok(Self {
            transport: Arc::new(self.transport.separate()?),
            ..self.clone()
        })
    }

    /// The settings.
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// Pinterest's authorization page, checked like the host; its path stays as it is.
    pub(crate) fn authorization_url(&self) -> Result<Url, Error> {
        let url = &self.configuration.authorization_url;
        Endpoint::parse_as("authorization_url", url)?;
        Url::parse(url)
            .map_err(|error| Error::invalid_input(format!("`authorization_url` is not a URL ({error})")))
    }

    /// Sends a request and gives the answer, whatever it says.
    pub(crate) async fn exchange(
        &self,
        method: Method,
        path: &str,
        auth: Auth,
        body: RequestBody<'_>,
        options: &CallOptions,
    ) -> Result<Answer, Error> {
        let mut headers = self.headers(auth, options)?;
        let (content_type, body) = body.encode()?;
        if let Some(content_type) = content_type {
            headers::insert(&mut headers, CONTENT_TYPE.as_str(), content_type)?;
        }
        let deadlines = Deadlines {
            connect: options
                .connect_timeout
                .unwrap_or(self.configuration.connect_timeout),
            total: options.timeout.unwrap_or(self.configuration.timeout),
        };
        let request = Request {
            method,
            path: path.to_owned(),
            headers,
            body,
        };
        self.transport
            .send_or_repeat(&self.endpoint, request, deadlines, self.configuration.retries)
            .await
    }

    /// The origin that answers come from, for messages.
    pub(crate) fn origin(&self) -> &str {
        self.endpoint.origin()
    }

    /// The client's own secrets, which an answer might echo.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.configuration
            .password
            .iter()
            .chain(&self.configuration.access_token)
    }

    fn headers(&self, auth: Auth, options: &CallOptions) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::with_capacity(8);
        for (name, value) in &options.headers {
            headers::insert(&mut headers, name, value.expose())?;
        }
        if let Some(cookie) = headers.get_mut(COOKIE) {
            cookie.set_sensitive(true);
        }
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        headers::insert(&mut headers, USER_AGENT.as_str(), &self.configuration.user_agent)?;
        if let Some(credential) = self.credential(auth)? {
            headers::insert_secret(&mut headers, AUTHORIZATION, &credential)?;
        }
        Ok(headers)
    }

    /// Pinterest takes the Base64 of the plain UTF-8 texts, without percent-encoding them first.
    fn credential(&self, auth: Auth) -> Result<Option<Zeroizing<String>>, Error> {
        match auth {
            Auth::None => Ok(None),
            Auth::Basic => {
                let id = self.configuration.username.as_deref();
                let id = present("username", "the app id", id)?;
                let secret = self.configuration.password.as_ref().map(Secret::expose);
                let secret = present("password", "the app secret", secret)?;
                if id.contains(':') {
                    return Err(Error::invalid_input(
                        "`username` (the app id) holds a colon, which no app id does",
                    ));
                }
                let plain = Zeroizing::new(format!("{id}:{secret}"));
                let encoded = Zeroizing::new(STANDARD.encode(plain.as_bytes()));
                Ok(Some(Zeroizing::new(format!("Basic {}", *encoded))))
            }
            Auth::Bearer => {
                let token = self.configuration.access_token.as_ref().map(Secret::expose);
                let token = present("access_token", "a user's access token", token)?;
                Ok(Some(Zeroizing::new(format!("Bearer {token}"))))
            }
        }
    }
}

/// Shows where it sends, not what.
impl fmt::Debug for ApiClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiClient")
            .field("configuration", &self.configuration)
            .finish_non_exhaustive()
    }
}

fn present<'a>(setting: &str, what: &str, value: Option<&'a str>) -> Result<&'a str, Error> {
    let value = value.filter(|text| !text.is_empty()).ok_or_else(|| {
        Error::invalid_input(format!("`{setting}` ({what}) is not set"))
            .with_hint(format!("set `{setting}` in the configuration; nothing was sent"))
    })?;
    refuse_control_characters(setting, value)?;
    Ok(value)
}
