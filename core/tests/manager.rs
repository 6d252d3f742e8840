//! The token manager: one renewal for everybody who asks, whatever they do meanwhile.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;
#[path = "support/text_store.rs"]
mod text_store;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use managed::{DAY, LIFE, World, account, until};
use pinterest_sdk::store::TokenKey;
use pinterest_sdk::{
    ErrorKind, FileStore, MemoryStore, Outcome, TokenEventKind, TokenManager, TokenState, TokenStore,
};
use serde_json::{Value, json};
use text_store::TextStore;

type MakeStore = Box<dyn Fn() -> Box<dyn TokenStore>>;

/// Every kind of store, each in an empty place.
fn stores(test: &str) -> Vec<(MakeStore, Option<PathBuf>)> {
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-manager-{test}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let (memory, texts, file) = (MemoryStore::new(), TextStore::default(), FileStore::new(&folder));
    let key = TokenKey::generate().unwrap();
    let sealed_folder = folder.join("sealed");
    let sealed = FileStore::new(&sealed_folder).with_keys(move || Ok(vec![key.clone()]));
    vec![
        (
            Box::new(move || Box::new(memory.clone()) as Box<dyn TokenStore>),
            None,
        ),
        (
            Box::new(move || Box::new(texts.clone()) as Box<dyn TokenStore>),
            None,
        ),
        (
            Box::new(move || Box::new(file.clone()) as Box<dyn TokenStore>),
            Some(folder),
        ),
        (
            Box::new(move || Box::new(sealed.clone()) as Box<dyn TokenStore>),
            Some(sealed_folder),
        ),
    ]
}

#[tokio::test]
async fn a_token_is_given_out_renewed_behind_and_renewed_before_in_every_store() {
    for (store, folder) in stores("life") {
        let world = World::strict().await;
        let tokens = world.manager(store());
        let error = tokens.access_token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired, "{error}");
        let answer = world.answer().await;
        let first = tokens.adopt(answer.clone()).await.unwrap();
        assert_eq!(first.expose(), answer.access_token.expose());
        // Another process reads it.
        let other = world.manager(store());
        assert_eq!(other.access_token().await.unwrap().expose(), first.expose());
        assert_eq!(other.fresh().unwrap().expose(), first.expose());
        world.move_clock(LIFE - DAY / 2);
        world.next_second().await;
        // Stale: the old one is given out, and renewed behind.
        assert!(tokens.fresh().is_none());
        assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
        until(async || tokens.fresh().is_some()).await;
        let second = tokens.fresh().unwrap();
        assert_ne!(second.expose(), first.expose());
        assert_eq!(world.renewals().await, 1);
        // The other process takes it, and nothing is asked for.
        assert_eq!(other.access_token().await.unwrap().expose(), first.expose());
        until(async || other.fresh().is_some()).await;
        assert_eq!(other.fresh().unwrap().expose(), second.expose());
        assert_eq!(world.renewals().await, 1);
        world.move_clock(LIFE);
        world.next_second().await;
        let third = tokens.access_token().await.unwrap();
        assert_ne!(third.expose(), second.expose());
        assert_eq!(other.access_token().await.unwrap().expose(), third.expose());
        assert_eq!(world.renewals().await, 2);
        assert_eq!(tokens.status().await.unwrap().state, TokenState::Fresh);
        // A program that asks but once renews early all the same.
        world.move_clock(LIFE - DAY / 2);
        world.next_second().await;
        let once = world.manager(store());
        assert_eq!(once.access_token().await.unwrap().expose(), third.expose());
        assert!(once.close(Duration::from_secs(5)).await);
        assert_eq!(world.renewals().await, 3);
        assert!(tokens.forget().await.unwrap());
        assert!(!tokens.forget().await.unwrap());
        assert!(tokens.close(Duration::from_secs(5)).await);
        folder.inspect(|folder| std::fs::remove_dir_all(folder).unwrap());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_tasks_and_five_processes_renew_once() {
    for (store, folder) in stores("thousand") {
        let world = World::strict().await;
        let managers: Vec<TokenManager> = (0..5).map(|_| world.manager(store())).collect();
        managers[0].adopt(world.answer().await).await.unwrap();
        for manager in &managers {
            manager.access_token().await.unwrap();
        }
        world.move_clock(LIFE + 1);
        world.next_second().await;
        let mut tasks = tokio::task::JoinSet::new();
        for manager in managers.iter().cycle().take(1000) {
            let manager = manager.clone();
            tasks.spawn(async move { manager.access_token().await.unwrap().expose().to_owned() });
        }
        let mut given: Vec<String> = tasks.join_all().await;
        given.dedup();
        assert_eq!(given.len(), 1);
        assert_eq!(world.renewals().await, 1);
        folder.inspect(|folder| std::fs::remove_dir_all(folder).unwrap());
    }
}

#[tokio::test]
async fn nobody_who_stops_waiting_cancels_a_renewal() {
    let world = World::strict().await;
    let store = MemoryStore::new();
    let tokens = world.expired(store.clone()).await;
    world
        .server
        .respond(json!([{"pass": true, "delay_ms": 600}]))
        .await;
    let cut = tokio::time::timeout(Duration::from_millis(200), tokens.access_token()).await;
    assert!(cut.is_err() && tokens.is_busy());
    assert!(!tokens.close(Duration::from_millis(10)).await);
    assert!(tokens.close(Duration::from_secs(10)).await);
    assert!(tokens.fresh().is_some() && !tokens.is_busy());
    // And it was kept.
    let other = world.manager(store);
    assert_eq!(
        other.access_token().await.unwrap().expose(),
        tokens.access_token().await.unwrap().expose()
    );
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn a_caller_waits_as_long_as_it_is_told_and_the_renewal_goes_on() {
    let world = World::strict().await;
    let options = world.options().with_wait(Duration::from_millis(200));
    let tokens =
        TokenManager::with_options(world.client(), MemoryStore::new(), account("a"), options).unwrap();
    tokens.adopt(world.answer().await).await.unwrap();
    world.move_clock(LIFE + 1);
    world.next_second().await;
    world
        .server
        .respond(json!([{"pass": true, "delay_ms": 600}]))
        .await;
    let error = tokens.access_token().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Network, Outcome::Unknown)
    );
    assert!(error.to_string().contains("goes on"), "{error}");
    until(async || tokens.fresh().is_some()).await;
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn a_token_that_the_api_refused_is_renewed_once_for_everybody() {
    let world = World::strict().await;
    let store = MemoryStore::new();
    let (tokens, other) = (world.manager(store.clone()), world.manager(store.clone()));
    let first = tokens.adopt(world.answer().await).await.unwrap();
    assert_eq!(other.access_token().await.unwrap().expose(), first.expose());
    world.next_second().await;
    for _ in 0..3 {
        tokens.invalidate(first.expose());
        other.invalidate(first.expose());
        let second = tokens.access_token().await.unwrap();
        assert_ne!(second.expose(), first.expose());
        assert_eq!(other.access_token().await.unwrap().expose(), second.expose());
    }
    tokens.invalidate("pina_another");
    assert!(tokens.fresh().is_some());
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn who_asks_for_a_new_token_gets_one_that_nobody_had_before() {
    let world = World::strict().await;
    let store = MemoryStore::new();
    let (tokens, other) = (world.manager(store.clone()), world.manager(store.clone()));
    let first = tokens.adopt(world.answer().await).await.unwrap();
    other.access_token().await.unwrap();
    world.next_second().await;
    let second = tokens.refresh().await.unwrap();
    assert_ne!(second.expose(), first.expose());
    // Somebody else was faster: that one is new to it.
    assert_eq!(other.refresh().await.unwrap().expose(), second.expose());
    assert_eq!(world.renewals().await, 1);
    world.next_second().await;
    let third = world.manager(store).refresh().await.unwrap();
    assert_ne!(third.expose(), second.expose());
    assert_eq!(world.renewals().await, 2);
}

#[tokio::test]
async fn what_passes_is_asked_for_again_and_a_refused_refresh_token_is_not() {
    let world = World::strict().await;
    let tokens = world.expired(TextStore::default()).await;
    let slowly =
        json!([{"status": 429, "json": {"code": 8, "message": "slowly"}, "headers": {"Retry-After": "1"}}]);
    world.server.respond(slowly).await;
    let started = Instant::now();
    let second = tokens.access_token().await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1) && world.renewals().await == 2);
    // Somebody spends the refresh token elsewhere.
    world.move_clock(LIFE + 1);
    let refused =
        json!({"status": 401, "json": {"code": 283, "message": "The authorization grant is invalid"}});
    world.server.control("POST", "/_sandbox/standing", &refused).await;
    world.events();
    for _ in 0..3 {
        let error = tokens.access_token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired, "{error}");
        assert!(error.to_string().contains("adopt"), "{error}");
    }
    assert_eq!(world.renewals().await, 3);
    assert!(world.events().contains(&TokenEventKind::ReauthorizationNeeded));
    assert_eq!(
        tokens.status().await.unwrap().state,
        TokenState::ReauthorizationRequired
    );
    world
        .server
        .control("POST", "/_sandbox/standing", &Value::Null)
        .await;
    world.next_second().await;
    let third = tokens.adopt(world.answer().await).await.unwrap();
    assert_ne!(third.expose(), second.expose());
    assert_eq!(tokens.status().await.unwrap().state, TokenState::Fresh);
}

#[tokio::test]
async fn accounts_apps_and_environments_never_get_each_other_s_tokens() {
    let world = World::new().await;
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-mixed-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let tokens = world.manager(FileStore::new(&folder));
    let first = tokens.adopt(world.answer().await).await.unwrap();
    world.next_second().await;
    let other = tokens.account(account("shop-2"));
    let error = other.access_token().await.unwrap_err();
    assert!(error.message().contains("shop-2"), "{error}");
    let second = other.adopt(world.answer().await).await.unwrap();
    assert_ne!(first.expose(), second.expose());
    let again = tokens.account(account("shop-1"));
    assert_eq!(again.access_token().await.unwrap().expose(), first.expose());
    let configuration = world.client().configuration().clone().with_username("7654321");
    let client = pinterest_sdk::ApiClient::new(configuration).unwrap();
    let app = TokenManager::new(client, FileStore::new(&folder), account("shop-1")).unwrap();
    for error in [
        app.access_token().await.unwrap_err(),
        app.refresh().await.unwrap_err(),
        app.status().await.unwrap_err(),
        app.revoke().await.unwrap_err(),
        app.forget().await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Store);
        assert!(
            error.message().contains("1234567") && error.message().contains("7654321"),
            "{error}"
        );
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_warning_comes_once_before_a_person_has_to_authorize_again() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    let mut answer = world.answer().await;
    answer.refresh_token = None;
    answer.expires_in = Some(10 * DAY);
    let token = tokens.adopt(answer.clone()).await.unwrap();
    assert_eq!(world.events(), [TokenEventKind::Refreshed]);
    answer.expires_in = Some(6 * DAY);
    tokens.adopt(answer).await.unwrap();
    assert_eq!(
        world.events(),
        [TokenEventKind::Refreshed, TokenEventKind::ReauthorizationSoon]
    );
    // Nothing can be renewed, and nothing is tried while it is valid.
    world.move_clock(6 * DAY - 60);
    assert_eq!(tokens.access_token().await.unwrap().expose(), token.expose());
    assert!(tokens.close(Duration::from_secs(5)).await);
    assert!(world.events().is_empty());
    world.move_clock(60);
    let error = tokens.access_token().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired);
    assert_eq!(world.events(), [TokenEventKind::ReauthorizationNeeded]);
}

#[tokio::test]
async fn a_listener_that_panics_harms_nobody() {
    let world = World::new().await;
    let options = world
        .options()
        .with_listener(|_| panic!("a listener's own fault"));
    let store = MemoryStore::new();
    let tokens = TokenManager::with_options(world.client(), store, account("a"), options).unwrap();
    assert!(tokens.adopt(world.answer().await).await.is_ok());
    assert!(tokens.access_token().await.is_ok());
}

#[test]
fn a_renewal_whose_runtime_ends_is_begun_again_on_another() {
    let runtime = || {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap()
    };
    let (main, short) = (runtime(), runtime());
    main.block_on(async {
        let world = World::new().await;
        let tokens = world.manager(TextStore::default());
        tokens.adopt(world.answer().await).await.unwrap();
        world.move_clock(LIFE + 1);
        world.next_second().await;
        world
            .server
            .respond(json!([{"pass": true, "delay_ms": 5000}]))
            .await;
        let first = tokens.clone();
        short.spawn(async move { first.access_token().await });
        tokio::time::sleep(Duration::from_millis(300)).await;
        let waiting = tokens.clone();
        let waiting = tokio::spawn(async move { waiting.access_token().await });
        tokio::time::sleep(Duration::from_millis(100)).await;
        short.shutdown_background();
        assert!(waiting.await.unwrap().is_ok());
    });
}

#[tokio::test]
async fn every_request_of_its_own_has_the_headers_that_it_was_given() {
    let world = World::new().await;
    let options = world.options().with_header("X-Mine", "1");
    let make = |options| {
        let store = MemoryStore::new();
        TokenManager::with_options(world.client(), store, account("a"), options).unwrap()
    };
    let own = make(options.clone().with_client_credentials("pins:read"));
    own.access_token().await.unwrap();
    let tokens = make(options);
    tokens.adopt(world.answer().await).await.unwrap();
    tokens.refresh().await.unwrap();
    // Refused, as for most tokens.
    tokens.revoke().await.unwrap_err();
    let has = |request: &Value| {
        let headers = request["headers"].as_array().unwrap().iter();
        headers
            .filter(|header| header[0] == "x-mine" && header[1] == "1")
            .count()
    };
    let requests = world.server.requests().await;
    let with: Vec<usize> = requests.iter().map(has).collect();
    // The code was exchanged by a client that has none.
    assert_eq!(with, [1, 0, 1, 1], "{requests:?}");
}

#[tokio::test]
async fn no_text_form_shows_a_token() {
    let world = World::new().await;
    let tokens = world.manager(MemoryStore::new());
    let token = tokens.adopt(world.answer().await).await.unwrap();
    let header = tokens.authorization_header().await.unwrap();
    assert_eq!(header.expose(), format!("Bearer {}", token.expose()));
    let status = tokens.status().await.unwrap();
    assert_eq!(
        format!("{tokens:?}"),
        "TokenManager { account: Account(\"shop-1\"), store: memory, .. }"
    );
    let shown = format!("{tokens:?} {token:?} {status:?} {header:?} {:?}", world.events());
    assert!(
        !shown.contains(token.expose()) && !shown.contains("pinr"),
        "{shown}"
    );
}
