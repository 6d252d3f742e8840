//! A client of a few lines, so that nothing under test tests itself.

pub mod person;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pinterest_sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The status and Pinterest's code.
    pub fn refusal(&self) -> (u16, i64) {
        (self.status, self.json()["code"].as_i64().expect("a code"))
    }
}

pub async fn start() -> Sandbox {
    Sandbox::start(Options::default()).await.expect("a sandbox")
}

pub fn authority(sandbox: &Sandbox) -> &str {
    sandbox.addresses().http.trim_start_matches("http://")
}

/// Writes bytes and reads until the connection ends.
pub async fn raw(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(bytes).await.expect("written");
    let mut answer = Vec::new();
    // A reset after some bytes still shows those bytes; a connection that stays open is a mistake.
    let end = stream.read_to_end(&mut answer);
    let _ = tokio::time::timeout(Duration::from_secs(20), end)
        .await
        .expect("the end of the connection");
    String::from_utf8_lossy(&answer).into_owned()
}

pub async fn request(sandbox: &Sandbox, method: &str, path: &str, headers: &str, body: &str) -> Answer {
    let bytes = format!(
        "{method} {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = raw(authority(sandbox), bytes.as_bytes()).await;
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("no answer: {answer:?}"));
    Answer {
        status: head[9..12].parse().expect("a status"),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

pub async fn control(sandbox: &Sandbox, method: &str, path: &str, body: Value) -> Value {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let answer = request(sandbox, method, &format!("/_sandbox/{path}"), "", &text).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

pub fn basic(id: &str, secret: &str) -> String {
    format!(
        "Authorization: Basic {}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
        STANDARD.encode(format!("{id}:{secret}"))
    )
}

/// A form to the token endpoint, with the first app's credentials.
pub async fn token(sandbox: &Sandbox, form: &str) -> Answer {
    request(
        sandbox,
        "POST",
        "/v5/oauth/token",
        &basic("1234567", "0123456789abcdef0123456789abcdef01234567"),
        form,
    )
    .await
}

pub async fn bearer(sandbox: &Sandbox, method: &str, path: &str, token: &str) -> Answer {
    request(
        sandbox,
        method,
        path,
        &format!("Authorization: Bearer {token}\r\n"),
        "",
    )
    .await
}

/// A sandbox at noon on 10 January 2026, where it stays.
pub async fn in_january() -> Sandbox {
    let sandbox = start().await;
    let now = control(&sandbox, "POST", "clock", json!({"frozen": true})).await["now"].as_f64();
    let wanted = 1_768_046_400.0 - now.unwrap();
    let moved = json!({"advance_seconds": format!("{wanted:.0}").parse::<i64>().unwrap()});
    control(&sandbox, "POST", "clock", moved).await;
    sandbox
}

/// What the entries of a list have by a name.
pub fn words(items: &Value, name: &str) -> Vec<String> {
    let items = items.as_array().unwrap().iter();
    items
        .map(|item| item[name].as_str().unwrap().to_owned())
        .collect()
}
