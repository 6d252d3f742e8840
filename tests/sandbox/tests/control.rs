//! Your side: scripts, the log, the proxy, TLS, switches that do not exist.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use support::{authority, control, raw, request, start, token};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

async fn script(sandbox: &pinterest_sandbox::Sandbox, answer: Value) -> String {
    control(sandbox, "POST", "script", json!([answer])).await;
    raw(
        authority(sandbox),
        b"GET /v5/x HTTP/1.1\r\nConnection: close\r\n\r\n",
    )
    .await
}

#[tokio::test]
async fn scripted_answers_go_out_as_written() {
    let sandbox = start().await;
    let answer = script(&sandbox, json!({"status": 418, "reason": "Teapot", "headers": {"X-A": "1", "Content-Type": null}, "body": "hi"})).await;
    assert_eq!(
        answer,
        "HTTP/1.1 418 Teapot\r\nContent-Length: 2\r\nX-A: 1\r\n\r\nhi"
    );
    let answer = script(&sandbox, json!({"json": {"a": 1}, "informational": [103]})).await;
    assert!(
        answer.starts_with("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n"),
        "{answer}"
    );
    assert_eq!(
        script(&sandbox, json!({"raw": "anything", "then": "close"})).await,
        "anything"
    );
    assert_eq!(script(&sandbox, json!({"fault": "close"})).await, "");
    assert!(
        script(&sandbox, json!({"json": {}, "gzip": true}))
            .await
            .contains("Content-Encoding: gzip")
    );
    let started = Instant::now();
    script(&sandbox, json!({"body": "12345", "drip_ms": 20})).await;
    assert!(started.elapsed() >= Duration::from_millis(100));
    let started = Instant::now();
    script(&sandbox, json!({"delay_ms": 100})).await;
    assert!(started.elapsed() >= Duration::from_millis(100));
}

#[tokio::test]
async fn a_standing_answer_stands_until_ended() {
    let sandbox = start().await;
    control(&sandbox, "POST", "standing", json!({"status": 503})).await;
    for _ in 0..3 {
        assert_eq!(request(&sandbox, "GET", "/v5/x", "", "").await.status, 503);
    }
    request(&sandbox, "POST", "/_sandbox/standing", "", "null").await;
    assert_eq!(request(&sandbox, "GET", "/v5/x", "", "").await.status, 404);
}

#[tokio::test]
async fn the_log_keeps_the_newest() {
    let mut options = pinterest_sandbox::Options::default();
    options.log_limit = 2;
    let sandbox = pinterest_sandbox::Sandbox::start(options).await.unwrap();
    for body in ["a", "b", "c"] {
        request(&sandbox, "POST", "/v5/oauth/token?q=1", "X-H: v\r\n", body).await;
    }
    let log = control(&sandbox, "GET", "requests", Value::Null).await;
    let bodies: Vec<&str> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["body"].as_str().unwrap())
        .collect();
    assert_eq!(bodies, ["b", "c"]);
    assert_eq!(
        (&log[1]["query"], &log[1]["status"], &log[1]["tls"]),
        (&json!("q=1"), &json!(400), &json!(false))
    );
    control(&sandbox, "DELETE", "requests", Value::Null).await;
    assert_eq!(control(&sandbox, "GET", "requests", Value::Null).await, json!([]));
}

#[tokio::test]
async fn controls_that_do_not_exist_are_named() {
    let sandbox = start().await;
    for (method, path, body, part) in [
        ("PATCH", "switches", r#"{"rotatoin": "x"}"#, "rotatoin"),
        ("PATCH", "switches", r#"{"rotation": "x"}"#, "keep_until_expiry"),
        ("POST", "script", r#"[{"staus": 200}]"#, "staus"),
        ("POST", "codes", r#"{"app_id": "nobody"}"#, "nobody"),
        ("POST", "tokens", r#"{"kind": "king"}"#, "king"),
        ("POST", "clock", "not json", "README"),
    ] {
        let answer = request(&sandbox, method, &format!("/_sandbox/{path}"), "", body).await;
        assert!(
            answer.status == 400 && answer.body.contains(part),
            "{path} {body}: {}",
            answer.body
        );
    }
    assert_eq!(
        request(&sandbox, "GET", "/_sandbox/nothing", "", "").await.status,
        404
    );
}

#[tokio::test]
async fn a_reset_forgets_and_sets_switches() {
    let sandbox = start().await;
    control(&sandbox, "POST", "script", json!([{"status": 503}])).await;
    control(
        &sandbox,
        "POST",
        "apps",
        json!({"app_id": "x", "app_secret": "y", "name": "X"}),
    )
    .await;
    let switches = control(
        &sandbox,
        "POST",
        "reset",
        json!({"rotation": "invalidate_on_use"}),
    )
    .await;
    assert_eq!(switches["rotation"], "invalidate_on_use");
    assert_eq!(
        token(&sandbox, "grant_type=client_credentials&scope=a")
            .await
            .status,
        200,
        "the script is gone"
    );
    let answer = request(&sandbox, "POST", "/_sandbox/codes", "", r#"{"app_id": "x"}"#).await;
    assert_eq!(answer.status, 400, "the app is gone");
}

#[tokio::test]
async fn tls_behind_the_proxy_on_one_port() {
    let sandbox = start().await;
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(sandbox.ca_pem().as_bytes()).unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();

    let mut stream = TcpStream::connect(authority(&sandbox)).await.unwrap();
    stream
        .write_all(b"CONNECT api.pinterest.com:443 HTTP/1.1\r\nProxy-Authorization: Basic eDp5\r\n\r\n")
        .await
        .unwrap();
    let mut answer = [0; 39];
    stream.read_exact(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200 "));

    let name = ServerName::try_from("api.pinterest.com").unwrap();
    let mut tls = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .unwrap();
    tls.write_all(b"GET /v5/user_account HTTP/1.1\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    tls.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");

    let log = control(&sandbox, "GET", "requests", Value::Null).await;
    assert_eq!(log[0]["connect_target"], "api.pinterest.com:443");
    assert_eq!(log[0]["proxy_authorization"], "Basic eDp5");
    assert_eq!(log[0]["tls"], json!(true));

    control(
        &sandbox,
        "PATCH",
        "switches",
        json!({"proxy_requires_authentication": true}),
    )
    .await;
    let refused = raw(
        authority(&sandbox),
        b"CONNECT a:1 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(refused.starts_with("HTTP/1.1 407 "), "{refused}");
}

#[tokio::test]
async fn each_of_pinterests_hosts_has_its_own_paths() {
    let sandbox = start().await;
    let ask = async |method: &str, target: &str, host: &str| {
        let bytes = format!(
            "{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        );
        let answer = raw(authority(&sandbox), bytes.as_bytes()).await;
        answer[9..12].parse::<u16>().unwrap()
    };
    for (method, path, host, status) in [
        ("POST", "/v5/oauth/token", "www.pinterest.com", 404),
        ("POST", "/v5/oauth/token", "WWW.pinterest.com:443", 404),
        ("POST", "/v5/oauth/token", "pinterest.com", 404),
        ("POST", "/v5/oauth/token", "api.pinterest.com:443", 400),
        ("POST", "/v5/oauth/token", "api-sandbox.pinterest.com", 400),
        ("POST", "/v5/oauth/token", "localhost", 400),
        ("GET", "/oauth/", "api.pinterest.com", 404),
        ("GET", "/oauth", "api-sandbox.pinterest.com:443", 404),
        ("GET", "/oauth/", "www.pinterest.com", 400),
        ("GET", "/oauth/", "127.0.0.1", 400),
    ] {
        assert_eq!(ask(method, path, host).await, status, "{method} {host}{path}");
        // As a proxy gets it; the header does not count then.
        let target = format!("http://{host}{path}");
        assert_eq!(ask(method, &target, "x").await, status, "{target}");
    }
    let files = ask("GET", "/_sandbox/style.css", "www.pinterest.com").await;
    assert_eq!(files, 200, "the consent page's own");
}

#[tokio::test]
async fn what_is_not_http_gets_a_plain_refusal() {
    let sandbox = start().await;
    for bytes in [
        &b"SSH-2.0-x\r\n\r\n"[..],
        b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 90000000\r\n\r\n",
    ] {
        let answer = raw(authority(&sandbox), bytes).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
    let chunked = b"POST /v5/x HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    raw(authority(&sandbox), chunked).await;
    assert_eq!(
        control(&sandbox, "GET", "requests", Value::Null).await[0]["body"],
        "abcde"
    );
}

#[tokio::test]
async fn faulty_addresses_and_the_end() {
    let sandbox = start().await;
    let addresses = sandbox.addresses().clone();
    assert!(TcpStream::connect(&addresses.refused).await.is_err());
    assert_eq!(raw(&addresses.slam, b"").await, "");
    assert!(
        raw(&addresses.plain, b"\x16\x03\x01")
            .await
            .starts_with("HTTP/1.1 400 ")
    );
    let silent = tokio::time::timeout(Duration::from_millis(100), raw(&addresses.silent, b"x")).await;
    assert!(silent.is_err(), "it says nothing");
    let port = authority(&sandbox).to_owned();
    drop(sandbox);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(TcpStream::connect(&port).await.is_err(), "dropping it ends it");
}
