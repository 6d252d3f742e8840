//! Who joins a renewal of the token manager that was begun for another reason.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;

use std::time::Duration;

use managed::{DAY, LIFE, World};
use pinterest_sdk::MemoryStore;
use serde_json::json;
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
