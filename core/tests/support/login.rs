//! Logins on this machine, and who visits them.

#![allow(dead_code)] // Not every test program needs all of it.

use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use pinterest_sdk::{AuthorizationRequest, Error, OauthAccessTokenResponse, Scope, login};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::Server;
use super::authorization::client;

pub struct Login {
    pub port: u16,
    pub state: String,
    pub task: JoinHandle<Result<OauthAccessTokenResponse, Error>>,
}

/// A port that nobody listens on, and below those that systems give to connections: one of these may be taken before a
/// login listens there.
pub fn free_port() -> u16 {
    static GIVEN: AtomicU16 = AtomicU16::new(0);
    let own = u16::try_from(std::process::id() % 1_000).unwrap() * 20;
    (0..1_000)
        .map(|_| 10_000 + (own + GIVEN.fetch_add(1, Ordering::Relaxed)) % 20_000)
        .find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .unwrap()
}

/// Starts a login on a free port and waits for its URL.
pub async fn start(server: &Server, path: &str) -> Login {
    let port = free_port();
    let redirect = format!("http://localhost:{port}{path}");
    let code = json!({"code": "code", "redirect_uri": redirect});
    server.control("POST", "/_sandbox/codes", &code).await;
    let client = client(server);
    let (send, url) = oneshot::channel();
    let task = tokio::spawn(async move {
        let request = AuthorizationRequest::new(redirect, [Scope::PINS_READ]);
        login(&client, &request, |url| send.send(url.to_owned()).unwrap()).await
    });
    let url = url.await.unwrap();
    let state = url.split("state=").nth(1).unwrap().to_owned();
    Login { port, state, task }
}

pub async fn visit(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // A listener that refuses early closes before everything is written.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

pub async fn get(login: &Login, target: &str) -> String {
    let request = format!("GET {target} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", login.port);
    visit(&format!("127.0.0.1:{}", login.port), request.as_bytes()).await
}

/// Visits with a head of its own; `{port}` and `{state}` stand for the login's.
pub async fn visit_with(login: &Login, head: &str) -> String {
    let head = head
        .replace("{port}", &login.port.to_string())
        .replace("{state}", &login.state);
    visit(&format!("127.0.0.1:{}", login.port), head.as_bytes()).await
}
