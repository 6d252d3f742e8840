//! Login on this machine: the listener takes one callback and nothing else.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::time::{Duration, Instant};

use pinterest_sdk::{
    ApiClient, AuthorizationRequest, Configuration, Error, ErrorKind, LoopbackLogin,
    OauthAccessTokenResponse, Scope, login,
};
use serde_json::json;
use support::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Login {
    port: u16,
    state: String,
    task: JoinHandle<Result<OauthAccessTokenResponse, Error>>,
}

fn client(server: &Server) -> ApiClient {
    let host = format!("{}/v5", server.address("http"));
    ApiClient::new(Configuration::new("app-id", "app-secret").with_host(host)).unwrap()
}

async fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// Starts a login on a free port and waits for its URL.
async fn start(server: &Server, path: &str) -> Login {
    let port = free_port().await;
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

async fn visit(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // A listener that refuses early closes before everything is written.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

async fn get(login: &Login, target: &str) -> String {
    let request = format!("GET {target} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", login.port);
    visit(&format!("127.0.0.1:{}", login.port), request.as_bytes()).await
}

#[tokio::test]
async fn the_first_right_callback_ends_the_wait_and_the_port_is_free() {
    let server = Server::start().await;
    let login = start(&server, "/callback").await;
    let page = get(&login, &format!("/callback?code=code&state={}", login.state)).await;
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    for header in [
        "Cache-Control: no-store",
        "Content-Security-Policy: default-src 'none'",
        "Referrer-Policy: no-referrer",
    ] {
        assert!(page.contains(header), "{page}");
    }
    assert!(!page.contains("<script"));
    let port = login.port;
    assert!(login.task.await.unwrap().unwrap().refresh_token.is_some());
    TcpListener::bind(("127.0.0.1", port)).await.unwrap();
}

#[tokio::test]
async fn whoever_else_comes_changes_nothing() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    let (address, port, state) = (
        format!("127.0.0.1:{}", login.port),
        login.port,
        login.state.clone(),
    );
    let right = format!("/?code=code&state={state}");
    for (bytes, status) in [
        (
            format!("POST {right} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            "405",
        ),
        (
            format!("GET {right} HTTP/1.1\r\nHost: evil.example:{port}\r\n\r\n"),
            "400",
        ),
        (format!("GET {right} HTTP/1.1\r\n\r\n"), "400"),
        (
            format!("GET /favicon.ico HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            "404",
        ),
        (
            format!("GET /x{right} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            "404",
        ),
        (
            format!("GET /?code=code&state=wrong HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            "400",
        ),
        (
            format!("GET /?error=access_denied HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            "400",
        ),
        (
            format!("GET {right}&code=other HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
            "400",
        ),
        ("\x16\x03\x01 TLS".to_owned(), "400"),
        (
            format!(
                "GET /{} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n",
                "a".repeat(10_000_000)
            ),
            "400",
        ),
    ] {
        let answer = visit(&address, bytes.as_bytes()).await;
        // A reset can overtake the answer to a request that was cut off.
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")) || bytes.len() > 8192,
            "{}: {answer}",
            &bytes[..bytes.len().min(80)]
        );
        assert!(!login.task.is_finished());
    }
    assert_eq!(server.requests().await.len(), 0);
    get(&login, &right).await;
    login.task.await.unwrap().unwrap();
    assert_eq!(server.requests().await.len(), 1);
}

#[tokio::test]
async fn idle_connections_do_not_block_it() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    let mut idle = Vec::new();
    for _ in 0..10 {
        idle.push(TcpStream::connect(("127.0.0.1", login.port)).await.unwrap());
    }
    let started = Instant::now();
    get(&login, &format!("/?code=code&state={}", login.state)).await;
    login.task.await.unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn both_families_listen_for_localhost() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    if TcpListener::bind("[::1]:0").await.is_ok() {
        let request = format!("GET /no HTTP/1.1\r\nHost: [::1]:{}\r\n\r\n", login.port);
        let answer = visit(&format!("[::1]:{}", login.port), request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
    }
    login.task.abort();
}

/// Of a listener on every address, 127.0.0.2 would be one; then it could not be listened on.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn no_other_address_listens() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    TcpListener::bind(("127.0.0.2", login.port)).await.unwrap();
    assert!(TcpListener::bind(("127.0.0.1", login.port)).await.is_err());
    login.task.abort();
}

#[tokio::test]
async fn denial_and_a_failed_exchange_end_it_with_their_reason() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    let target = format!(
        "/?error=access_denied&error_description=%3Cb%3Eno&state={}",
        login.state
    );
    let page = get(&login, &target).await;
    assert!(page.contains("&lt;b&gt;no") && !page.contains("<b>"), "{page}");
    let error = login.task.await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authorization);

    let login = start(&server, "/").await;
    get(&login, &format!("/?code=wrong&state={}", login.state)).await;
    assert_eq!(
        login.task.await.unwrap().unwrap_err().kind(),
        ErrorKind::InvalidGrant
    );
}

#[tokio::test]
async fn giving_up_frees_the_port() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    login.task.abort();
    let _ = login.task.await;
    TcpListener::bind(("127.0.0.1", login.port)).await.unwrap();

    let port = free_port().await;
    let request = AuthorizationRequest::new(format!("http://127.0.0.1:{port}/"), [Scope::PINS_READ])
        .with_lifetime(Duration::from_secs(1));
    let error = login_without_visitor(&server, &request).await;
    assert!(error.message().contains("nobody came back"), "{error}");
}

async fn login_without_visitor(server: &Server, request: &AuthorizationRequest) -> Error {
    login(&client(server), request, |_| {}).await.unwrap_err()
}

#[tokio::test]
async fn a_port_in_use_and_redirects_elsewhere_are_refused() {
    let server = Server::start().await;
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    for (redirect, says) in [
        (format!("http://localhost:{port}/"), "in use"),
        ("https://localhost:8085/".into(), "not http"),
        ("http://localhost/".into(), "no port"),
        ("http://example.com:8085/".into(), "this machine"),
        ("http://0.0.0.0:8085/".into(), "this machine"),
    ] {
        let request = AuthorizationRequest::new(redirect.as_str(), [Scope::PINS_READ]);
        let error = login_without_visitor(&server, &request).await;
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(says), "{redirect}: {error}");
    }
}

#[tokio::test]
async fn a_callback_that_came_is_exchanged_when_asked_and_shows_no_code() {
    let server = Server::start().await;
    let port = free_port().await;
    let redirect = format!("http://localhost:{port}/");
    let code = json!({"code": "canary-code", "redirect_uri": redirect});
    server.control("POST", "/_sandbox/codes", &code).await;
    let request = AuthorizationRequest::new(redirect, [Scope::PINS_READ]);
    let login = LoopbackLogin::start(&client(&server), &request).unwrap();
    let state = login.url().split("state=").nth(1).unwrap().to_owned();
    let visitor = tokio::spawn(async move {
        let request =
            format!("GET /?code=canary-code&state={state} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
        visit(&format!("127.0.0.1:{port}"), request.as_bytes()).await
    });
    let callback = login.wait().await.unwrap();
    assert!(!visitor.is_finished(), "the browser waits for its page");
    let shown = format!("{callback:?}");
    assert!(
        !shown.contains("canary-code") && !shown.contains("app-secret"),
        "{shown}"
    );
    assert!(callback.exchange().await.unwrap().refresh_token.is_some());
    assert!(visitor.await.unwrap().starts_with("HTTP/1.1 200 OK"));
}
