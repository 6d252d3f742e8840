//! Pages and their items as streams: in order, to the end, and whatever becomes of who waits for them.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use pinterest_sdk::{ApiClient, CallOptions, Configuration, ErrorKind, OperationCall, Pages};
use serde_json::{Value, json};
use support::Server;
use tokio::time::timeout;

async fn pages(server: &Server) -> Pages {
    let minted = server
        .control("POST", "/_sandbox/tokens", &json!({"scope": "boards:read"}))
        .await;
    let configuration = Configuration::default()
        .with_host(format!("{}/v5", server.address("http")))
        .with_access_token(minted["access_token"].as_str().unwrap());
    let client = ApiClient::new(configuration).unwrap();
    let call = OperationCall::new("boards/list").unwrap().with("page_size", 25);
    client.pages(call, &CallOptions::default()).unwrap()
}

fn page(items: &Value, bookmark: Option<&str>) -> Value {
    json!({"json": {"items": items, "bookmark": bookmark}})
}

#[tokio::test]
async fn items_of_all_pages_come_one_after_the_other() {
    let server = Server::start().await;
    let boards = pages(&server).await.into_items();
    // It borrows nothing: a task may hold it.
    let boards: Vec<Value> = tokio::spawn(boards.try_collect()).await.unwrap().unwrap();
    let mut names: Vec<&str> = boards
        .iter()
        .map(|board| board["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!((names.len(), server.requests().await.len()), (60, 3));
}

#[tokio::test]
async fn a_bookmark_that_comes_again_ends_both_with_an_error_behind_its_page() {
    let server = Server::start().await;
    let answers = json!([
        page(&json!([1, 2]), Some("a")),
        page(&json!([]), Some("b")),
        page(&json!([3]), Some("a"))
    ]);
    server.respond(answers.clone()).await;
    let mut items = pages(&server).await.into_items();
    for expected in 1..=3 {
        assert_eq!(items.next().await.unwrap().unwrap(), json!(expected));
    }
    assert_eq!(
        items.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::Protocol
    );
    assert!(items.next().await.is_none() && items.next().await.is_none());

    server.respond(answers).await;
    let mut pages = pages(&server).await.into_stream();
    for expected in [json!([1, 2]), json!([]), json!([3])] {
        assert_eq!(pages.next().await.unwrap().unwrap().data["items"], expected);
    }
    assert_eq!(
        pages.next().await.unwrap().unwrap_err().kind(),
        ErrorKind::Protocol
    );
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().await.len(), 6);
}

#[tokio::test]
async fn who_stops_waiting_loses_no_item() {
    let server = Server::start().await;
    let slow = |items: &Value, bookmark| {
        let mut answer = page(items, bookmark);
        answer["delay_ms"] = json!(300);
        answer
    };
    server
        .respond(json!([slow(&json!([1]), Some("a")), slow(&json!([2]), None)]))
        .await;
    let mut items = pages(&server).await.into_items();
    let mut seen = Vec::new();
    let mut given_up = 0;
    loop {
        match timeout(Duration::from_millis(50), items.next()).await {
            Ok(Some(item)) => seen.push(item.unwrap()),
            Ok(None) => break,
            Err(_) => given_up += 1,
        }
        assert!(given_up < 100);
    }
    assert_eq!(seen, [json!(1), json!(2)]);
    assert!(given_up > 1);
    assert_eq!(server.requests().await.len(), 2);
}

#[tokio::test]
async fn an_error_ends_a_stream_so_that_nobody_asks_without_end() {
    let server = Server::start().await;
    let refused = json!({"status": 403, "json": {"code": 29, "message": "no"}});
    server
        .respond(json!([page(&json!([1]), Some("a")), refused]))
        .await;
    let items = pages(&server).await.into_items();
    let whole: Vec<Value> = items
        .take(10)
        .filter_map(|item| async { item.ok() })
        .collect()
        .await;
    assert_eq!(whole, [json!(1)]);
    assert_eq!(server.requests().await.len(), 2);

    let no_page = json!({"json": {"items": null, "bookmark": "a"}});
    server.respond(json!([no_page, no_page])).await;
    let mut items = pages(&server).await.into_items();
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!(error.message(), "the page that came has no list of items");
    assert!(items.next().await.is_none());
    // The page itself is not refused.
    let page = pages(&server).await.into_stream().next().await.unwrap().unwrap();
    assert_eq!(page.data, json!({"items": null, "bookmark": "a"}));
}
