//! Tokens of a token manager that are ended at Pinterest, or forgotten.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::fs;
use std::sync::atomic::Ordering;

use managed::{World, account};
use pinterest_sdk::{ErrorKind, FileStore, Outcome, TokenManager};
use serde_json::json;
use text_store::TextStore;

/// A manager with tokens, and their texts.
async fn with_tokens(world: &World, store: &TextStore) -> (TokenManager, String, String) {
    let answer = world.answer().await;
    let tokens = world.manager(store.clone());
    tokens.adopt(answer.clone()).await.unwrap();
    let refresh = answer.refresh_token.unwrap();
    (
        tokens,
        answer.access_token.expose().to_owned(),
        refresh.expose().to_owned(),
    )
}

#[tokio::test]
async fn tokens_are_ended_the_refresh_token_first_and_forgotten() {
    let (world, store) = (World::revocable().await, TextStore::default());
    let (tokens, access, refresh) = with_tokens(&world, &store).await;
    tokens.revoke().await.unwrap();
    let ended = world.revocations().await;
    assert!(ended.len() == 2 && ended[0].contains(&refresh) && ended[1].contains(&access));
    assert!(tokens.fresh().is_none() && store.texts.lock().unwrap().is_empty());
    let error = tokens.revoke().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::ReauthorizationRequired, Outcome::NotSent)
    );
    assert!(error.message().contains("`shop-1`"), "{error}");
    assert_eq!(world.revocations().await.len(), 2);
}

#[tokio::test]
async fn tokens_that_pinterest_does_not_end_stay() {
    let (world, store) = (World::new().await, TextStore::default());
    let (tokens, access, _) = with_tokens(&world, &store).await;
    let error = tokens.revoke().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Forbidden, Outcome::Refused)
    );
    let slowly = json!({"status": 429, "json": {"code": 8, "message": "slowly"}});
    let ended = json!({"status": 200, "json": {}});
    world.server.respond(json!([ended, slowly])).await;
    let error = tokens.revoke().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::RateLimited, Outcome::Unknown)
    );
    assert_eq!(tokens.access_token().await.unwrap().expose(), access);
    assert_eq!(store.texts.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn tokens_that_ended_are_not_given_out_though_they_stay_in_the_store() {
    let (world, store) = (World::revocable().await, TextStore::default());
    let (tokens, ..) = with_tokens(&world, &store).await;
    store.is_down.store(true, Ordering::Relaxed);
    let error = tokens.revoke().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Store, Outcome::Unknown)
    );
    assert!(tokens.fresh().is_none());
    assert_eq!(world.revocations().await.len(), 2);
}

#[tokio::test]
async fn tokens_that_the_store_does_not_forget_are_given_out() {
    let (world, store) = (World::new().await, TextStore::default());
    let (tokens, access, _) = with_tokens(&world, &store).await;
    store.is_down.store(true, Ordering::Relaxed);
    let error = tokens.forget().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Store, Outcome::NotSent)
    );
    assert_eq!(tokens.fresh().unwrap().expose(), access);
    store.is_down.store(false, Ordering::Relaxed);
    // What only this process has is forgotten as well.
    assert!(world.manager(store).forget().await.unwrap());
    assert!(tokens.forget().await.unwrap() && tokens.fresh().is_none());
    assert!(!tokens.forget().await.unwrap());
}

#[tokio::test]
async fn what_cannot_be_read_is_forgotten_where_the_store_can_do_that() {
    let world = World::new().await;
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-ended-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let files = FileStore::new(&folder);
    let tokens = world.manager(files.clone());
    tokens.adopt(world.answer().await).await.unwrap();
    fs::write(files.path(&account("shop-1")), "nonsense").unwrap();
    assert!(tokens.forget().await.unwrap());
    assert!(tokens.fresh().is_none() && !files.path(&account("shop-1")).exists());
    fs::remove_dir_all(folder).unwrap();
    let store = TextStore::default();
    let (tokens, access, _) = with_tokens(&world, &store).await;
    for text in store.texts.lock().unwrap().values_mut() {
        *text = "nonsense".into();
    }
    let error = tokens.forget().await.unwrap_err();
    assert!(error.message().contains("cannot be used"), "{error}");
    assert_eq!(tokens.fresh().unwrap().expose(), access);
    assert_eq!(store.texts.lock().unwrap().len(), 1);
}
