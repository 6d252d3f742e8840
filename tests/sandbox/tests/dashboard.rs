//! What the dashboard has to show, and what its buttons do.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use serde_json::{Value, json};
use support::{basic, bearer, control, request, start, token};

#[tokio::test]
async fn a_row_tells_the_grant_the_app_and_the_refusals_words() {
    let sandbox = start().await;
    token(&sandbox, "grant_type=refresh_token&refresh_token=wrong").await;
    let minted = control(&sandbox, "POST", "tokens", json!({"scope": "pins:read"})).await;
    let text = minted["access_token"].as_str().unwrap();
    bearer(&sandbox, "GET", "/v5/user_account", text).await;
    bearer(&sandbox, "GET", "/v5/media?page_size=0", text).await;
    request(&sandbox, "GET", "/oauth/?client_id=nobody", "", "").await;
    control(&sandbox, "POST", "script", json!([{"status": 503}])).await;
    request(&sandbox, "GET", "/v5/boards", "", "").await;
    let rows = control(&sandbox, "GET", "requests?brief=true", Value::Null).await;
    for (row, note) in rows.as_array().unwrap().iter().zip([
        "refresh_token · 1234567 · The authorization grant is invalid",
        "1234567 · Your token does not have sufficient permissions",
        "1234567 · Invalid value for page_size",
        "nobody · Invalid Application ID",
        "scripted",
    ]) {
        assert!(row["note"].as_str().unwrap().starts_with(note), "{row}");
    }
}

#[tokio::test]
async fn an_open_row_has_what_was_answered_and_what_is_wanted() {
    let sandbox = start().await;
    let asks = [
        (
            "POST",
            "/v5/oauth/token",
            "grant_type=authorization_code",
            "redirect_uri",
        ),
        (
            "POST",
            "/v5/oauth/token",
            "grant_type=refresh_token",
            "refresh_on",
        ),
        ("POST", "/v5/oauth/token", "", "grant_type"),
        ("POST", "/v5/oauth/token/revoke", "", "token_type_hint"),
        ("POST", "/v5/pins", "", "Authorization"),
        ("GET", "/oauth/", "", "response_type"),
        ("GET", "/v5/nothing", "", ""),
        ("GET", "/v5/catalogs", "", "page_size"),
    ];
    for (index, (method, path, form, name)) in asks.into_iter().enumerate() {
        let headers = basic("1234567", "0123456789abcdef0123456789abcdef01234567");
        let answer = request(&sandbox, method, path, &headers, form).await;
        let entry = control(&sandbox, "GET", &format!("requests/{}", index + 1), Value::Null).await;
        assert_eq!(entry["answer"], json!(answer.body), "{path}");
        let wanted = entry["wanted"].as_array().unwrap();
        assert!(
            wanted.iter().any(|row| row[0] == name),
            "{path} {form}: {wanted:?}"
        );
    }
    let pins = control(&sandbox, "GET", "requests/5", Value::Null).await;
    assert_eq!(
        pins["wanted"][0][1],
        "Bearer, then a token with boards:read boards:write pins:read pins:write"
    );
}

#[tokio::test]
async fn codes_and_tokens_are_expired_and_revoked() {
    for how in ["expire", "revoke"] {
        let sandbox = start().await;
        let minted = control(&sandbox, "POST", "tokens", Value::Null).await;
        let code = control(&sandbox, "POST", "codes", Value::Null).await;
        let [access, refresh] = ["access_token", "refresh_token"].map(|name| minted[name].as_str().unwrap());
        let code = code["code"].as_str().unwrap();
        let end = async |text: &str| {
            let path = format!("tokens/{how}");
            control(&sandbox, "POST", &path, json!({"token": text})).await
        };
        assert_eq!(
            bearer(&sandbox, "GET", "/v5/user_account", access).await.status,
            200
        );
        end(access).await;
        assert_eq!(
            bearer(&sandbox, "GET", "/v5/user_account", access)
                .await
                .refusal(),
            (401, 2)
        );
        let renew = format!("grant_type=refresh_token&refresh_token={refresh}");
        assert_eq!(token(&sandbox, &renew).await.status, 200, "that one lives");
        end(refresh).await;
        assert_eq!(token(&sandbox, &renew).await.refusal(), (401, 283));
        end(code).await;
        let redeem = format!(
            "grant_type=authorization_code&code={code}&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F"
        );
        assert_eq!(token(&sandbox, &redeem).await.refusal(), (401, 283));
        let path = format!("/_sandbox/tokens/{how}");
        let nobody = request(&sandbox, "POST", &path, "", r#"{"token": "nobody"}"#).await;
        assert_eq!(nobody.status, 400);
    }
}

#[tokio::test]
async fn the_overview_has_the_clock() {
    let sandbox = start().await;
    let before = control(&sandbox, "POST", "clock", json!({"frozen": true})).await;
    control(&sandbox, "POST", "clock", json!({"advance_seconds": 86400})).await;
    let overview = control(&sandbox, "GET", "overview", Value::Null).await;
    assert_eq!(
        (&overview["now"], &overview["frozen"]),
        (&json!(before["now"].as_i64().unwrap() + 86400), &json!(true))
    );
}
