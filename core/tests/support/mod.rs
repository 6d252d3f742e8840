//! A sandbox for one test program, and its control requests.

use pinterest_sandbox::{Options, Sandbox};
use serde_json::{Value, json};

/// A sandbox on a free port.
pub struct Server {
    sandbox: Sandbox,
    http: reqwest::Client,
    addresses: Value,
}

impl Server {
    pub async fn start() -> Self {
        let sandbox = Sandbox::start(Options::default())
            .await
            .expect("the sandbox starts");
        let addresses = serde_json::to_value(sandbox.addresses()).expect("addresses are JSON");
        let http = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a plain client");
        Self {
            sandbox,
            http,
            addresses,
        }
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

    pub async fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let answer = self
            .http
            .request(method, format!("{}{path}", self.address("http")))
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .expect("the sandbox answers");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        assert!(status.is_success(), "{path} {body}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    pub async fn reset(&self) {
        self.control("POST", "/_sandbox/reset", &json!({})).await;
    }

    pub async fn respond(&self, answers: Value) {
        self.control("POST", "/_sandbox/script", &answers).await;
    }

    /// What has arrived since the last reset.
    pub async fn requests(&self) -> Vec<Value> {
        match self.control("GET", "/_sandbox/requests", &Value::Null).await {
            Value::Array(requests) => requests,
            other => panic!("not a list: {other}"),
        }
    }
}
