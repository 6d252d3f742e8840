//! What a token opens: boards and their sections, ad accounts, scopes.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use serde_json::{Value, json};
use support::person::{ALL, FIRST_BOARD, Person, image};
use support::{control, start};

#[tokio::test]
async fn a_board_is_created_changed_and_deleted() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    let id = person
        .create(
            "/boards",
            json!({"name": "Summer", "description": "Warm", "privacy": "PROTECTED"}),
        )
        .await;
    let path = format!("/boards/{id}");
    let board = person.get(&path).await.json();
    assert_eq!(
        (
            &board["name"],
            &board["privacy"],
            &board["pin_count"],
            &board["owner"]["username"]
        ),
        (
            &json!("Summer"),
            &json!("PROTECTED"),
            &json!(0),
            &json!("sandbox_user")
        )
    );
    assert_eq!(
        board["created_at"].as_str().unwrap().len(),
        "2026-01-01T00:00:00".len()
    );
    let changed = person
        .ask("PATCH", &path, json!({"name": "Winter", "description": null}))
        .await;
    assert_eq!((changed.status, &changed.json()["name"]), (200, &json!("Winter")));
    assert_eq!(person.get(&path).await.json()["description"], Value::Null);
    assert_eq!(person.get("/user_account").await.json()["board_count"], 61);
    assert_eq!(person.count("/boards?page_size=25").await, (61, 3));
    assert_eq!(
        person.count("/boards?page_size=250&privacy=PROTECTED").await,
        (1, 1)
    );
    let pin = person.create("/pins", image(&id)).await;
    person.delete(&path).await;
    assert_eq!(person.get(&path).await.refusal(), (404, 40));
    assert_eq!(person.get(&format!("/pins/{pin}")).await.refusal(), (404, 50));
    control(&sandbox, "POST", "reset", Value::Null).await;
    let person = Person::with(&sandbox, ALL).await;
    assert_eq!(person.count("/boards?page_size=20").await, (60, 3));
}

#[tokio::test]
async fn a_page_goes_on_where_the_last_one_ended_though_boards_go() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    let page = person.get("/boards?page_size=2").await.json();
    person.delete(&format!("/boards/{FIRST_BOARD}")).await;
    let bookmark = page["bookmark"].as_str().unwrap();
    let next = person
        .get(&format!("/boards?page_size=1&bookmark={bookmark}"))
        .await
        .json();
    assert_eq!(next["items"][0]["name"], "Board 3");
}

#[tokio::test]
async fn sections_are_listed_renamed_and_deleted_with_their_pins() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    let list = format!("/boards/{FIRST_BOARD}/sections");
    let one = person.create(&list, json!({"name": "One"})).await;
    person.create(&list, json!({"name": "Two"})).await;
    assert_eq!(person.count(&format!("{list}?page_size=1")).await, (2, 2));
    let path = format!("{list}/{one}");
    let renamed = person.ask("PATCH", &path, json!({"name": "Uno"})).await.json();
    assert_eq!(renamed, json!({"id": one, "name": "Uno"}));
    let mut pin = image(FIRST_BOARD);
    pin["board_section_id"] = json!(one);
    let pin = person.create("/pins", pin).await;
    person.delete(&path).await;
    assert_eq!(person.get(&format!("/pins/{pin}")).await.refusal(), (404, 50));
    assert_eq!(
        person.ask("PATCH", &path, json!({"name": "x"})).await.refusal(),
        (404, 2031)
    );
    let other = format!("/boards/1/sections/{one}");
    assert_eq!(
        person.ask("DELETE", &other, Value::Null).await.refusal(),
        (404, 40)
    );
}

#[tokio::test]
async fn ad_accounts_are_ones_own_and_shared_ones() {
    let sandbox = start().await;
    let person = Person::with(&sandbox, ALL).await;
    assert_eq!(person.count("/ad_accounts?page_size=1").await, (2, 2));
    let own = person
        .get("/ad_accounts?include_shared_accounts=false")
        .await
        .json();
    assert_eq!(own["items"].as_array().unwrap().len(), 1);
    assert_eq!(own["items"][0]["permissions"], json!(["OWNER"]));
    let id = own["items"][0]["id"].as_str().unwrap();
    assert_eq!(
        person.get(&format!("/ad_accounts/{id}")).await.json(),
        own["items"][0]
    );
    assert_eq!(person.get("/ad_accounts/1").await.refusal(), (403, 29));
}

#[tokio::test]
async fn every_endpoint_wants_its_scopes_and_all_of_them() {
    let sandbox = start().await;
    let wanted = |scope: &str| {
        ALL.split(',')
            .filter(|name| *name != scope)
            .collect::<Vec<_>>()
            .join(",")
    };
    for (method, path, scopes) in [
        ("GET", "/user_account", "user_accounts:read"),
        ("GET", "/boards/1", "boards:read"),
        ("POST", "/boards", "boards:read boards:write"),
        ("PATCH", "/boards/1", "boards:read boards:write"),
        ("DELETE", "/boards/1", "boards:read boards:write"),
        ("GET", "/boards/1/sections", "boards:read"),
        ("POST", "/boards/1/sections", "boards:read boards:write"),
        ("GET", "/boards/1/pins", "boards:read pins:read"),
        ("GET", "/pins", "boards:read pins:read"),
        ("POST", "/pins", "boards:read boards:write pins:read pins:write"),
        (
            "DELETE",
            "/pins/1",
            "boards:read boards:write pins:read pins:write",
        ),
        ("POST", "/media", "pins:read pins:write"),
        ("GET", "/media/1", "pins:read"),
        ("GET", "/ad_accounts", "ads:read"),
        ("GET", "/ad_accounts/1/campaigns", "ads:read"),
        ("GET", "/ad_accounts/1/ad_groups", "ads:read"),
        ("GET", "/ad_accounts/1/ads", "ads:read"),
        ("GET", "/user_account/analytics", "user_accounts:read"),
        ("GET", "/pins/1/analytics", "boards:read pins:read"),
        ("GET", "/ad_accounts/1/analytics", "ads:read"),
        ("GET", "/ad_accounts/1/campaigns/analytics", "ads:read"),
        ("GET", "/ad_accounts/1/ad_groups/analytics", "ads:read"),
        ("GET", "/ad_accounts/1/ads/analytics", "ads:read"),
        ("POST", "/ad_accounts/1/reports", "ads:read"),
        ("GET", "/ad_accounts/1/reports", "ads:read"),
        (
            "GET",
            "/resources/delivery_metrics",
            "ads:read pins:read user_accounts:read",
        ),
        ("GET", "/terms/related", "ads:read"),
        ("GET", "/terms/suggested", "ads:read"),
    ] {
        for scope in scopes.split(' ') {
            let person = Person::with(&sandbox, &wanted(scope)).await;
            let answer = person.ask(method, path, Value::Null).await;
            assert_eq!(answer.refusal(), (401, 3), "{method} {path} without {scope}");
        }
    }
}

#[tokio::test]
async fn secret_boards_have_scopes_of_their_own() {
    let sandbox = start().await;
    let trusted = format!("{ALL},boards:read_secret,boards:write_secret,pins:read_secret,pins:write_secret");
    let owner = Person::with(&sandbox, &trusted).await;
    let other = Person::with(&sandbox, ALL).await;
    let secret = json!({"name": "Secret", "privacy": "SECRET"});
    assert_eq!(
        other.ask("POST", "/boards", secret.clone()).await.refusal(),
        (403, 29)
    );
    let board = owner.create("/boards", secret).await;
    let pin = owner.create("/pins", image(&board)).await;
    for path in [
        format!("/boards/{board}"),
        format!("/boards/{board}/pins"),
        format!("/pins/{pin}"),
    ] {
        assert_eq!(owner.get(&path).await.status, 200, "{path}");
        assert_eq!(other.get(&path).await.refusal(), (403, 29), "{path}");
    }
    assert_eq!(owner.count("/boards?page_size=250").await, (61, 1));
    assert_eq!(other.count("/boards?page_size=250").await, (60, 1));
    assert_eq!(other.count("/pins?page_size=250").await, (30, 1));
    assert_eq!(
        other
            .ask("DELETE", &format!("/boards/{board}"), Value::Null)
            .await
            .refusal(),
        (403, 29)
    );
    assert_eq!(
        other.ask("POST", "/pins", image(&board)).await.refusal(),
        (403, 29)
    );
}
