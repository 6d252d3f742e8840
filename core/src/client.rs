//! `ApiClient`: requests with credentials, over one pool of connections.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, TRANSFER_ENCODING, USER_AGENT,
};
use http::{HeaderMap, HeaderValue, Method};
use tokio::time::Instant;
use url::Url;
use zeroize::Zeroizing;

use crate::body::Body;
use crate::configuration::Configuration;
use crate::credential::{self, Alphabet, trimmed, trimmed_secret};
use crate::error::{Error, RateLimit};
use crate::headers;
use crate::redaction::Redactor;
use crate::request_body::RequestBody;
use crate::secret::Secret;
use crate::transport::{Answer, Endpoint, Limits, Repeats, Request, SentWatch, Transport};
use crate::words::{Setting, Word, words};
use limits::KnownLimits;

/// Makes requests to one host with one set of credentials. Cloning is cheap; clones share one pool
/// of connections.
#[derive(Clone)]
pub struct ApiClient {
    configuration: Arc<Configuration>,
    endpoint: Arc<Endpoint>,
    transport: Arc<Transport>,
    limits: Arc<KnownLimits>,
    /// Set by the one call of a client that was made for it.
    watch: Option<SentWatch>,
}

/// What one call does differently.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    /// Replaces [`Configuration::timeout`]; zero is no limit.
    pub timeout: Option<Duration>,
    /// Replaces [`Configuration::connect_timeout`]; zero is no limit.
    pub connect_timeout: Option<Duration>,
    /// More headers, as name and value; of the call's own they replace `Accept` alone. What says how long the
    /// body is counts for nothing: the body is.
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

/// A request before it is encoded.
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) auth: Auth,
    pub(crate) body: RequestBody<'a>,
    pub(crate) options: &'a CallOptions,
    /// Whether it may be made again whatever became of it.
    pub(crate) freely: bool,
    /// The category that it is counted in, where that is known.
    pub(crate) category: Option<&'static str>,
    /// The operation's own limit for the answer's body, in place of the configuration's.
    pub(crate) max_answer: Option<usize>,
}

impl ApiClient {
    /// Checks the configuration and sets up the pool; connects to nothing yet.
    ///
    /// # Errors
    ///
    /// `InvalidInput` naming the setting that cannot be used.
    pub fn new(configuration: Configuration) -> Result<Self, Error> {
        let configuration = with_trimmed_values(configuration);
        let endpoint = Endpoint::parse(&configuration.host)?;
        let transport = Transport::new(&configuration.connection, &endpoint)?;
        Ok(Self {
            configuration: Arc::new(configuration),
            endpoint: Arc::new(endpoint),
            transport: Arc::new(transport),
            limits: Arc::default(),
            watch: None,
        })
    }

    /// The settings, with nothing around the credentials and addresses that nobody sees.
    pub fn configuration(&self) -> &Configuration {
        &self.configuration
    }

    /// Host and port of the proxy that requests go through, if there is one: of the settings, or of
    /// the environment as it was when the pool was set up.
    pub fn proxy(&self) -> Option<&str> {
        self.transport.via()
    }

    /// Pinterest's authorization page, checked like the host; its path stays as it is.
    pub(crate) fn authorization_url(&self) -> Result<Url, Error> {
        let url = &self.configuration.authorization_url;
        Endpoint::parse_as(Setting::AuthorizationUrl, url)?;
        Url::parse(url).map_err(|error| {
            Error::invalid_input(words![
                Setting::AuthorizationUrl,
                format!(" is not a URL ({error})")
            ])
        })
    }

    /// Sends a request and gives the answer, whatever it says. An error may quote the answer's head:
    /// what `redactor` makes takes the request's secrets out.
    pub(crate) async fn exchange(
        &self,
        call: Call<'_>,
        redactor: impl Fn() -> Redactor,
    ) -> Result<Answer, Error> {
        let Call {
            method,
            path,
            auth,
            body,
            options,
            freely,
            category,
            max_answer,
        } = call;
        let start = Instant::now();
        let mut headers = self.headers(auth, options)?;
        let (content_type, body) = body.encode()?;
        if let Some(content_type) = content_type {
            headers::insert(&mut headers, CONTENT_TYPE.as_str(), content_type)?;
        }
        let mut limits = Limits {
            connect: limit(
                options
                    .connect_timeout
                    .unwrap_or(self.configuration.connect_timeout),
            ),
            total: limit(options.timeout.unwrap_or(self.configuration.timeout)),
            body: max_answer.unwrap_or(self.configuration.max_answer_bytes),
            body_setting: max_answer.is_none().then_some(Setting::MaxAnswerBytes),
        };
        let request = Request {
            method,
            path: path.to_owned(),
            headers,
            body,
            watch: self.watch.clone(),
            clock: self.configuration.clock.clone(),
        };
        let repeats = Repeats {
            retries: self.configuration.retries,
            freely,
        };
        let counted = self.counted(auth, category)?;
        if let Some(counted) = &counted {
            let patience = limits.total.min(self.configuration.rate_limit_wait);
            self.wait_for(counted, patience).await?;
            limits.total = limits.total.saturating_sub(start.elapsed());
        }
        let heard = |answer: &Answer| {
            if let Some(counted) = &counted {
                self.hear(counted, answer);
            }
        };
        self.transport
            .send_or_repeat(&self.endpoint, request, limits, repeats, heard)
            .await
            .map_err(|error| {
                let redactor = redactor();
                error.with_foreign(|text| redactor.redact(text, text.len()))
            })
    }

    /// Who answers, as messages call it: `Pinterest`, or the origin of another server that
    /// [`Configuration::host`] names.
    pub fn party(&self) -> &str {
        self.endpoint.party()
    }

    /// The origin that answers come from, for messages.
    pub(crate) fn origin(&self) -> &str {
        self.endpoint.origin()
    }

    fn headers(&self, auth: Auth, options: &CallOptions) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::with_capacity(8);
        for (name, value) in &options.headers {
            headers::insert(&mut headers, name, value.expose())?;
        }
        // A wrong one would part the connection's requests in the wrong place.
        for framing in [CONTENT_LENGTH, TRANSFER_ENCODING] {
            headers.remove(framing);
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

    /// The app id, fit to be sent.
    pub(crate) fn app_id(&self) -> Result<&str, Error> {
        let id = self.configuration.username.as_deref();
        let id = present(Setting::Username, id, Alphabet::Visible)?;
        if id.contains(':') {
            return Err(Error::invalid_input(words![
                Word::Explained(Setting::Username),
                " holds a colon, which no app id does"
            ]));
        }
        credential::check_app(Setting::Username, id)?;
        Ok(id)
    }

    /// The app secret, fit to be sent.
    pub(crate) fn app_secret(&self) -> Result<&Secret, Error> {
        let secret = self.configuration.password.as_ref();
        let text = present(Setting::Password, secret.map(Secret::expose), Alphabet::Visible)?;
        credential::check_app(Setting::Password, text)?;
        secret.ok_or_else(|| not_set(Setting::Password))
    }

    /// Pinterest takes the Base64 of the plain UTF-8 texts, without percent-encoding them first.
    fn credential(&self, auth: Auth) -> Result<Option<Zeroizing<String>>, Error> {
        match auth {
            Auth::None => Ok(None),
            Auth::Basic => {
                let (id, secret) = (self.app_id()?, self.app_secret()?.expose());
                let plain = Zeroizing::new(format!("{id}:{secret}"));
                let encoded = Zeroizing::new(STANDARD.encode(plain.as_bytes()));
                Ok(Some(Zeroizing::new(format!("Basic {}", *encoded))))
            }
            Auth::Bearer => {
                let token = self.configuration.access_token.as_ref().map(Secret::expose);
                let token = present(Setting::AccessToken, token, Alphabet::Token)?;
                credential::check_access_token(token)?;
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

/// Zero is no limit, as a timeout of zero has been to the published clients.
pub(crate) fn limit(time: Duration) -> Duration {
    if time.is_zero() { Duration::MAX } else { time }
}

fn with_trimmed_values(mut configuration: Configuration) -> Configuration {
    for url in [&mut configuration.host, &mut configuration.authorization_url] {
        *url = trimmed(url).to_owned();
    }
    configuration.username = configuration.username.map(|id| trimmed(&id).to_owned());
    configuration.password = configuration.password.map(trimmed_secret);
    configuration.access_token = configuration.access_token.map(trimmed_secret);
    configuration
}

fn present(setting: Setting, value: Option<&str>, alphabet: Alphabet) -> Result<&str, Error> {
    let value = value
        .filter(|text| !text.is_empty())
        .ok_or_else(|| not_set(setting))?;
    credential::check(setting, value, alphabet)?;
    Ok(value)
}

fn not_set(setting: Setting) -> Error {
    let variable = match setting {
        Setting::Username => Some("PINTEREST_APP_ID"),
        Setting::Password => Some("PINTEREST_APP_SECRET"),
        Setting::AccessToken => Some("PINTEREST_ACCESS_TOKEN"),
        _ => None,
    };
    let variable = variable.map_or_else(String::new, |name| {
        format!(", or {name} where the environment is read")
    });
    Error::invalid_input(words![Word::Explained(setting), " is not set"]).with_hint(words![
        "set ",
        setting,
        format!(" in the configuration{variable}; nothing was sent")
    ])
}

mod limits;
mod secrets;
mod variants;

#[cfg(test)]
mod tests;
