//! Operations of which the sandbox keeps nothing, what it holds all of them against, and odd answers.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use pinterest_sandbox::Sandbox;
use serde_json::{Value, json};
use support::person::{FIRST_BOARD, Person};
use support::{control, request, start, words};

const OWN: &str = "/ad_accounts/549760000000";
const SCOPES: &str =
    "ads:read,ads:write,boards:read,boards:write,catalogs:read,catalogs:write,pins:read,pins:write";

#[tokio::test]
async fn a_list_has_pages_and_an_item_its_id() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, SCOPES).await;
    let page = person.get("/catalogs/feeds?page_size=2").await.json();
    assert_eq!(words(&page["items"], "id"), ["1000000000001", "1000000000002"]);
    let bookmark = page["bookmark"].as_str().unwrap();
    let last = person
        .get(&format!("/catalogs/feeds?page_size=2&bookmark={bookmark}"))
        .await
        .json();
    assert_eq!(words(&last["items"], "id"), ["1000000000003"]);
    assert_eq!(last["bookmark"], Value::Null);
    let audience = person.get(&format!("{OWN}/audiences/7")).await.json();
    assert_eq!(
        (&audience["id"], &audience["ad_account_id"]),
        (&json!("7"), &json!("549760000000"))
    );
    let gone = person.ask("DELETE", "/catalogs/feeds/7", Value::Null).await;
    assert_eq!((gone.status, &*gone.body), (204, ""));
    assert_eq!(person.get("/ad_accounts/1/audiences").await.refusal(), (403, 29));
}

#[tokio::test]
async fn what_does_not_fit_the_facts_is_refused() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, SCOPES).await;
    for (method, path, body, message) in [
        (
            "GET",
            "/boards/x",
            Value::Null,
            "Invalid value for board_id: not of digits",
        ),
        (
            "GET",
            "/pins/analytics",
            Value::Null,
            "Missing required parameter 'pin_ids'",
        ),
        (
            "GET",
            "/catalogs/feeds?page_size=251",
            Value::Null,
            "Invalid value for page_size: not in its range",
        ),
        (
            "GET",
            "/catalogs/feeds?page_size=many",
            Value::Null,
            "Invalid value for page_size: not an integer",
        ),
        ("POST", "/boards", Value::Null, "Invalid request body"),
        ("POST", "/boards", json!({}), "Missing required field 'name'"),
        (
            "POST",
            "/boards",
            json!({"name": 1}),
            "Invalid value for name: not a string",
        ),
        (
            "POST",
            "/boards",
            json!({"name": "x", "privacy": "OPEN"}),
            "Invalid value for privacy: OPEN",
        ),
        (
            "POST",
            "/catalogs/feeds",
            json!({"catalog_type": "HOTEL"}),
            "Missing required field 'name'",
        ),
        (
            "POST",
            "/ad_accounts/549760000000/labels",
            json!({"parent_id": "1"}),
            "Missing required field 'labels'",
        ),
        (
            "POST",
            "/ad_accounts/549760000000/campaigns",
            json!({}),
            "Invalid request body",
        ),
        (
            "POST",
            "/ad_accounts/549760000000/campaigns",
            json!([]),
            "Invalid value for the body: too few items",
        ),
    ] {
        let answer = person.ask(method, path, body).await;
        assert_eq!(answer.refusal(), (400, 1), "{method} {path}");
        assert_eq!(answer.json()["message"], message, "{method} {path}");
    }
}

async fn token(sandbox: &Sandbox, wanted: Value) -> String {
    let minted = control(sandbox, "POST", "tokens", wanted).await;
    minted["access_token"].as_str().unwrap().to_owned()
}

async fn ask(sandbox: &Sandbox, method: &str, path: &str, token: &str, body: &str) -> support::Answer {
    let headers = format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\n");
    request(sandbox, method, &format!("/v5{path}"), &headers, body).await
}

#[tokio::test]
async fn an_apps_own_token_and_one_for_conversions_open_what_is_theirs() {
    let sandbox = start().await;
    let own = token(&sandbox, json!({"kind": "client", "scope": SCOPES})).await;
    let board = format!("/boards/{FIRST_BOARD}");
    assert_eq!(ask(&sandbox, "GET", &board, &own, "").await.status, 200);
    assert_eq!(
        ask(&sandbox, "DELETE", &board, &own, "").await.refusal(),
        (403, 29)
    );
    control(
        &sandbox,
        "PATCH",
        "switches",
        json!({"client_tokens_where_listed": false}),
    )
    .await;
    assert_eq!(ask(&sandbox, "DELETE", &board, &own, "").await.status, 204);

    let person = token(&sandbox, json!({"scope": "ads:write"})).await;
    let conversion = ask(&sandbox, "POST", "/oauth/conversion_token", &person, "")
        .await
        .json();
    let conversion = conversion["access_token"].as_str().unwrap();
    let event = json!({"data": [{
        "event_name": "checkout", "action_source": "web", "event_time": 1, "event_id": "1", "user_data": {"em": ["x"]},
    }]});
    let events = format!("{OWN}/events");
    assert_eq!(
        ask(&sandbox, "POST", &events, conversion, &event.to_string())
            .await
            .status,
        200
    );
    assert_eq!(
        ask(&sandbox, "POST", &events, conversion, r#"{"data": [{}]}"#)
            .await
            .refusal(),
        (400, 1)
    );
    assert_eq!(
        ask(&sandbox, "GET", "/boards", conversion, "").await.refusal(),
        (401, 3)
    );
}

#[tokio::test]
async fn pinterests_own_sandbox_lacks_some() {
    let sandbox = start().await;
    control(&sandbox, "PATCH", "switches", json!({"environment": "sandbox"})).await;
    let person = Person::with(&sandbox, SCOPES).await;
    assert_eq!(person.get("/catalogs").await.status, 200);
    assert_eq!(person.get(&format!("{OWN}/audiences")).await.refusal(), (400, 1));
}

#[tokio::test]
async fn categories_have_limits_of_their_own_if_asked() {
    let sandbox = start().await;
    control(&sandbox, "POST", "clock", json!({"frozen": true})).await;
    let limits = json!({
        "enforce_rate_limit": true, "rate_limit_per_second": 100, "rate_limits_by_category": {"catalogs_read": 1},
        "rate_limit_retry_after": true,
    });
    control(&sandbox, "PATCH", "switches", limits).await;
    let person = Person::with(&sandbox, SCOPES).await;
    let first = person.get("/boards").await;
    assert!(
        first
            .head
            .contains("x-ratelimit-limit: 100, 100;w=1, 1000;w=60\r\n"),
        "{}",
        first.head
    );
    assert_eq!(person.get("/catalogs").await.status, 200);
    let second = person.get("/catalogs").await;
    assert_eq!(second.refusal(), (429, 8));
    assert!(
        second.head.contains("Retry-After: 60\r\n") && second.head.contains("x-ratelimit-limit: 1, "),
        "{}",
        second.head
    );
    assert_eq!(person.get("/boards").await.status, 200);
}

#[tokio::test]
async fn an_answer_is_odd_if_asked() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, SCOPES).await;
    let board = format!("/boards/{FIRST_BOARD}");
    let odd = async |how: &str, path: &str| {
        control(&sandbox, "POST", "script", json!([{"pass": true, "odd": how}])).await;
        person.get(path).await
    };
    let one = odd("new_enum_value", &board).await.json();
    assert_eq!(
        (&one["privacy"], &one["id"]),
        (&json!("NEW_IN_2027"), &json!(FIRST_BOARD))
    );
    let page = odd("new_enum_value", "/boards?page_size=1").await.json();
    assert_eq!(page["items"][0]["privacy"], "NEW_IN_2027");
    let one = odd("unknown_field", &board).await.json();
    assert!(
        one["new_in_2027"].is_object() && one["owner"]["new_in_2027"].is_object(),
        "{one}"
    );
    let one = odd("nulls", &board).await.json();
    assert!(one["id"].is_null() && one["owner"]["username"].is_null(), "{one}");
    let one = odd("missing_fields", &board).await.json();
    assert!(one.get("name").is_none() && one["id"] == FIRST_BOARD, "{one}");
    assert_eq!(odd("other_shape", &board).await.json()[0]["id"], FIRST_BOARD);
    let page = odd("same_bookmark", "/boards").await.json();
    assert_eq!(page["bookmark"], "again");
    let empty = odd("no_body", &board).await;
    assert_eq!((empty.status, &*empty.body), (200, ""));
    let full = odd("204_with_body", &board).await;
    assert!(
        full.status == 204 && full.body.starts_with('{') && full.head.contains("Content-Length"),
        "{}",
        full.head
    );
    // A refusal stays one.
    assert_eq!(odd("nulls", "/boards/1").await.refusal(), (404, 40));
}

/// Everything is found by its id, in the list, changed, and is of its ad account.
#[tokio::test]
async fn campaigns_are_made_and_changed_many_at_a_time() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, SCOPES).await;
    let campaigns = format!("{OWN}/campaigns");
    let campaign =
        |name: Value| json!({"ad_account_id": "549760000000", "name": name, "objective_type": "AWARENESS"});
    let answer = person
        .ask(
            "POST",
            &campaigns,
            json!([campaign(json!("a")), campaign(json!(5)), {"name": "b"}]),
        )
        .await
        .json();
    let items = answer["items"].as_array().unwrap();
    assert_eq!(
        (&items[0]["data"]["name"], &items[0]["exceptions"]),
        (&json!("a"), &json!([]))
    );
    assert_eq!(
        items[1]["exceptions"][0]["message"],
        "Invalid value for name: not a string"
    );
    assert_eq!(items[2]["data"], json!({}));
    let id = items[0]["data"]["id"].as_str().unwrap();
    let changed = json!([{"id": id, "ad_account_id": "549760000000", "status": "PAUSED"}, {"id": "1", "ad_account_id": "549760000000"}]);
    let answer = person.ask("PATCH", &campaigns, changed).await.json();
    assert_eq!(answer["items"][0]["data"]["status"], "PAUSED");
    assert_eq!(
        answer["items"][1]["exceptions"][0]["message"],
        "There is no campaign_id 1"
    );
    assert_eq!(person.get(&format!("{campaigns}/{id}")).await.json()["name"], "a");
    assert_eq!(
        person
            .get(&format!("/ad_accounts/549760000001/campaigns/{id}"))
            .await
            .refusal(),
        (404, 1)
    );
    let shown = person
        .get(&format!("{campaigns}?entity_statuses=PAUSED"))
        .await
        .json();
    assert_eq!(words(&shown["items"], "id"), [id]);
}
