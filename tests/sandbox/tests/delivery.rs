//! How answers go out: faults byte by byte, and the corners of HTTP/1.1.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use std::io::{ErrorKind, Read as _};
use std::time::{Duration, Instant};

use pinterest_sandbox::Sandbox;
use serde_json::{Value, json};
use support::{authority, basic, control, raw, request, start, token};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const ASK: &[u8] = b"GET /v5/x HTTP/1.1\r\n\r\n";

async fn scripted(sandbox: &Sandbox, answer: Value) -> TcpStream {
    control(sandbox, "POST", "script", json!([answer])).await;
    let mut stream = TcpStream::connect(authority(sandbox)).await.unwrap();
    stream.write_all(ASK).await.unwrap();
    stream
}

/// Reads one answer and nothing after it.
async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(stream.read_u8().await.expect("the rest of a head"));
    }
    let head = String::from_utf8(bytes).expect("text");
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("Content-Length: "))
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    head + &String::from_utf8_lossy(&body)
}

#[tokio::test]
async fn resets_are_resets_and_closes_are_not() {
    let sandbox = start().await;
    for (script, expected) in [
        (json!({"fault": "reset"}), None),
        (json!({"fault": "close"}), Some("")),
        (json!({"raw": "HTTP/1.1 200 OK\r\n", "then": "reset"}), None),
        (
            json!({"raw": "HTTP/1.1 200 OK\r\n", "then": "close"}),
            Some("HTTP/1.1 200 OK\r\n"),
        ),
        (json!({"raw_base64": "AP8=", "then": "close"}), Some("\0\u{fffd}")),
    ] {
        let mut stream = scripted(&sandbox, script.clone()).await;
        let mut bytes = Vec::new();
        let ended = stream.read_to_end(&mut bytes).await;
        match expected {
            Some(expected) => {
                ended.unwrap();
                assert_eq!(String::from_utf8_lossy(&bytes), expected, "{script}");
            }
            None => assert_eq!(ended.unwrap_err().kind(), ErrorKind::ConnectionReset, "{script}"),
        }
    }
}

#[tokio::test]
async fn a_connection_that_hangs_stays_until_the_client_leaves() {
    let sandbox = start().await;
    for script in [json!({"fault": "hang"}), json!({"raw": "x", "then": "hang"})] {
        let mut stream = scripted(&sandbox, script.clone()).await;
        let mut bytes = Vec::new();
        let ended = tokio::time::timeout(Duration::from_millis(150), stream.read_to_end(&mut bytes)).await;
        assert!(ended.is_err(), "{script}");
        assert_eq!(bytes.len(), usize::from(script.get("raw").is_some()));
        stream.shutdown().await.unwrap();
        stream.read_to_end(&mut bytes).await.unwrap();
    }
}

#[tokio::test]
async fn endless_answers_go_on_until_the_client_leaves() {
    let sandbox = start().await;
    for (kind, sign) in [
        ("headers", "X-More: and more\r\nX-More: and more\r\n"),
        ("body", "application/json\r\n\r\n    "),
        ("chunks", "Transfer-Encoding: chunked\r\n\r\n10000\r\n    "),
        ("gzip", "Content-Encoding: gzip\r\n\r\n"),
    ] {
        let mut stream = scripted(&sandbox, json!({"endless": kind})).await;
        let mut bytes = vec![0; 4 * 1024 * 1024];
        stream.read_exact(&mut bytes).await.unwrap();
        assert!(String::from_utf8_lossy(&bytes[..4096]).contains(sign), "{kind}");
        if kind == "gzip" {
            let body = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
            let mut unpacked = vec![0; 64 * 1024 * 1024];
            flate2::read::GzDecoder::new(&bytes[body..])
                .read_exact(&mut unpacked)
                .unwrap();
        }
        drop(stream);
    }
    assert_eq!(
        request(&sandbox, "GET", "/_sandbox/clock", "", "").await.status,
        200
    );
}

#[tokio::test]
async fn drips_are_slow_in_the_part_that_was_named() {
    let sandbox = start().await;
    for (script, part_at_once) in [
        (json!({"body": "0123456789", "drip_ms": 20}), "\r\n\r\n"),
        (
            json!({"body": "", "headers": [["content-type", null]], "drip_ms": 5, "drip": "head"}),
            "",
        ),
    ] {
        let started = Instant::now();
        let mut stream = scripted(&sandbox, script.clone()).await;
        let mut start = vec![0; 256];
        let read = stream.read(&mut start).await.unwrap();
        assert!(
            String::from_utf8_lossy(&start[..read]).contains(part_at_once),
            "{script}"
        );
        assert!(
            started.elapsed() < Duration::from_millis(100),
            "the first bytes come at once"
        );
        let mut rest = Vec::new();
        let _ = tokio::time::timeout(Duration::from_millis(400), stream.read_to_end(&mut rest)).await;
        assert!(rest.len() >= 9, "{script}: {}", rest.len());
    }
    let started = Instant::now();
    let mut stream = scripted(&sandbox, json!({"body": "0123456789", "drip_ms": 20})).await;
    assert!(answer(&mut stream).await.ends_with("0123456789"));
    assert!(started.elapsed() >= Duration::from_millis(180));
}

#[tokio::test]
async fn a_compressed_body_unpacks() {
    let sandbox = start().await;
    control(
        &sandbox,
        "POST",
        "script",
        json!([{"json": {"a": [1, 2]}, "gzip": true}]),
    )
    .await;
    let mut stream = TcpStream::connect(authority(&sandbox)).await.unwrap();
    stream
        .write_all(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let body = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[body..])
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, r#"{"a":[1,2]}"#);
}

#[tokio::test]
async fn a_lost_answer_leaves_its_work_done() {
    let sandbox = start().await;
    let form = "grant_type=authorization_code&code=c&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F";
    control(&sandbox, "POST", "codes", json!({"code": "c"})).await;
    control(
        &sandbox,
        "POST",
        "script",
        json!([{"pass": true, "fault": "close"}]),
    )
    .await;
    let bytes = format!(
        "POST /v5/oauth/token HTTP/1.1\r\n{}Content-Length: {}\r\n\r\n{form}",
        basic("1234567", "0123456789abcdef0123456789abcdef01234567"),
        form.len()
    );
    assert_eq!(raw(authority(&sandbox), bytes.as_bytes()).await, "");
    assert_eq!(
        token(&sandbox, form).await.refusal(),
        (401, 283),
        "the code is used"
    );
    let log = control(&sandbox, "GET", "requests", Value::Null).await;
    assert_eq!(
        (&log[0]["status"], &log[1]["status"]),
        (&Value::Null, &json!(401))
    );
}

#[tokio::test]
async fn a_pass_can_be_late_and_end_the_connection() {
    let sandbox = start().await;
    let started = Instant::now();
    let script = json!({"pass": true, "delay_ms": 100, "then": "close", "informational": [102]});
    let mut stream = scripted(&sandbox, script).await;
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    assert!(
        text.starts_with("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 404 Not Found\r\n"),
        "{text}"
    );
    assert!(started.elapsed() >= Duration::from_millis(100));
}

#[tokio::test]
async fn a_connection_is_kept_and_requests_may_queue_in_it() {
    let sandbox = start().await;
    let mut stream = TcpStream::connect(authority(&sandbox)).await.unwrap();
    stream.write_all(&ASK.repeat(3)).await.unwrap();
    for _ in 0..3 {
        assert!(answer(&mut stream).await.starts_with("HTTP/1.1 404 "));
    }
    stream.write_all(ASK).await.unwrap();
    let last = answer(&mut stream).await;
    assert!(!last.contains("Connection:"), "{last}");
    let log = control(&sandbox, "GET", "requests", Value::Null).await;
    let connections: Vec<&Value> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["connection"])
        .collect();
    assert_eq!(connections.len(), 4);
    assert!(connections.iter().all(|number| *number == connections[0]));
}

#[tokio::test]
async fn old_and_odd_requests() {
    let sandbox = start().await;
    let old = raw(authority(&sandbox), b"GET /v5/x HTTP/1.0\r\n\r\n").await;
    assert!(old.contains("Connection: close\r\n"), "{old}");
    let mut stream = TcpStream::connect(authority(&sandbox)).await.unwrap();
    stream
        .write_all(b"GET /v5/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        .await
        .unwrap();
    assert!(answer(&mut stream).await.contains("Connection: keep-alive\r\n"));

    let head = raw(
        authority(&sandbox),
        b"HEAD /v5/x HTTP/1.1\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(
        head.contains("Content-Length: ") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    control(&sandbox, "POST", "script", json!([{"body": "hidden"}])).await;
    let head = raw(
        authority(&sandbox),
        b"HEAD /v5/x HTTP/1.1\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(
        head.contains("Content-Length: 6\r\n") && head.ends_with("\r\n\r\n"),
        "{head}"
    );

    let absolute = b"GET http://api.pinterest.com/v5/x?y=z HTTP/1.1\r\nConnection: close\r\n\r\n";
    assert!(
        raw(authority(&sandbox), absolute)
            .await
            .starts_with("HTTP/1.1 404 ")
    );
    let log = control(&sandbox, "GET", "requests", Value::Null).await;
    let last = log.as_array().unwrap().last().unwrap();
    assert_eq!((&last["path"], &last["query"]), (&json!("/v5/x"), &json!("y=z")));
    let switch = json!({"proxy_requires_authentication": true});
    control(&sandbox, "PATCH", "switches", switch).await;
    assert!(
        raw(authority(&sandbox), absolute)
            .await
            .starts_with("HTTP/1.1 407 ")
    );
}

#[tokio::test]
async fn a_client_that_asks_first_is_told_to_go_on() {
    let sandbox = start().await;
    let mut stream = TcpStream::connect(authority(&sandbox)).await.unwrap();
    stream
        .write_all(b"POST /v5/x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        .await
        .unwrap();
    assert_eq!(answer(&mut stream).await, "HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"ab").await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 404 "));
}

#[tokio::test]
async fn requests_that_are_broken_get_a_400_and_the_end() {
    let sandbox = start().await;
    let large_head = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "y".repeat(70_000));
    let many_headers = format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(300));
    let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    for bytes in [
        large_head,
        many_headers,
        format!("{chunked}ffffffffffffffff\r\nx"),
        format!("{chunked}-1\r\nx"),
        format!("{chunked}1\r\nabc\r\n0\r\n\r\n"),
        format!("{chunked}{}", "1".repeat(10_000)),
        "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n".into(),
        "POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd".into(),
    ] {
        let answer = raw(authority(&sandbox), bytes.as_bytes()).await;
        let start = &bytes[..bytes.len().min(120)];
        assert!(
            answer.starts_with("HTTP/1.1 400 ") && answer.contains("\"error\""),
            "{start}: {answer}"
        );
    }
    assert_eq!(control(&sandbox, "GET", "requests", Value::Null).await, json!([]));
}
