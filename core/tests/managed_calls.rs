//! Operations with a manager's token.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;

use futures_util::TryStreamExt;
use managed::World;
use pinterest_sdk::{CallOptions, ErrorKind, MemoryStore, OperationCall};
use serde_json::{Value, json};

fn of(name: &str) -> OperationCall {
    OperationCall::new(name).unwrap()
}

fn refused(code: i64) -> Value {
    json!({"status": 401, "json": {"code": code, "message": "no"}})
}

/// Methods with the token that each had, without those of the OAuth calls.
async fn calls(world: &World) -> Vec<String> {
    let header = |request: &Value| {
        let headers = request["headers"].as_array().unwrap();
        let own = headers
            .iter()
            .find(|pair| pair[0].as_str().unwrap().eq_ignore_ascii_case("authorization"));
        own.map_or_else(String::new, |pair| pair[1].to_string())
    };
    let requests = world.server.requests().await;
    let calls = requests
        .iter()
        .filter(|one| !one["path"].to_string().contains("/oauth/"));
    calls
        .map(|one| format!("{} {}", one["method"].as_str().unwrap(), header(one)))
        .collect()
}

#[tokio::test]
async fn a_token_that_is_refused_is_renewed_once_and_the_call_made_again() {
    let world = World::strict().await;
    let tokens = world.manager(MemoryStore::new());
    tokens.adopt(world.answer().await).await.unwrap();
    world.next_second().await;
    let client = world.client();
    let options = CallOptions::default();
    let create = of("boards/create").with_body(&json!({"name": "n"})).unwrap();

    world
        .server
        .respond(json!([refused(2), {"pass": true}, {"status": 201, "json": {"id": "5"}}]))
        .await;
    let answer = client.call_with(&tokens, &create, &options).await.unwrap();
    assert_eq!((answer.data, world.renewals().await), (json!({"id": "5"}), 1));
    let made = calls(&world).await;
    assert!(made.len() == 2 && made[0] != made[1], "{made:?}");

    // The new one is not blamed: what refuses that as well has another reason.
    world.server.respond(json!([refused(2)])).await;
    let error = client.call_with(&tokens, &create, &options).await.unwrap_err();
    assert_eq!(
        (error.kind(), calls(&world).await.len()),
        (ErrorKind::Authentication, 3)
    );
    // Nor for what is not the token's fault.
    world.server.respond(json!([refused(3)])).await;
    let error = client.call_with(&tokens, &create, &options).await.unwrap_err();
    assert_eq!((error.kind(), calls(&world).await.len()), (ErrorKind::Scope, 4));
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn pages_have_a_valid_token_each() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    tokens.adopt(world.answer().await).await.unwrap();
    world.next_second().await;
    let page = |item: i64, bookmark: Option<&str>| json!({"json": {"items": [item], "bookmark": bookmark}});
    let answers = json!([page(1, Some("a")), refused(2), {"pass": true}, page(2, None)]);
    world.server.respond(answers).await;
    let pages = world
        .client()
        .pages_with(&tokens, of("boards/list"), &CallOptions::default())
        .unwrap();
    let items: Vec<Value> = tokio::spawn(pages.into_items().try_collect())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(items, [json!(1), json!(2)]);
}

#[tokio::test]
async fn a_token_is_asked_for_only_where_it_goes() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    let options = CallOptions::default();
    let client = world.client();
    // Nobody has authorized, and that is not the reason.
    let error = client
        .call_with(&tokens, &of("boards/get"), &options)
        .await
        .unwrap_err();
    assert_eq!(error.message(), "`board_id` of boards/get is missing");
    let error = client
        .call_with(&tokens, &of("boards/list"), &options)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired);

    tokens.adopt(world.answer().await).await.unwrap();
    let before = world.server.requests().await.len();
    let elsewhere = client.configuration().clone().with_host("http://127.0.0.1:9/v5");
    let elsewhere = client.reconfigured(elsewhere).unwrap();
    let error = elsewhere
        .call_with(&tokens, &of("boards/list"), &options)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert!(
        error
            .message()
            .ends_with("this request goes to http://127.0.0.1:9"),
        "{error}"
    );
    // What this library does not send goes by the same rule.
    let own = client.configuration().host.clone();
    for good in [own.clone(), format!("{own}/x?y#z"), own.replace("http:", "HTTP:")] {
        assert!(tokens.check_address(&good).is_ok(), "{good}");
    }
    let with_name = own.replace("127.0.0.1", "127.0.0.1.evil.example");
    for foreign in [
        &*with_name,
        "https://api.pinterest.com/v5",
        "data:,x",
        "file:///v5",
        "/v5",
        "",
    ] {
        let error = tokens.check_address(foreign).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{foreign}");
        assert!(
            error.hint().unwrap().contains("send it to http://127.0.0.1:"),
            "{error}"
        );
    }
    assert_eq!(world.server.requests().await.len(), before);
}
