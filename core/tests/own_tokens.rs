//! Tokens that are an app's own, by client credentials.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use managed::{LIFE, World, account};
use pinterest_sdk::{
    ApiClient, Configuration, ErrorKind, MemoryStore, TokenEventKind, TokenManager, TokenState,
};
use serde_json::json;
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
    let first = tokens.access_token().await.unwrap();
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
