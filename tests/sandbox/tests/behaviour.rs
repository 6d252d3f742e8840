//! The rest of Pinterest's side: rate limits, headers, bodies, scopes.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use serde_json::{Value, json};
use support::{basic, bearer, control, request, start, token};

#[tokio::test]
async fn scopes_that_do_not_exist_are_refused_if_asked() {
    let sandbox = start().await;
    control(
        &sandbox,
        "PATCH",
        "switches",
        json!({"accept_unknown_scopes": false}),
    )
    .await;
    let form = "grant_type=client_credentials&scope=pins%3Araed";
    assert_eq!(token(&sandbox, form).await.refusal(), (400, 1));
    assert_eq!(token(&sandbox, &form.replace("raed", "read")).await.status, 200);
    let page =
        "/oauth/?client_id=1234567&redirect_uri=http://localhost:8085/&response_type=code&scope=pins:raed";
    assert_eq!(request(&sandbox, "GET", page, "", "").await.refusal(), (400, 1));
    assert_eq!(
        request(&sandbox, "GET", &page.replace("raed", "read"), "", "")
            .await
            .status,
        200
    );
    assert_eq!(
        request(&sandbox, "PUT", "/oauth/", "", "").await.refusal(),
        (405, 5)
    );
}

#[tokio::test]
async fn unknown_tokens_count_as_revoked_or_not() {
    let sandbox = start().await;
    let headers = basic("1234567", "0123456789abcdef0123456789abcdef01234567");
    let revoke = async || request(&sandbox, "POST", "/v5/oauth/token/revoke", &headers, "token=x").await;
    assert_eq!(revoke().await.status, 200);
    control(
        &sandbox,
        "PATCH",
        "switches",
        json!({"revoke_unknown_tokens": false}),
    )
    .await;
    assert_eq!(revoke().await.refusal(), (403, 29));
}

#[tokio::test]
async fn the_rate_limit_is_counted_and_enforced_if_asked() {
    let sandbox = start().await;
    control(&sandbox, "POST", "clock", json!({"frozen": true})).await;
    let minted = control(&sandbox, "POST", "tokens", Value::Null).await;
    let text = minted["access_token"].as_str().unwrap();
    let get = async || bearer(&sandbox, "GET", "/v5/user_account", text).await;
    for _ in 0..2 {
        assert!(get().await.head.contains("x-ratelimit-remaining: 999\r\n"));
    }
    control(
        &sandbox,
        "PATCH",
        "switches",
        json!({"rate_limit": 2, "enforce_rate_limit": true}),
    )
    .await;
    assert!(get().await.head.contains("x-ratelimit-remaining: 1\r\n"));
    assert!(get().await.head.contains("x-ratelimit-remaining: 0\r\n"));
    control(&sandbox, "POST", "clock", json!({"advance_seconds": 20})).await;
    let refused = get().await;
    assert_eq!(refused.refusal(), (429, 8));
    assert!(
        refused.head.contains("x-ratelimit-reset: 40\r\n"),
        "{}",
        refused.head
    );
    control(&sandbox, "POST", "clock", json!({"advance_seconds": 40})).await;
    assert_eq!(get().await.status, 200);
}

#[tokio::test]
async fn answers_look_like_those_of_pinterest() {
    let sandbox = start().await;
    control(&sandbox, "POST", "clock", json!({"frozen": true})).await;
    let now = control(&sandbox, "GET", "clock", Value::Null).await["now"]
        .as_i64()
        .unwrap();
    control(
        &sandbox,
        "POST",
        "clock",
        json!({"advance_seconds": 1_893_456_000 - now}),
    )
    .await;
    let answer = token(&sandbox, "grant_type=password").await;
    for header in [
        "Content-Type: application/json",
        "Date: Tue, 01 Jan 2030 00:00:00 GMT",
        "Cache-Control: no-cache, no-store, must-revalidate",
        "X-Content-Type-Options: nosniff",
        "x-pinterest-rid: 4000000000000001",
        "Set-Cookie: _ir=0; Max-Age=1800; HttpOnly; Path=/; Secure",
    ] {
        assert!(
            answer.head.lines().any(|line| line == header),
            "{header}: {}",
            answer.head
        );
    }
    assert_eq!(
        answer.json(),
        json!({"code": 1, "message": "Invalid request body"})
    );
    let wrong = request(&sandbox, "POST", "/v5/oauth/token", &basic("1234567", "x"), "").await;
    assert_eq!(
        wrong.json(),
        json!({"code": 2, "message": "Authentication failed.", "status": "failure"})
    );
    control(
        &sandbox,
        "PATCH",
        "switches",
        json!({"failure_status_field": false}),
    )
    .await;
    let wrong = request(&sandbox, "POST", "/v5/oauth/token", &basic("1234567", "x"), "").await;
    assert_eq!(
        wrong.json(),
        json!({"code": 2, "message": "Authentication failed."})
    );
    let twice = "grant_type=client_credentials&grant_type=client_credentials&scope=a";
    assert_eq!(
        token(&sandbox, twice).await.refusal(),
        (400, 1),
        "no parameter twice"
    );
}
