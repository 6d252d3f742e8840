//! Tokens in a Redis that is a real one, which restarts, forgets, refuses and answers too late.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
#[path = "support/redis_server.rs"]
mod redis_server;
mod support;

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use managed::{DAY, LIFE, World, account, until};
use pinterest_sdk::store::{Later, Record};
use pinterest_sdk::{
    Clock, Error, ErrorKind, Outcome, RedisConnection, RedisReply, RedisScript, RedisStore, Secret,
    TokenEventKind, TokenManager, TokenState, TokenStore,
};
use redis_server::RedisServer;
use serde_json::json;

/// The keys of an account of a world: its tokens, and its lease.
fn keys(world: &World, name: &str) -> (String, String) {
    let tokens = format!("pinterest:{{{}/v5 1234567 {name}}}", world.server.address("http"));
    let lease = format!("{tokens}:lease");
    (tokens, lease)
}

/// The refresh token that is kept.
async fn kept(redis: &RedisServer, key: &str) -> String {
    let text: String = redis.run(&["HGET", key, "record"]).await;
    let token = Record::from_text(&text).unwrap().token;
    token.refresh_token.unwrap().expose().to_owned()
}

/// That the refresh token in the store is the newest that was issued: Pinterest takes no other.
async fn is_unbroken(world: &World, redis: &RedisServer) {
    world.move_clock(LIFE + 1);
    world.next_second().await;
    let fresh = world.manager(RedisStore::new(redis.connection().await));
    fresh.access_token().await.unwrap();
}

#[tokio::test]
async fn a_token_is_given_out_renewed_behind_and_renewed_before() {
    // A cluster refuses keys of more than one slot.
    for options in [&[][..], &["--cluster-enabled", "yes"]] {
        let (world, redis) = (World::strict().await, RedisServer::start(options).await);
        if !options.is_empty() {
            let _: String = redis.run(&["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]).await;
            until(async || {
                let info: String = redis.run(&["CLUSTER", "INFO"]).await;
                info.contains("cluster_state:ok")
            })
            .await;
        }
        let store = RedisStore::new(redis.connection().await);
        assert_eq!(store.describe(), "Redis, database 0");
        let (tokens, other) = (world.manager(store.clone()), world.manager(store));
        let error = tokens.access_token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired, "{error}");
        let first = tokens.adopt(world.answer().await).await.unwrap();
        assert_eq!(other.access_token().await.unwrap().expose(), first.expose());
        world.move_clock(LIFE - DAY / 2);
        world.next_second().await;
        assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
        until(async || tokens.fresh().is_some()).await;
        world.move_clock(LIFE);
        world.next_second().await;
        let third = tokens.access_token().await.unwrap();
        assert_eq!(other.access_token().await.unwrap().expose(), third.expose());
        assert_eq!(world.renewals().await, 2);
        assert_eq!(tokens.status().await.unwrap().state, TokenState::Fresh);
        // Nothing is left but the number that no later holder may have again.
        assert!(tokens.forget().await.unwrap());
        assert!(!tokens.forget().await.unwrap());
        let (key, lease) = keys(&world, "shop-1");
        assert_eq!(redis.run::<Vec<String>>(&["HKEYS", &key]).await, ["fence"]);
        assert_eq!(redis.run::<i64>(&["EXISTS", &lease]).await, 0);
        assert!(tokens.close(Duration::from_secs(5)).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_processes_at_expiry_renew_once() {
    let (world, redis) = (World::strict().await, RedisServer::start(&[]).await);
    let mut managers: Vec<TokenManager> = Vec::new();
    for _ in 0..50 {
        managers.push(world.manager(RedisStore::new(redis.connection().await)));
    }
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
}

#[tokio::test]
async fn a_lease_lasts_as_long_as_the_answer_takes() {
    let (world, redis) = (World::strict().await, RedisServer::start(&[]).await);
    let tokens = world.manager(RedisStore::new(redis.connection().await));
    let other = world.manager(RedisStore::new(redis.connection().await));
    tokens.adopt(world.answer().await).await.unwrap();
    world.move_clock(LIFE + 1);
    world.next_second().await;
    let slowly = json!([{"pass": true, "delay_ms": 12_000}]);
    world.server.respond(slowly).await;
    let (one, two) = tokio::join!(tokens.access_token(), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        other.access_token().await
    });
    assert_eq!(one.unwrap().expose(), two.unwrap().expose());
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn redis_restarts_while_new_tokens_are_asked_for() {
    let (world, mut redis) = (World::strict().await, RedisServer::start(&[]).await);
    let tokens = world.expired(RedisStore::new(redis.managed().await)).await;
    let slowly = json!([{"pass": true, "delay_ms": 600}]);
    world.server.respond(slowly).await;
    let (token, ()) = tokio::join!(tokens.access_token(), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        redis.kill();
        redis.start_again().await;
    });
    token.unwrap();
    until(async || tokens.status().await.is_ok_and(|status| !status.unsaved)).await;
    assert_eq!(world.renewals().await, 1);
    is_unbroken(&world, &redis).await;
}

#[tokio::test]
async fn redis_that_is_down_is_said_and_nothing_is_asked_for() {
    let (world, mut redis) = (World::strict().await, RedisServer::start(&[]).await);
    let tokens = world.expired(RedisStore::new(redis.managed().await)).await;
    redis.kill();
    let started = Instant::now();
    let error = tokens.access_token().await.unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(10));
    let seen = (error.kind(), error.outcome());
    assert_eq!(seen, (ErrorKind::Store, Outcome::NotSent));
    assert!(error.to_string().contains("can be reached"), "{error}");
    assert_eq!(world.renewals().await, 0);
    // It goes down while new tokens are asked for: they are used, and kept when it is there again.
    redis.start_again().await;
    let slowly = json!([{"pass": true, "delay_ms": 600}]);
    world.server.respond(slowly).await;
    world.events();
    let (token, ()) = tokio::join!(tokens.access_token(), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        redis.kill();
    });
    token.unwrap();
    assert!(world.events().contains(&TokenEventKind::NotKept));
    redis.start_again().await;
    until(async || tokens.status().await.is_ok_and(|status| !status.unsaved)).await;
    assert_eq!(world.renewals().await, 1);
    is_unbroken(&world, &redis).await;
}

#[tokio::test]
async fn a_lease_that_redis_evicts_loses_no_token() {
    for somebody_else_renews in [false, true] {
        let (world, redis) = (World::strict().await, RedisServer::start(&[]).await);
        let tokens = world.manager(RedisStore::new(redis.connection().await));
        let other = world.manager(RedisStore::new(redis.connection().await));
        tokens.adopt(world.answer().await).await.unwrap();
        world.move_clock(LIFE + 1);
        world.next_second().await;
        let slowly = json!([{"pass": true, "delay_ms": 800}]);
        world.server.respond(slowly).await;
        let (_, lease) = keys(&world, "shop-1");
        let (token, ()) = tokio::join!(tokens.access_token(), async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert_eq!(redis.run::<i64>(&["DEL", &lease]).await, 1);
            if somebody_else_renews {
                let _ = other.access_token().await;
            }
        });
        token.unwrap();
        until(async || !tokens.status().await.unwrap().unsaved).await;
        if !somebody_else_renews {
            assert_eq!(world.renewals().await, 1);
        }
        is_unbroken(&world, &redis).await;
    }
}

/// A connection whose answers get lost, of scripts that were executed.
struct Lossy<C> {
    inner: C,
    /// How many answers get lost yet, of scripts that have this word.
    lose: Arc<AtomicUsize>,
    word: &'static str,
}

impl<C: RedisConnection> RedisConnection for Lossy<C> {
    fn describe(&self) -> String {
        self.inner.describe()
    }

    fn eval<'a>(
        &'a self,
        script: &'a RedisScript,
        keys: Vec<String>,
        args: Vec<Secret>,
    ) -> Later<'a, RedisReply> {
        Box::pin(async move {
            let answer = self.inner.eval(script, keys, args).await?;
            let less = |left: usize| left.checked_sub(1);
            if script.text().contains(self.word)
                && self
                    .lose
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
                    .is_ok()
            {
                return Err(Error::store("the answer got lost"));
            }
            Ok(answer)
        })
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_after_the_script_was_executed_loses_nothing() {
    // Taking the lease, writing, giving it up.
    for (word, lost) in [
        ("HINCRBY", 1),
        ("HDEL", 1),
        ("HDEL", 2),
        ("'DEL'", 1),
        ("HGET", 2),
    ] {
        let (world, redis) = (World::strict().await, RedisServer::start(&[]).await);
        let lose = Arc::new(AtomicUsize::new(0));
        let connection = Lossy {
            inner: redis.connection().await,
            lose: Arc::clone(&lose),
            word,
        };
        let tokens = world.manager(RedisStore::new(connection));
        tokens.adopt(world.answer().await).await.unwrap();
        world.move_clock(LIFE + 1);
        world.next_second().await;
        lose.store(lost, Ordering::Relaxed);
        tokens.access_token().await.unwrap();
        assert_eq!(lose.load(Ordering::Relaxed), 0);
        assert!(!world.events().contains(&TokenEventKind::NotKept));
        assert_eq!(world.renewals().await, 1);
        let (key, lease) = keys(&world, "shop-1");
        assert_eq!(redis.run::<i64>(&["EXISTS", &lease]).await, 0);
        assert_eq!(redis.run::<i64>(&["HGET", &key, "fence"]).await, 2, "{word}");
        is_unbroken(&world, &redis).await;
    }
}

/// In a process of its own: the holder that is stopped.
async fn hold(host: &str, redis: &str) {
    let client = redis::Client::open(redis).unwrap();
    let store = RedisStore::new(client.get_multiplexed_async_connection().await.unwrap());
    let configuration =
        pinterest_sdk::Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567")
            .with_host(host)
            .with_clock(Clock::new(|| {
                std::time::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + LIFE.unsigned_abs() + 1)
            }));
    let client = pinterest_sdk::ApiClient::new(configuration).unwrap();
    let tokens = TokenManager::new(client, store, account("shop-1")).unwrap();
    tokens.access_token().await.unwrap();
    until(async || !tokens.status().await.unwrap().unsaved).await;
}

#[tokio::test]
async fn a_holder_that_is_stopped_and_wakes_late_overwrites_nothing_and_loses_nothing() {
    const VARIABLES: (&str, &str) = ("PINTEREST_TEST_HOLDER_HOST", "PINTEREST_TEST_HOLDER_REDIS");
    if let (Ok(host), Ok(redis)) = (std::env::var(VARIABLES.0), std::env::var(VARIABLES.1)) {
        hold(&host, &redis).await;
        return;
    }
    let (world, redis) = (World::strict().await, RedisServer::start(&[]).await);
    let tokens = world.manager(RedisStore::new(redis.connection().await));
    tokens.adopt(world.answer().await).await.unwrap();
    let (key, lease) = keys(&world, "shop-1");
    let before = kept(&redis, &key).await;
    world.move_clock(LIFE + 1);
    world.next_second().await;
    let slowly = json!([{"pass": true, "delay_ms": 1500}]);
    world.server.respond(slowly).await;
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .arg("a_holder_that_is_stopped_and_wakes_late_overwrites_nothing_and_loses_nothing")
        .args(["--exact", "--nocapture"])
        .env(VARIABLES.0, format!("{}/v5", world.server.address("http")))
        .env(VARIABLES.1, redis.url())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let signal = |name: &str, to: u32| {
        let done = Command::new("kill").args([name, &to.to_string()]).status();
        assert!(done.unwrap().success());
    };
    until(async || world.renewals().await == 1).await;
    signal("-STOP", holder.id());
    assert_eq!(redis.run::<i64>(&["EXISTS", &lease]).await, 1);
    // Whoever comes waits until the lease ends, and cannot know what became of the refresh token.
    let started = Instant::now();
    let error = tokens.access_token().await.unwrap_err();
    assert!(started.elapsed() > Duration::from_secs(5));
    assert_eq!(error.kind(), ErrorKind::ReauthorizationRequired, "{error}");
    assert!(error.to_string().contains("cut off"), "{error}");
    assert_eq!(kept(&redis, &key).await, before);
    signal("-CONT", holder.id());
    // The late one has the newest tokens, and brings them under a lease of its own.
    until(async || kept(&redis, &key).await != before).await;
    assert!(holder.wait().unwrap().success());
    tokens.access_token().await.unwrap();
    is_unbroken(&world, &redis).await;
}
