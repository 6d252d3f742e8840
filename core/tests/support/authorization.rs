//! Authorizations at a sandbox.

#![allow(dead_code)] // Not every test program needs all of it.

use std::collections::HashMap;

use pinterest_sdk::{ApiClient, AuthorizationRequest, Configuration, PendingAuthorization, Scope};
use serde_json::json;
use url::Url;

use super::Server;

pub const REDIRECT: &str = "http://localhost:8085/";

pub fn client(server: &Server) -> ApiClient {
    let host = format!("{}/v5", server.address("http"));
    ApiClient::new(Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567").with_host(host))
        .unwrap()
}

pub fn request() -> AuthorizationRequest {
    AuthorizationRequest::new(REDIRECT, [Scope::PINS_READ, Scope::BOARDS_READ])
}

pub fn query(url: &str) -> HashMap<String, String> {
    Url::parse(url).unwrap().query_pairs().into_owned().collect()
}

/// The callback of a person who allowed it.
pub async fn allowed(server: &Server, pending: &PendingAuthorization) -> String {
    let issued = server
        .control("POST", "/_sandbox/codes", &json!({"redirect_uri": REDIRECT}))
        .await;
    let code = issued["code"].as_str().unwrap();
    format!("{REDIRECT}?code={code}&state={}", pending.state())
}
