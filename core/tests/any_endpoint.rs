//! Any endpoint: paths, bodies, rate limits, refusals.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::collections::HashMap;
use std::time::Duration;

use pinterest_sdk::{ApiClient, ApiRequest, Auth, CallOptions, Configuration, ErrorKind, Outcome, Part};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use support::Server;

async fn client(server: &Server, scope: &str) -> ApiClient {
    let minted = server
        .control("POST", "/_sandbox/tokens", &json!({"scope": scope}))
        .await;
    let token = minted["access_token"].as_str().unwrap();
    let host = format!("{}/v5", server.address("http"));
    ApiClient::new(
        Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567")
            .with_host(host)
            .with_access_token(token),
    )
    .unwrap()
}

#[tokio::test]
async fn a_list_is_paged_by_bookmark() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    let (mut request, mut names) = (ApiRequest::get("/boards"), Vec::new());
    loop {
        let page = client
            .request::<Value>(request, &CallOptions::default())
            .await
            .unwrap();
        names.extend(
            page.data["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|board| board["name"].to_string()),
        );
        assert_eq!(page.rate_limit.remaining, Some(999));
        assert_eq!(page.rate_limit.reset, Some(Duration::from_secs(60)));
        match page.data["bookmark"].as_str() {
            Some(next) => request = ApiRequest::get("/boards").with_query("bookmark", next),
            None => break,
        }
    }
    names.dedup();
    assert_eq!(names.len(), 60);
}

#[tokio::test]
async fn gzip_is_asked_for_unless_somebody_wants_something_else_or_a_part() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    for (header, expected) in [
        (None, Some("gzip")),
        (Some(("Accept-Encoding", "identity")), Some("identity")),
        (Some(("Range", "bytes=0-9")), None),
    ] {
        let mut options = CallOptions::default();
        if let Some((name, value)) = header {
            options = options.with_header(name, value);
        }
        let boards = ApiRequest::get("/boards");
        client.request::<Value>(boards, &options).await.unwrap();
        let requests = server.requests().await;
        let headers = requests.last().unwrap()["headers"].as_array().unwrap();
        let asked = headers.iter().find(|header| header[0] == "accept-encoding");
        assert_eq!(asked.map(|header| header[1].as_str().unwrap()), expected);
    }
}

#[tokio::test]
async fn bodies_go_out_as_asked() {
    let server = Server::start().await;
    let client = client(&server, "pins:write").await;
    server
        .respond(json!([{"status": 201, "json": [1, null]}, {"status": 204, "body": ""}, {"json": {}}]))
        .await;
    let options = CallOptions::default();

    let post = ApiRequest::new("POST", "/pins")
        .with_json(&json!({"title": "é"}))
        .unwrap();
    let created = client.request(post, &options).await.unwrap();
    assert_eq!((created.status, created.data), (201, json!([1, null])));
    let form = ApiRequest::new("PATCH", "/pins/1?a=b")
        .with_query("c", "d e")
        .with_form(vec![("x".into(), "&".into())]);
    assert_eq!(
        client.request::<Value>(form, &options).await.unwrap().data,
        Value::Null
    );
    let basic = ApiRequest::new("DELETE", "/pins/1").with_auth(Auth::None);
    client.request::<Value>(basic, &options).await.unwrap();

    let arrived = server.requests().await;
    let header = |index: usize, name: &str| {
        let headers = arrived[index]["headers"].as_array().unwrap();
        headers
            .iter()
            .find(|header| header[0] == name)
            .map(|header| header[1].clone())
    };
    assert_eq!(
        (&arrived[0]["body"], header(0, "content-type")),
        (&json!(r#"{"title":"é"}"#), Some(json!("application/json")))
    );
    assert_eq!(
        (&arrived[1]["query"], &arrived[1]["body"]),
        (&json!("a=b&c=d%20e"), &json!("x=%26"))
    );
    assert_eq!(
        (header(0, "authorization").is_some(), header(2, "authorization")),
        (true, None)
    );
    assert_eq!(arrived[2]["method"], "DELETE");
}

#[tokio::test]
async fn a_missing_scope_and_a_rate_limit_are_typed() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    let account = ApiRequest::get("/user_account");
    let error = client
        .request::<Value>(account.clone(), &CallOptions::default())
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Scope, Some(3)));
    let limited = json!([{"status": 429, "json": {"code": 8, "message": "m"}, "headers": {"x-ratelimit-limit": "10", "x-ratelimit-reset": "5"}}]);
    server.respond(limited).await;
    let error = client
        .request::<Value>(account.clone(), &CallOptions::default())
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.retry_after()),
        (ErrorKind::RateLimited, Some(Duration::from_secs(5)))
    );
    assert_eq!(error.answer().unwrap().rate_limit.limit, Some(10));
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    for request in [
        ApiRequest::get("boards"),
        ApiRequest::get("@evil.example/"),
        ApiRequest::get("/a\r\nX: y"),
        ApiRequest::new("GE T", "/boards"),
        ApiRequest::new("POST", "/pins").with_content("text/plain\r\nX: y", "a"),
        ApiRequest::new("POST", "/pins").with_form(vec![("a".into(), "b\0".into())]),
    ] {
        let error = client
            .request::<Value>(request, &CallOptions::default())
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::InvalidInput, Outcome::NotSent)
        );
    }
    assert_eq!(server.requests().await.len(), 0);
    server.respond(json!([{"body": "<html>"}, {"body": "[1"}])).await;
    for _ in 0..2 {
        let error = client
            .request::<Value>(ApiRequest::get("/boards"), &CallOptions::default())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol);
    }
}

#[tokio::test]
async fn an_answer_of_any_type_comes_as_bytes() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    server
        .respond(json!([{"body": "x,y"}, {"status": 404, "json": {"code": 50, "message": "m"}}]))
        .await;
    let options = CallOptions::default().with_header("accept", "text/csv");
    let report = ApiRequest::get("/report");
    let answer = client.request_any(report.clone(), &options).await.unwrap();
    assert_eq!((answer.status, answer.body.as_bytes()), (200, &b"x,y"[..]));
    let error = client.request_any(report, &options).await.unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(404), Some(50)));
    let arrived = server.requests().await;
    let headers = arrived[0]["headers"].as_array().unwrap();
    assert!(headers.contains(&json!(["accept", "text/csv"])));
}

#[tokio::test]
async fn a_refusal_does_not_repeat_what_a_form_held() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    let refusal = json!({"code": 283, "message": "canary-code is used"});
    server.respond(json!([{"status": 401, "json": refusal}])).await;
    let form = vec![("code".into(), "canary-code".into())];
    let request = ApiRequest::new("POST", "/oauth/token")
        .with_form(form)
        .with_auth(Auth::Basic);
    let error = client
        .request::<Value>(request, &CallOptions::default())
        .await
        .unwrap_err();
    assert!(error.message().contains("[redacted] is used"), "{error}");
}

/// What a request carries, wherever it carries it, is in nothing of the error.
#[tokio::test]
async fn a_refusal_does_not_repeat_what_a_request_carried() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    let new = || ApiRequest::new("POST", "/pins").with_auth(Auth::Basic);
    let encoded = "client_secret=canary%2Dsecret&b=1";
    let json = json!({"a": [{"refresh_token": "canary-secret"}], "passwords": ["canary-secret"]});
    let mut with_headers = CallOptions::default();
    for (name, value) in [
        ("X-Api-Key", "canary-secret"),
        ("Cookie", "session=canary-secret; theme=dark"),
        ("X-Basic", "Basic aWQ6Y2FuYXJ5LXNlY3JldA=="),
    ] {
        with_headers.headers.push((name.into(), value.into()));
    }
    for (request, options) in [
        (
            new().with_query("access_token", "canary-secret"),
            CallOptions::default(),
        ),
        (
            new().with_form(vec![("code_verifier".into(), "canary-secret".into())]),
            CallOptions::default(),
        ),
        (
            new().with_content("application/x-www-form-urlencoded", encoded),
            CallOptions::default(),
        ),
        (new().with_json(&json).unwrap(), CallOptions::default()),
        (
            new().with_multipart(vec![Part::new("client_secret", "canary-secret")]),
            CallOptions::default(),
        ),
        (new(), with_headers),
    ] {
        let echo = "canary-secret canary%2dsecret Y2FuYXJ5LXNlY3JldA== can\u{7}ary-secret 0123456789abcdef0123456789abcdef01234567 authorization_code";
        let json = json!({"code": 1, "message": echo, "data": {"sent": [echo]}});
        let headers = json!({"x-echo": "canary-secret", "x-pinterest-rid": "canary-secret"});
        let refused = json!({"status": 400, "json": json, "headers": headers});
        let html = json!({"body": "<html>", "headers": {"content-type": "canary-secret"}});
        server.respond(json!([refused, html])).await;
        for kind in [ErrorKind::Api, ErrorKind::Protocol] {
            let error = client
                .request::<Value>(request.clone(), &options)
                .await
                .unwrap_err();
            assert_eq!(error.kind(), kind, "{error}");
            let answer = error.answer().cloned().unwrap_or_default();
            let body = answer.body.unwrap_or_default();
            let shown = format!(
                "{error:?} {error} {body} {:?} {:?}",
                answer.headers,
                error.request_id()
            );
            for secret in ["canary", "Y2FuYXJ5LXNlY3JldA", "secret"] {
                assert!(!shown.contains(secret), "{secret}: {shown}");
            }
            assert!(shown.contains("[redacted]"), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_byte_order_mark_spoils_no_answer() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    server
        .respond(json!([{"body": "\u{feff}{\"a\":1}"}, {"body": "\u{feff}"}]))
        .await;
    for expected in [json!({"a": 1}), Value::Null] {
        let answer = client
            .request::<Value>(ApiRequest::get("/boards"), &CallOptions::default())
            .await
            .unwrap();
        assert_eq!(answer.data, expected);
    }
}

#[derive(Debug, PartialEq, Deserialize)]
struct Account {
    username: String,
}

#[tokio::test]
async fn bodies_and_answers_have_types() {
    #[derive(Serialize)]
    struct Pin<'a> {
        title: &'a str,
    }
    let server = Server::start().await;
    let client = client(&server, "user_accounts:read").await;
    let options = CallOptions::default();
    let account = client
        .request::<Account>(ApiRequest::get("/user_account"), &options)
        .await
        .unwrap();
    assert_eq!(
        account.data,
        Account {
            username: "sandbox_user".into()
        }
    );

    let pin = ApiRequest::new("POST", "/pins")
        .with_json(&Pin { title: "é" })
        .unwrap();
    server
        .respond(json!([{"body": ""}, {"json": {"username": ["canary"]}}, {"body": ""}]))
        .await;
    assert_eq!(
        client
            .request::<Option<Account>>(pin.clone(), &options)
            .await
            .unwrap()
            .data,
        None
    );
    let arrived = server.requests().await;
    assert_eq!(arrived.last().unwrap()["body"], json!("{\"title\":\"é\"}"));
    for why in ["does not fit the type", "is empty, which does not fit"] {
        let error = client
            .request::<Account>(pin.clone(), &options)
            .await
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol);
        assert!(error.message().contains(why), "{error}");
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
    let keys_that_are_no_texts = HashMap::from([((1, 2), 3)]);
    let error = pin.with_json(&keys_that_are_no_texts).unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::InvalidInput, Outcome::NotSent)
    );
}

#[test]
fn a_request_shows_where_it_goes_and_no_value() {
    let request = ApiRequest::new("POST", "/pins?token=canary").with_query("bookmark", "canary");
    let form = request.clone().with_form(vec![("code".into(), "canary".into())]);
    let bytes = request.with_content("text/plain", "canary");
    assert_eq!(
        format!("{form:?}"),
        "ApiRequest { method: \"POST\", path: \"/pins\", query: [\"bookmark\"], \
         content: Form([\"code\"]), auth: Bearer, .. }"
    );
    assert_eq!(
        format!("{bytes:?}"),
        "ApiRequest { method: \"POST\", path: \"/pins\", query: [\"bookmark\"], \
         content: Other { content_type: \"text/plain\", length: 6 }, auth: Bearer, .. }"
    );
}

#[tokio::test]
async fn what_is_not_set_is_told_by_its_variable_too() {
    let client = ApiClient::new(Configuration::default()).unwrap();
    let request = ApiRequest::get("/user_account");
    let refused = client.request::<Value>(request, &CallOptions::default()).await;
    let error = refused.unwrap_err();
    let hint = error.hint().unwrap_or_default();
    assert!(hint.contains(", or PINTEREST_ACCESS_TOKEN where"), "{hint}");
}
