//! Who joins a renewal of the token manager that was begun for another reason.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::sync::atomic::Ordering;
use std::time::Duration;

use managed::{DAY, LIFE, World};
use pinterest_sdk::MemoryStore;
use serde_json::json;
use text_store::TextStore;
use tokio::time::sleep;

#[tokio::test]
async fn an_early_renewal_that_fails_does_not_fail_who_needs_a_token_now() {
    let world = World::strict().await;
    let tokens = world.manager(MemoryStore::new());
    let first = tokens.adopt(world.answer().await).await.unwrap();
    world.move_clock(LIFE - DAY / 2);
    world.next_second().await;
    let slowly = json!([{"status": 429, "json": {"code": 8, "message": "slowly"}, "delay_ms": 300}]);
    world.server.respond(slowly).await;
    assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
    sleep(Duration::from_millis(100)).await;
    assert!(tokens.is_busy());
    tokens.invalidate(first.expose());
    let second = tokens.access_token().await.unwrap();
    assert_ne!(second.expose(), first.expose());
    assert_eq!(world.renewals().await, 2);
}

#[tokio::test]
async fn a_renewal_that_somebody_asked_for_counts_for_who_needs_a_token_now() {
    let world = World::strict().await;
    let tokens = world.expired(MemoryStore::new()).await;
    let wrong = json!([{"status": 400, "json": {"code": 1, "message": "wrong"}, "delay_ms": 300}]);
    world.server.respond(wrong).await;
    let (asked, needed) = tokio::join!(tokens.refresh(), async {
        sleep(Duration::from_millis(100)).await;
        tokens.access_token().await
    });
    for error in [asked.unwrap_err(), needed.unwrap_err()] {
        assert_eq!(error.status(), Some(400), "{error}");
    }
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn a_token_that_an_early_renewal_brings_will_do_though_the_store_does_not_take_it() {
    let (world, store) = (World::strict().await, TextStore::default());
    let tokens = world.manager(store.clone());
    let first = tokens.adopt(world.answer().await).await.unwrap();
    world.move_clock(LIFE - DAY / 2);
    world.next_second().await;
    let slow = json!([{"pass": true, "delay_ms": 400}]);
    world.server.respond(slow).await;
    assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
    sleep(Duration::from_millis(100)).await;
    // The API refuses it meanwhile, as where a renewal ends the one before.
    tokens.invalidate(first.expose());
    let (second, ()) = tokio::join!(tokens.access_token(), async {
        sleep(Duration::from_millis(100)).await;
        store.is_down.store(true, Ordering::Relaxed);
    });
    let second = second.unwrap();
    assert_ne!(second.expose(), first.expose());
    assert_eq!(tokens.fresh().unwrap().expose(), second.expose());
    assert_eq!(world.renewals().await, 1);
}
