//! Stored tokens and their renewal, by a clock that the test sets.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use pinterest_sdk::session::{App, Need, Renewal, Session, Token};
use pinterest_sdk::store::{FileStore, ProfileName, StoredToken};
use pinterest_sdk::{
    ApiClient, Clock, Configuration, Error, ErrorKind, OauthAccessTokenRequest, OauthApi, Outcome,
};
use serde_json::{Value, json};
use support::Server;

const DAY: i64 = 86_400;
const LIFE: i64 = 30 * DAY;

/// One app, and everything of it that a test changes.
struct World {
    server: Server,
    folder: PathBuf,
    store: FileStore,
    profile: ProfileName,
    time: Arc<AtomicI64>,
    clock: Clock,
    busy: AtomicBool,
}

impl World {
    async fn new(name: &str) -> Self {
        let server = Server::start().await;
        let folder = std::env::temp_dir().join(format!("pinterest-sdk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let time = Arc::new(AtomicI64::new(1_700_000_000));
        let told = Arc::clone(&time);
        let clock = Clock::new(move || {
            UNIX_EPOCH + Duration::from_secs(told.load(Ordering::Relaxed).try_into().unwrap_or_default())
        });
        Self {
            server,
            store: FileStore::new(&folder),
            folder,
            profile: "default".parse().unwrap(),
            time,
            clock,
            busy: AtomicBool::new(false),
        }
    }

    fn client(&self) -> ApiClient {
        let host = format!("{}/v5", self.server.address("http"));
        ApiClient::new(Configuration::new("app-id", "app-secret").with_host(host)).unwrap()
    }

    fn session(&self) -> Session<'_, TestApp> {
        Session::new(
            &self.store,
            &self.profile,
            &self.clock,
            TestApp(self.client()),
            &self.busy,
        )
    }

    /// Keeps tokens as a login does.
    async fn log_in(&self) -> StoredToken {
        let code = self.server.control("POST", "/_sandbox/codes", &json!({})).await;
        let code = code["code"].as_str().unwrap();
        let request = OauthAccessTokenRequest::authorization_code(code, "http://localhost:8085/");
        let token = OauthApi::new(self.client()).oauth_token(request).await.unwrap();
        let host = self.client().configuration().host.clone();
        let stored = StoredToken::new(host, "app-id".into(), token, self.clock.now());
        let lock = self.store.lock(&self.profile, Duration::ZERO).await.unwrap();
        let stored = stored.following(lock.read().unwrap().as_ref());
        lock.save(self.store.reserve(&self.profile).unwrap(), &stored)
            .unwrap();
        stored
    }

    fn move_clock(&self, seconds: i64) {
        self.time.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Lets the sandbox give another access token than in the second before.
    async fn next_second(&self) {
        let two = json!({"advance_seconds": 2});
        self.server.control("POST", "/_sandbox/clock", &two).await;
    }

    async fn renewals(&self) -> usize {
        let requests = self.server.requests().await;
        let renewal = |request: &&Value| {
            request["body"]
                .as_str()
                .is_some_and(|body| body.contains("grant_type=refresh"))
        };
        requests.iter().filter(renewal).count()
    }

    fn stored(&self) -> StoredToken {
        self.store.read(&self.profile).unwrap().unwrap()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

struct TestApp(ApiClient);

impl App for TestApp {
    type Error = Error;

    fn client(&self, _: &StoredToken, _: Need) -> Result<ApiClient, Error> {
        Ok(self.0.clone())
    }

    fn accept(&self, _: &StoredToken) -> Result<(), Error> {
        Ok(())
    }
}

fn told(token: &Token<Error>) -> &'static str {
    match token.renewal {
        Renewal::NotDue => "not due",
        Renewal::Done => "done",
        Renewal::ByAnother => "by another",
        Renewal::Paused(_) => "paused",
        Renewal::Failed(_) => "failed",
        Renewal::NotKept(_) => "not kept",
    }
}

#[tokio::test]
async fn a_token_is_renewed_when_the_given_clock_says_so() {
    let world = World::new("clock").await;
    let first = world.log_in().await;
    world.move_clock(LIFE - DAY - 1);
    assert_eq!(
        told(&world.session().token(first.clone()).await.unwrap()),
        "not due"
    );
    world.move_clock(1);
    world.next_second().await;
    let token = world.session().token(first.clone()).await.unwrap();
    assert_eq!(told(&token), "done");
    assert_eq!(
        token.stored.access_life.expires_at,
        Some(world.clock.now() + LIFE)
    );
    assert_eq!(world.stored(), token.stored);
    assert_eq!(world.renewals().await, 1);
    // Whoever still holds the old one is given the new one.
    assert_eq!(told(&world.session().token(first).await.unwrap()), "by another");
    assert_eq!(world.renewals().await, 1);
    assert_eq!(world.names(), ["default.json", "default.lock"]);
}

#[tokio::test]
async fn a_clock_that_was_set_back_neither_takes_back_a_token_nor_renews_for_ever() {
    let world = World::new("back").await;
    let first = world.log_in().await;
    let old = fs::read(world.folder.join("default.json")).unwrap();
    world.move_clock(LIFE);
    world.next_second().await;
    let renewed = world.session().token(first.clone()).await.unwrap().stored;
    world.move_clock(-2 * LIFE);
    world.next_second().await;
    let second = world.session().renew(&renewed).await.unwrap().stored;
    assert!(second.access_life.issued_at < renewed.access_life.issued_at);
    // As if the process had ended before the newest token was in its place.
    let place = world.folder.join("default.json");
    fs::rename(&place, world.folder.join("default.json.new")).unwrap();
    write(&place, renewed.to_json().as_bytes());
    let lock = world.store.lock(&world.profile, Duration::ZERO).await.unwrap();
    assert!(lock.settle().unwrap().aside.is_empty());
    assert_eq!(world.stored(), second);
    // And one that was replaced long ago knows neither.
    write(&world.folder.join("default.json.new"), &old);
    let settled = lock.settle().unwrap();
    assert_eq!(settled.aside, [world.folder.join("default.json.aside-1")]);
    assert_eq!(world.stored(), second);
}

fn write(path: &Path, text: &[u8]) {
    fs::write(path, text).unwrap();
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

#[tokio::test]
async fn failures_of_an_early_renewal_are_remembered_and_the_pauses_grow() {
    let world = World::new("pause").await;
    let first = world.log_in().await;
    world.move_clock(LIFE - DAY);
    let down = json!({"status": 503, "json": {"code": 12, "message": "down"}});
    world.server.control("POST", "/_sandbox/standing", &down).await;
    for pause in [60, 120, 240, 480, 960, 1920, 3600, 3600] {
        assert_eq!(
            told(&world.session().token(first.clone()).await.unwrap()),
            "failed"
        );
        let before = world.renewals().await;
        world.move_clock(pause - 1);
        assert_eq!(
            told(&world.session().token(first.clone()).await.unwrap()),
            "paused",
            "{pause}"
        );
        assert_eq!(world.renewals().await, before);
        world.move_clock(1);
    }
    world
        .server
        .control("POST", "/_sandbox/standing", &Value::Null)
        .await;
    world.next_second().await;
    assert_eq!(told(&world.session().token(first).await.unwrap()), "done");
    assert_eq!(world.names(), ["default.json", "default.lock"]);
}

#[tokio::test]
async fn an_early_renewal_waits_as_long_as_pinterest_says_and_not_longer_than_an_hour() {
    for (after, pause) in [("300", 300), ("1", 60), ("9999999", 3600)] {
        let world = World::new(&format!("after-{after}")).await;
        let first = world.log_in().await;
        world.move_clock(LIFE - DAY);
        let limited = json!([{"status": 429, "json": {"code": 8, "message": "slowly"}, "headers": {"Retry-After": after}}]);
        world.server.respond(limited).await;
        assert_eq!(
            told(&world.session().token(first.clone()).await.unwrap()),
            "failed"
        );
        world.move_clock(pause - 1);
        assert_eq!(
            told(&world.session().token(first.clone()).await.unwrap()),
            "paused"
        );
        world.move_clock(1);
        world.next_second().await;
        assert_eq!(told(&world.session().token(first).await.unwrap()), "done");
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_kept_can_be_used_and_the_error_says_that_pinterest_answered() {
    let world = World::new("not-kept").await;
    let first = world.log_in().await;
    world.next_second().await;
    let late = json!([{"pass": true, "delay_ms": 500}]);
    world.server.respond(late).await;
    let session = world.session();
    let (token, ()) = tokio::join!(session.renew(&first), async {
        tokio::time::sleep(Duration::from_millis(250)).await;
        // What a renewal writes in is gone, and nothing can be made: the folder is another one now.
        fs::rename(&world.folder, world.folder.with_extension("moved")).unwrap();
    });
    let token = token.unwrap();
    let _ = fs::remove_dir_all(world.folder.with_extension("moved"));
    assert_ne!(token.stored.access_token, first.access_token);
    let Renewal::NotKept(error) = token.renewal else {
        panic!("{}", told(&token));
    };
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Store, Outcome::Unknown)
    );
    assert!(
        error.message().starts_with("Pinterest gave new tokens, but"),
        "{error}"
    );
    let used = world
        .client()
        .configuration()
        .clone()
        .with_access_token(token.stored.access_token);
    let request = pinterest_sdk::ApiRequest::get("/user_account");
    let account = ApiClient::new(used).unwrap();
    assert!(
        account
            .request::<Value>(request, &pinterest_sdk::CallOptions::default())
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_renewal_that_is_dropped_midway_leaves_its_mark_and_frees_the_profile() {
    let world = World::new("dropped").await;
    let first = world.log_in().await;
    let rotation = json!({"rotation": "invalidate_on_use"});
    world
        .server
        .control("PATCH", "/_sandbox/switches", &rotation)
        .await;
    world
        .server
        .respond(json!([{"pass": true, "delay_ms": 5000}]))
        .await;
    let session = world.session();
    let cut = tokio::time::timeout(Duration::from_millis(500), session.renew(&first)).await;
    assert!(cut.is_err());
    assert!(!world.busy.load(Ordering::Relaxed));
    for _ in 0..2 {
        let error = world.session().renew(&first).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired);
        assert!(error.message().contains("cut off"), "{error}");
    }
    assert_eq!(world.stored(), first);
}

#[tokio::test]
async fn twenty_sessions_at_the_end_of_a_token_ask_once() {
    let world = World::new("twenty").await;
    let first = world.log_in().await;
    world.move_clock(LIFE);
    world.next_second().await;
    let sessions: Vec<_> = (0..20).map(|_| world.session()).collect();
    let mut tokens = Vec::new();
    for session in &sessions {
        tokens.push(session.token(first.clone()));
    }
    let mut got = std::collections::HashSet::new();
    for token in join_all(tokens).await {
        got.insert(token.unwrap().stored.access_token.expose().to_owned());
    }
    assert_eq!(got.len(), 1);
    assert_eq!(world.renewals().await, 1);
}

/// Drives futures side by side.
async fn join_all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut pending: Vec<_> = futures.into_iter().map(|future| Box::pin(future)).collect();
    let mut done: Vec<Option<F::Output>> = pending.iter().map(|_| None).collect();
    std::future::poll_fn(move |context| {
        for (future, slot) in pending.iter_mut().zip(&mut done) {
            if slot.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *slot = Some(value);
            }
        }
        if done.iter().all(Option::is_some) {
            std::task::Poll::Ready(done.iter_mut().filter_map(Option::take).collect())
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}

#[tokio::test]
async fn tokens_are_forgotten_while_logins_come_and_go() {
    let world = World::new("forgotten").await;
    world.log_in().await;
    let (store, profile) = (world.store.clone(), world.profile.clone());
    let logins = std::thread::spawn(move || (0..200).all(|_| store.reserve(&profile).is_ok()));
    let lock = world.store.lock(&world.profile, Duration::ZERO).await.unwrap();
    while !logins.is_finished() {
        lock.remove().unwrap();
    }
    assert!(logins.join().unwrap());
}
