//! Who comes to a login on this machine: browsers as they are, and whoever else.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::time::{Duration, Instant};

use serde_json::json;
use support::Server;
use support::login::{get, start, visit, visit_with};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

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
        // A reset can overtake the answer to a request that goes on for so long.
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")) || bytes.len() > 1_000_000,
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
    for _ in 0..20 {
        idle.push(TcpStream::connect(("127.0.0.1", login.port)).await.unwrap());
    }
    let started = Instant::now();
    get(&login, "/nowhere").await;
    // Sixteen are heard at a time: the first gives way.
    let mut nothing = [0; 1];
    let closed = tokio::time::timeout(Duration::from_secs(5), idle[0].read(&mut nothing)).await;
    assert_eq!(closed.unwrap().unwrap_or(0), 0);
    get(&login, &format!("/?code=code&state={}", login.state)).await;
    login.task.await.unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn whoever_is_slow_is_heard_beside_the_others() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    let mut slow = TcpStream::connect(("127.0.0.1", login.port)).await.unwrap();
    slow.write_all(b"GET /?code=code&state=").await.unwrap();
    for _ in 0..3 {
        let other = get(&login, "/nowhere").await;
        assert!(other.starts_with("HTTP/1.1 404 "), "{other}");
    }
    let rest = format!(
        "{} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n",
        login.state, login.port
    );
    slow.write_all(rest.as_bytes()).await.unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    login.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_browser_with_a_developer_s_cookies_is_answered() {
    let server = Server::start().await;
    let cookies = |number: usize, length: usize| {
        (0..number)
            .map(|n| format!("Cookie: name{n}={}\r\n", "v".repeat(length)))
            .collect::<Vec<_>>()
            .concat()
    };
    for more in [
        cookies(70, 20),
        cookies(1, 9_000),
        cookies(700, 20),
        cookies(25, 4_096),
    ] {
        let login = start(&server, "/").await;
        let head =
            format!("GET /?code=code&state={{state}} HTTP/1.1\r\n{more}Host: localhost:{{port}}\r\n\r\n");
        let page = visit_with(&login, &head).await;
        assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
        login.task.await.unwrap().unwrap();
    }
    // There is an end to it, which says what to do, and the login goes on.
    let login = start(&server, "/").await;
    for more in [cookies(1100, 1), cookies(1, 140_000), cookies(40, 4_096)] {
        let head =
            format!("GET /?code=code&state={{state}} HTTP/1.1\r\n{more}Host: localhost:{{port}}\r\n\r\n");
        let page = visit_with(&login, &head).await;
        assert!(page.starts_with("HTTP/1.1 431 "), "{}: {page}", more.len());
        assert!(page.contains("private window"), "{page}");
    }
    get(&login, &format!("/?code=code&state={}", login.state)).await;
    login.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn every_way_to_write_this_machine_s_name_is_answered() {
    let server = Server::start().await;
    for head in [
        "GET /?code=code&state={state} HTTP/1.1\r\nHOST:LocalHost:{port}\r\n\r\n",
        "GET /?code=code&state={state} HTTP/1.1\r\nhost: localhost.:{port} \r\n\r\n",
        "GET /?code=code&state={state} HTTP/1.1\r\nHost: [0:0:0:0:0:0:0:1]:{port}\r\n\r\n",
        "GET /?code=code&state={state} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n",
        "GET http://localhost:{port}/?code=code&state={state} HTTP/1.1\r\nHost: x.example\r\n\r\n",
        "GET /?code=code&state={state} HTTP/1.1\nHost: localhost:{port}\n\n",
        "\r\nGET /?code=code&state={state} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\nGET /more HTTP/1.1\r\n\r\n",
    ] {
        let login = start(&server, "/").await;
        let page = visit_with(&login, head).await;
        assert!(page.starts_with("HTTP/1.1 200 "), "{head}: {page}");
        login.task.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn what_nobody_looks_at_uses_nothing_up() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    let callback = "/?code=code&state={state} HTTP/1.1\r\nHost: localhost:{port}\r\n";
    for (head, status) in [
        (format!("HEAD {callback}\r\n"), "405"),
        (format!("OPTIONS {callback}\r\n"), "405"),
        (
            format!("GET {callback}Sec-Purpose: prefetch;prerender\r\n\r\n"),
            "503",
        ),
        (format!("GET {callback}Purpose: prefetch\r\n\r\n"), "503"),
        (format!("GET {callback}X-Purpose: preview\r\n\r\n"), "503"),
        (format!("GET {callback}X-Moz: prefetch\r\n\r\n"), "503"),
        (format!("GET {callback}Host: localhost:{{port}}\r\n\r\n"), "400"),
        (format!("GET http://evil.example:{{port}}{callback}\r\n"), "400"),
        (
            format!("HEAD {}\r\n", callback.replace("localhost", "evil.example")),
            "400",
        ),
        ("GET".to_owned() + "\0", "400"),
    ] {
        let answer = visit_with(&login, &head).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{head}: {answer}"
        );
        assert_eq!(answer.contains("\r\nAllow: GET\r\n"), status == "405", "{answer}");
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        assert_eq!(
            body.is_empty(),
            status == "405" && head.starts_with("HEAD"),
            "{answer}"
        );
        assert!(!login.task.is_finished());
    }
    assert_eq!(server.requests().await.len(), 0);
    get(&login, &format!("/?code=code&state={}", login.state)).await;
    login.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_head_in_pieces_is_read() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    let mut stream = TcpStream::connect(("127.0.0.1", login.port)).await.unwrap();
    let head = format!(
        "GET /?code=code&state={} HTTP/1.1\r\nCookie: a={}\r\nHost: localhost:{}\r\n\r\n",
        login.state,
        "v".repeat(20_000),
        login.port
    );
    for piece in head.as_bytes().chunks(700) {
        stream.write_all(piece).await.unwrap();
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.contains("You are connected to Pinterest"), "{answer}");
    login.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_page_that_is_loaded_twice_shows_the_same_twice() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    server
        .respond(
            json!([{"delay_ms": 500, "json": {"access_token": "pina_x", "token_type": "bearer",
            "expires_in": 1, "scope": "pins:read", "response_type": "authorization_code"}}]),
        )
        .await;
    let target = format!("/?code=code&state={}", login.state);
    let later = async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        let wrong = get(&login, "/?code=code&state=wrong").await;
        assert!(wrong.starts_with("HTTP/1.1 400 "), "{wrong}");
        get(&login, &target).await
    };
    let (first, second) = tokio::join!(get(&login, &target), later);
    assert_eq!(first, second);
    assert!(first.contains("You are connected"), "{first}");
    assert_eq!(server.requests().await.len(), 1);
    login.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn pages_say_what_happened_and_nothing_that_a_browser_runs() {
    let server = Server::start().await;
    let login = start(&server, "/").await;
    let page = get(&login, "/?error=%3Cscript%3E&state=%22").await;
    assert!(
        page.contains("This is not the answer that was waited for"),
        "{page}"
    );
    assert!(
        page.contains("not the one of this authorization") && !page.contains("<script"),
        "{page}"
    );
    let page = get(&login, "/nowhere").await;
    assert!(page.contains("There is nothing here"), "{page}");
    let target = format!(
        "/?error=x&error_description=%3Ca%20b=%22c%22%3E%20%26%20%27.&state={}",
        login.state
    );
    let page = get(&login, &target).await;
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    assert!(page.contains("That did not work"), "{page}");
    assert!(
        page.contains("&lt;a b=&quot;c&quot;&gt; &amp; &#39;). You can close"),
        "{page}"
    );
    let (head, body) = page.split_once("\r\n\r\n").unwrap();
    assert!(
        head.contains(&format!("Content-Length: {}\r\n", body.len())),
        "{head}"
    );
    login.task.await.unwrap().unwrap_err();
}
