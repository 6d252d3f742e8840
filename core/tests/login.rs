//! Login on this machine: the listener takes one callback and nothing else.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use pinterest_sdk::{
    ApiClient, AuthorizationReason, AuthorizationRequest, Configuration, Error, ErrorKind, LoopbackCallback,
    LoopbackLogin, Scope, login,
};
use serde_json::json;
use support::Server;
use support::authorization::client;
use support::login::{free_port, get, start, visit};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

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

/// RFC 3986 section 3.4 allows it there; whoever says no is not waited for.
#[tokio::test]
async fn a_question_mark_in_a_query_is_a_part_of_it() {
    let server = Server::start().await;
    let login = start(&server, "/cb?from=/a?b").await;
    let target = format!(
        "/cb?from=/a?b&state={}&error=access_denied&error_description=Really?",
        login.state
    );
    let page = get(&login, &target).await;
    assert!(page.contains("access_denied: Really?"), "{page}");
    let error = login.task.await.unwrap().unwrap_err();
    assert_eq!(error.reason(), Some(AuthorizationReason::Denied));

    let login = start(&server, "/cb?from=/a?b").await;
    get(&login, &format!("/cb?code=code&from=/a?b&state={}", login.state)).await;
    login.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn giving_up_frees_the_port() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    login.task.abort();
    let _ = login.task.await;
    TcpListener::bind(("127.0.0.1", login.port)).await.unwrap();

    let port = free_port();
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

#[test]
fn a_login_outside_of_a_runtime_is_refused() {
    let address = format!("127.0.0.1:{}", free_port());
    let client = ApiClient::new(Configuration::new(
        "1234567",
        "0123456789abcdef0123456789abcdef01234567",
    ))
    .unwrap();
    let request = AuthorizationRequest::new(format!("http://{address}/"), [Scope::PINS_READ]);
    let login = pinterest_sdk::LoopbackLogin::start(&client, &request).unwrap();
    let mut finish = Box::pin(login.finish());
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = finish.as_mut().poll(&mut context) else {
        panic!("not at once");
    };
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    std::net::TcpListener::bind(address).unwrap();
}

/// A login whose callback has come, with the page that its browser waits for.
async fn callback(server: &Server, code: &str) -> (LoopbackCallback, JoinHandle<String>) {
    let port = free_port();
    let redirect = format!("http://localhost:{port}/");
    let body = json!({"code": code, "redirect_uri": redirect});
    server.control("POST", "/_sandbox/codes", &body).await;
    let request = AuthorizationRequest::new(redirect, [Scope::PINS_READ]);
    let login = LoopbackLogin::start(&client(server), &request).unwrap();
    let state = login.url().split("state=").nth(1).unwrap().to_owned();
    let head = format!("GET /?code={code}&state={state} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    let visitor = tokio::spawn(async move { visit(&format!("127.0.0.1:{port}"), head.as_bytes()).await });
    (login.wait().await.unwrap(), visitor)
}

#[tokio::test]
async fn a_callback_that_came_is_exchanged_when_asked_and_shows_no_code() {
    let server = Server::start().await;
    let (callback, visitor) = callback(&server, "canary-code").await;
    assert!(!visitor.is_finished(), "the browser waits for its page");
    let shown = format!("{callback:?}");
    assert!(shown.starts_with("LoopbackCallback { pending: "), "{shown}");
    assert!(
        !shown.contains("canary-code") && !shown.contains("0123456789abcdef0123456789abcdef01234567"),
        "{shown}"
    );
    assert!(callback.exchange().await.unwrap().refresh_token.is_some());
    assert!(visitor.await.unwrap().starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn a_program_that_keeps_the_token_first_says_how_that_went() {
    let server = Server::start().await;
    for (told, page) in [
        (Some(Ok(())), "You are connected to Pinterest"),
        (Some(Err("the disk is full.")), "the disk is full. You can close"),
        (None, "Pinterest has answered"),
    ] {
        let (callback, visitor) = callback(&server, "code").await;
        let (token, browser) = callback.exchange_untold().await.unwrap();
        assert!(token.refresh_token.is_some() && !visitor.is_finished());
        assert_eq!(format!("{browser:?}"), "WaitingBrowser { .. }");
        match told {
            Some(result) => browser.tell(result).await,
            None => browser.tell_that_it_goes_on().await,
        }
        let answer = visitor.await.unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 200 OK") && answer.contains(page),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_program_that_sends_the_request_itself_says_how_that_went() {
    let server = Server::start().await;
    for (told, page) in [
        (Ok(()), "You are connected to Pinterest"),
        (Err("the disk is full."), "the disk is full. You can close"),
    ] {
        let (callback, visitor) = callback(&server, "code").await;
        let request = callback.redeem().unwrap();
        assert!(request.fields().contains(&("code", "code")));
        assert!(!visitor.is_finished());
        callback.tell(told).await;
        assert!(visitor.await.unwrap().contains(page));
    }
}

#[tokio::test]
async fn whoever_gives_up_leaves_no_browser_without_a_page() {
    let server = Server::start().await;
    let (came, visitor) = callback(&server, "code").await;
    drop(came);
    assert!(visitor.await.unwrap().contains("This login was ended"));
    let (came, visitor) = callback(&server, "code").await;
    drop(came.exchange_untold().await.unwrap());
    assert!(visitor.await.unwrap().contains("This login was ended"));
    let (came, visitor) = callback(&server, "wrong").await;
    server
        .control(
            "POST",
            "/_sandbox/standing",
            &json!({"pass": true, "delay_ms": 9000}),
        )
        .await;
    let exchange = tokio::time::timeout(Duration::from_millis(300), came.exchange()).await;
    assert!(exchange.is_err());
    assert!(visitor.await.unwrap().contains("This login was ended"));
}
