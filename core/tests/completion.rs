//! A callback counts once, and for nothing if its code was not used up.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use pinterest_sdk::{
    ApiClient, AuthorizationReason, Configuration, ErrorKind, Outcome, PendingAuthorization,
};
use serde_json::json;
use support::Server;
use support::authorization::{allowed, client, request};
use tokio::time::timeout;

#[tokio::test]
async fn a_code_that_could_not_be_sent_can_be_sent_later() {
    let server = Server::start().await;
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let host = format!("http://{address}/v5");
    let client = ApiClient::new(
        Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567").with_host(host),
    )
    .unwrap();
    let pending = request().start(&client).unwrap();
    let callback = format!("?code=code&state={}", pending.state());
    for _ in 0..2 {
        let error = pending.complete(&client, &callback).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Network, Outcome::NotSent)
        );
    }

    // An answer that was lost is another matter: the code may be used up.
    let client = self::client(&server);
    let pending = request().start(&client).unwrap();
    let callback = allowed(&server, &pending).await;
    server.respond(json!([{"fault": "close"}])).await;
    let error = pending.complete(&client, &callback).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    let error = pending.complete(&client, &callback).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.reason()),
        (ErrorKind::Authorization, Some(AuthorizationReason::Replayed))
    );
}

#[tokio::test]
async fn a_completion_that_was_dropped_before_it_was_sent_can_be_made_again() {
    // It takes connections, so that the client waits for its part of the TLS handshake.
    let mute = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = format!("https://{}/v5", mute.local_addr().unwrap());
    let client = ApiClient::new(
        Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567").with_host(host),
    )
    .unwrap();
    let pending = request().start(&client).unwrap();
    let callback = format!("?code=code&state={}", pending.state());
    for _ in 0..3 {
        let dropped = timeout(Duration::from_millis(50), pending.complete(&client, &callback)).await;
        assert!(dropped.is_err());
    }
    drop(mute);
    let error = pending.complete(&client, &callback).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Network, Outcome::NotSent)
    );
    // Never even begun.
    drop(pending.complete(&client, &callback));
    assert_ne!(
        pending.complete(&client, &callback).await.unwrap_err().kind(),
        ErrorKind::Authorization
    );
}

#[tokio::test]
async fn a_completion_that_was_dropped_after_it_was_sent_counts() {
    let server = Server::start().await;
    let client = client(&server);
    let pending = request().start(&client).unwrap();
    let callback = allowed(&server, &pending).await;
    server.respond(json!([{"fault": "hang"}])).await;
    let dropped = timeout(Duration::from_millis(300), pending.complete(&client, &callback)).await;
    assert!(dropped.is_err());
    assert_eq!(server.requests().await.len(), 1);
    let error = pending.complete(&client, &callback).await.unwrap_err();
    assert!(error.message().contains("used already"), "{error}");
}

#[tokio::test]
async fn the_same_callback_twice_at_once_is_sent_once() {
    let server = Server::start().await;
    let client = client(&server);
    let pending = request().start(&client).unwrap();
    let callback = allowed(&server, &pending).await;
    let again = PendingAuthorization::from_json(&pending.to_json()).unwrap();
    // Another client of the same app, as a web application may make one for each request.
    let other = self::client(&server);
    let (first, second) = tokio::join!(
        pending.complete(&client, &callback),
        again.complete(&other, &callback)
    );
    assert_eq!(
        [&first, &second].iter().filter(|result| result.is_ok()).count(),
        1
    );
    let error = first.err().or(second.err()).unwrap();
    assert!(error.message().contains("used already"), "{error}");
    assert_eq!(server.requests().await.len(), 1);
}

#[tokio::test]
async fn a_refusal_that_leaves_the_code_lets_it_be_sent_again() {
    let server = Server::start().await;
    let client = client(&server);
    let pending = request().start(&client).unwrap();
    let callback = allowed(&server, &pending).await;
    for (status, code) in [(429, 8), (429, 8), (401, 2)] {
        let refusal = json!({"code": code, "message": "not now"});
        server.respond(json!([{"status": status, "json": refusal}])).await;
        let error = pending.complete(&client, &callback).await.unwrap_err();
        assert_eq!(
            (error.status(), error.outcome()),
            (Some(status), Outcome::Refused)
        );
    }
    pending.complete(&client, &callback).await.unwrap();
    let error = pending.complete(&client, &callback).await.unwrap_err();
    assert!(error.message().contains("used already"), "{error}");

    // A code that is refused is not sent twice.
    let pending = request().start(&client).unwrap();
    let callback = format!("?code=wrong&state={}", pending.state());
    let error = pending.complete(&client, &callback).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidGrant);
    let error = pending.complete(&client, &callback).await.unwrap_err();
    assert!(error.message().contains("used already"), "{error}");
}

#[tokio::test]
async fn a_denial_stays_a_denial() {
    let server = Server::start().await;
    let client = client(&server);
    let pending = request().start(&client).unwrap();
    for _ in 0..2 {
        let denied = format!("?error=access_denied&state={}", pending.state());
        let error = pending.complete(&client, &denied).await.unwrap_err();
        assert!(error.message().contains("access_denied"), "{error}");
    }
    // The person may go back and allow it.
    let callback = allowed(&server, &pending).await;
    pending.complete(&client, &callback).await.unwrap();
}

#[tokio::test]
async fn a_callback_that_was_redeemed_counts_until_it_is_given_back() {
    let server = Server::start().await;
    let client = client(&server);
    let pending = request().start(&client).unwrap();
    let callback = format!("?code=code&state={}", pending.state());
    for _ in 0..2 {
        pending.redeem(&client, &callback).unwrap();
        let error = pending.redeem(&client, &callback).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Authorization);
        pending.give_back();
    }
}
