//! What programs that share a store learn from each other.

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

use std::fs;
use std::time::Duration;

use failing_store::FailingStore;
use managed::{LIFE, World, account};
use pinterest_sdk::store::StoredToken;
use pinterest_sdk::{
    ApiClient, Configuration, ErrorKind, FileStore, OauthAccessTokenResponse, TokenEventKind, TokenManager,
    TokenStore,
};
use serde_json::{Value, json};
use text_store::TextStore;

/// Pinterest is down, and takes a while to say so.
fn down() -> Value {
    json!({"status": 503, "json": {"code": 1, "message": "down"}, "delay_ms": 300})
}

#[tokio::test]
async fn who_waited_for_an_early_renewal_in_vain_does_not_try_it_once_more() {
    let world = World::strict().await;
    let store = TextStore::default();
    let first = world.manager(store.clone());
    let given = first.adopt(world.answer().await).await.unwrap();
    let second = world.manager(store);
    second.access_token().await.unwrap();
    world.events();
    world.move_clock(LIFE - 3600);
    world.next_second().await;
    world.server.control("POST", "/_sandbox/standing", &down()).await;
    for _ in 0..3 {
        for tokens in [&first, &second] {
            assert_eq!(tokens.access_token().await.unwrap().expose(), given.expose());
        }
        for tokens in [&first, &second] {
            assert!(tokens.close(Duration::from_secs(5)).await);
        }
        assert_eq!(world.renewals().await, 1);
    }
    assert_eq!(world.events(), [TokenEventKind::RefreshFailed]);
}

#[tokio::test]
async fn nor_does_another_command() {
    let world = world::World::new("shared").await;
    let stored = world.log_in().await;
    world.move_clock(world::LIFE - 3600);
    world.next_second().await;
    world.server.control("POST", "/_sandbox/standing", &down()).await;
    let (one, other) = (world.session(), world.session());
    let (one, other) = tokio::join!(one.token(stored.clone()), other.token(stored.clone()));
    let (one, other) = (one.unwrap(), other.unwrap());
    let mut became = [world::told(&one), world::told(&other)];
    became.sort_unstable();
    assert_eq!(became, ["failed", "paused"]);
    assert_eq!((&one.stored, &other.stored), (&stored, &stored));
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn a_store_that_fails_once_has_nobody_send_what_is_used_up() {
    for wrote in [false, true] {
        for folder in [None, Some("pinterest-sdk-fails-once")] {
            let folder =
                folder.map(|name| std::env::temp_dir().join(format!("{name}-{}", std::process::id())));
            let inner: Box<dyn TokenStore> = match &folder {
                Some(folder) => Box::new(FileStore::new(folder)),
                None => Box::new(TextStore::default()),
            };
            let store = FailingStore::new(inner);
            let world = World::strict().await;
            let tokens = world.expired(store.clone()).await;
            // That it is asked for is written yet.
            store.fail(1, wrote);
            let token = tokens.access_token().await.unwrap();
            assert!(!tokens.is_busy());
            let other = world.manager(store);
            assert_eq!(other.access_token().await.unwrap().expose(), token.expose());
            assert_eq!(world.renewals().await, 1);
            assert!(!world.events().contains(&TokenEventKind::NotKept));
            folder.map_or(Ok(()), fs::remove_dir_all).unwrap();
        }
    }
}

#[tokio::test]
async fn a_store_that_fails_once_has_nobody_send_what_was_refused() {
    for wrote in [false, true] {
        let store = FailingStore::new(Box::new(TextStore::default()));
        let world = World::strict().await;
        let tokens = world.expired(store.clone()).await;
        let refused = json!([{"status": 401, "json": {"code": 283, "message": "no"}}]);
        world.server.respond(refused).await;
        // That it is asked for is written yet.
        store.fail(1, wrote);
        for manager in [&tokens, &world.manager(store)] {
            let error = manager.access_token().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired);
            assert!(error.message().contains("renewed elsewhere"), "{error}");
            assert!(!manager.status().await.unwrap().asked);
        }
        assert_eq!(world.renewals().await, 1);
    }
}

#[tokio::test]
async fn a_store_that_fails_once_has_nobody_given_what_was_ended() {
    for wrote in [false, true] {
        let store = FailingStore::new(Box::new(TextStore::default()));
        let world = World::revocable().await;
        let (tokens, other) = (world.manager(store.clone()), world.manager(store.clone()));
        tokens.adopt(world.answer().await).await.unwrap();
        store.fail(0, wrote);
        tokens.revoke().await.unwrap();
        let error = other.access_token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired);
        assert_eq!(world.revocations().await.len(), 2);
    }
}

#[tokio::test]
async fn that_new_tokens_were_asked_for_is_told_whatever_the_store_is() {
    let world = World::strict().await;
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-asked-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let store = FileStore::new(&folder);
    let tokens = world.manager(store.clone());
    tokens.adopt(world.answer().await).await.unwrap();
    let asked = async || tokens.status().await.unwrap().asked;
    assert!(!asked().await);
    let lock = store.lock(tokens.name(), Duration::ZERO).await.unwrap();
    let (room, _) = lock.reserve().unwrap();
    assert!(asked().await);
    // As it is where a program was killed.
    drop((room, lock));
    assert!(asked().await);
    world.next_second().await;
    tokens.refresh().await.unwrap();
    assert!(!asked().await);
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn programs_of_two_apps_that_take_turns_leave_one_copy_of_each_other_s_tokens() {
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-turns-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let (store, name) = (FileStore::new(&folder), account("shop-1"));
    for _ in 0..3 {
        for app in ["1234567", "7654321"] {
            let client = ApiClient::new(Configuration::new(app, "secret-of-the-app")).unwrap();
            let tokens = TokenManager::new(client, store.clone(), name.clone()).unwrap();
            let answer = OauthAccessTokenResponse::new(format!("pina_{app}"));
            tokens.adopt(answer).await.unwrap();
        }
    }
    let copies = store.set_aside(&name);
    assert_eq!(copies.len(), 2, "{copies:?}");
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_client_is_made_with_the_secret_that_is_kept_once_the_profile_is_locked() {
    let world = world::World::new("secret").await;
    let first = world.log_in().await;
    world.next_second().await;
    let lock = world.store.lock(&world.profile, Duration::ZERO).await.unwrap();
    let session = world.session();
    let (renewed, ()) = tokio::join!(session.renew(&first), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let kept = StoredToken {
            app_secret: Some("another".into()),
            ..first.clone()
        };
        lock.save(world.store.reserve(&world.profile).unwrap(), &kept)
            .unwrap();
        drop(lock);
    });
    assert_eq!(world::told(&renewed.unwrap()), "done");
    let asked_with = world.secrets.lock().unwrap().clone();
    assert_eq!(asked_with, [None, Some("another".into())]);
}
