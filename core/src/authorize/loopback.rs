//! Login on this machine: a listener on the redirect URI's port, a browser, a token.

use std::fmt;
use std::pin::pin;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time::timeout;

use super::authorization_request::AuthorizationRequest;
use super::page;
use super::pending::PendingAuthorization;
use super::redirect::Redirect;
use super::visitors::{Visitors, Waiting};
use crate::client::{ApiClient, CallOptions};
use crate::error::{Error, Outcome};
use crate::models::{OauthAccessTokenRequest, OauthAccessTokenResponse};
use crate::runtime;
use crate::stop::Phase;

/// A login on this machine that listens already, and whose page nobody has opened yet
/// (RFC 8252 sections 7.3 and 8.3). Dropping it frees the port.
#[derive(Debug)]
pub struct LoopbackLogin {
    client: ApiClient,
    pending: PendingAuthorization,
    redirect: Redirect,
    listeners: Vec<std::net::TcpListener>,
    options: CallOptions,
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
            options: CallOptions::default(),
        })
    }

    /// The same login, whose exchange of the code has these options.
    #[must_use]
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
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
    /// Those of [`wait`](Self::wait) and [`LoopbackCallback::exchange`].
    pub async fn finish(self) -> Result<OauthAccessTokenResponse, Error> {
        self.wait().await?.exchange().await
    }

    /// Waits for the callback, the first half of [`finish`](Self::finish): nothing is sent yet, and
    /// dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// `Network` if nobody comes before the authorization ends, `InvalidInput` outside of a tokio
    /// runtime with sockets and timers.
    pub async fn wait(self) -> Result<LoopbackCallback, Error> {
        runtime::equipped()?;
        let listeners = self
            .listeners
            .into_iter()
            .map(TcpListener::from_std)
            .collect::<Result<_, _>>()
            .map_err(|error| self.redirect.cannot_open(error))?;
        let now = self.client.configuration().clock.now();
        let left = self.pending.expires_at().saturating_sub(now);
        let wait = Duration::from_secs(u64::try_from(left).unwrap_or(0));
        let mut visitors = Visitors::new(
            self.client.clone(),
            self.pending.clone(),
            self.redirect,
            listeners,
        );
        let arrival = timeout(wait, visitors.arrival()).await.map_err(|_| {
            Error::network(
                Phase::Timeout,
                Outcome::NotSent,
                "nobody came back from Pinterest's page in time",
            )
            .with_hint("start the login again")
        })?;
        let target = arrival.target.clone();
        let mut waiting = Waiting::default();
        waiting.add(arrival);
        Ok(LoopbackCallback {
            client: self.client,
            pending: self.pending,
            visitors,
            target,
            waiting,
            options: self.options,
        })
    }
}

/// A callback that came, from a browser that waits for a page. Dropping it frees the port, and says
/// on that page that the login was ended.
pub struct LoopbackCallback {
    client: ApiClient,
    pending: PendingAuthorization,
    visitors: Visitors,
    target: String,
    waiting: Waiting,
    options: CallOptions,
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
        let (token, browser) = self.exchange_untold().await?;
        browser.tell(Ok(())).await;
        Ok(token)
    }

    /// The same, for a program that keeps the token before anybody is told that it worked: it tells
    /// the browser, which waits for that. A failure is told as by [`exchange`](Self::exchange).
    ///
    /// # Errors
    ///
    /// As [`exchange`](Self::exchange).
    pub async fn exchange_untold(self) -> Result<(OauthAccessTokenResponse, WaitingBrowser), Error> {
        let Self {
            client,
            pending,
            mut visitors,
            target,
            mut waiting,
            options,
        } = self;
        let result = {
            let mut exchange = pin!(async {
                let callback = pending.verify(&client, &target)?;
                pending.exchange(&client, &callback, &options).await
            });
            loop {
                tokio::select! {
                    biased;
                    result = &mut exchange => break result,
                    // The same page once more, whose tab may be the one that is looked at.
                    again = visitors.arrival() => waiting.add(again),
                }
            }
        };
        drop(visitors);
        let browser = WaitingBrowser(waiting);
        match result {
            Ok(response) => Ok((response.data, browser)),
            Err(error) => {
                browser.tell(Err(error.message())).await;
                Err(error)
            }
        }
    }
}

/// The two halves of [`exchange`](LoopbackCallback::exchange), for a program that sends the request in its
/// own way.
impl LoopbackCallback {
    /// The request that exchanges the callback's code; see [`PendingAuthorization::redeem`].
    ///
    /// # Errors
    ///
    /// `Authorization`, as [`exchange`](Self::exchange).
    pub fn redeem(&self) -> Result<OauthAccessTokenRequest, Error> {
        let callback = self.pending.verify(&self.client, &self.target)?;
        self.pending.counted_request(&self.client, &callback)
    }

    /// Tells the person's browser how it went: well, or not, with the reason. The port is free then.
    pub async fn tell(self, result: Result<(), &str>) {
        drop(self.visitors);
        WaitingBrowser(self.waiting).tell(result).await;
    }
}

/// The browser of a person whose code was exchanged: it waits for a page that says how it went.
/// Dropping it says that the login was ended.
pub struct WaitingBrowser(Waiting);

impl WaitingBrowser {
    /// Tells it that the person is connected, or why not.
    pub async fn tell(self, result: Result<(), &str>) {
        let answer = match result {
            Ok(()) => page::done(),
            Err(why) => page::failed(why),
        };
        self.0.answer(&answer).await;
    }

    /// Tells it that Pinterest answered and the program is not done yet, so that nobody looks at a
    /// page that does not come.
    pub async fn tell_that_it_goes_on(self) {
        self.0.answer(&page::going_on()).await;
    }
}

impl fmt::Debug for WaitingBrowser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitingBrowser").finish_non_exhaustive()
    }
}

/// Leaves out the callback, which holds a code.
impl fmt::Debug for LoopbackCallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoopbackCallback")
            .field("pending", &self.pending)
            .finish_non_exhaustive()
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
