//! The token manager where the store or Pinterest fails: nothing is lost, and nothing is asked for in vain.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use managed::{DAY, LIFE, World, account, until};
use pinterest_sdk::store::TokenKey;
use pinterest_sdk::{ErrorKind, FileStore, MemoryStore, Outcome, TokenEventKind, TokenManager, TokenState};
use serde_json::{Value, json};
use text_store::TextStore;

#[tokio::test]
async fn an_early_renewal_that_fails_is_remembered_for_every_process() {
    let world = World::new().await;
    let store = TextStore::default();
    let (tokens, other) = (world.manager(store.clone()), world.manager(store.clone()));
    let first = tokens.adopt(world.answer().await).await.unwrap();
    world.events();
    world.move_clock(LIFE - DAY / 2);
    world.next_second().await;
    let down = json!({"status": 503, "json": {"code": 12, "message": "down"}});
    world.server.control("POST", "/_sandbox/standing", &down).await;
    assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
    until(async || world.events().contains(&TokenEventKind::RefreshFailed)).await;
    let asked = world.renewals().await;
    // Whoever failed knows it without the store.
    let reads = store.reads.load(Ordering::Relaxed);
    tokens.access_token().await.unwrap();
    assert!(!tokens.is_busy() && store.reads.load(Ordering::Relaxed) == reads);
    for manager in [&tokens, &other] {
        assert_eq!(manager.access_token().await.unwrap().expose(), first.expose());
        manager.close(Duration::from_secs(5)).await;
    }
    // From then on each knows it, and does not even ask the store.
    let reads = store.reads.load(Ordering::Relaxed);
    for manager in [&tokens, &other] {
        assert_eq!(manager.access_token().await.unwrap().expose(), first.expose());
        assert!(!manager.is_busy());
    }
    assert_eq!(store.reads.load(Ordering::Relaxed), reads);
    assert_eq!(world.renewals().await, asked);
    let status = other.status().await.unwrap();
    let failure = status.failure.unwrap();
    assert_eq!((status.state, &*failure.kind), (TokenState::Stale, "Server"));
    world
        .server
        .control("POST", "/_sandbox/standing", &Value::Null)
        .await;
    world.move_clock(60);
    other.access_token().await.unwrap();
    until(async || other.fresh().is_some()).await;
    assert_eq!(other.status().await.unwrap().failure, None);
}

#[tokio::test]
async fn a_refresh_token_that_is_refused_early_is_said_once_and_not_looked_at_again() {
    let world = World::new().await;
    let store = TextStore::default();
    let tokens = world.manager(store.clone());
    let first = tokens.adopt(world.answer().await).await.unwrap();
    world.events();
    world.move_clock(LIFE - DAY / 2);
    let refused = json!([{"status": 401, "json": {"code": 283, "message": "no"}}]);
    world.server.respond(refused).await;
    assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
    assert!(tokens.close(Duration::from_secs(5)).await);
    assert_eq!(world.events(), [TokenEventKind::ReauthorizationSoon]);
    let reads = store.reads.load(Ordering::Relaxed);
    world.move_clock(3601);
    assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
    assert!(!tokens.is_busy() && world.events().is_empty());
    assert_eq!(store.reads.load(Ordering::Relaxed), reads);
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn all_accounts_together_ask_again_as_often_as_answers_have_earned() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    let answer = world.answer().await;
    let accounts: Vec<TokenManager> = (0..10)
        .map(|number| tokens.account(account(&format!("shop-{number}"))))
        .collect();
    for account in &accounts {
        account.adopt(answer.clone()).await.unwrap();
    }
    let slowly = json!({"status": 429, "json": {"code": 8, "message": "slowly"}});
    world.server.control("POST", "/_sandbox/standing", &slowly).await;
    let mut asking = tokio::task::JoinSet::new();
    for account in accounts {
        asking.spawn(async move { account.refresh().await.is_err() });
    }
    assert!(asking.join_all().await.iter().all(|failed| *failed));
    assert_eq!(world.renewals().await, 20);
    world
        .server
        .control("POST", "/_sandbox/standing", &Value::Null)
        .await;
    let once = json!([slowly]);
    world.server.respond(once.clone()).await;
    assert!(tokens.refresh().await.is_err());
    for _ in 0..5 {
        tokens.refresh().await.unwrap();
    }
    world.server.respond(once).await;
    assert!(tokens.refresh().await.is_ok());
}

#[tokio::test]
async fn a_refresh_token_that_has_ended_is_not_sent() {
    let world = World::new().await;
    let tokens = world.manager(TextStore::default());
    let mut answer = world.answer().await;
    (answer.refresh_token_expires_in, answer.refresh_token_expires_at) = (Some(LIFE), None);
    tokens.adopt(answer).await.unwrap();
    world.move_clock(LIFE);
    let error = tokens.access_token().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::ReauthorizationRequired, Outcome::NotSent)
    );
    assert!(
        error.message().contains("this machine's clock, which says"),
        "{error}"
    );
    assert_eq!(world.renewals().await, 0);
}

#[tokio::test]
async fn who_renewed_though_the_lock_was_ours_is_believed() {
    let world = World::new().await;
    let store = TextStore::default();
    let tokens = world.expired(store.clone()).await;
    let (elsewhere, place) = (TextStore::default(), Arc::clone(&store.texts));
    let other = world
        .manager(elsewhere.clone())
        .adopt(world.answer().await)
        .await
        .unwrap();
    let refused = json!([{"status": 401, "json": {"code": 283, "message": "no"}, "delay_ms": 300}]);
    world.server.respond(refused).await;
    let (token, ()) = tokio::join!(tokens.access_token(), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let texts = elsewhere.texts.lock().unwrap().clone();
        *place.lock().unwrap() = texts;
    });
    assert_eq!(token.unwrap().expose(), other.expose());
    assert_eq!(other.expose(), tokens.fresh().unwrap().expose());
    assert!(!world.events().contains(&TokenEventKind::RefreshFailed));
}

#[tokio::test]
async fn another_app_s_tokens_and_those_that_have_ended_are_no_new_ones() {
    for (app_id, expires_at) in [("7654321", i64::MAX), ("1234567", 7)] {
        let world = World::strict().await;
        let store = TextStore::default();
        let tokens = world.expired(store.clone()).await;
        let refused = json!([{"status": 401, "json": {"code": 283, "message": "no"}, "delay_ms": 300}]);
        world.server.respond(refused).await;
        let (token, ()) = tokio::join!(tokens.access_token(), async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            for text in store.texts.lock().unwrap().values_mut() {
                let mut other: Value = serde_json::from_str(text).unwrap();
                (other["app_id"], other["expires_at"]) = (app_id.into(), expires_at.into());
                other["access_token"] = "pina_another".into();
                *text = other.to_string();
            }
        });
        assert_eq!(token.unwrap_err().kind(), ErrorKind::ReauthorizationRequired);
        assert!(tokens.fresh().is_none());
    }
}

#[tokio::test]
async fn new_tokens_that_the_store_does_not_take_are_used_and_kept_later() {
    let world = World::strict().await;
    let store = TextStore::default();
    let tokens = world.expired(store.clone()).await;
    world
        .server
        .respond(json!([{"pass": true, "delay_ms": 400}]))
        .await;
    let (token, ()) = tokio::join!(tokens.access_token(), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        store.is_down.store(true, Ordering::Relaxed);
    });
    let token = token.unwrap();
    assert!(world.events().contains(&TokenEventKind::NotKept));
    assert!(!tokens.close(Duration::from_millis(200)).await);
    assert!(tokens.status().await.unwrap().unsaved);
    assert_eq!(tokens.access_token().await.unwrap().expose(), token.expose());
    store.is_down.store(false, Ordering::Relaxed);
    until(async || !tokens.status().await.unwrap().unsaved).await;
    let other = world.manager(store);
    assert_eq!(other.access_token().await.unwrap().expose(), token.expose());
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn nothing_is_asked_for_where_it_cannot_be_kept() {
    let world = World::strict().await;
    let store = TextStore::default();
    let tokens = world.manager(store.clone());
    tokens.adopt(world.answer().await).await.unwrap();
    world.move_clock(LIFE + 1);
    store.is_down.store(true, Ordering::Relaxed);
    let error = tokens.access_token().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Store, Outcome::NotSent)
    );
    assert!(error.to_string().contains("start it"), "{error}");
    assert_eq!(world.renewals().await, 0);
}

/// A folder with one account's file of tokens, which a test may put there.
fn file_world(name: &str) -> (FileStore, PathBuf) {
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-unkept-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    (FileStore::new(&folder), folder)
}

#[tokio::test]
async fn new_tokens_that_cannot_be_ranked_are_set_aside_and_named() {
    let world = World::new().await;
    let (store, folder) = file_world("twins");
    let said = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&said);
    let options = world.options().with_listener(move |event| {
        heard.lock().unwrap().push((event.kind, event.error.clone()));
    });
    let tokens =
        TokenManager::with_options(world.client(), store.clone(), account("shop-1"), options).unwrap();
    tokens.adopt(world.answer().await).await.unwrap();
    // Somebody who has a copy spends the same refresh token.
    let (copies, elsewhere) = file_world("copies");
    let path = store.path(&account("shop-1"));
    fs::create_dir_all(&elsewhere).unwrap();
    fs::copy(&path, copies.path(&account("shop-1"))).unwrap();
    world.move_clock(LIFE + 1);
    world.next_second().await;
    let twin = world.manager(copies.clone()).refresh().await.unwrap();
    world.next_second().await;
    world
        .server
        .respond(json!([{"pass": true, "delay_ms": 400}]))
        .await;
    let (token, ()) = tokio::join!(tokens.access_token(), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        fs::copy(copies.path(&account("shop-1")), &path).unwrap();
    });
    let token = token.unwrap();
    assert_ne!(token.expose(), twin.expose());
    assert!(tokens.close(Duration::from_secs(5)).await);
    let texts: Vec<String> = [store.path(&account("shop-1"))]
        .into_iter()
        .chain(store.set_aside(&account("shop-1")))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    for expected in [&token, &twin] {
        assert!(
            texts.iter().any(|text| text.contains(expected.expose())),
            "{said:?}"
        );
    }
    let said = said.lock().unwrap();
    let errors = said
        .iter()
        .filter_map(|(kind, error)| Some((kind, error.as_ref()?)));
    let (mut not_kept, mut texts) = (Vec::new(), Vec::new());
    for (kind, error) in errors {
        texts.push(error.to_string());
        not_kept.extend((*kind == TokenEventKind::NotKept).then(|| error.outcome()));
    }
    // That they were given is certain.
    assert_eq!(not_kept, [Outcome::Unknown; 2]);
    let said = texts.join("\n");
    let name = |path: PathBuf| path.display().to_string();
    assert!(
        store
            .set_aside(&account("shop-1"))
            .into_iter()
            .all(|path| said.contains(&name(path))),
        "{said}"
    );
    for folder in [folder, elsewhere] {
        fs::remove_dir_all(folder).unwrap();
    }
}

#[tokio::test]
async fn what_another_key_sealed_can_be_forgotten() {
    let world = World::new().await;
    let (store, folder) = file_world("foreign");
    let sealed = || {
        let key = TokenKey::generate().unwrap();
        store.clone().with_keys(move || Ok(vec![key.clone()]))
    };
    world.manager(sealed()).adopt(world.answer().await).await.unwrap();
    let tokens = world.manager(sealed());
    assert_eq!(tokens.access_token().await.unwrap_err().kind(), ErrorKind::Store);
    assert!(tokens.forget().await.unwrap());
    assert!(!store.path(&account("shop-1")).exists());
    assert!(!tokens.forget().await.unwrap());
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_token_that_is_not_kept_yet_is_renewed_itself() {
    let world = World::strict().await;
    let store = TextStore::default();
    let tokens = world.manager(store.clone());
    let first = tokens.adopt(world.answer().await).await.unwrap();
    let second = unkept(&world, &store, &tokens).await;
    store.is_down.store(false, Ordering::Relaxed);
    world.next_second().await;
    tokens.invalidate(&second);
    let third = tokens.access_token().await.unwrap();
    assert!(![first.expose(), &second].contains(&third.expose()));
    assert_eq!(world.renewals().await, 2);
    let other = world.manager(store).access_token().await.unwrap();
    assert_eq!(other.expose(), third.expose());
}

#[tokio::test]
async fn who_forgot_the_tokens_meanwhile_does_not_get_them_back() {
    let world = World::strict().await;
    let store = TextStore::default();
    let tokens = world.manager(store.clone());
    tokens.adopt(world.answer().await).await.unwrap();
    unkept(&world, &store, &tokens).await;
    store.is_down.store(false, Ordering::Relaxed);
    assert!(world.manager(store.clone()).forget().await.unwrap());
    world.events();
    assert!(tokens.close(Duration::from_secs(5)).await);
    assert!(!tokens.is_busy() && world.events() == [TokenEventKind::NotKept]);
    let said = world.not_kept();
    assert!(
        said.iter().all(|error| error.outcome() == Outcome::Unknown),
        "{said:?}"
    );
    assert!(store.texts.lock().unwrap().is_empty());
}

#[tokio::test]
async fn tokens_that_are_not_kept_yet_are_ended_with_the_others() {
    let world = World::revocable().await;
    let store = TextStore::default();
    let tokens = world.manager(store.clone());
    tokens.adopt(world.answer().await).await.unwrap();
    let anybody = json!({"revoke_system_users_only": false});
    world
        .server
        .control("PATCH", "/_sandbox/switches", &anybody)
        .await;
    let second = unkept(&world, &store, &tokens).await;
    assert!(tokens.revoke().await.is_err());
    assert!(world.revocations().await.is_empty() && tokens.is_busy());
    store.is_down.store(false, Ordering::Relaxed);
    tokens.revoke().await.unwrap();
    let ended = world.revocations().await;
    assert!(ended.len() == 2 && ended[1].contains(&second), "{ended:?}");
    assert!(store.texts.lock().unwrap().is_empty() && !tokens.is_busy());
}

/// Renews a token for a store that takes the new one no more.
async fn unkept(world: &World, store: &TextStore, tokens: &TokenManager) -> String {
    world.next_second().await;
    world
        .server
        .respond(json!([{"pass": true, "delay_ms": 400}]))
        .await;
    let (token, ()) = tokio::join!(tokens.refresh(), async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        store.is_down.store(true, Ordering::Relaxed);
    });
    assert!(tokens.is_busy());
    token.unwrap().expose().to_owned()
}
