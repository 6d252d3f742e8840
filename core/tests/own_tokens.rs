//! Tokens that are an app's own, by client credentials.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::sync::atomic::Ordering;
use std::time::Duration;

use managed::{LIFE, World, account};
use pinterest_sdk::{
    ApiClient, Configuration, ErrorKind, MemoryStore, Outcome, TokenEventKind, TokenManager, TokenState,
};
use serde_json::{Value, json};
use text_store::TextStore;

#[tokio::test]
async fn an_app_s_own_tokens_are_asked_for_again() {
    let world = World::new().await;
    let options = world.options().with_client_credentials("ads:read");
    let tokens =
        TokenManager::with_options(world.client(), TextStore::default(), account("app"), options).unwrap();
    let unsaid =
        json!([{"json": {"access_token": "pina_first", "expires_in": LIFE, "refresh_token": "pinr_odd"}}]);
    world.server.respond(unsaid).await;
    assert_eq!(tokens.status().await.unwrap().state, TokenState::Expired);
    // A person's first ones nothing asks for.
    let nobodys = world.manager(TextStore::default()).status().await.unwrap();
    assert_eq!(nobodys.state, TokenState::ReauthorizationRequired);
    let first = tokens.access_token().await.unwrap();
    assert_eq!(tokens.status().await.unwrap().state, TokenState::Fresh);
    assert_eq!((first.expose(), first.scope()), ("pina_first", Some("ads:read")));
    assert_eq!(world.events(), [TokenEventKind::Refreshed]);
    let mut last = first;
    let unsaid = json!([{"json": {"access_token": "pina_second", "expires_in": LIFE}}]);
    world.server.respond(unsaid).await;
    for _ in 0..2 {
        world.move_clock(LIFE * 2);
        assert_eq!(tokens.status().await.unwrap().state, TokenState::Expired);
        world.next_second().await;
        let next = tokens.access_token().await.unwrap();
        assert_ne!(next.expose(), last.expose());
        assert_eq!(next.scope(), Some("ads:read"));
        last = next;
    }
    assert_eq!(world.renewals().await, 0);
}

/// A program that asks for other scopes from now on gets them, once, also where Pinterest gives fewer.
#[tokio::test]
async fn scopes_that_a_program_did_not_ask_for_before_are_asked_for_once() {
    let world = World::new().await;
    let store = TextStore::default();
    let given = async |scopes: &str| {
        let options = world.options().with_client_credentials(scopes);
        let tokens =
            TokenManager::with_options(world.client(), store.clone(), account("app"), options).unwrap();
        world.next_second().await;
        tokens.access_token().await.unwrap().expose().to_owned()
    };
    let asked = async || {
        let requests = world.server.requests().await;
        let body = |request: &Value| request["body"].as_str().unwrap_or_default().replace("%3A", ":");
        let bodies: Vec<_> = requests.iter().map(body).collect();
        (bodies.len(), bodies.last().cloned().unwrap_or_default())
    };
    let first = given("ads:read").await;
    let fewer = json!([{"json": {"access_token": "pina_fewer", "expires_in": LIFE, "scope": "ads:read"}}]);
    world.server.respond(fewer).await;
    for _ in 0..2 {
        assert_eq!(given("ads:read,pins:read").await, "pina_fewer");
        let (requests, last) = asked().await;
        assert_eq!(requests, 2);
        assert!(last.contains("scope=ads:read%2Cpins:read"), "{last}");
    }
    // What asks for less is content, until it is time, and then asks for no more than it wants.
    assert_eq!(given("pins:read ads:read").await, "pina_fewer");
    assert_eq!(given("ads:read").await, "pina_fewer");
    assert_eq!(asked().await.0, 2);
    world.move_clock(LIFE * 2);
    let last = given("ads:read").await;
    assert!(last != first && last != "pina_fewer");
    let (requests, body) = asked().await;
    assert_eq!(requests, 3);
    assert!(
        body.contains("scope=ads:read") && !body.contains("pins"),
        "{body}"
    );
}

/// An app's own grant needs no person, and has no refresh token: nobody says so of it.
#[tokio::test]
async fn a_refused_or_lost_answer_speaks_of_no_refresh_token() {
    let refused = json!({"status": 400, "json": {"error": "invalid_grant", "error_description": "no"}});
    for (answer, kind) in [
        (refused, ErrorKind::InvalidGrant),
        (json!({"fault": "close"}), ErrorKind::Network),
    ] {
        let world = World::new().await;
        let options = world.options().with_client_credentials("ads:read");
        let tokens =
            TokenManager::with_options(world.client(), MemoryStore::new(), account("app"), options).unwrap();
        tokens.access_token().await.unwrap();
        world.move_clock(LIFE * 2);
        world.next_second().await;
        world.server.control("POST", "/_sandbox/standing", &answer).await;
        for _ in 0..2 {
            let error = tokens.access_token().await.unwrap_err();
            assert_eq!(error.kind(), kind, "{error}");
            let said = format!("{} {}", error.message(), error.hint().unwrap_or_default());
            assert!(
                !said.contains("refresh token") && !said.contains("authorization"),
                "{said}"
            );
        }
    }
}

#[tokio::test]
async fn without_an_app_there_is_no_manager() {
    let client = ApiClient::new(Configuration::default()).unwrap();
    let error = TokenManager::new(client, MemoryStore::new(), account("app")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

#[tokio::test]
async fn what_passes_is_asked_for_again_also_for_the_first_token() {
    let world = World::new().await;
    let options = world.options().with_client_credentials("ads:read");
    let tokens =
        TokenManager::with_options(world.client(), MemoryStore::new(), account("app"), options).unwrap();
    let slowly = json!({"status": 429, "json": {"code": 8, "message": "slowly"}});
    world
        .server
        .respond(json!([slowly, {"pass": true, "fault": "close"}]))
        .await;
    assert!(tokens.access_token().await.is_ok());
    assert_eq!(world.server.requests().await.len(), 3);
}

#[tokio::test]
async fn that_the_first_token_was_given_is_said_where_it_is_not_kept() {
    let world = World::new().await;
    let store = TextStore::default();
    let options = world.options().with_client_credentials("ads:read");
    let tokens = TokenManager::with_options(world.client(), store.clone(), account("app"), options).unwrap();
    store.is_down.store(true, Ordering::Relaxed);
    let first = tokens.access_token().await.unwrap();
    let said = world.not_kept();
    assert_eq!((said.len(), said[0].outcome()), (1, Outcome::Unknown), "{said:?}");
    assert_eq!(
        said[0].message(),
        "Pinterest gave new tokens, but they could not be kept: the database is down"
    );
    store.is_down.store(false, Ordering::Relaxed);
    assert!(tokens.close(Duration::from_secs(5)).await);
    assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
    assert_eq!(world.server.requests().await.len(), 1);
}
