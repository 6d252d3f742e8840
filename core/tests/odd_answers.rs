//! Answers that are not as they are described: each is given as it came, and the call has taken effect.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use pinterest_sdk::{ApiClient, CallOptions, Configuration, ErrorKind, OperationCall};
use serde_json::{Value, json};
use support::Server;

async fn client(server: &Server) -> ApiClient {
    let scope = json!({"scope": "boards:read boards:write"});
    let minted = server.control("POST", "/_sandbox/tokens", &scope).await;
    let configuration = Configuration::default()
        .with_host(format!("{}/v5", server.address("http")))
        .with_access_token(minted["access_token"].as_str().unwrap());
    ApiClient::new(configuration).unwrap()
}

fn list() -> OperationCall {
    OperationCall::new("boards/list").unwrap().with("page_size", 250)
}

/// Makes a board with that name, and is answered oddly.
async fn made(server: &Server, client: &ApiClient, odd: &str) -> Value {
    server.respond(json!([{"pass": true, "odd": odd}])).await;
    let create = OperationCall::new("boards/create").unwrap();
    let create = create
        .with_body(&json!({"name": odd, "privacy": "PUBLIC"}))
        .unwrap();
    client.call(&create, &CallOptions::default()).await.unwrap().data
}

#[tokio::test]
async fn what_a_post_answers_is_given_whatever_it_is() {
    let server = Server::start().await;
    let client = client(&server).await;
    let odd = made(&server, &client, "new_enum_value").await;
    assert_eq!(odd["privacy"], "NEW_IN_2027");
    let odd = made(&server, &client, "unknown_field").await;
    assert!(odd.get("new_in_2027").is_some() && odd["name"] == "unknown_field");
    let odd = made(&server, &client, "nulls").await;
    assert_eq!(
        (odd.get("id"), odd.get("name")),
        (Some(&Value::Null), Some(&Value::Null))
    );
    let odd = made(&server, &client, "missing_fields").await;
    assert!(odd.is_object() && odd.get("name").is_none());
    assert!(made(&server, &client, "other_shape").await.is_array());
    for nothing in ["204_with_body", "no_body"] {
        assert_eq!(made(&server, &client, nothing).await, Value::Null);
    }
    // Each took effect, once.
    let boards = client.call(&list(), &CallOptions::default()).await.unwrap().data;
    let names: Vec<&str> = boards["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    for odd in [
        "new_enum_value",
        "unknown_field",
        "nulls",
        "missing_fields",
        "other_shape",
        "204_with_body",
        "no_body",
    ] {
        assert_eq!(
            names.iter().filter(|name| **name == odd).count(),
            1,
            "{odd} of {names:?}"
        );
    }
}

#[tokio::test]
async fn half_a_character_of_an_answer_spoils_nothing() {
    let server = Server::start().await;
    let client = client(&server).await;
    let half = json!({"status": 201, "body": r#"{"id": "1", "name": "a\ud83d"}"#});
    server.respond(json!([half])).await;
    let create = OperationCall::new("boards/create").unwrap();
    let create = create.with_body(&json!({"name": "a"})).unwrap();
    let answer = client.call(&create, &CallOptions::default()).await.unwrap();
    assert_eq!(answer.data, json!({"id": "1", "name": "a\u{fffd}"}));
}

#[tokio::test]
async fn neither_does_a_number_that_is_too_large_nor_depth() {
    let server = Server::start().await;
    let client = client(&server).await;
    let create = OperationCall::new("campaigns/create").unwrap();
    let campaign = json!({"ad_account_id": "1", "name": "n", "objective_type": "AWARENESS"});
    let create = create.with("ad_account_id", "1").with_body(&[campaign]).unwrap();
    let deep = format!("{}{}", "[".repeat(3000), "]".repeat(3000));
    for odd in ["1e400", &deep] {
        let text =
            format!(r#"{{"items":[{{"data":{{"a":{odd}}},"exceptions":[{{"code":2}}]}}],"bookmark":"b"}}"#);
        server.respond(json!([{"body": text}])).await;
        let answer = client.call(&create, &CallOptions::default()).await.unwrap();
        assert_eq!(answer.data["items"][0]["exceptions"], json!([{"code": 2}]));
        assert_eq!(answer.body.as_text(), Some(text.as_str()));
        assert_eq!(create.operation().failures_in_json(&text).len(), 1);
        server
            .respond(json!([{"body": text}, {"json": {"items": []}}]))
            .await;
        let mut pages = client.pages(list(), &CallOptions::default()).unwrap();
        let mut count = 0;
        while let Some(page) = pages.next().await {
            page.unwrap();
            count += 1;
        }
        assert_eq!(count, 2);
    }
}

#[tokio::test]
async fn pages_end_with_a_word_where_they_cannot_go_on() {
    let server = Server::start().await;
    let client = client(&server).await;
    for (odd, pages) in [("same_bookmark", 2), ("other_shape", 1), ("no_body", 1)] {
        let mut answers = vec![json!({"pass": true, "odd": odd})];
        if pages > 1 {
            answers.push(json!({"json": {"items": [], "bookmark": "again"}}));
        }
        server.respond(json!(answers)).await;
        let mut all = client
            .pages(list().with("page_size", 1), &CallOptions::default())
            .unwrap();
        for _ in 0..pages {
            assert!(all.next().await.unwrap().is_ok(), "{odd}");
        }
        assert_eq!(
            all.next().await.unwrap().unwrap_err().kind(),
            ErrorKind::Protocol,
            "{odd}"
        );
        assert!(all.next().await.is_none(), "{odd}");
    }
    for whole in ["nulls", "missing_fields"] {
        server.respond(json!([{"pass": true, "odd": whole}])).await;
        let mut all = client.pages(list(), &CallOptions::default()).unwrap();
        assert!(
            all.next().await.unwrap().is_ok() && all.next().await.is_none(),
            "{whole}"
        );
    }
}
