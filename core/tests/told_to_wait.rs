//! Answers that say when to come back: until then nobody asks again, unless somebody wants it.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/failing_store.rs"]
mod failing_store;
#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;
#[path = "support/world.rs"]
mod world;

use std::time::Duration;

use failing_store::FailingStore;
use managed::{World, account};
use pinterest_sdk::{Error, ErrorKind, MemoryStore, Outcome, TokenEventKind, TokenManager};
use serde_json::{Value, json};
use text_store::TextStore;

fn slowly() -> Value {
    let headers = json!({"Retry-After": "600"});
    json!({"status": 429, "json": {"code": 8, "message": "slowly"}, "headers": headers})
}

fn is_held_off(error: &Error, seconds: u64) {
    let seen = (error.kind(), error.outcome(), error.is_retryable());
    assert_eq!(seen, (ErrorKind::RateLimited, Outcome::NotSent, true), "{error}");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
    assert!(error.message().contains("slowly"), "{error}");
}

#[tokio::test]
async fn no_process_asks_again_before_the_server_wants_it() {
    let world = World::strict().await;
    let store = TextStore::default();
    let tokens = world.expired(store.clone()).await;
    world.events();
    world
        .server
        .control("POST", "/_sandbox/standing", &slowly())
        .await;
    let error = tokens.access_token().await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Refused);
    let other = world.manager(store.clone());
    for _ in 0..3 {
        for manager in [&tokens, &other] {
            is_held_off(&manager.access_token().await.unwrap_err(), 600);
        }
    }
    world.move_clock(599);
    for manager in [&tokens, &other] {
        is_held_off(&manager.access_token().await.unwrap_err(), 1);
    }
    // Each says it once.
    let failed = vec![TokenEventKind::RefreshFailed; 2];
    assert_eq!((world.renewals().await, world.events()), (1, failed));
    // A program may know better.
    assert_eq!(other.refresh().await.unwrap_err().outcome(), Outcome::Refused);
    assert_eq!(world.renewals().await, 2);
    world.move_clock(599);
    is_held_off(&world.manager(store).access_token().await.unwrap_err(), 1);
    world
        .server
        .control("POST", "/_sandbox/standing", &Value::Null)
        .await;
    world.move_clock(1);
    let token = tokens.access_token().await.unwrap();
    assert_eq!(other.access_token().await.unwrap().expose(), token.expose());
    assert_eq!(world.renewals().await, 3);
}

#[tokio::test]
async fn a_failure_without_such_a_word_is_not_tried_again_at_every_call() {
    let body = json!({"error": "not here"});
    for (answer, kind) in [
        (json!({"status": 503, "json": body}), ErrorKind::Server),
        (json!({"status": 403, "json": body}), ErrorKind::Forbidden),
        (json!({"status": 401, "json": body}), ErrorKind::Authentication),
        (json!({"fault": "close"}), ErrorKind::Network),
    ] {
        let world = World::strict().await;
        let store = TextStore::default();
        let tokens = world.expired(store.clone()).await;
        let other = world.manager(store.clone());
        world.server.control("POST", "/_sandbox/standing", &answer).await;
        let mut asked = 0;
        for wait in [1, 2, 4, 8, 16, 30] {
            let error = tokens.access_token().await.unwrap_err();
            assert_eq!((error.kind(), error.retry_after()), (kind, None));
            let now = world.renewals().await;
            assert!(now > asked);
            asked = now;
            // A secret that is wrong may be this process's alone.
            let is_told = kind != ErrorKind::Authentication;
            for manager in [&tokens, &other].into_iter().take(1 + usize::from(is_told)) {
                for _ in 0..20 {
                    let error = manager.access_token().await.unwrap_err();
                    assert_eq!((error.kind(), error.outcome()), (kind, Outcome::NotSent));
                    assert_eq!(error.retry_after(), Some(Duration::from_secs(wait)), "{error}");
                }
            }
            assert_eq!(world.renewals().await, asked);
            world.move_clock(wait.try_into().unwrap());
        }
        world
            .server
            .control("POST", "/_sandbox/standing", &Value::Null)
            .await;
        world.next_second().await;
        assert!(tokens.access_token().await.is_ok(), "{kind:?}");
    }
}

#[tokio::test]
async fn who_asks_for_new_tokens_gets_a_turn_however_many_hear_of_the_failure() {
    let world = World::strict().await;
    let tokens = world.expired(TextStore::default()).await;
    let down = json!({"status": 503, "json": {"error": "not here"}});
    world.server.respond(json!([down, down])).await;
    assert_eq!(tokens.access_token().await.unwrap_err().kind(), ErrorKind::Server);
    let mut many = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let tokens = tokens.clone();
        many.spawn(async move { while tokens.access_token().await.is_err() {} });
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    tokens.refresh().await.unwrap();
    many.join_all().await;
}

#[tokio::test]
async fn who_asks_for_new_tokens_gets_them_though_a_failure_is_remembered() {
    let world = World::strict().await;
    let tokens = world.expired(MemoryStore::new()).await;
    let down = json!({"status": 503, "json": {"error": "not here"}});
    world.server.respond(json!([down, down])).await;
    tokens.access_token().await.unwrap_err();
    let error = tokens.access_token().await.unwrap_err();
    assert!(
        error.hint().unwrap().contains("`refresh` asks at once"),
        "{error}"
    );
    let token = tokens.refresh().await.unwrap();
    assert_eq!(tokens.access_token().await.unwrap().expose(), token.expose());
}

#[tokio::test]
async fn what_somebody_else_got_meanwhile_is_found() {
    let world = World::strict().await;
    let store = MemoryStore::new();
    let tokens = world.expired(store.clone()).await;
    world.server.respond(json!([slowly()])).await;
    tokens.access_token().await.unwrap_err();
    let other = world.manager(store).refresh().await.unwrap();
    assert_eq!(tokens.access_token().await.unwrap().expose(), other.expose());
    // And what was said before is forgotten.
    tokens.invalidate(other.expose());
    world.next_second().await;
    assert_ne!(tokens.access_token().await.unwrap().expose(), other.expose());
}

#[tokio::test]
async fn a_clock_that_is_set_back_makes_nobody_wait() {
    let world = World::strict().await;
    let tokens = world.expired(MemoryStore::new()).await;
    world.server.respond(json!([slowly()])).await;
    let first = tokens.access_token().await;
    assert!(first.is_err());
    world.move_clock(-1);
    tokens.access_token().await.unwrap();
}

#[tokio::test]
async fn an_app_s_first_token_is_not_asked_for_again_either() {
    let world = World::new().await;
    let options = world.options().with_client_credentials("ads:read");
    let store = MemoryStore::new();
    let tokens = TokenManager::with_options(world.client(), store, account("app"), options).unwrap();
    world
        .server
        .control("POST", "/_sandbox/standing", &slowly())
        .await;
    tokens.access_token().await.unwrap_err();
    is_held_off(&tokens.access_token().await.unwrap_err(), 600);
    assert_eq!(world.server.requests().await.len(), 1);
    world
        .server
        .control("POST", "/_sandbox/standing", &Value::Null)
        .await;
    world.move_clock(600);
    assert!(tokens.access_token().await.is_ok());
}

#[tokio::test]
async fn a_store_that_keeps_nothing_is_no_limit_of_the_server_s() {
    let world = World::new().await;
    let store = FailingStore::new(Box::new(MemoryStore::new()));
    let tokens = world.expired(store.clone()).await;
    store.fail(1, false);
    let renewed = tokens.access_token().await.unwrap();
    // The API refuses it before it is kept.
    tokens.invalidate(renewed.expose());
    for _ in 0..2 {
        store.fail(0, false);
        let error = tokens.access_token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Store, "{error}");
    }
}

#[tokio::test]
async fn a_program_that_asks_once_and_ends_waits_as_well() {
    let world = world::World::new("told").await;
    let first = world.log_in().await;
    world.move_clock(world::LIFE + 1);
    world.next_second().await;
    world.server.respond(json!([slowly()])).await;
    let error = world.session().token(first.clone()).await.err().unwrap();
    assert_eq!(error.outcome(), Outcome::Refused);
    let error = world.session().token(first.clone()).await.err().unwrap();
    is_held_off(&error, 600);
    assert!(error.hint().unwrap().contains("`refresh`"), "{error}");
    assert_eq!(world.renewals().await, 1);
    assert!(world.session().renew(&first).await.is_ok());
}
