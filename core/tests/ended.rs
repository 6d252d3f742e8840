//! Tokens of a token manager that are ended at Pinterest, or forgotten.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::fs;
use std::future::{pending, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use managed::{World, account};
use pinterest_sdk::store::{Later, Record, TokenKey};
use pinterest_sdk::{
    ApiClient, Configuration, Error, ErrorKind, FileStore, OauthAccessTokenResponse, Outcome, StoreKey,
    StoreLock, TokenManager, TokenStore,
};
use serde_json::json;
use text_store::TextStore;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

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
    assert!(error.hint().is_some_and(|hint| hint.contains("account's name")));
    assert_eq!(world.revocations().await.len(), 2);
}

#[tokio::test]
async fn a_login_that_waits_does_not_bring_back_what_was_ended_meanwhile() {
    for is_ended in [true, false] {
        let (world, store) = (World::revocable().await, TextStore::default());
        let (tokens, ..) = with_tokens(&world, &store).await;
        world.next_second().await;
        let answer = world.answer().await;
        let host = world.client().configuration().host.clone();
        let key = StoreKey::new(host, "1234567", tokens.name().clone());
        // Whoever has the lock first is asked for first.
        let lock = store.lock(&key, Duration::ZERO).await.unwrap();
        let before = tokens.clone();
        let first = tokio::spawn(async move {
            if is_ended {
                before.revoke().await.unwrap();
            } else {
                before.forget().await.unwrap();
            }
        });
        tokio::time::sleep(Duration::from_millis(100)).await;
        let (after, new) = (tokens.clone(), answer.clone());
        let second = tokio::spawn(async move { after.adopt(new).await });
        tokio::time::sleep(Duration::from_millis(100)).await;
        lock.unlock().await.unwrap();
        first.await.unwrap();
        let adopted = second.await.unwrap();
        let ended = world.revocations().await.concat();
        let refresh = answer.refresh_token.unwrap();
        assert_eq!(ended.contains(refresh.expose()), is_ended);
        assert_eq!(store.texts.lock().unwrap().is_empty(), is_ended);
        assert_eq!(tokens.fresh().is_none(), is_ended);
        assert!(!tokens.is_busy());
        assert_eq!(adopted.is_err(), is_ended);
        match adopted {
            Ok(token) => assert_eq!(token.expose(), answer.access_token.expose()),
            Err(error) => assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired),
        }
    }
}

#[tokio::test]
async fn a_login_that_waited_while_all_was_forgotten_is_used_though_the_store_does_not_take_it() {
    let (world, store) = (World::new().await, TextStore::default());
    let (tokens, ..) = with_tokens(&world, &store).await;
    world.next_second().await;
    let answer = world.answer().await;
    let host = world.client().configuration().host.clone();
    let key = StoreKey::new(host, "1234567", tokens.name().clone());
    let pause = async || tokio::time::sleep(Duration::from_millis(100)).await;
    // Whoever has the lock first is asked for first: the store goes down between the two.
    let lock = store.lock(&key, Duration::ZERO).await.unwrap();
    let before = tokens.clone();
    let forgotten = tokio::spawn(async move { before.forget().await });
    pause().await;
    let (down, own) = (store.clone(), key.clone());
    let goes_down = tokio::spawn(async move {
        let lock = down.lock(&own, Duration::from_secs(9)).await.unwrap();
        down.is_down.store(true, Ordering::Relaxed);
        lock.unlock().await.unwrap();
    });
    pause().await;
    let (after, new) = (tokens.clone(), answer.clone());
    let adopted = tokio::spawn(async move { after.adopt(new).await });
    pause().await;
    lock.unlock().await.unwrap();
    assert!(forgotten.await.unwrap().unwrap());
    goes_down.await.unwrap();
    assert_eq!(adopted.await.unwrap().unwrap_err().outcome(), Outcome::Unknown);
    let given = tokens.access_token().await.unwrap();
    assert_eq!(given.expose(), answer.access_token.expose());
    assert!(tokens.is_busy() && store.texts.lock().unwrap().is_empty());
    store.is_down.store(false, Ordering::Relaxed);
    assert!(tokens.close(Duration::from_secs(5)).await);
    assert_eq!(store.texts.lock().unwrap().len(), 1);
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
async fn a_server_that_does_not_answer_keeps_no_account_locked_for_ever_though_calls_have_no_limit() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = format!("http://{}/v5", silent.local_addr().unwrap());
    let configuration = Configuration::new("1", "s")
        .with_host(host)
        .with_timeout(Duration::ZERO);
    let client = ApiClient::new(configuration).unwrap();
    let tokens = TokenManager::new(client, TextStore::default(), account("a")).unwrap();
    tokens
        .adopt(OauthAccessTokenResponse::new("pina_a"))
        .await
        .unwrap();
    let ending = tokens.clone();
    let ending = tokio::spawn(async move { ending.revoke().await });
    let (mut asked, _) = silent.accept().await.unwrap();
    asked.read_exact(&mut [0; 64]).await.unwrap();
    tokio::time::pause();
    let ended = tokio::time::timeout(Duration::from_secs(600), ending).await;
    let error = ended.expect("an end within ten minutes").unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Network, Outcome::Unknown)
    );
    assert!(tokens.forget().await.unwrap());
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
async fn a_file_that_cannot_be_read_is_forgotten() {
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
}

#[tokio::test]
async fn what_was_read_before_it_was_forgotten_is_not_given_out_after_that() {
    for revoked in [false, true] {
        let (world, store) = (World::revocable().await, TextStore::default());
        with_tokens(&world, &store).await;
        let tokens = world.manager(store.clone());
        store.is_late.store(true, Ordering::Relaxed);
        let (token, ()) = tokio::join!(tokens.access_token(), async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            if revoked {
                tokens.revoke().await.unwrap();
            } else {
                assert!(tokens.forget().await.unwrap());
            }
        });
        let error = token.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired, "{error}");
        assert!(tokens.fresh().is_none());
    }
}

#[tokio::test]
async fn what_is_not_kept_yet_does_not_come_back_once_it_is_forgotten() {
    let (world, store) = (World::new().await, TextStore::default());
    store.is_down.store(true, Ordering::Relaxed);
    let tokens = world.manager(store.clone());
    tokens.adopt(world.answer().await).await.unwrap_err();
    store.is_down.store(false, Ordering::Relaxed);
    store.is_late.store(true, Ordering::Relaxed);
    assert!(tokens.forget().await.unwrap());
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(store.texts.lock().unwrap().is_empty() && tokens.fresh().is_none());
}

/// A store whose lock does not say what is kept, and removes what cannot be read.
#[derive(Clone, Default)]
struct Wedged(Arc<AtomicBool>);

impl TokenStore for Wedged {
    fn describe(&self) -> String {
        "wedged".into()
    }

    fn load<'a>(&'a self, _: &'a StoreKey) -> Later<'a, Option<Record>> {
        Box::pin(pending())
    }

    fn lock<'a>(&'a self, _: &'a StoreKey, _: Duration) -> Later<'a, Box<dyn StoreLock>> {
        Box::pin(ready(Ok(Box::new(self.clone()) as Box<dyn StoreLock>)))
    }
}

impl StoreLock for Wedged {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        Box::pin(pending())
    }

    fn compare_and_swap<'a>(&'a mut self, _: Option<&'a Record>, _: Option<&'a Record>) -> Later<'a, bool> {
        Box::pin(pending())
    }

    fn remove_unread(&mut self) -> Later<'_, bool> {
        self.0.store(true, Ordering::Relaxed);
        Box::pin(ready(Ok(true)))
    }

    fn unlock(self: Box<Self>) -> Later<'static, ()> {
        Box::pin(ready(Ok(())))
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_not_read_in_time_is_not_removed() {
    let configuration = Configuration::new("1", "s").with_host("http://127.0.0.1:9/v5");
    let (client, store) = (ApiClient::new(configuration).unwrap(), Wedged::default());
    let tokens = TokenManager::new(client, store.clone(), account("a")).unwrap();
    let error = tokens.forget().await.unwrap_err();
    assert!(error.message().contains("did not answer within 30 s"), "{error}");
    assert!(!store.0.load(Ordering::Relaxed));
}

#[tokio::test]
async fn what_cannot_be_opened_for_now_is_not_removed() {
    let world = World::new().await;
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-keyless-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let files = FileStore::new(&folder);
    let key = TokenKey::generate().unwrap();
    let sealed = files.clone().with_keys(move || Ok(vec![key.clone()]));
    let first = world.manager(sealed.clone());
    let first = first.adopt(world.answer().await).await.unwrap();
    let locked = files.with_keys(|| Err(Error::store("the keyring is locked")));
    let error = world.manager(locked).forget().await.unwrap_err();
    assert!(error.message().contains("the keyring is locked"), "{error}");
    let found = world.manager(sealed).access_token().await.unwrap();
    assert_eq!(found.expose(), first.expose());
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn what_is_no_record_can_be_forgotten_and_the_error_says_so() {
    for text in [
        "pina_canary",
        r#"{"version": 99, "access_token": "pina_canary"}"#,
        "",
    ] {
        let (world, store) = (World::new().await, TextStore::default());
        world
            .manager(store.clone())
            .adopt(world.answer().await)
            .await
            .unwrap();
        for kept in store.texts.lock().unwrap().values_mut() {
            text.clone_into(kept);
        }
        let tokens = world.manager(store.clone());
        let error = tokens.access_token().await.unwrap_err();
        assert!(error.hint().unwrap().contains("call `forget`"), "{error}");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
        // Nothing else removes it.
        assert!(tokens.refresh().await.is_err() && tokens.revoke().await.is_err());
        assert_eq!(store.texts.lock().unwrap().len(), 1);
        assert!(tokens.forget().await.unwrap());
        assert!(store.texts.lock().unwrap().is_empty());
        assert!(!tokens.forget().await.unwrap());
        tokens.adopt(world.answer().await).await.unwrap();
    }
}
