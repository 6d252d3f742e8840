//! One request, one answer, within limits and deadlines.

use std::pin::{Pin, pin};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, RANGE};
use http::{HeaderMap, HeaderValue, Method};
use reqwest::{Body, Client, Response, redirect};
use rustls::ClientConfig;
use tokio::time::{Instant, timeout_at};

use super::answer::{Answer, MAX_HEAD, head_size};
use super::compression::{self, Content, Unfit};
use super::endpoint::Endpoint;
use super::environment::ProxyVariables;
use super::failure::{self, Peer};
use super::pools::Pools;
use super::route::Route;
use super::sent::{MarkedBody, SentMark, SentWatch};
use super::tls;
use crate::clock::Clock;
use crate::configuration::ConnectionSettings;
use crate::error::Error;
use crate::json;
use crate::redaction::Redactor;
use crate::words::{Setting, words};

/// Bytes of room made for a body before it comes.
const MAX_ROOM: usize = 1024 * 1024;

/// A deadline that is noticed so late was nobody's to notice: the process stood still, stopped or frozen.
const STOOD_STILL: Duration = Duration::from_millis(200);
/// How long it takes at most to look at what has come meanwhile.
const LOOK: Duration = Duration::from_secs(1);

/// A request ready to go.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Told which attempt is under way.
    pub(crate) watch: Option<SentWatch>,
    /// Tells when the answer arrived.
    pub(crate) clock: Clock,
}

/// How long a call may take and how much may come back; times count from its start.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Until the first byte of the request.
    pub(crate) connect: Duration,
    /// Until the last byte of the answer.
    pub(crate) total: Duration,
    /// Bytes of the answer's body, after decompression.
    pub(crate) body: usize,
    /// The setting that allows more of them, if there is one.
    pub(crate) body_setting: Option<Setting>,
}

/// Connections that are all set up alike, in a pool for each runtime.
pub(crate) struct Transport {
    pools: Pools,
    /// TLS sessions are shared by all pools, so that the first connection of each is cheap.
    tls: ClientConfig,
    settings: ConnectionSettings,
    variables: ProxyVariables,
    route: Route,
}

impl Transport {
    pub(crate) fn new(settings: &ConnectionSettings, endpoint: &Endpoint) -> Result<Self, Error> {
        let variables = ProxyVariables::read();
        Ok(Self {
            pools: Pools::default(),
            tls: tls::client_config(settings)?,
            route: Route::find(settings, &variables, endpoint)?,
            settings: settings.clone(),
            variables,
        })
    }

    /// Whether these connections are the ones that the settings ask for. The environment counts as
    /// it was when they were set up.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if there is no way to the endpoint; see [`Route::find`].
    pub(crate) fn serves(&self, settings: &ConnectionSettings, endpoint: &Endpoint) -> Result<bool, Error> {
        Ok(self.settings == *settings && self.route == Route::find(settings, &self.variables, endpoint)?)
    }

    /// The proxy's host and port.
    pub(crate) fn via(&self) -> Option<&str> {
        self.route.via()
    }

    /// Hides what leaves with every request besides the request itself.
    pub(crate) fn hide_secrets(&self, redactor: &mut Redactor) {
        self.route.hide_secrets(redactor);
    }

    fn pool(&self) -> Result<Client, Error> {
        let cannot = |error: reqwest::Error| {
            Error::invalid_input("the HTTP client cannot be set up").with_source(error.without_url())
        };
        let builder = Client::builder()
            .tls_backend_preconfigured(self.tls.clone())
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_only()
            // A line that is no header is no reason to lose an answer that is given but once; one that goes on in
            // the next line is a header (RFC 9112 section 5.2).
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .tcp_nodelay(true)
            .pool_max_idle_per_host(self.settings.pool_max_idle.unwrap_or(usize::MAX));
        self.route.apply(builder).map_err(cannot)?.build().map_err(cannot)
    }

    /// Sends `request` once. Dropping the future ends the connection that it used.
    ///
    /// # Errors
    ///
    /// `InvalidInput` outside of a runtime that can open connections, `Network` without an answer,
    /// `Protocol` for one that breaks HTTP or a limit.
    pub(crate) async fn send(
        &self,
        endpoint: &Endpoint,
        request: Request,
        limits: Limits,
    ) -> Result<Answer, Error> {
        let start = Instant::now();
        let total = deadline(start, limits.total);
        let connecting = deadline(start, limits.connect).min(total);
        let client = self.pools.here(start, connecting, || self.pool())?;
        let mark = SentMark::default();
        if let Some(watch) = &request.watch {
            watch.follow(&mark);
        }
        let origin = endpoint.origin();
        let peer = Peer {
            origin,
            via: self.route.via(),
            only_reads: request.method.is_safe(),
        };
        let mut message = reqwest::Request::new(request.method, endpoint.url(&request.path)?);
        *message.headers_mut() = request.headers;
        // API answers are large. Of what is compressed nobody can read a part.
        if !message.headers().contains_key(RANGE) {
            let wanted = message.headers_mut().entry(ACCEPT_ENCODING);
            wanted.or_insert(HeaderValue::from_static("gzip"));
        }
        *message.body_mut() = Some(Body::wrap(MarkedBody::new(request.body, mark.clone())));

        let mut exchange = pin!(client.execute(message));
        let mut time = Time::until(total);
        let head = match timeout_at(connecting, exchange.as_mut()).await {
            Ok(head) => head,
            Err(_) if mark.withdraw() => return Err(failure::timeout(false, &peer)),
            Err(_) => {
                let head = time.wait(exchange).await;
                head.ok_or_else(|| failure::timeout(true, &peer))?
            }
        };
        let response = head.map_err(|error| failure::classify(error, !mark.withdraw(), &peer))?;
        receive(response, time, &limits, &request.clock, &peer).await
    }
}

/// How long an answer is waited for.
struct Time {
    end: Instant,
    stood_still: bool,
}

impl Time {
    fn until(end: Instant) -> Self {
        Self {
            end,
            stood_still: false,
        }
    }

    /// What comes in time. What came while nobody could look has come in time as well, and may hold what is given but once.
    async fn wait<T>(&mut self, mut work: Pin<&mut impl Future<Output = T>>) -> Option<T> {
        if let Ok(done) = timeout_at(self.end, work.as_mut()).await {
            return Some(done);
        }
        if self.stood_still || self.end.elapsed() < STOOD_STILL {
            return None;
        }
        *self = Self {
            end: Instant::now() + LOOK,
            stood_still: true,
        };
        timeout_at(self.end, work).await.ok()
    }
}

/// A moment that exists, however far away.
fn deadline(start: Instant, limit: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    start + limit.min(FAR)
}

async fn receive(
    mut response: Response,
    mut time: Time,
    limits: &Limits,
    clock: &Clock,
    peer: &Peer<'_>,
) -> Result<Answer, Error> {
    let arrived = clock.time();
    let origin = peer.origin;
    let status = response.status().as_u16();
    let mut headers = std::mem::take(response.headers_mut());
    let protocol = |what: String| Error::protocol(what).with_status(status);
    if head_size(&headers) > MAX_HEAD {
        return Err(protocol(format!(
            "{origin} sent headers of more than {MAX_HEAD} bytes"
        )));
    }
    let layers = compression::layers(&headers).map_err(|coding| {
        protocol(format!(
            "{origin} compressed its answer in a way it was not asked for ({coding})"
        ))
    })?;
    if layers > 0 {
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
    }
    let max_body = limits.body;
    let too_large = || {
        let error = protocol(format!("{origin} sent a body of more than {max_body} bytes"));
        match limits.body_setting {
            Some(setting) => error.with_hint(words![setting, " allows larger ones"]),
            None => error,
        }
    };
    let unfit = |unfit| match unfit {
        Unfit::TooLarge => too_large(),
        Unfit::Damaged(error) => protocol(format!(
            "{origin} did not compress its answer as it says: {error}"
        )),
    };
    // How much comes of what is compressed, nobody knows.
    let announced = response.content_length().filter(|_| layers == 0);
    let announced = usize::try_from(announced.unwrap_or(0)).unwrap_or(usize::MAX);
    if announced > max_body {
        return Err(too_large());
    }
    // Room for what is said to come, but not for whatever is said.
    let mut content = Content::new(layers, announced.clamp(1024, MAX_ROOM), max_body);
    let mut broken_off = loop {
        match time.wait(pin!(response.chunk())).await {
            Some(Ok(Some(chunk))) => match content.take(&chunk) {
                Ok(()) => {}
                Err(Unfit::TooLarge) => return Err(too_large()),
                Err(why) => break Some(unfit(why)),
            },
            Some(Ok(None)) => break None,
            Some(Err(error)) => break Some(failure::classify(error, true, peer).with_status(status)),
            None => break Some(failure::timeout(true, peer)),
        }
    };
    if let Err(why) = content.end() {
        broken_off.get_or_insert_with(|| unfit(why));
    }
    let body = content.body();
    // What is given but once, as tokens are, is not lost with the end of its transfer, without which a message is not
    // complete (RFC 9112 section 8): that its content is all there, a whole JSON text says itself.
    if let Some(error) = broken_off.filter(|_| !json::is_whole(&body)) {
        return Err(error);
    }
    Ok(Answer {
        status,
        headers,
        body,
        arrived,
    })
}
