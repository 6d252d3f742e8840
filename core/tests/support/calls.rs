//! A configuration, a call and a file, for tests that are about none of them.

#![allow(dead_code)] // Not every test program needs all of it.

use std::path::PathBuf;
use std::time::Duration;

use pinterest_sdk::{ApiClient, Configuration, OauthAccessTokenRequest, OauthApi};

pub fn configuration(host: impl Into<String>) -> Configuration {
    Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567")
        .with_host(host)
        .with_timeout(Duration::from_secs(5))
}

pub fn request() -> OauthAccessTokenRequest {
    OauthAccessTokenRequest::client_credentials("user_accounts:read")
}

pub fn api(configuration: Configuration) -> OauthApi {
    OauthApi::new(ApiClient::new(configuration).unwrap())
}

pub fn file(name: &str, content: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", std::process::id()));
    std::fs::write(&path, content).unwrap();
    path
}
