//! Answers that a program gives to a token manager: they are used, and kept in place of what is there.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::fs;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use managed::{World, account};
use pinterest_sdk::store::{Record, StoredToken};
use pinterest_sdk::{
    ApiClient, Configuration, ErrorKind, FileStore, OauthAccessTokenResponse, Outcome, StoreKey,
    TokenEventKind, TokenManager,
};
use serde_json::json;
use text_store::TextStore;

#[tokio::test]
async fn an_answer_that_the_store_does_not_take_is_used_and_kept_later() {
    let world = World::new().await;
    let store = TextStore::default();
    store.is_down.store(true, Ordering::Relaxed);
    let tokens = world.manager(store.clone());
    let answer = world.answer().await;
    let error = tokens.adopt(answer.clone()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Store, Outcome::Unknown)
    );
    assert_eq!(
        tokens.access_token().await.unwrap().expose(),
        answer.access_token.expose()
    );
    store.is_down.store(false, Ordering::Relaxed);
    assert!(tokens.close(Duration::from_secs(5)).await);
    assert_eq!(store.texts.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_takes_the_place_of_what_is_there_also_where_the_store_takes_it_late() {
    for renewed_meanwhile in [false, true] {
        let world = World::new().await;
        let store = TextStore::default();
        let tokens = world.expired(store.clone()).await;
        let answer = world.answer().await;
        store.is_gone.store(true, Ordering::Relaxed);
        let error = tokens.adopt(answer.clone()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown);
        store.is_gone.store(false, Ordering::Relaxed);
        if renewed_meanwhile {
            world.next_second().await;
            world.manager(store.clone()).refresh().await.unwrap();
        }
        assert!(tokens.is_busy());
        assert!(tokens.close(Duration::from_secs(5)).await);
        assert!(!tokens.is_busy());
        let said = world.events();
        let not_kept = said.iter().filter(|kind| **kind == TokenEventKind::NotKept);
        assert_eq!(not_kept.count(), 1, "{said:?}");
        let other = world.manager(store).access_token().await.unwrap();
        assert_eq!(other.expose(), answer.access_token.expose());
    }
}

#[tokio::test]
async fn an_answer_that_is_given_again_does_not_take_the_place_of_what_it_was_renewed_to() {
    let world = World::strict().await;
    let store = TextStore::default();
    let tokens = world.manager(store.clone());
    let answer = world.answer().await;
    tokens.adopt(answer.clone()).await.unwrap();
    world.next_second().await;
    let renewed = tokens.refresh().await.unwrap();
    // Its refresh token is spent: a queue that delivers twice must not bring it back.
    for manager in [tokens.clone(), world.manager(store.clone())] {
        let token = manager.adopt(answer.clone()).await.unwrap();
        assert_eq!(token.expose(), renewed.expose());
        assert!(!manager.is_busy());
    }
    // Nor one that delivers once more after days.
    for _ in 0..2 {
        world.next_second().await;
        let renewed = tokens.refresh().await.unwrap();
        let token = tokens.adopt(answer.clone()).await.unwrap();
        assert_eq!(token.expose(), renewed.expose());
    }
    // Another answer to the same person is another matter.
    let other = world.answer().await;
    let token = tokens.adopt(other.clone()).await.unwrap();
    assert_eq!(token.expose(), other.access_token.expose());
    // In whose place the first does not come either, nor in that of what it is renewed to.
    let mut newest = token;
    for _ in 0..3 {
        let token = tokens.adopt(answer.clone()).await.unwrap();
        assert_eq!(token.expose(), newest.expose());
        world.next_second().await;
        newest = tokens.refresh().await.unwrap();
    }
}

#[tokio::test]
async fn two_accounts_that_are_one_to_a_store_do_not_get_each_other_s_tokens() {
    let world = World::new().await;
    let store = TextStore::default();
    store.ignores_case.store(true, Ordering::Relaxed);
    let tokens = world.manager(store.clone());
    let upper = tokens.name().as_str().to_uppercase();
    let other = tokens.account(upper.parse().unwrap());
    tokens.adopt(world.answer().await).await.unwrap();
    let kept = store.texts.lock().unwrap().clone();
    for error in [
        other.access_token().await.err(),
        other.refresh().await.err(),
        other.status().await.err(),
        other.forget().await.err(),
        other.revoke().await.err(),
        other.adopt(world.answer().await).await.err(),
    ] {
        let error = error.unwrap();
        assert_eq!(error.kind(), ErrorKind::Store);
        assert!(
            error.message().contains(&format!(" {upper}` the store gave")),
            "{error}"
        );
    }
    assert_eq!(*store.texts.lock().unwrap(), kept);
    assert_eq!(world.renewals().await, 0);
    tokens.refresh().await.unwrap();
    // What an earlier release kept says nothing of it, and is used.
    store.ignores_case.store(false, Ordering::Relaxed);
    let (key, text) = kept.iter().next().unwrap();
    let (key, text) = (
        key.replace(tokens.name().as_str(), &upper),
        text.replace("kept_for", "of_no_meaning"),
    );
    store.texts.lock().unwrap().insert(key, text);
    assert!(
        world
            .manager(store)
            .account(upper.parse().unwrap())
            .access_token()
            .await
            .is_ok()
    );
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_down_for_long_is_asked_less_and_less() {
    // Nothing listens there, and nothing is asked for.
    let configuration = Configuration::new("1", "s").with_host("http://127.0.0.1:9/v5");
    let store = TextStore::default();
    store.is_down.store(true, Ordering::Relaxed);
    let client = ApiClient::new(configuration).unwrap();
    let tokens = TokenManager::new(client, store.clone(), account("a")).unwrap();
    assert!(
        tokens
            .adopt(OauthAccessTokenResponse::new("pina_a"))
            .await
            .is_err()
    );
    let reads = async |seconds| {
        let before = store.reads.load(Ordering::Relaxed);
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        store.reads.load(Ordering::Relaxed) - before
    };
    // After half a second, and twice as long each time, up to a minute.
    assert_eq!(reads(1).await, 1);
    assert_eq!(reads(62).await, 5);
    assert_eq!(reads(600).await, 10);
    store.is_down.store(false, Ordering::Relaxed);
    assert_eq!(reads(60).await, 1);
    assert!(!tokens.is_busy());
    assert_eq!(reads(600).await, 0);
    // With nothing to keep, the store is not needed.
    store.is_gone.store(true, Ordering::Relaxed);
    assert!(tokens.close(Duration::from_secs(5)).await);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_kept_yet_outlives_its_manager() {
    let configuration = Configuration::new("1", "s").with_host("http://127.0.0.1:9/v5");
    let client = ApiClient::new(configuration).unwrap();
    for minutes in [1, 55, 65] {
        let store = TextStore::default();
        store.is_down.store(true, Ordering::Relaxed);
        let tokens = TokenManager::new(client.clone(), store.clone(), account("a")).unwrap();
        let answer = OauthAccessTokenResponse::new("pina_a");
        assert!(tokens.adopt(answer).await.is_err());
        drop(tokens);
        tokio::time::sleep(Duration::from_secs(minutes * 60)).await;
        store.is_down.store(false, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_secs(60)).await;
        // After an hour it is given up.
        let kept = usize::from(minutes < 60);
        assert_eq!(store.texts.lock().unwrap().len(), kept, "{minutes}");
        assert_eq!(Arc::strong_count(&store.reads), 1, "{minutes}");
    }
}

#[tokio::test]
async fn the_last_answer_counts_also_where_one_before_it_was_not_kept() {
    let world = World::new().await;
    let store = TextStore::default();
    let tokens = world.manager(store.clone());
    store.is_gone.store(true, Ordering::Relaxed);
    tokens.adopt(world.answer().await).await.unwrap_err();
    store.is_gone.store(false, Ordering::Relaxed);
    world.next_second().await;
    let answer = world.answer().await;
    tokens.adopt(answer.clone()).await.unwrap();
    assert!(!tokens.is_busy());
    assert!(tokens.close(Duration::from_secs(5)).await);
    let other = world.manager(store).access_token().await.unwrap();
    assert_eq!(other.expose(), answer.access_token.expose());
}

#[tokio::test]
async fn an_answer_takes_no_app_secret_away_that_is_kept_there() {
    for is_late in [false, true] {
        let world = World::new().await;
        let store = TextStore::default();
        let tokens = world.manager(store.clone());
        tokens.adopt(world.answer().await).await.unwrap();
        let host = world.client().configuration().host.clone();
        let key = StoreKey::new(host, "1234567", account("shop-1")).to_string();
        let text = store.texts.lock().unwrap()[&key].clone();
        let mut token = Record::from_text(&text).unwrap().token;
        token.app_secret = Some("kept".into());
        let text = Record::new(token).text().as_text().unwrap().to_owned();
        store.texts.lock().unwrap().insert(key.clone(), text);
        store.is_gone.store(is_late, Ordering::Relaxed);
        world.next_second().await;
        let adopted = tokens.adopt(world.answer().await).await;
        store.is_gone.store(false, Ordering::Relaxed);
        assert_eq!(adopted.is_err(), is_late);
        assert!(tokens.close(Duration::from_secs(5)).await);
        let token = Record::from_text(&store.texts.lock().unwrap()[&key])
            .unwrap()
            .token;
        assert_eq!(token.app_secret.unwrap().expose(), "kept");
        assert_eq!(token.sequence, 2);
    }
}

#[tokio::test]
async fn an_answer_takes_no_secret_of_another_app_and_leaves_its_tokens() {
    let world = World::new().await;
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-adopted-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let store = FileStore::new(&folder);
    let (host, name) = (world.client().configuration().host.clone(), account("shop-1"));
    let answer = OauthAccessTokenResponse::new("pina_theirs");
    let mut other = StoredToken::new(host, "7654321".into(), answer, 0);
    other.app_secret = Some("theirs".into());
    let lock = store.lock(&name, Duration::ZERO).await.unwrap();
    lock.save(store.reserve(&name).unwrap(), &other).unwrap();
    drop(lock);
    let tokens = world.manager(store.clone());
    let answer = world.answer().await;
    tokens.adopt(answer.clone()).await.unwrap();
    let kept = store.read(&name).unwrap().unwrap();
    assert_eq!((&*kept.app_id, &kept.app_secret), ("1234567", &None));
    let aside = store.set_aside(&name);
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert!(fs::read_to_string(&aside[0]).unwrap().contains("pina_theirs"));
    assert!(world.events().contains(&TokenEventKind::SetAside));
    // What the other app puts there is not what this one's were renewed to.
    let lock = store.lock(&name, Duration::ZERO).await.unwrap();
    let other = other.following(Some(&kept));
    lock.save(store.reserve(&name).unwrap(), &other).unwrap();
    drop(lock);
    let token = tokens.adopt(answer).await.unwrap();
    assert_eq!(token.expose(), kept.access_token.expose());
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn an_answer_without_an_access_token_takes_the_place_of_nothing() {
    let (world, store) = (World::new().await, TextStore::default());
    let tokens = world.manager(store.clone());
    let good = tokens.adopt(world.answer().await).await.unwrap();
    for nothing in ["", " \n"] {
        let answer = OauthAccessTokenResponse::new(nothing);
        let error = tokens.adopt(answer).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    assert_eq!(tokens.access_token().await.unwrap().expose(), good.expose());
}

#[tokio::test]
async fn what_was_read_before_somebody_logged_in_anew_is_not_given_out_after() {
    let (world, store) = (World::new().await, TextStore::default());
    let before = world.manager(store.clone());
    before.adopt(world.answer().await).await.unwrap();
    // Another manager, which has to read.
    let tokens = world.manager(store.clone());
    store.is_late.store(true, Ordering::Relaxed);
    let reading = tokio::spawn({
        let tokens = tokens.clone();
        async move { tokens.access_token().await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let new = tokens.adopt(world.answer().await).await.unwrap();
    assert_eq!(reading.await.unwrap().unwrap().expose(), new.expose());
    assert_eq!(tokens.access_token().await.unwrap().expose(), new.expose());
}

#[tokio::test]
async fn a_store_that_lost_its_tokens_has_a_login_s_and_says_that_it_has_no_renewed_ones() {
    let (world, store) = (World::new().await, TextStore::default());
    for is_login in [true, false] {
        let tokens = world.manager(store.clone());
        tokens.adopt(world.answer().await).await.unwrap();
        world.events();
        if is_login {
            store.is_down.store(true, Ordering::Relaxed);
            tokens.adopt(world.answer().await).await.unwrap_err();
        } else {
            let slow = json!([{"pass": true, "delay_ms": 400}]);
            world.server.respond(slow).await;
            let (renewed, ()) = tokio::join!(tokens.refresh(), async {
                tokio::time::sleep(Duration::from_millis(200)).await;
                store.is_down.store(true, Ordering::Relaxed);
            });
            renewed.unwrap();
        }
        store.texts.lock().unwrap().clear();
        store.is_down.store(false, Ordering::Relaxed);
        assert!(tokens.close(Duration::from_secs(5)).await);
        assert_eq!(store.texts.lock().unwrap().len(), usize::from(is_login));
        let told = world.events();
        let not_kept = told.iter().filter(|kind| **kind == TokenEventKind::NotKept);
        assert_eq!(not_kept.count(), if is_login { 1 } else { 2 }, "{told:?}");
    }
}

#[tokio::test]
async fn what_stood_beside_the_tokens_and_cannot_be_ranked_is_named() {
    let world = World::new().await;
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-beside-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let (said, store) = (Arc::new(Mutex::new(Vec::new())), FileStore::new(&folder));
    let heard = Arc::clone(&said);
    let options = world.options().with_listener(move |event| {
        if event.kind == TokenEventKind::SetAside {
            heard
                .lock()
                .unwrap()
                .push(event.error.clone().unwrap().to_string());
        }
    });
    let account = account("shop-1");
    let tokens = TokenManager::with_options(world.client(), store.clone(), account.clone(), options).unwrap();
    tokens.adopt(world.answer().await).await.unwrap();
    assert!(said.lock().unwrap().is_empty());
    let answer = OauthAccessTokenResponse::new("pina_canary");
    let other = StoredToken::new(
        world.client().configuration().host.clone(),
        "1234567".into(),
        answer,
        0,
    );
    fs::write(folder.join("shop-1.json.new-1"), other.to_json()).unwrap();
    world.next_second().await;
    tokens.refresh().await.unwrap();
    let (said, aside) = (said.lock().unwrap().clone(), store.set_aside(&account));
    assert_eq!((said.len(), aside.len()), (1, 1), "{said:?}");
    assert!(
        said[0].contains(&aside[0].display().to_string()) && !said[0].contains("canary"),
        "{said:?}"
    );
    fs::remove_dir_all(folder).unwrap();
}
