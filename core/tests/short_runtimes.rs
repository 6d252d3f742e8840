//! Programs with several short runtimes: what one of them could not keep, the next one does.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::sync::atomic::Ordering;
use std::time::Duration;

use managed::{World, until};
use pinterest_sdk::TokenManager;
use serde_json::json;
use text_store::TextStore;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

/// A sandbox that lasts, and a manager of an account whose tokens were adopted on a runtime that has ended.
fn world() -> (Runtime, World, TextStore, TokenManager) {
    let (lasting, store) = (Runtime::new().unwrap(), TextStore::default());
    let world = lasting.block_on(World::strict());
    let tokens = world.manager(store.clone());
    let answer = lasting.block_on(world.answer());
    short().block_on(tokens.adopt(answer)).unwrap();
    lasting.block_on(world.next_second());
    (lasting, world, store, tokens)
}

fn short() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Renews the tokens on a runtime that ends, while what comes of it cannot be kept as `fail` makes it.
fn renew(lasting: &Runtime, world: &World, tokens: &TokenManager, fail: impl Fn()) {
    let late = json!([{"pass": true, "delay_ms": 400}]);
    lasting.block_on(world.server.respond(late));
    short().block_on(async {
        let renewal = async { tokio::time::timeout(Duration::from_secs(1), tokens.refresh()).await };
        let _ = tokio::join!(renewal, async {
            sleep(Duration::from_millis(200)).await;
            fail();
        });
    });
    assert!(tokens.is_busy());
}

#[test]
fn what_a_store_did_not_take_is_offered_again_on_the_next_runtime() {
    let (lasting, world, store, tokens) = world();
    renew(&lasting, &world, &tokens, || {
        store.is_down.store(true, Ordering::Relaxed);
    });
    let token = short().block_on(tokens.access_token()).unwrap();
    store.is_down.store(false, Ordering::Relaxed);
    // Nobody is left who asks the store.
    assert!(tokens.is_busy());
    short().block_on(async {
        assert_eq!(tokens.access_token().await.unwrap().expose(), token.expose());
        until(async || !tokens.is_busy()).await;
    });
    let kept = store.texts.lock().unwrap().values().next().cloned().unwrap();
    assert!(kept.contains(token.expose()));
    assert!(tokens.fresh().is_some());
    assert_eq!(lasting.block_on(world.renewals()), 1);
}

#[test]
fn tokens_whose_runtime_ended_while_they_were_kept_are_not_lost() {
    let (lasting, world, store, tokens) = world();
    let hang = |hangs| store.hangs.store(hangs, Ordering::Relaxed);
    renew(&lasting, &world, &tokens, || hang(true));
    hang(false);
    lasting.block_on(world.next_second());
    // The old one has ended.
    world.move_clock(managed::LIFE - 1);
    let token = short().block_on(tokens.access_token()).unwrap();
    assert_eq!(lasting.block_on(world.renewals()), 1);
    let other = world.manager(store.clone());
    let found = short().block_on(other.access_token()).unwrap();
    assert_eq!(found.expose(), token.expose());
}

#[test]
fn tokens_of_a_login_whose_runtime_ended_meanwhile_are_not_lost() {
    let (lasting, world, store, tokens) = world();
    let answer = lasting.block_on(world.answer());
    let adopted = answer.access_token.expose().to_owned();
    store.hangs.store(true, Ordering::Relaxed);
    short().block_on(async {
        let adopting = tokio::time::timeout(Duration::from_millis(200), tokens.adopt(answer));
        assert!(adopting.await.is_err());
    });
    store.hangs.store(false, Ordering::Relaxed);
    assert!(tokens.is_busy());
    short().block_on(async {
        tokens.access_token().await.unwrap();
        until(async || !tokens.is_busy()).await;
    });
    let other = world.manager(store.clone());
    let found = short().block_on(other.access_token()).unwrap();
    assert_eq!(found.expose(), adopted);
    assert_eq!(lasting.block_on(world.renewals()), 0);
}
