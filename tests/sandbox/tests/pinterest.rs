//! Pinterest's side: grants, rotation, revocation, conversion tokens, resources.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use pinterest_sandbox::Sandbox;
use serde_json::{Value, json};
use support::{basic, bearer, control, request, start, token};

const REDIRECT: &str = "redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F";

async fn code(sandbox: &Sandbox) -> String {
    let issued = control(sandbox, "POST", "codes", Value::Null).await;
    issued["code"].as_str().unwrap().to_owned()
}

async fn refresh(sandbox: &Sandbox, refresh_token: &Value) -> support::Answer {
    token(
        sandbox,
        &format!(
            "grant_type=refresh_token&refresh_token={}",
            refresh_token.as_str().unwrap()
        ),
    )
    .await
}

#[tokio::test]
async fn a_code_works_once_with_its_redirect_uri() {
    let sandbox = start().await;
    let code = code(&sandbox).await;
    let form = format!("grant_type=authorization_code&code={code}&{REDIRECT}");
    let wrong = token(&sandbox, &form.replace("8085%2F", "8085")).await;
    assert_eq!(wrong.refusal(), (401, 283));
    assert_eq!(wrong.json()["status"], "failure");

    let answer = token(&sandbox, &form).await;
    let body = answer.json();
    assert_eq!(
        (answer.status, body["response_type"].as_str()),
        (200, Some("authorization_code"))
    );
    assert!(body["access_token"].as_str().unwrap().starts_with("pina_"));
    assert!(body["refresh_token"].as_str().unwrap().starts_with("pinr.eyJ"));
    assert_eq!(
        (&body["expires_in"], &body["token_type"]),
        (&json!(2_592_000), &json!("bearer"))
    );
    assert!(answer.head.contains("x-pinterest-rid: "), "{}", answer.head);

    assert_eq!(token(&sandbox, &form).await.refusal(), (401, 283));
}

#[tokio::test]
async fn a_code_expires() {
    let sandbox = start().await;
    let code = code(&sandbox).await;
    control(&sandbox, "POST", "clock", json!({"advance_seconds": 600})).await;
    let answer = token(
        &sandbox,
        &format!("grant_type=authorization_code&code={code}&{REDIRECT}"),
    )
    .await;
    assert_eq!(answer.refusal(), (401, 283));
}

#[tokio::test]
async fn credentials_and_forms_that_are_wrong() {
    let sandbox = start().await;
    let post =
        async |headers: &str, body: &str| request(&sandbox, "POST", "/v5/oauth/token", headers, body).await;
    let form = "grant_type=client_credentials&scope=pins%3Aread";
    let content_type = "Content-Type: application/x-www-form-urlencoded\r\n";
    assert_eq!(
        post(content_type, form).await.refusal(),
        (400, 1),
        "no credentials"
    );
    let in_body = format!("{form}&client_id=1234567&client_secret=0123456789abcdef0123456789abcdef01234567");
    assert_eq!(
        post(content_type, &in_body).await.refusal(),
        (400, 1),
        "credentials in the body"
    );
    assert_eq!(
        post(&basic("1234567", "wrong"), form).await.refusal(),
        (401, 2),
        "a wrong secret"
    );
    assert_eq!(
        post(&basic("nobody", "0123456789abcdef0123456789abcdef01234567"), form)
            .await
            .refusal(),
        (401, 2),
        "an unknown app"
    );
    let json_type =
        basic("1234567", "0123456789abcdef0123456789abcdef01234567").replace("x-www-form-urlencoded", "json");
    assert_eq!(post(&json_type, form).await.refusal(), (400, 1), "not a form");
    for form in [
        "",
        "grant_type=password",
        "grant_type=authorization_code",
        "grant_type=refresh_token",
        "grant_type=client_credentials",
    ] {
        assert_eq!(token(&sandbox, form).await.refusal(), (400, 1), "{form}");
    }
    control(
        &sandbox,
        "PATCH",
        "switches",
        json!({"missing_credentials_status": 401}),
    )
    .await;
    assert_eq!(post(content_type, form).await.refusal(), (401, 2), "the switch");
}

#[tokio::test]
async fn refreshing_renews_and_the_rotation_policies_differ() {
    for (policy, old_after_use, old_after_new_use) in [
        ("keep_until_expiry", 200, 200),
        ("invalidate_on_use", 401, 401),
        ("invalidate_on_new_token_use", 200, 401),
    ] {
        let sandbox = start().await;
        control(&sandbox, "PATCH", "switches", json!({"rotation": policy})).await;
        let old = control(&sandbox, "POST", "tokens", Value::Null).await["refresh_token"].clone();
        let answer = refresh(&sandbox, &old).await.json();
        assert_ne!(answer["refresh_token"], old, "{policy}");
        assert_eq!(answer["refresh_token_expires_in"], json!(5_184_000));
        assert!(answer["refresh_token_expires_at"].is_i64());
        assert_eq!(refresh(&sandbox, &old).await.status, old_after_use, "{policy}");
        assert_eq!(
            refresh(&sandbox, &answer["refresh_token"]).await.status,
            200,
            "{policy}"
        );
        assert_eq!(
            refresh(&sandbox, &old).await.status,
            old_after_new_use,
            "{policy}"
        );
    }
}

#[tokio::test]
async fn a_legacy_token_is_not_renewed_unless_asked() {
    let sandbox = start().await;
    let minted = control(&sandbox, "POST", "tokens", json!({"continuous": false})).await;
    let plain = refresh(&sandbox, &minted["refresh_token"]).await.json();
    assert_eq!(
        (plain.get("refresh_token"), plain.get("refresh_token_expires_at")),
        (None, None)
    );
    control(
        &sandbox,
        "PATCH",
        "switches",
        json!({"refresh_on_response_type": "everlasting_refresh"}),
    )
    .await;
    let text = minted["refresh_token"].as_str().unwrap();
    let asked = token(
        &sandbox,
        &format!("grant_type=refresh_token&refresh_token={text}&refresh_on=true"),
    )
    .await
    .json();
    assert_eq!(asked["response_type"], "everlasting_refresh");
    assert_eq!(asked["refresh_token_expires_in"], json!(5_184_000));
}

#[tokio::test]
async fn an_integration_gets_its_own_kind_of_answer() {
    let sandbox = start().await;
    let minted = control(&sandbox, "POST", "tokens", json!({"integration": true})).await;
    let answer = refresh(&sandbox, &minted["refresh_token"]).await.json();
    assert_eq!(answer["response_type"], "integration_refresh");
    assert!(answer["refresh_token"].is_string() && answer.get("refresh_token_expires_at").is_none());
}

#[tokio::test]
async fn scopes_add_up_and_can_be_narrowed_but_not_widened() {
    let sandbox = start().await;
    for scope in ["pins:read", "boards:read, pins:read"] {
        control(&sandbox, "POST", "codes", json!({"code": "c", "scope": scope})).await;
        let answer = token(
            &sandbox,
            &format!("grant_type=authorization_code&code=c&{REDIRECT}"),
        )
        .await
        .json();
        if scope.starts_with("boards") {
            assert_eq!(
                answer["scope"], "pins:read boards:read",
                "what was approved earlier counts"
            );
            let text = answer["refresh_token"].as_str().unwrap();
            let form = format!("grant_type=refresh_token&refresh_token={text}&scope=");
            assert_eq!(
                token(&sandbox, &(form.clone() + "pins%3Aread")).await.json()["scope"],
                "pins:read"
            );
            assert_eq!(
                token(&sandbox, &(form + "ads%3Aread")).await.refusal(),
                (401, 283)
            );
        }
    }
}

#[tokio::test]
async fn twice_in_a_second_gives_the_same_access_token() {
    let sandbox = start().await;
    let form = "grant_type=client_credentials&scope=pins%3Aread";
    let mut same = false;
    for _ in 0..3 {
        let first = token(&sandbox, form).await.json();
        let second = token(&sandbox, form).await.json();
        assert!(first["access_token"].as_str().unwrap().starts_with("pinc_"));
        assert!(first.get("refresh_token").is_none());
        same |= first == second; // Not when a second ends in between.
    }
    assert!(same);
    control(
        &sandbox,
        "PATCH",
        "switches",
        json!({"same_second_same_token": false}),
    )
    .await;
    assert_ne!(
        token(&sandbox, form).await.json(),
        token(&sandbox, form).await.json()
    );
}

#[tokio::test]
async fn only_system_users_tokens_are_revoked() {
    let sandbox = start().await;
    for (kind, status) in [("user", 403), ("system", 200)] {
        let minted = control(&sandbox, "POST", "tokens", json!({"kind": kind})).await;
        let text = minted["access_token"].as_str().unwrap();
        let headers = basic("1234567", "0123456789abcdef0123456789abcdef01234567");
        let answer = request(
            &sandbox,
            "POST",
            "/v5/oauth/token/revoke",
            &headers,
            &format!("token={text}"),
        )
        .await;
        assert_eq!(answer.status, status, "{kind}: {}", answer.body);
        let after = bearer(&sandbox, "GET", "/v5/user_account", text).await.status;
        assert_eq!(after, if kind == "system" { 401 } else { 200 });
        if kind == "system" {
            assert_eq!(answer.body, "");
            let again = request(
                &sandbox,
                "POST",
                "/v5/oauth/token/revoke",
                &headers,
                &format!("token={text}"),
            )
            .await;
            assert_eq!(again.status, 200, "an unknown token counts as revoked");
        } else {
            assert_eq!(answer.refusal(), (403, 29));
        }
    }
}

#[tokio::test]
async fn a_conversion_token_needs_its_scope() {
    let sandbox = start().await;
    let mint = async |scope: &str| {
        let minted = control(&sandbox, "POST", "tokens", json!({"scope": scope})).await;
        minted["access_token"].as_str().unwrap().to_owned()
    };
    let (with, without) = (mint("ads:write").await, mint("pins:read").await);
    let answer = bearer(&sandbox, "POST", "/v5/oauth/conversion_token", &with)
        .await
        .json();
    assert_eq!(answer["token_type"], "conversion");
    assert_eq!(answer.as_object().unwrap().len(), 2, "no expiry, no scope");
    assert_eq!(
        bearer(&sandbox, "POST", "/v5/oauth/conversion_token", &without)
            .await
            .refusal(),
        (401, 3)
    );
    assert_eq!(
        bearer(&sandbox, "POST", "/v5/oauth/conversion_token", "nobody")
            .await
            .refusal(),
        (401, 2)
    );
}

#[tokio::test]
async fn resources_check_scopes_environments_and_pages() {
    let sandbox = start().await;
    let minted = control(&sandbox, "POST", "tokens", json!({"scope": "boards:read"})).await;
    let text = minted["access_token"].as_str().unwrap();
    assert_eq!(
        bearer(&sandbox, "GET", "/v5/user_account", text).await.refusal(),
        (401, 3)
    );

    let (mut bookmark, mut seen, mut pages) = (String::new(), 0, 0);
    loop {
        let page = bearer(
            &sandbox,
            "GET",
            &format!("/v5/boards?page_size=25{bookmark}"),
            text,
        )
        .await;
        assert!(page.head.contains("x-ratelimit-remaining: "));
        let page = page.json();
        seen += page["items"].as_array().unwrap().len();
        pages += 1;
        match page["bookmark"].as_str() {
            Some(next) => bookmark = format!("&bookmark={next}"),
            None => break,
        }
    }
    assert_eq!((seen, pages), (60, 3));
    for query in ["page_size=0", "page_size=251", "bookmark=x"] {
        assert_eq!(
            bearer(&sandbox, "GET", &format!("/v5/boards?{query}"), text)
                .await
                .status,
            400,
            "{query}"
        );
    }

    control(&sandbox, "PATCH", "switches", json!({"environment": "sandbox"})).await;
    assert_eq!(
        bearer(&sandbox, "GET", "/v5/boards", text).await.refusal(),
        (401, 2)
    );
}

#[tokio::test]
async fn other_paths_and_methods() {
    let sandbox = start().await;
    assert_eq!(
        request(&sandbox, "GET", "/v5/oauth/token", "", "")
            .await
            .refusal(),
        (405, 5)
    );
    for path in ["/v5/nothing", "/v5", "/v5/", "/v5/pins/", "/v6/pins", "/pins"] {
        assert_eq!(
            request(&sandbox, "GET", path, "", "").await.refusal(),
            (404, 0),
            "{path}"
        );
    }
    for (method, path) in [
        ("GET", "/v5/catalogs"),
        ("POST", "/v5/ad_accounts"),
        ("GET", "/v5/pins/analytics"),
    ] {
        let answer = request(&sandbox, method, path, "", "").await;
        assert_eq!(answer.refusal(), (401, 2), "{method} {path}");
    }
    assert_eq!(
        request(&sandbox, "PUT", "/v5/pins/1", "", "").await.refusal(),
        (405, 5)
    );
}
