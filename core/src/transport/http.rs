//! One request, one answer, within limits and deadlines.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};
use reqwest::{Body, Client, Response, redirect};
use rustls::ClientConfig;
use tokio::time::{Instant, timeout_at};
use zeroize::Zeroizing;

use super::answer::{Answer, MAX_BODY, MAX_HEAD, head_size};
use super::endpoint::Endpoint;
use super::failure::{self, Peer};
use super::proxy::{Route, is_direct};
use super::sent::{MarkedBody, SentMark};
use super::tls;
use crate::configuration::ConnectionSettings;
use crate::error::Error;

/// A request ready to go.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Set when it begins to leave.
    pub(crate) mark: SentMark,
}

/// Limits in time, both counted from the start of the call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadlines {
    /// Until the first byte of the request.
    pub(crate) connect: Duration,
    /// Until the last byte of the answer.
    pub(crate) total: Duration,
}

/// A pool of connections that were all set up alike.
pub(crate) struct Transport {
    client: Client,
    tls: ClientConfig,
    settings: ConnectionSettings,
    route: Route,
}

impl Transport {
    pub(crate) fn new(settings: &ConnectionSettings, endpoint: &Endpoint) -> Result<Self, Error> {
        Self::with_tls(
            tls::client_config(settings)?,
            settings.clone(),
            Route::find(settings, endpoint)?,
        )
    }

    /// A pool of its own, set up alike; TLS sessions are shared, so its first connection is cheap.
    pub(crate) fn separate(&self) -> Result<Self, Error> {
        Self::with_tls(self.tls.clone(), self.settings.clone(), self.route.clone())
    }

    /// Whether this pool's connections are the ones that the settings ask for.
    pub(crate) fn serves(&self, settings: &ConnectionSettings, endpoint: &Endpoint) -> bool {
        self.settings == *settings && self.route.is_direct() == is_direct(settings, endpoint)
    }

    fn with_tls(tls: ClientConfig, settings: ConnectionSettings, route: Route) -> Result<Self, Error> {
        let builder = Client::builder()
            .tls_backend_preconfigured(tls.clone())
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .http1_only()
            .tcp_nodelay(true)
            .pool_max_idle_per_host(settings.pool_max_idle.unwrap_or(usize::MAX));
        let client = route
            .apply(builder)
            .build()
            .map_err(|error| Error::invalid_input("the HTTP client cannot be set up").with_source(error))?;
        Ok(Self {
            client,
            tls,
            settings,
            route,
        })
    }

    /// Sends `request` once. Dropping the future ends the connection that it used.
    ///
    /// # Errors
    ///
    /// `Network` without an answer, `Protocol` for one that breaks HTTP or a limit.
    pub(crate) async fn send(
        &self,
        endpoint: &Endpoint,
        request: Request,
        deadlines: Deadlines,
    ) -> Result<Answer, Error> {
        let start = Instant::now();
        let mark = request.mark;
        let origin = endpoint.origin();
        let peer = Peer {
            origin,
            via: self.route.via(),
        };
        let mut message = reqwest::Request::new(request.method, endpoint.url(&request.path)?);
        *message.headers_mut() = request.headers;
        *message.body_mut() = Some(Body::wrap(MarkedBody::new(request.body, mark.clone())));

        let total = deadline(start, deadlines.total);
        let mut exchange = std::pin::pin!(async {
            let response = self
                .client
                .execute(message)
                .await
                .map_err(|error| failure::classify(error, mark.is_set(), &peer))?;
            receive(response, &peer).await
        });
        let connecting = deadline(start, deadlines.connect).min(total);
        if let Ok(done) = timeout_at(connecting, exchange.as_mut()).await {
            return done;
        }
        if !mark.is_set() {
            return Err(failure::timeout(false, &peer));
        }
        timeout_at(total, exchange)
            .await
            .unwrap_or_else(|_| Err(failure::timeout(true, &peer)))
    }
}

/// A moment that exists, however far away.
fn deadline(start: Instant, limit: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    start + limit.min(FAR)
}

async fn receive(mut response: Response, peer: &Peer<'_>) -> Result<Answer, Error> {
    let origin = peer.origin;
    let status = response.status().as_u16();
    let headers = std::mem::take(response.headers_mut());
    let protocol = |what: String| Err(Error::protocol(what).with_status(status));
    if head_size(&headers) > MAX_HEAD {
        return protocol(format!("{origin} sent headers of more than {MAX_HEAD} bytes"));
    }
    if (300..400).contains(&status) {
        return protocol(format!(
            "{origin} answered with a redirect, which is not followed"
        ))
        .map_err(|error| error.with_hint("check `host`: an API address does not redirect"));
    }
    if let Some(encoding) = headers
        .get("content-encoding")
        .filter(|value| *value != "identity")
    {
        return protocol(format!(
            "{origin} compressed its answer in a way it was not asked for ({})",
            encoding.to_str().unwrap_or("unreadable")
        ));
    }
    let announced = response.content_length().unwrap_or(0);
    let too_large = || format!("{origin} sent a body of more than {MAX_BODY} bytes");
    if announced > MAX_BODY as u64 {
        return protocol(too_large());
    }
    let mut body = Zeroizing::new(Vec::with_capacity(
        usize::try_from(announced).unwrap_or(0).max(1024),
    ));
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| failure::classify(error, true, peer).with_status(status))?
    {
        if body.len() + chunk.len() > MAX_BODY {
            return protocol(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status,
        headers,
        body,
    })
}
