//! Any operation by its name: arguments in their places, pages, answers as they came, repetitions.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use pinterest_sdk::operations::Checks;
use pinterest_sdk::{ApiClient, CallOptions, Configuration, Error, ErrorKind, OperationCall, Outcome};
use serde_json::{Value, json};
use support::Server;

async fn client(server: &Server, scope: &str) -> ApiClient {
    let minted = server
        .control("POST", "/_sandbox/tokens", &json!({"scope": scope}))
        .await;
    let host = format!("{}/v5", server.address("http"));
    let token = minted["access_token"].as_str().unwrap();
    let configuration = Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567");
    ApiClient::new(
        configuration
            .with_host(host)
            .with_access_token(token)
            .with_retries(2),
    )
    .unwrap()
}

async fn call(client: &ApiClient, call: OperationCall) -> Result<Value, Error> {
    let answer = client.call(&call, &CallOptions::default()).await?;
    Ok(answer.data)
}

fn of(name: &str) -> OperationCall {
    OperationCall::new(name).unwrap()
}

fn unchecked(name: &str) -> OperationCall {
    of(name).with_checks(Checks::Off)
}

#[tokio::test]
async fn arguments_go_where_the_table_says() {
    let server = Server::start().await;
    let client = client(&server, "pins:read pins:write boards:read boards:write ads:read").await;
    let answers: Vec<Value> = (0..4).map(|_| json!({"status": 200, "json": {}})).collect();
    server.respond(json!(answers)).await;
    let analytics = of("pins/analytics")
        .with("pin_id", "1 2é")
        .with("start_date", "2026-01-01")
        .with("end_date", "2026-01-31")
        .with("metric_types", json!(["IMPRESSION", "SAVE"]))
        .with("app_types", Value::Null);
    call(&client, analytics).await.unwrap();
    let ads = of("ads_list")
        .with("ad_account_id", "5")
        .with("campaign_ids", json!(["1", "2"]))
        .with("page_size", 5);
    call(&client, ads).await.unwrap();
    let stats = of("reports/stats").with(
        "parameters",
        json!({"catalog_type": "RETAIL", "report": {"report_type": "FEED_INGESTION_ISSUES", "feed_id": "1"}}),
    );
    call(&client, stats).await.unwrap();
    let create = of("boards/create")
        .with_body(&json!({"name": "é", "new_in_2027": [null]}))
        .unwrap();
    call(&client, create).await.unwrap();

    let arrived = server.requests().await;
    let line = |number: usize| {
        let one = &arrived[number];
        format!(
            "{} {}?{}",
            one["method"].as_str().unwrap(),
            one["path"].as_str().unwrap(),
            one["query"].as_str().unwrap()
        )
    };
    assert_eq!(
        line(0),
        "GET /v5/pins/1%202%C3%A9/analytics?start_date=2026-01-01&end_date=2026-01-31&metric_types=IMPRESSION%2CSAVE"
    );
    assert_eq!(
        line(1),
        "GET /v5/ad_accounts/5/ads?campaign_ids=1&campaign_ids=2&page_size=5"
    );
    assert_eq!(
        line(2),
        "GET /v5/catalogs/reports/stats?parameters%5Bcatalog_type%5D=RETAIL\
         &parameters%5Breport%5D%5Bfeed_id%5D=1&parameters%5Breport%5D%5Breport_type%5D=FEED_INGESTION_ISSUES"
    );
    assert_eq!(arrived[3]["body"], r#"{"name":"é","new_in_2027":[null]}"#);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_before_anything_is_sent() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    let cases = [
        (of("boards/get"), "`board_id` of boards/get is missing"),
        (
            of("boards/get").with("board_id", "12a"),
            r"`board_id` of boards/get is not of the form ^\d+$",
        ),
        (
            unchecked("boards/get").with("board_id", ".."),
            "`board_id` of boards/get cannot be a part of a path",
        ),
        (
            unchecked("media/get").with("media_id", "a/b"),
            "`media_id` of media/get cannot be a part of a path",
        ),
        (
            of("boards/get").with("id", "1"),
            "boards/get has no parameter `id`",
        ),
        (
            of("boards/list").with("page_size", 251),
            "`page_size` of boards/list is above 250",
        ),
        (
            of("boards/list").with("page_size", "5"),
            "`page_size` of boards/list is a text, not a whole number",
        ),
        (
            of("boards/list").with("bookmark", "a\nb"),
            "`bookmark` of boards/list holds a control character",
        ),
        (
            of("boards/list").with("bookmark", "x".repeat(100_000)),
            "`bookmark` of boards/list is too long for a URL",
        ),
        (of("boards/create"), "`body` of boards/create is missing"),
        (
            of("boards/create").with_body(&json!({})).unwrap(),
            "`body.name` of boards/create is missing",
        ),
        (
            of("boards/list").with_body(&json!({})).unwrap(),
            "`body` of boards/list is given, and it takes none",
        ),
        (
            of("boards/list")
                .with("privacy", "NEW")
                .with_checks(Checks::Strict),
            "`privacy` of boards/list is none of the values that are known: \
             ALL, PROTECTED, PUBLIC, PUBLIC_AND_SECRET, SECRET",
        ),
    ];
    for (one, message) in cases {
        let error = call(&client, one).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::InvalidInput, Outcome::NotSent)
        );
        assert_eq!(error.message(), message);
    }
    assert!(server.requests().await.is_empty());
    let secret = format!("pina_{}", "A".repeat(60));
    assert!(
        !OperationCall::new(&secret)
            .unwrap_err()
            .to_string()
            .contains(&secret)
    );
}

#[tokio::test]
async fn an_answer_is_given_as_it_came() {
    let server = Server::start().await;
    let client = client(&server, "boards:read boards:write").await;
    let odd = [
        json!({"id": 5, "privacy": "HOLOGRAPHIC", "name": null, "added": {"later": []}}),
        json!([1]),
        json!("text"),
        json!(null),
    ];
    for answer in odd {
        server.respond(json!([{"status": 201, "json": answer}])).await;
        let create = of("boards/create").with_body(&json!({"name": "n"})).unwrap();
        assert_eq!(call(&client, create).await.unwrap(), answer);
    }
    for bare in [
        json!({"status": 204, "body": ""}),
        json!({"status": 200, "body": ""}),
    ] {
        server.respond(json!([bare])).await;
        let delete = of("boards/delete").with("board_id", "1");
        assert_eq!(call(&client, delete).await.unwrap(), Value::Null);
    }
    let with_body = json!({"status": 204, "body": "{\"id\": 1}"});
    server.respond(json!([with_body, {"json": {"id": "2"}}])).await;
    let delete = of("boards/delete").with("board_id", "1");
    assert_eq!(call(&client, delete.clone()).await.unwrap(), Value::Null);
    // What should not have been there is nobody's answer.
    assert_eq!(call(&client, delete).await.unwrap(), json!({"id": "2"}));
}

#[test]
fn a_body_that_nobody_means_is_refused_unless_nothing_is_checked() {
    let large = json!({"name": "x".repeat(64 << 20)});
    for call in [
        of("boards/create").with_body(&large).unwrap(),
        of("boards/create").with_json_body(large.to_string()).unwrap(),
    ] {
        let error = call.request().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_eq!(error.message(), "`body` of boards/create has more than 64 MiB");
        assert!(call.with_checks(Checks::Off).request().is_ok());
    }
}

#[tokio::test]
async fn pages_follow_each_other_to_the_end() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    let options = CallOptions::default();
    let mut pages = client
        .pages(of("boards/list").with("page_size", 25), &options)
        .unwrap();
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        names.extend(
            page.unwrap().data["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|board| board["name"].to_string()),
        );
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!((names.len(), server.requests().await.len()), (60, 3));
    assert!(pages.next().await.is_none());
    let error = client.pages(of("boards/get"), &options).unwrap_err();
    assert_eq!(error.message(), "boards/get does not answer in pages");
}

#[tokio::test]
async fn a_bookmark_that_comes_again_ends_the_pages_with_an_error() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    let page = |bookmark: &str| json!({"json": {"items": [], "bookmark": bookmark}});
    server.respond(json!([page("a"), page("b"), page("a")])).await;
    let options = CallOptions::default();
    let mut pages = client.pages(of("boards/list"), &options).unwrap();
    for _ in 0..3 {
        assert!(pages.next().await.unwrap().is_ok());
    }
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol);
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().await.len(), 3);
}

#[tokio::test]
async fn a_page_that_failed_is_asked_for_again() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    let refused = json!({"status": 403, "json": {"code": 29, "message": "no"}});
    server
        .respond(json!([{"json": {"items": [], "bookmark": "a"}}, refused, {"json": {"items": [1]}}]))
        .await;
    let options = CallOptions::default();
    let mut pages = client.pages(of("boards/list"), &options).unwrap();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_err());
    assert_eq!(pages.next().await.unwrap().unwrap().data["items"], json!([1]));
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().await[2]["query"], "bookmark=a");
}

#[tokio::test]
async fn what_reads_is_asked_for_again_and_what_writes_is_not() {
    let server = Server::start().await;
    let client = client(&server, "boards:read boards:write").await;
    let failing = json!({"status": 500, "json": {"code": 12, "message": "oops"}});
    server
        .respond(json!([failing, failing, {"json": {"items": []}}]))
        .await;
    assert_eq!(
        call(&client, of("boards/list")).await.unwrap(),
        json!({"items": []})
    );
    assert_eq!(server.requests().await.len(), 3);
    server.respond(json!([failing, {"json": {}}])).await;
    let create = of("boards/create").with_body(&json!({"name": "n"})).unwrap();
    assert_eq!(call(&client, create).await.unwrap_err().kind(), ErrorKind::Server);
    assert_eq!(server.requests().await.len(), 4);
}

#[tokio::test]
async fn retries_are_counted_once_and_the_limit_is_for_all_of_them() {
    let server = Server::start().await;
    let client = client(&server, "boards:read").await;
    let lost = json!({"fault": "close"});
    // A fourth would be answered.
    server.respond(json!([lost, lost, lost])).await;
    assert_eq!(
        call(&client, of("boards/list")).await.unwrap_err().kind(),
        ErrorKind::Network
    );
    assert_eq!(server.requests().await.len(), 3);
    let slowly = json!({"status": 429, "json": {"code": 8, "message": "m"}, "headers": {"retry-after": "5"}});
    server.respond(json!([slowly, {"json": {}}])).await;
    let options = CallOptions::default().with_timeout(std::time::Duration::from_secs(2));
    let error = client.call(&of("boards/list"), &options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(server.requests().await.len(), 4);
}
