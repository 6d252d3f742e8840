//! Pinterest's limits: calls wait where an answer said that they would be refused, and nowhere else.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, UNIX_EPOCH};

use pinterest_sdk::{
    ApiClient, ApiRequest, CallOptions, Clock, Configuration, Error, ErrorKind, OperationCall, Outcome,
};
use serde_json::{Value, json};
use support::Server;
use tokio::time::timeout;

const SCOPE: &str = "boards:read boards:write";

async fn token(server: &Server) -> String {
    let minted = server
        .control("POST", "/_sandbox/tokens", &json!({"scope": SCOPE}))
        .await;
    minted["access_token"].as_str().unwrap().to_owned()
}

async fn settings(server: &Server) -> Configuration {
    let host = format!("{}/v5", server.address("http"));
    Configuration::default()
        .with_host(host)
        .with_access_token(token(server).await)
}

fn list() -> OperationCall {
    OperationCall::new("boards/list").unwrap()
}

async fn call(client: &ApiClient, call: OperationCall) -> Result<Value, Error> {
    let answer = client.call(&call, &CallOptions::default()).await?;
    Ok(answer.data)
}

/// An answer after which nothing is left for so many seconds.
fn last(seconds: u64) -> Value {
    let reset = seconds.to_string();
    json!({"json": {}, "headers": {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}})
}

#[tokio::test]
async fn a_call_waits_until_it_may_go_and_others_go() {
    let server = Server::start().await;
    let settings = settings(&server).await;
    let client = ApiClient::new(settings.clone()).unwrap();
    server
        .respond(json!([last(1), {"json": {}}, {"json": {}}, {"json": {}}, {"json": {}}]))
        .await;
    call(&client, list()).await.unwrap();
    let start = Instant::now();
    // Another category, another token, and what is no operation.
    let create = OperationCall::new("boards/create").unwrap();
    call(&client, create.with_body(&json!({"name": "n"})).unwrap())
        .await
        .unwrap();
    let other = settings.with_access_token("pina_other");
    call(&client.reconfigured(other).unwrap(), list()).await.unwrap();
    let any: Value = client
        .request(ApiRequest::get("/boards"), &CallOptions::default())
        .await
        .unwrap()
        .data;
    assert_eq!(any, json!({}));
    assert!(
        start.elapsed() < Duration::from_millis(700),
        "{:?}",
        start.elapsed()
    );
    // A clone knows what its like heard.
    call(&client.clone(), list()).await.unwrap();
    assert!(
        start.elapsed() > Duration::from_millis(800),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(server.requests().await.len(), 5);
}

#[tokio::test]
async fn what_cannot_wait_so_long_fails_at_once_and_was_not_sent() {
    let server = Server::start().await;
    let client = ApiClient::new(settings(&server).await).unwrap();
    let refused = json!({
        "status": 429,
        "json": {"code": 8, "message": "m"},
        "headers": {"retry-after": "67150", "x-ratelimit-remaining": "5"},
    });
    server.respond(json!([refused])).await;
    assert_eq!(
        call(&client, list()).await.unwrap_err().outcome(),
        Outcome::Refused
    );
    let start = Instant::now();
    let error = call(&client, list()).await.unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::RateLimited, Outcome::NotSent)
    );
    assert!(error.is_retryable() && error.status().is_none());
    let wait = error.retry_after().unwrap().as_secs();
    assert!((67_140..=67_150).contains(&wait), "{wait}");
    assert!(error.message().contains("org_read"), "{error}");
    assert_eq!(server.requests().await.len(), 1);
    // Nor does who has time, and is not to wait so long.
    let settings = client.configuration().clone();
    let hurried = settings
        .with_timeout(Duration::ZERO)
        .with_rate_limit_wait(Duration::from_secs(5));
    let hurried = client.clone().reconfigured(hurried).unwrap();
    let error = timeout(Duration::from_secs(1), call(&hurried, list())).await;
    assert_eq!(error.unwrap().unwrap_err().kind(), ErrorKind::RateLimited);
    assert_eq!(server.requests().await.len(), 1);
    // Pages ask as calls do.
    let mut pages = client.pages(list(), &CallOptions::default()).unwrap();
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::RateLimited
    );
    assert_eq!(server.requests().await.len(), 1);
}

#[tokio::test]
async fn without_evidence_or_switched_off_a_call_goes() {
    let server = Server::start().await;
    let settings = settings(&server).await;
    let client = ApiClient::new(settings.clone()).unwrap();
    let bare = json!({"status": 429, "json": {"code": 8, "message": "m"}});
    let left = json!({"json": {}, "headers": {"x-ratelimit-remaining": "3", "x-ratelimit-reset": "60"}});
    let unsaid = json!({"json": {}, "headers": {"x-ratelimit-remaining": "0"}});
    server.respond(json!([bare, left, unsaid, {"json": {}}])).await;
    call(&client, list()).await.unwrap_err();
    for _ in 0..3 {
        call(&client, list()).await.unwrap();
    }
    let off = ApiClient::new(settings.with_keep_rate_limits(false)).unwrap();
    server.respond(json!([last(3600), {"json": {}}])).await;
    for _ in 0..2 {
        call(&off, list()).await.unwrap();
    }
    assert_eq!(server.requests().await.len(), 6);
}

#[tokio::test]
async fn time_is_the_clocks() {
    let server = Server::start().await;
    let time = Arc::new(AtomicU64::new(1_700_000_000));
    let told = Arc::clone(&time);
    let clock = Clock::new(move || UNIX_EPOCH + Duration::from_secs(told.load(Ordering::Relaxed)));
    let client = ApiClient::new(settings(&server).await.with_clock(clock)).unwrap();
    server.respond(json!([last(3600), last(30), {"json": {}}])).await;
    call(&client, list()).await.unwrap();
    time.fetch_add(3600, Ordering::Relaxed);
    call(&client, list()).await.unwrap();
    // Also while a call waits.
    let start = Instant::now();
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { call(&client, list()).await }
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    time.fetch_add(30, Ordering::Relaxed);
    waiting.await.unwrap().unwrap();
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    // And a clock that stands still holds nobody for ever.
    server.respond(json!([last(1), {"json": {}}])).await;
    for _ in 0..2 {
        call(&client, list()).await.unwrap();
    }
    assert_eq!(server.requests().await.len(), 5);
}
