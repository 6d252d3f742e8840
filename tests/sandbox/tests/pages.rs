//! What a person sees.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use serde_json::{Value, json};
use support::{Answer, control, request, start, token};

const ASKED: &str = "client_id=app-id&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F&response_type=code&scope=pins%3Aread%20x%3Ay&state=s%22t";

async fn decide(sandbox: &pinterest_sandbox::Sandbox, form: &str) -> String {
    let answer = request(
        sandbox,
        "POST",
        "/oauth/",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        form,
    )
    .await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer
        .head
        .lines()
        .find_map(|line| line.strip_prefix("Location: "))
        .unwrap()
        .to_owned()
}

fn small_and_alone(page: &Answer) {
    assert!(page.body.len() < 50_000);
    for other in ["http://", "https://", "src=", "@import"] {
        let without_redirect = page.body.replace("http://localhost:8085/", "");
        assert!(!without_redirect.contains(other), "{other}");
    }
}

#[tokio::test]
async fn the_consent_page_asks_in_plain_words_and_allow_gives_a_code() {
    let sandbox = start().await;
    let page = request(&sandbox, "GET", &format!("/oauth/?{ASKED}"), "", "").await;
    assert_eq!(page.status, 200);
    for part in [
        "See your public Pins",
        "pins:read",
        "Allow",
        "Deny",
        "value=\"s&quot;t\"",
        "Sandbox app",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    small_and_alone(&page);
    let back = decide(&sandbox, &format!("{ASKED}&decision=allow")).await;
    let code = back
        .strip_prefix("http://localhost:8085/?code=")
        .unwrap()
        .strip_suffix("&state=s%22t")
        .unwrap();
    let form =
        format!("grant_type=authorization_code&code={code}&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F");
    assert_eq!(token(&sandbox, &form).await.json()["scope"], "pins:read x:y");
}

#[tokio::test]
async fn deny_goes_back_or_stays() {
    let sandbox = start().await;
    let back = decide(&sandbox, &format!("{ASKED}&decision=deny")).await;
    assert!(
        back.contains("error=access_denied") && back.ends_with("&state=s%22t"),
        "{back}"
    );
    control(&sandbox, "PATCH", "switches", json!({"denial_redirects": false})).await;
    let answer = request(&sandbox, "POST", "/oauth/", "", &format!("{ASKED}&decision=deny")).await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn what_is_missing_is_shown_and_not_sent_back() {
    let sandbox = start().await;
    let get = async |query: &str| request(&sandbox, "GET", &format!("/oauth/?{query}"), "", "").await;
    let none = get("redirect_uri=x").await;
    assert!(
        none.status == 400 && none.body.contains("You must pass a value for client_id"),
        "{}",
        none.body
    );
    assert_eq!(get("client_id=nobody").await.refusal(), (401, 283));
    assert_eq!(get(&ASKED.replace("8085%2F", "8085")).await.refusal(), (403, 7));
    assert_eq!(get(&ASKED.replace("scope=", "scopes=")).await.refusal(), (400, 1));
    assert_eq!(get(&ASKED.replace("client_id", "consumer_id")).await.status, 200);
}

#[tokio::test]
async fn a_challenge_is_verified_and_never_required() {
    let sandbox = start().await;
    // RFC 7636 appendix B.
    let challenge = "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    for (verifier, status) in [
        ("", 401),
        ("&code_verifier=wrong", 401),
        ("&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", 200),
    ] {
        let back = decide(&sandbox, &format!("{ASKED}{challenge}&decision=allow")).await;
        let code = back.split(['=', '&']).nth(1).unwrap();
        let form = format!(
            "grant_type=authorization_code&code={code}&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F{verifier}"
        );
        assert_eq!(token(&sandbox, &form).await.status, status, "{verifier}");
    }
}

#[tokio::test]
async fn the_dashboard_reads_only_what_is_new() {
    let sandbox = start().await;
    let page = request(&sandbox, "GET", "/_sandbox/", "", "").await;
    assert_eq!(page.status, 200);
    small_and_alone(&page);
    let minted = control(&sandbox, "POST", "tokens", Value::Null).await;
    for _ in 0..5 {
        request(&sandbox, "GET", "/v5/x", "", "").await;
    }
    let overview = control(&sandbox, "GET", "overview", Value::Null).await;
    assert_eq!(
        (
            &overview["requests"],
            overview["tokens"].as_array().unwrap().len()
        ),
        (&json!(5), 2)
    );
    assert!(
        !overview
            .to_string()
            .contains(minted["access_token"].as_str().unwrap())
    );
    let ids = |entries: &Value| {
        entries
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["id"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ids(&control(&sandbox, "GET", "requests?after=3", Value::Null).await),
        [4, 5]
    );
    assert_eq!(
        ids(&control(&sandbox, "GET", "requests?after=1&limit=2", Value::Null).await),
        [4, 5]
    );
}
