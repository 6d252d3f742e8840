//! A lock that ends by itself, such as a lease, lasts as long as what is done under it.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::sync::atomic::Ordering;

use managed::{World, account};
use pinterest_sdk::TokenManager;
use serde_json::json;
use text_store::TextStore;

/// Longer than a lock is left alone.
fn late() -> serde_json::Value {
    json!({"pass": true, "delay_ms": 3_400})
}

#[tokio::test]
async fn a_renewal_makes_its_lock_last() {
    let (world, store) = (World::strict().await, TextStore::default());
    let tokens = world.expired(store.clone()).await;
    world.server.respond(json!([late()])).await;
    tokens.access_token().await.unwrap();
    assert_eq!(store.lasts.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn asking_for_an_app_s_first_token_makes_its_lock_last() {
    let (world, store) = (World::new().await, TextStore::default());
    let options = world.options().with_client_credentials("ads:read");
    let tokens = TokenManager::with_options(world.client(), store.clone(), account("app"), options).unwrap();
    world.server.respond(json!([late()])).await;
    tokens.access_token().await.unwrap();
    assert_eq!(store.lasts.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn ending_tokens_makes_their_lock_last() {
    let (world, store) = (World::revocable().await, TextStore::default());
    let tokens = world.manager(store.clone());
    tokens.adopt(world.answer().await).await.unwrap();
    world.server.respond(json!([late()])).await;
    tokens.revoke().await.unwrap();
    assert_eq!(store.lasts.load(Ordering::Relaxed), 1);
}
