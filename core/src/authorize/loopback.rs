//! Login on this machine: a listener on the redirect URI's port, a browser, a token.

use std::collections::VecDeque;
use std::fmt;
use std::future::pending;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::timeout;
use url::{Host, Url};

use super::page::{self, Visit};
use super::pending::PendingAuthorization;
use super::request::AuthorizationRequest;
use crate::client::ApiClient;
use crate::error::{Error, Outcome, Phase};
use crate::models::OauthAccessTokenResponse;

/// Conversations at a time; with more, the oldest gives way, so that a scanner that says nothing
/// keeps nobody out.
const MAX_CONNECTIONS: usize = 16;
/// How long one may take to say what it wants.
const CONVERSATION: Duration = Duration::from_secs(10);

/// A visit that carries this authorization's callback, and the connection that waits for a page.
struct Arrival {
    target: String,
    stream: TcpStream,
}

/// The target holds a code.
impl fmt::Debug for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arrival").finish_non_exhaustive()
    }
}

/// A login on this machine that listens already, and whose page nobody has opened yet
/// (RFC 8252 sections 7.3 and 8.3). Dropping it frees the port.
#[derive(Debug)]
pub struct LoopbackLogin {
    client: ApiClient,
    pending: PendingAuthorization,
    redirect: Redirect,
    listeners: Vec<std::net::TcpListener>,
}

impl LoopbackLogin {
    /// Listens on the loopback port of the request's redirect URI. Needs no runtime.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if the redirect URI is not on this machine or its port is taken, and those of
    /// [`AuthorizationRequest::start`].
    pub fn start(client: &ApiClient, request: &AuthorizationRequest) -> Result<Self, Error> {
        let pending = request.start(client)?;
        let redirect = Redirect::parse(pending.redirect_uri())?;
        let listeners = redirect.listen()?;
        Ok(Self {
            client: client.clone(),
            pending,
            redirect,
            listeners,
        })
    }

    /// Where to send the person. Holds no secret.
    pub fn url(&self) -> &str {
        self.pending.url()
    }

    /// Waits for the callback, exchanges its code and tells the person's browser how it went.
    /// Dropping the future ends the login; the port is free after every exit.
    ///
    /// # Errors
    ///
    /// `Authorization` if the person does not allow it, `Network` if nobody comes before the
    /// authorization ends, and those of [`OauthApi::oauth_token`](crate::OauthApi::oauth_token).
    pub async fn finish(self) -> Result<OauthAccessTokenResponse, Error> {
        self.wait().await?.exchange().await
    }

    /// Waits for the callback, the first half of [`finish`](Self::finish): nothing is sent yet, and
    /// dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// `Network` if nobody comes before the authorization ends.
    pub async fn wait(self) -> Result<LoopbackCallback, Error> {
        let listeners = self
            .listeners
            .into_iter()
            .map(TcpListener::from_std)
            .collect::<Result<_, _>>()
            .map_err(|error| self.redirect.cannot_open(error))?;
        let (client, pending) = (&self.client, &self.pending);
        let wait = Duration::from_secs(
            u64::try_from(pending.expires_at() - client.configuration().clock.now()).unwrap_or(0),
        );
        let arrival = timeout(wait, first_arrival(client, pending, &self.redirect, listeners))
            .await
            .map_err(|_| {
                Error::network(
                    Phase::Timeout,
                    Outcome::NotSent,
                    "nobody came back from Pinterest's page in time",
                )
                .with_hint("start the login again")
            })?;
        Ok(LoopbackCallback {
            client: self.client,
            pending: self.pending,
            arrival,
        })
    }
}

/// A callback that came, from a browser that waits for a page.
#[derive(Debug)]
pub struct LoopbackCallback {
    client: ApiClient,
    pending: PendingAuthorization,
    arrival: Arrival,
}

impl LoopbackCallback {
    /// Exchanges the callback's code and tells the person's browser how it went. Dropping the future
    /// may lose a token that was issued.
    ///
    /// # Errors
    ///
    /// `Authorization` if the person does not allow it, and those of
    /// [`OauthApi::oauth_token`](crate::OauthApi::oauth_token).
    pub async fn exchange(self) -> Result<OauthAccessTokenResponse, Error> {
        let Self {
            client,
            pending,
            arrival,
        } = self;
        let callback = pending.verify(&client, &arrival.target)?;
        let result = pending.exchange(&client, &callback).await;
        let answer = match &result {
            Ok(_) => page::done(),
            Err(error) => page::failed(error.message()),
        };
        let mut stream = arrival.stream;
        // The login has ended whether or not the browser still listens.
        let _ = timeout(CONVERSATION, async {
            stream.write_all(answer.as_bytes()).await?;
            stream.shutdown().await
        })
        .await;
        result
    }
}

/// Logs a person in: a [`LoopbackLogin`] from start to finish. `show` gets the URL, to open it in a
/// browser (`open_browser`, with the feature `browser`) or to print it.
///
/// # Errors
///
/// Those of [`LoopbackLogin::start`] and [`LoopbackLogin::finish`].
pub async fn login(
    client: &ApiClient,
    request: &AuthorizationRequest,
    show: impl FnOnce(&str),
) -> Result<OauthAccessTokenResponse, Error> {
    let login = LoopbackLogin::start(client, request)?;
    show(login.url());
    login.finish().await
}

/// The first callback that is this authorization's. Whoever else comes gets a short answer, and
/// the wait goes on.
async fn first_arrival(
    client: &ApiClient,
    authorization: &PendingAuthorization,
    redirect: &Redirect,
    listeners: Vec<TcpListener>,
) -> Arrival {
    let (send, mut arrivals) = mpsc::channel::<Arrival>(MAX_CONNECTIONS);
    let mut conversations = JoinSet::new();
    let mut oldest_first = VecDeque::new();
    let mut listeners = listeners.into_iter();
    let (first, second) = (listeners.next(), listeners.next());
    loop {
        tokio::select! {
            Some(mut arrival) = arrivals.recv() => {
                match authorization.verify(client, &arrival.target) {
                    Ok(_) => return arrival,
                    Err(error) => {
                        let answer = page::refused(error.message());
                        conversations.spawn(async move {
                            // Whoever it was may be gone.
                            let _ = timeout(CONVERSATION, arrival.stream.write_all(answer.as_bytes())).await;
                        });
                    }
                }
            }
            stream = accept(first.as_ref(), second.as_ref()) => {
                let (send, redirect) = (send.clone(), redirect.clone());
                oldest_first.retain(|conversation: &AbortHandle| !conversation.is_finished());
                if oldest_first.len() >= MAX_CONNECTIONS
                    && let Some(oldest) = oldest_first.pop_front()
                {
                    oldest.abort();
                }
                oldest_first.push_back(conversations.spawn(async move {
                    let _ = timeout(CONVERSATION, converse(stream, &redirect, send)).await;
                }));
            }
            Some(_) = conversations.join_next() => {}
        }
    }
}

/// The next connection on either listener.
async fn accept(first: Option<&TcpListener>, second: Option<&TcpListener>) -> TcpStream {
    async fn one(listener: Option<&TcpListener>) -> TcpStream {
        let Some(listener) = listener else {
            return pending().await;
        };
        loop {
            match listener.accept().await {
                Ok((stream, _)) => return stream,
                // Too many files, or a client that left: the next may do better.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
    tokio::select! {
        stream = one(first) => stream,
        stream = one(second) => stream,
    }
}

async fn converse(mut stream: TcpStream, redirect: &Redirect, arrivals: mpsc::Sender<Arrival>) {
    let answer = match page::read(&mut stream, redirect.port).await {
        Ok(Visit { target }) if page::path(&target) == redirect.path => {
            // If nobody receives, the login is over and the connection closes.
            let _ = arrivals.send(Arrival { target, stream }).await;
            return;
        }
        Ok(_) => page::not_found(),
        Err(answer) => answer,
    };
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// A redirect URI that leads to this machine.
#[derive(Debug, Clone)]
struct Redirect {
    addresses: Vec<SocketAddr>,
    port: u16,
    path: String,
}

impl Redirect {
    fn parse(uri: &str) -> Result<Self, Error> {
        let refuse = |why: &str| {
            Error::invalid_input(format!("`redirect_uri` {why}"))
                .with_hint("register http://localhost:8085/ for the app and use it here, byte for byte")
        };
        let url = Url::parse(uri).map_err(|_| refuse("is not a URL"))?;
        if url.scheme() != "http" {
            return Err(refuse(
                "is not http, so a login on this machine cannot listen for it",
            ));
        }
        let port = url.port().ok_or_else(|| refuse("names no port"))?;
        let (v4, v6) = (Ipv4Addr::LOCALHOST, Ipv6Addr::LOCALHOST);
        let addresses = match url.host() {
            Some(Host::Domain("localhost")) => vec![(v4, port).into(), (v6, port).into()],
            Some(Host::Ipv4(address)) if address == v4 => vec![(v4, port).into()],
            Some(Host::Ipv6(address)) if address == v6 => vec![(v6, port).into()],
            _ => return Err(refuse("does not lead to this machine")),
        };
        Ok(Self {
            addresses,
            port,
            path: url.path().to_owned(),
        })
    }

    /// Listens on every address that the name can lead to; a machine without IPv6 has only one.
    fn listen(&self) -> Result<Vec<std::net::TcpListener>, Error> {
        let mut listeners = Vec::new();
        let mut failure = None;
        for address in &self.addresses {
            match listen_on(address) {
                Ok(listener) => listeners.push(listener),
                Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                    return Err(Error::invalid_input(format!("port {} is in use", self.port))
                        .with_hint("end the program that uses it, or register another redirect URI")
                        .with_source(error));
                }
                Err(error) => failure = Some(error),
            }
        }
        match (listeners.is_empty(), failure) {
            (true, Some(error)) => Err(self.cannot_open(error)),
            _ => Ok(listeners),
        }
    }

    fn cannot_open(&self, error: std::io::Error) -> Error {
        Error::invalid_input(format!("port {} cannot be opened: {error}", self.port)).with_source(error)
    }
}

fn listen_on(address: &SocketAddr) -> std::io::Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}
