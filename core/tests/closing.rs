//! What a token manager does goes on when nobody waits for it, and `close` waits for all of it.

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
    ApiClient, Configuration, OauthAccessTokenResponse, Outcome, StoreKey, TokenManager, TokenStore,
};
use serde_json::json;
use text_store::TextStore;
use tokio::time::{sleep, timeout};

fn key(world: &World) -> StoreKey {
    let host = world.client().configuration().host.clone();
    StoreKey::new(host, "1234567", account("shop-1"))
}

#[tokio::test]
async fn a_wait_of_zero_is_no_limit() {
    let world = World::strict().await;
    let options = world.options().with_wait(Duration::ZERO);
    let tokens =
        TokenManager::with_options(world.client(), TextStore::default(), account("a"), options).unwrap();
    tokens.adopt(world.answer().await).await.unwrap();
    world.move_clock(LIFE + 1);
    world.next_second().await;
    world
        .server
        .respond(json!([{"pass": true, "delay_ms": 300}]))
        .await;
    tokens.access_token().await.unwrap();
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn an_answer_whose_adoption_nobody_waits_for_is_waited_for_at_the_end() {
    let (world, store) = (World::new().await, TextStore::default());
    let tokens = world.manager(store.clone());
    let lock = store.lock(&key(&world), Duration::ZERO).await.unwrap();
    let adopting = tokens.adopt(world.answer().await);
    assert!(timeout(Duration::from_millis(100), adopting).await.is_err());
    assert!(tokens.is_busy());
    assert!(!tokens.close(Duration::from_millis(100)).await);
    let (closed, ()) = tokio::join!(tokens.close(Duration::from_secs(10)), async {
        sleep(Duration::from_millis(200)).await;
        drop(lock);
    });
    assert!(closed && !tokens.is_busy());
    assert_eq!(store.texts.lock().unwrap().len(), 1);
    // As is what is forgotten.
    let lock = store.lock(&key(&world), Duration::ZERO).await.unwrap();
    assert!(
        timeout(Duration::from_millis(100), tokens.forget())
            .await
            .is_err()
    );
    drop(lock);
    assert!(tokens.close(Duration::from_secs(10)).await);
    assert!(store.texts.lock().unwrap().is_empty());
}

#[tokio::test]
async fn who_changes_the_store_is_waited_for_at_the_end() {
    let (world, store) = (World::new().await, TextStore::default());
    store.is_down.store(true, Ordering::Relaxed);
    let tokens = world.manager(store.clone());
    tokens.adopt(world.answer().await).await.unwrap_err();
    store.is_down.store(false, Ordering::Relaxed);
    let lock = store.lock(&key(&world), Duration::ZERO).await.unwrap();
    let (closed, ()) = tokio::join!(tokens.close(Duration::from_secs(10)), async {
        sleep(Duration::from_secs(3)).await;
        drop(lock);
    });
    assert!(closed);
    assert_eq!(store.texts.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_that_was_adopted_does_not_take_the_place_of_what_followed_it() {
    let (world, store) = (World::strict().await, TextStore::default());
    let tokens = world.manager(store.clone());
    let answer = world.answer().await;
    world.next_second().await;
    store.is_late.store(true, Ordering::Relaxed);
    let (adopted, renewed) = tokio::join!(tokens.adopt(answer), async {
        sleep(Duration::from_millis(200)).await;
        tokens.refresh().await.unwrap()
    });
    assert_ne!(adopted.unwrap().expose(), renewed.expose());
    sleep(Duration::from_secs(1)).await;
    assert_eq!(tokens.fresh().unwrap().expose(), renewed.expose());
}

#[tokio::test]
async fn a_store_that_comes_back_before_the_end_has_the_newest_tokens() {
    let (world, store) = (World::new().await, TextStore::default());
    store.is_down.store(true, Ordering::Relaxed);
    let tokens = world.manager(store.clone());
    let answer = world.answer().await;
    tokens.adopt(answer.clone()).await.unwrap_err();
    assert!(!tokens.close(Duration::from_millis(100)).await);
    let (closed, ()) = tokio::join!(tokens.close(Duration::from_secs(10)), async {
        sleep(Duration::from_millis(300)).await;
        store.is_down.store(false, Ordering::Relaxed);
    });
    assert!(closed && !tokens.is_busy());
    let kept = store.texts.lock().unwrap().values().next().unwrap().clone();
    assert!(kept.contains(answer.access_token.expose()));
}

#[tokio::test(start_paused = true)]
async fn an_account_that_somebody_has_locked_keeps_no_other_from_being_kept_at_the_end() {
    // Nothing listens there, and nothing is asked for.
    let configuration = Configuration::new("1", "s").with_host("http://127.0.0.1:9/v5");
    let client = ApiClient::new(configuration).unwrap();
    let store = TextStore::default();
    store.is_down.store(true, Ordering::Relaxed);
    let tokens = TokenManager::new(client, store.clone(), account("shop-0")).unwrap();
    for number in 0..16 {
        let answer = OauthAccessTokenResponse::new(format!("pina_{number}"));
        let account = tokens.account(account(&format!("shop-{number}")));
        account.adopt(answer).await.unwrap_err();
    }
    // So long that the store is asked once a minute by itself.
    sleep(Duration::from_secs(700)).await;
    store.is_down.store(false, Ordering::Relaxed);
    let key = StoreKey::new("http://127.0.0.1:9/v5", "1", account("shop-7"));
    let _lock = store.lock(&key, Duration::ZERO).await.unwrap();
    // And each of the others takes a second.
    store.is_late.store(true, Ordering::Relaxed);
    assert!(!tokens.close(Duration::from_secs(5)).await);
    assert_eq!(store.texts.lock().unwrap().len(), 15);
}

/// A queue that delivers twice, or a row that is adopted at each start.
#[tokio::test]
async fn an_answer_that_is_given_again_costs_nothing_of_what_it_was_renewed_to() {
    for (is_meanwhile, is_down) in [(false, false), (false, true), (true, true)] {
        let (world, store) = (World::strict().await, TextStore::default());
        let tokens = world.manager(store.clone());
        let answer = world.answer().await;
        tokens.adopt(answer.clone()).await.unwrap();
        world.next_second().await;
        let slow = json!([{"pass": true, "delay_ms": 400}]);
        world.server.respond(slow).await;
        let again = async || {
            let before = if is_meanwhile { 100 } else { 800 };
            sleep(Duration::from_millis(before)).await;
            store.is_down.store(is_down, Ordering::Relaxed);
            tokens.adopt(answer.clone()).await
        };
        let (renewed, again, ()) = tokio::join!(tokens.refresh(), again(), async {
            sleep(Duration::from_millis(200)).await;
            store.is_down.store(true, Ordering::Relaxed);
        });
        let renewed = renewed.unwrap();
        match again {
            Ok(token) => assert_eq!(token.expose(), renewed.expose()),
            Err(error) => assert_eq!((is_down, error.outcome()), (true, Outcome::Unknown)),
        }
        assert_eq!(tokens.fresh().unwrap().expose(), renewed.expose());
        store.is_down.store(false, Ordering::Relaxed);
        assert!(tokens.close(Duration::from_secs(5)).await);
        let other = world.manager(store).access_token().await.unwrap();
        assert_eq!(other.expose(), renewed.expose());
        assert_eq!(world.renewals().await, 1);
    }
}
