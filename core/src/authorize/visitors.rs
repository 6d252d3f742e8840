//! Whoever comes to the loopback listener, heard side by side.

use std::collections::VecDeque;
use std::future::pending;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::timeout;

use super::page;
use super::pending::PendingAuthorization;
use super::redirect::Redirect;
use super::visit::{self, Visit};
use crate::client::ApiClient;

/// Conversations at a time; with more, the oldest gives way, so that a scanner that says nothing
/// keeps nobody out.
const MAX_CONNECTIONS: usize = 16;
/// How long one may take to say what it wants, or to take its answer.
const CONVERSATION: Duration = Duration::from_secs(10);
/// How long to listen to whoever was answered.
const LINGER: Duration = Duration::from_millis(250);

/// A visit that carries this authorization's callback, and the connection that waits for a page.
pub(super) struct Arrival {
    pub(super) target: String,
    stream: TcpStream,
}

/// Everybody who comes. Dropping it frees the port and ends every conversation but the arrivals'.
pub(super) struct Visitors {
    client: ApiClient,
    authorization: PendingAuthorization,
    redirect: Redirect,
    listeners: [Option<TcpListener>; 2],
    conversations: JoinSet<()>,
    oldest_first: VecDeque<AbortHandle>,
    send: mpsc::Sender<Arrival>,
    arrivals: mpsc::Receiver<Arrival>,
}

impl Visitors {
    /// Needs a runtime.
    pub(super) fn new(
        client: ApiClient,
        authorization: PendingAuthorization,
        redirect: Redirect,
        listeners: Vec<TcpListener>,
    ) -> Self {
        let (send, arrivals) = mpsc::channel(MAX_CONNECTIONS);
        let mut listeners = listeners.into_iter();
        Self {
            client,
            authorization,
            redirect,
            listeners: [listeners.next(), listeners.next()],
            conversations: JoinSet::new(),
            oldest_first: VecDeque::new(),
            send,
            arrivals,
        }
    }

    /// The next callback that is this authorization's. Whoever else comes gets a short answer, and
    /// the wait goes on. Dropping the future loses nobody.
    pub(super) async fn arrival(&mut self) -> Arrival {
        loop {
            tokio::select! {
                Some(arrival) = self.arrivals.recv() => {
                    match self.authorization.verify(&self.client, &arrival.target) {
                        Ok(_) => return arrival,
                        Err(error) => {
                            let answer = page::refused(error.message());
                            self.converse(answer_to(arrival.stream, answer));
                        }
                    }
                }
                stream = accept(&self.listeners) => {
                    let (send, redirect) = (self.send.clone(), self.redirect.clone());
                    self.converse(hear(stream, redirect, send));
                }
                Some(_) = self.conversations.join_next() => {}
            }
        }
    }

    fn converse(&mut self, conversation: impl Future<Output = ()> + Send + 'static) {
        self.oldest_first.retain(|one| !one.is_finished());
        if self.oldest_first.len() >= MAX_CONNECTIONS
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            oldest.abort();
        }
        self.oldest_first
            .push_back(self.conversations.spawn(conversation));
    }
}

/// Those who wait for the same answer: a browser may load a page twice. At most as many as
/// conversations. Dropped without an answer, they are told that the login was ended.
#[derive(Default)]
pub(super) struct Waiting(Vec<Arrival>);

impl Waiting {
    pub(super) fn add(&mut self, arrival: Arrival) {
        if self.0.len() < MAX_CONNECTIONS {
            self.0.push(arrival);
        }
    }

    /// Answers them all at once. The login has ended whether or not they still listen.
    pub(super) async fn answer(mut self, answer: &str) {
        let mut answers = JoinSet::new();
        for arrival in std::mem::take(&mut self.0) {
            answers.spawn(answer_to(arrival.stream, answer.to_owned()));
        }
        while answers.join_next().await.is_some() {}
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        for arrival in &self.0 {
            // At once or not at all; a page is smaller than what a connection takes.
            let _ = arrival.stream.try_write(page::ended().as_bytes());
        }
    }
}

/// The next connection on either listener.
async fn accept(listeners: &[Option<TcpListener>; 2]) -> TcpStream {
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
        stream = one(listeners[0].as_ref()) => stream,
        stream = one(listeners[1].as_ref()) => stream,
    }
}

async fn hear(mut stream: TcpStream, redirect: Redirect, arrivals: mpsc::Sender<Arrival>) {
    let Ok(heard) = timeout(CONVERSATION, visit::read(&mut stream, redirect.port())).await else {
        return;
    };
    let answer = match heard {
        Ok(Visit { target }) if page::path(&target) == redirect.path() => {
            // If nobody receives, the login is over and the connection closes.
            let _ = arrivals.send(Arrival { target, stream }).await;
            return;
        }
        Ok(_) => page::not_found(),
        Err(answer) => answer,
    };
    answer_to(stream, answer).await;
}

/// Answers and closes. What still comes is thrown away for a moment: a connection that is closed
/// with bytes unread is reset, which can overtake the answer.
async fn answer_to(mut stream: TcpStream, answer: String) {
    // Whoever it was may be gone.
    let _ = timeout(CONVERSATION, async {
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await
    })
    .await;
    let mut rest = [0; 8 * 1024];
    let _ = timeout(LINGER, async {
        while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
    })
    .await;
}
