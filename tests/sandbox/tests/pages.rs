//! What a person sees.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use serde_json::{Value, json};
use support::{Answer, control, request, start, token};

const ASKED: &str = "client_id=1234567&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F&response_type=code&scope=pins%3Aread%20x%3Ay&state=s%22t";

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

/// The page and what it loads: small, from here, and browsers are told so.
async fn small_and_alone(sandbox: &pinterest_sandbox::Sandbox, page: &Answer, files: &[&str]) {
    assert!(
        page.head
            .contains("Content-Security-Policy: default-src 'none'; style-src 'self'; "),
        "{}",
        page.head
    );
    let mut whole = page.body.replace("http://localhost:8085/", "");
    for name in files {
        let file = request(sandbox, "GET", &format!("/_sandbox/{name}"), "", "").await;
        let kind = if *name == "style.css" { "css" } else { "javascript" };
        assert!(
            file.status == 200 && file.head.contains(&format!("Content-Type: text/{kind}")),
            "{name}: {}",
            file.head
        );
        whole.push_str(&file.body);
    }
    assert!(whole.len() < 50_000, "{} bytes", whole.len());
    for other in ["http://", "https://", "src=\"/", "@import"] {
        assert!(!whole.contains(other), "{other}");
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
    small_and_alone(&sandbox, &page, &["style.css"]).await;
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
    let browsers = "Accept: text/html,*/*;q=0.8\r\n";
    let path = format!("/oauth/?{}", ASKED.replace("8085%2F", "<b>"));
    let page = request(&sandbox, "GET", &path, browsers, "").await;
    assert_eq!(page.status, 403);
    assert!(
        page.body.contains("&quot;code&quot;: 7,") && !page.body.contains("<b>"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn an_unregistered_redirect_uri_is_told_with_how_to_register_it() {
    let sandbox = start().await;
    let path = format!("/oauth/?{}", ASKED.replace("8085%2F", "3000%2Fit%27s"));
    let page = request(&sandbox, "GET", &path, "Accept: text/html\r\n", "").await;
    for part in [
        "http://localhost:8085/callback",
        "pinterest sandbox --redirect-uri 'http://localhost:3000/it&#39;\\&#39;&#39;s'",
        "curl http://sandbox/_sandbox/redirect-uris -d",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let wanted = json!({"redirect_uri": "http://localhost:3000/it's"});
    let app = control(&sandbox, "POST", "redirect-uris", wanted).await;
    assert_eq!(app["redirect_uris"][2], "http://localhost:3000/it's");
    assert_eq!(request(&sandbox, "GET", &path, "", "").await.status, 200);
    let nobody = r#"{"app_id": "nobody", "redirect_uri": "x"}"#;
    let answer = request(&sandbox, "POST", "/_sandbox/redirect-uris", "", nobody).await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn the_bare_address_leads_to_the_dashboard() {
    let sandbox = start().await;
    for (headers, logged) in [("Accept: text/html,*/*\r\n", 0), ("Accept: */*\r\n", 1)] {
        let answer = request(&sandbox, "GET", "/", headers, "").await;
        assert!(
            answer.status == 303 && answer.head.contains("Location: /_sandbox/\r\n"),
            "{}",
            answer.head
        );
        let log = control(&sandbox, "GET", "requests", Value::Null).await;
        assert_eq!(log.as_array().unwrap().len(), logged, "{headers}");
    }
    let mistaken = request(&sandbox, "GET", "/?client_id=1234567", "", "").await;
    assert_eq!(mistaken.status, 404, "an authorization URL without its path");
}

#[tokio::test]
async fn a_challenge_is_verified_and_never_required() {
    let sandbox = start().await;
    // RFC 7636 appendix B; section 4.3 for a method that is left out.
    let s256 = "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    let plain = "&code_challenge=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&code_challenge_method=plain";
    let unnamed = plain.trim_end_matches("&code_challenge_method=plain");
    let right = "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let hashed = "&code_verifier=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    for (challenge, verifier, status) in [
        (s256, "", 401),
        (s256, "&code_verifier=wrong", 401),
        (s256, hashed, 401),
        (s256, right, 200),
        (plain, "", 401),
        (plain, hashed, 401),
        (plain, right, 200),
        (unnamed, hashed, 401),
        (unnamed, right, 200),
        ("", right, 200),
    ] {
        let back = decide(&sandbox, &format!("{ASKED}{challenge}&decision=allow")).await;
        let code = back.split(['=', '&']).nth(1).unwrap();
        let form = format!(
            "grant_type=authorization_code&code={code}&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F{verifier}"
        );
        assert_eq!(
            token(&sandbox, &form).await.status,
            status,
            "{challenge} {verifier}"
        );
    }
    for wrong in [
        s256.replace("S256", "s256"),
        "&code_challenge_method=S256".to_owned(),
    ] {
        let path = format!("/oauth/?{ASKED}{wrong}");
        let answer = request(&sandbox, "GET", &path, "", "").await;
        assert_eq!(answer.refusal(), (400, 1), "{wrong}");
        assert!(answer.body.contains("code_challenge_method"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_response_type_is_told_for_what_it_is() {
    let sandbox = start().await;
    for (given, said) in [
        ("response_type=token", "implicit grant"),
        ("response_type=id_token", "response_type is 'code'"),
        ("response_type=", "Missing required field 'response_type'"),
    ] {
        let path = format!("/oauth/?{}", ASKED.replace("response_type=code", given));
        let answer = request(&sandbox, "GET", &path, "", "").await;
        assert_eq!(answer.refusal(), (400, 1), "{given}");
        let data = answer.json()["data"].as_str().unwrap().to_owned();
        assert!(data.contains(said), "{given}: {data}");
    }
}

#[tokio::test]
async fn the_dashboard_reads_only_what_is_new() {
    let sandbox = start().await;
    let page = request(&sandbox, "GET", "/_sandbox/", "", "").await;
    assert_eq!(page.status, 200);
    let files = [
        "style.css",
        "dashboard.mjs",
        "deeds.mjs",
        "details.mjs",
        "elements.mjs",
        "list.mjs",
        "log.mjs",
        "secrets.mjs",
    ];
    small_and_alone(&sandbox, &page, &files).await;
    let minted = control(&sandbox, "POST", "tokens", Value::Null).await;
    for _ in 0..5 {
        request(&sandbox, "GET", "/v5/x", "", "").await;
    }
    let overview = control(&sandbox, "GET", "overview", Value::Null).await;
    assert_eq!(
        (
            &overview["requests"],
            &overview["oldest_request"],
            &overview["tokens"][0]["text"],
            overview["tokens"].as_array().unwrap().len()
        ),
        (&json!(5), &json!(1), &minted["access_token"], 2)
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
    assert_eq!(
        ids(&control(&sandbox, "GET", "requests?after=1&before=5&limit=2", Value::Null).await),
        [3, 4]
    );
    let brief = control(&sandbox, "GET", "requests?after=4&brief=true", Value::Null).await;
    let brief = brief[0].as_object().unwrap();
    assert_eq!(
        brief.keys().map(String::as_str).collect::<Vec<_>>(),
        ["at", "id", "method", "note", "path", "query", "status"]
    );
    assert_eq!(
        control(&sandbox, "GET", "requests/2", Value::Null).await["headers"][0],
        json!(["Host", "sandbox"])
    );
    for none in ["requests/6", "requests/x"] {
        let answer = request(&sandbox, "GET", &format!("/_sandbox/{none}"), "", "").await;
        assert_eq!(answer.status, 400);
    }
}

#[tokio::test]
async fn what_browsers_ask_for_unasked_is_no_request() {
    let sandbox = start().await;
    control(&sandbox, "POST", "script", json!([{"status": 503}])).await;
    assert_eq!(request(&sandbox, "GET", "/favicon.ico", "", "").await.status, 200);
    let here = request(&sandbox, "GET", "/_sandbox", "", "").await;
    assert!(
        here.status == 308 && here.head.contains("Location: /_sandbox/"),
        "{}",
        here.head
    );
    assert_eq!(control(&sandbox, "GET", "requests", Value::Null).await, json!([]));
    assert_eq!(request(&sandbox, "GET", "/v5/x", "", "").await.status, 503);
}

#[tokio::test]
async fn the_first_app_may_go_back_to_two_places() {
    let sandbox = start().await;
    for place in [
        "http%3A%2F%2Flocalhost%3A8085%2F",
        "http%3A%2F%2Flocalhost%3A8085%2Fcallback",
    ] {
        let query = format!("client_id=1234567&response_type=code&scope=pins%3Aread&redirect_uri={place}");
        assert_eq!(
            request(&sandbox, "GET", &format!("/oauth/?{query}"), "", "")
                .await
                .status,
            200
        );
    }
}
