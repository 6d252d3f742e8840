//! A sandbox for one test program, and its control requests.

pub mod authorization;
pub mod calls;
pub mod login;

use std::ffi::OsString;
use std::process::Command;

use pinterest_sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Runs a test once more in a process without the proxies that this machine may name, and gives
/// whether that was done; a test that passes through no proxy otherwise passes through that one.
#[allow(dead_code)] // Not every test program goes where a proxy would be used.
pub fn ran_without_proxies(test: &str) -> bool {
    let proxies: Vec<OsString> = std::env::vars_os()
        .map(|(name, _)| name)
        .filter(|name| name.to_string_lossy().to_lowercase().ends_with("_proxy"))
        .collect();
    if proxies.is_empty() {
        return false;
    }
    let mut again = Command::new(std::env::current_exe().expect("this program"));
    again.args([test, "--exact", "--nocapture"]);
    for name in proxies {
        again.env_remove(name);
    }
    assert!(again.status().expect("this program again").success(), "{test}");
    true
}

/// A sandbox on a free port.
pub struct Server {
    sandbox: Sandbox,
    addresses: Value,
}

impl Server {
    pub async fn start() -> Self {
        let sandbox = Sandbox::start(Options::default())
            .await
            .expect("the sandbox starts");
        let addresses = serde_json::to_value(sandbox.addresses()).expect("addresses are JSON");
        Self { sandbox, addresses }
    }

    /// One of the sandbox's addresses by its name in the README.
    pub fn address(&self, name: &str) -> &str {
        self.addresses[name].as_str().expect("an address of that name")
    }

    /// The sandbox's certificate authority in PEM form.
    #[allow(dead_code)] // Not every test program speaks TLS.
    pub fn authority(&self) -> String {
        self.sandbox.ca_pem().to_owned()
    }

    /// A certificate and key that the sandbox accepts, in PEM form.
    #[allow(dead_code)] // As above.
    pub fn client_certificate(&self) -> String {
        self.sandbox.client_certificate_pem().to_owned()
    }

    /// A control request, written by hand: the client under test is not used to test itself.
    pub async fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let authority = self.address("http").trim_start_matches("http://");
        let body = if body.is_null() && path != "/_sandbox/standing" {
            String::new()
        } else {
            body.to_string()
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(authority).await.expect("the sandbox listens");
        stream
            .write_all(request.as_bytes())
            .await
            .expect("the sandbox reads");
        let mut answer = String::new();
        stream
            .read_to_string(&mut answer)
            .await
            .expect("the sandbox answers");
        let (head, content) = answer.split_once("\r\n\r\n").expect("a head and a body");
        assert!(
            head.starts_with("HTTP/1.1 200"),
            "{method} {path} {body}: {answer}"
        );
        serde_json::from_str(content).expect("JSON")
    }

    #[allow(dead_code)] // As above.
    pub async fn reset(&self) {
        self.control("POST", "/_sandbox/reset", &json!({})).await;
    }

    #[allow(dead_code)] // As above.
    pub async fn respond(&self, answers: Value) {
        self.control("POST", "/_sandbox/script", &answers).await;
    }

    /// What has arrived since the last reset.
    #[allow(dead_code)] // As above.
    pub async fn requests(&self) -> Vec<Value> {
        match self.control("GET", "/_sandbox/requests", &Value::Null).await {
            Value::Array(requests) => requests,
            other => panic!("not a list: {other}"),
        }
    }
}
