//! What becomes of tokens when others are issued, reused or taken back.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use pinterest_sandbox::Sandbox;
use serde_json::{Value, json};
use support::{bearer, control, start, token};

async fn switch(sandbox: &Sandbox, switches: Value) {
    control(sandbox, "PATCH", "switches", switches).await;
}

async fn pass(sandbox: &Sandbox, seconds: i64) {
    control(sandbox, "POST", "clock", json!({"advance_seconds": seconds})).await;
}

async fn mint(sandbox: &Sandbox, wanted: Value) -> String {
    let minted = control(sandbox, "POST", "tokens", wanted).await;
    minted["refresh_token"].as_str().unwrap().to_owned()
}

/// The status, and the body of what worked.
async fn refresh(sandbox: &Sandbox, text: &str) -> (u16, Value) {
    let answer = token(sandbox, &format!("grant_type=refresh_token&refresh_token={text}")).await;
    let body = answer.json();
    if answer.status != 200 {
        assert_eq!(answer.refusal(), (401, 283));
    }
    (answer.status, body)
}

fn text<'a>(body: &'a Value, name: &str) -> &'a str {
    body[name].as_str().unwrap_or_else(|| panic!("no {name}: {body}"))
}

async fn use_access(sandbox: &Sandbox, body: &Value) -> u16 {
    bearer(sandbox, "GET", "/v5/user_account", text(body, "access_token"))
        .await
        .status
}

#[tokio::test]
async fn the_grace_lets_an_old_token_live_a_little() {
    let sandbox = start().await;
    control(&sandbox, "POST", "clock", json!({"frozen": true})).await;
    switch(
        &sandbox,
        json!({"rotation": "invalidate_on_use", "rotation_grace_seconds": 30}),
    )
    .await;
    let old = mint(&sandbox, Value::Null).await;
    assert_eq!(refresh(&sandbox, &old).await.0, 200);
    pass(&sandbox, 29).await;
    assert_eq!(refresh(&sandbox, &old).await.0, 200, "within the grace");
    pass(&sandbox, 1).await;
    assert_eq!(
        refresh(&sandbox, &old).await.0,
        401,
        "a use within the grace does not prolong it"
    );
}

#[tokio::test]
async fn using_the_new_access_token_ends_the_old_refresh_token() {
    let sandbox = start().await;
    switch(&sandbox, json!({"rotation": "invalidate_on_new_token_use"})).await;
    let old = mint(&sandbox, Value::Null).await;
    let other = mint(&sandbox, Value::Null).await;
    let (_, new) = refresh(&sandbox, &old).await;
    assert_eq!(refresh(&sandbox, &old).await.0, 200, "nothing new was used yet");
    assert_eq!(use_access(&sandbox, &new).await, 200);
    assert_eq!(refresh(&sandbox, &old).await.0, 401);
    assert_eq!(refresh(&sandbox, text(&new, "refresh_token")).await.0, 200);
    assert_eq!(refresh(&sandbox, &other).await.0, 200, "another consent's token");
}

#[tokio::test]
async fn reuse_revokes_the_family_if_asked() {
    for (revokes, status) in [(false, 200), (true, 401)] {
        let sandbox = start().await;
        let rotation = json!({"rotation": "invalidate_on_use", "refresh_reuse_revokes_tokens": revokes});
        switch(&sandbox, rotation).await;
        let old = mint(&sandbox, Value::Null).await;
        let (_, new) = refresh(&sandbox, &old).await;
        assert_eq!(refresh(&sandbox, &old).await.0, 401);
        assert_eq!(use_access(&sandbox, &new).await, status);
        assert_eq!(refresh(&sandbox, text(&new, "refresh_token")).await.0, status);
    }
}

#[tokio::test]
async fn a_code_used_again_revokes_what_it_gave_if_asked() {
    for (revokes, status) in [(false, 200), (true, 401)] {
        let sandbox = start().await;
        switch(&sandbox, json!({"code_reuse_revokes_tokens": revokes})).await;
        control(&sandbox, "POST", "codes", json!({"code": "c"})).await;
        let form = "grant_type=authorization_code&code=c&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F";
        let given = token(&sandbox, form).await.json();
        assert_eq!(token(&sandbox, form).await.refusal(), (401, 283));
        assert_eq!(use_access(&sandbox, &given).await, status);
    }
    let sandbox = start().await;
    switch(&sandbox, json!({"code_single_use": false})).await;
    control(&sandbox, "POST", "codes", json!({"code": "c"})).await;
    let form = "grant_type=authorization_code&code=c&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F";
    for _ in 0..2 {
        assert_eq!(token(&sandbox, form).await.status, 200);
    }
}

#[tokio::test]
async fn refreshes_can_give_no_refresh_token_or_the_same() {
    let sandbox = start().await;
    control(&sandbox, "POST", "clock", json!({"frozen": true})).await;
    let old = mint(&sandbox, Value::Null).await;
    switch(
        &sandbox,
        json!({"new_refresh_token": "never", "rotation": "invalidate_on_use"}),
    )
    .await;
    let (_, body) = refresh(&sandbox, &old).await;
    assert_eq!(
        (body.get("refresh_token"), body.get("refresh_token_expires_in")),
        (None, None)
    );
    switch(&sandbox, json!({"new_refresh_token": "same"})).await;
    pass(&sandbox, 100).await;
    let (_, body) = refresh(&sandbox, &old).await;
    assert_eq!(text(&body, "refresh_token"), old);
    assert_eq!(body["refresh_token_expires_in"], json!(5_184_000 - 100));
    assert_eq!(refresh(&sandbox, &old).await.0, 200, "what was not renewed stays");
}

#[tokio::test]
async fn tokens_end_with_their_time() {
    let sandbox = start().await;
    control(&sandbox, "POST", "clock", json!({"frozen": true})).await;
    let minted = control(&sandbox, "POST", "tokens", Value::Null).await;
    pass(&sandbox, 2_592_000 - 1).await;
    assert_eq!(use_access(&sandbox, &minted).await, 200);
    pass(&sandbox, 1).await;
    assert_eq!(use_access(&sandbox, &minted).await, 401);
    let old = text(&minted, "refresh_token");
    let (_, renewed) = refresh(&sandbox, old).await;
    assert_ne!(renewed["access_token"], minted["access_token"]);
    pass(&sandbox, 2_592_000).await;
    assert_eq!(refresh(&sandbox, old).await.0, 401, "60 days after it was minted");
    assert_eq!(
        refresh(&sandbox, text(&renewed, "refresh_token")).await.0,
        200,
        "60 more days"
    );
}

#[tokio::test]
async fn tokens_belong_to_their_app_and_environment() {
    let sandbox = start().await;
    let app = json!({"app_id": "other", "app_secret": "s"});
    control(&sandbox, "POST", "apps", app).await;
    let others = mint(&sandbox, json!({"app_id": "other"})).await;
    assert_eq!(refresh(&sandbox, &others).await.0, 401);
    let elsewhere = mint(&sandbox, json!({"environment": "sandbox"})).await;
    assert_eq!(refresh(&sandbox, &elsewhere).await.0, 401);
    switch(&sandbox, json!({"environment": "sandbox"})).await;
    assert_eq!(refresh(&sandbox, &elsewhere).await.0, 200);
}

#[tokio::test]
async fn flags_count_by_presence_or_by_value() {
    let sandbox = start().await;
    let old = mint(&sandbox, json!({"continuous": false})).await;
    let form = format!("grant_type=refresh_token&refresh_token={old}&refresh_on=false");
    assert!(token(&sandbox, &form).await.json()["refresh_token"].is_string());
    switch(&sandbox, json!({"flags_by_presence": false})).await;
    assert!(token(&sandbox, &form).await.json().get("refresh_token").is_none());
    let form = form.replace("false", "True");
    assert!(token(&sandbox, &form).await.json()["refresh_token"].is_string());
}

#[tokio::test]
async fn the_scope_of_a_refresh_narrows_the_access_token_only() {
    let sandbox = start().await;
    let old = mint(&sandbox, json!({"scope": "user_accounts:read pins:read"})).await;
    let form = format!("grant_type=refresh_token&refresh_token={old}&scope=pins%3Aread");
    let narrow = token(&sandbox, &form).await.json();
    assert_eq!(narrow["scope"], "pins:read");
    assert_eq!(use_access(&sandbox, &narrow).await, 401);
    let (_, wide) = refresh(&sandbox, text(&narrow, "refresh_token")).await;
    assert_eq!(wide["scope"], "user_accounts:read pins:read");
    switch(
        &sandbox,
        json!({"refresh_scope": "ignore", "scope_separator": ","}),
    )
    .await;
    let ignored = token(&sandbox, &form).await.json();
    assert_eq!(ignored["scope"], "user_accounts:read,pins:read");
}

#[tokio::test]
async fn an_app_made_before_the_cut_off_gets_legacy_tokens() {
    let sandbox = start().await;
    for (made, flag, lifetime) in [
        ("2025-09-24T23:59:59Z", "", 31_536_000),
        ("2025-09-25T00:00:00Z", "", 5_184_000),
        ("2024-01-01", "&continuous_refresh=true", 5_184_000),
    ] {
        let app = json!({"app_id": "1234567", "app_secret": "0123456789abcdef0123456789abcdef01234567", "redirect_uris": ["r"], "created_at": made});
        control(&sandbox, "POST", "apps", app).await;
        control(&sandbox, "POST", "codes", json!({"code": "c"})).await;
        let form = format!("grant_type=authorization_code&code=c&redirect_uri=r{flag}");
        let body = token(&sandbox, &form).await.json();
        assert_eq!(body["refresh_token_expires_in"], json!(lifetime), "{made}");
        assert_eq!(
            body.get("refresh_token_expires_at").is_some(),
            lifetime == 5_184_000,
            "{made}"
        );
    }
}
