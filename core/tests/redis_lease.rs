//! The lease in a Redis that is a real one: who may write, and what Redis refuses.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/lease.rs"]
mod lease;
#[path = "support/managed.rs"]
mod managed;
#[path = "support/redis_server.rs"]
mod redis_server;
mod support;

use std::future::{pending, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use lease::Place;
use managed::{World, account, until};
use pinterest_sdk::store::{Later, Record, StoredToken};
use pinterest_sdk::{
    ErrorKind, OauthAccessTokenResponse, RedisConnection, RedisReply, RedisScript, RedisStore, Secret,
    StoreKey, StoreLock, TokenStore,
};
use redis_server::RedisServer;

fn record(token: &str) -> Record {
    let mut answer = OauthAccessTokenResponse::new(token);
    answer.refresh_token = Some(Secret::new("r"));
    Record::new(StoredToken::new("https://h/v5".into(), "1".into(), answer, 0))
}

#[tokio::test]
async fn who_lost_the_lease_writes_nothing_though_the_text_is_the_same() {
    let redis = RedisServer::start(&[]).await;
    let store = RedisStore::new(redis.connection().await);
    let key = StoreKey::new("https://h/v5", "1", account("a"));
    let place = format!("pinterest:{{{key}}}");
    let lease = format!("{place}:lease");
    let (one, two) = (record("one"), record("two"));
    let short = Duration::from_millis(300);
    let mut late = store.lock(&key, short).await.unwrap();
    assert!(late.compare_and_swap(None, Some(&one)).await.unwrap());
    // Again, as when the answer was lost.
    assert!(late.compare_and_swap(None, Some(&one)).await.unwrap());
    assert!(!late.compare_and_swap(None, Some(&two)).await.unwrap());
    let error = store.lock(&key, short).await.err().unwrap();
    assert!(error.to_string().contains("are being changed"), "{error}");
    // It ends, and nobody takes it: whoever had it goes on, and has it again.
    for keeps_alive in [true, false] {
        let _: i64 = redis.run(&["DEL", &lease]).await;
        if keeps_alive {
            late.keep_alive().await.unwrap();
        } else {
            assert!(late.compare_and_swap(Some(&one), Some(&two)).await.unwrap());
        }
        let left: i64 = redis.run(&["PTTL", &lease]).await;
        assert!((9_000..=10_000).contains(&left), "{left}");
    }
    // It ends, and somebody takes it: nothing goes any more, then and afterwards.
    let _: i64 = redis.run(&["DEL", &lease]).await;
    let other = store.lock(&key, short).await.unwrap();
    for _ in 0..2 {
        assert!(!late.compare_and_swap(Some(&two), Some(&one)).await.unwrap());
        assert!(!late.compare_and_swap(Some(&two), Some(&two)).await.unwrap());
        assert!(late.keep_alive().await.is_err());
        let _: i64 = redis.run(&["PEXPIRE", &lease, "1"]).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // What is not ours is not given up.
    let next = store.lock(&key, short).await.unwrap();
    other.unlock().await.unwrap();
    late.unlock().await.unwrap();
    assert_eq!(redis.run::<i64>(&["EXISTS", &lease]).await, 1);
    drop(next);
    // Long before it would end by itself.
    let gone = until(async || redis.run::<i64>(&["EXISTS", &lease]).await == 0);
    tokio::time::timeout(Duration::from_secs(5), gone).await.unwrap();
}

#[tokio::test]
async fn a_lease_lasts_anew_with_each_write_and_is_lost_though_nobody_counts_any_more() {
    let redis = RedisServer::start(&[]).await;
    let store = RedisStore::new(redis.connection().await);
    let key = StoreKey::new("https://h/v5", "1", account("a"));
    let place = format!("pinterest:{{{key}}}");
    let lease = format!("{place}:lease");
    let (one, short) = (record("one"), Duration::from_millis(300));
    let mut late = store.lock(&key, short).await.unwrap();
    let _: i64 = redis.run(&["PEXPIRE", &lease, "5000"]).await;
    assert!(late.compare_and_swap(None, Some(&one)).await.unwrap());
    let left: i64 = redis.run(&["PTTL", &lease]).await;
    assert!((9_000..=10_000).contains(&left), "{left}");
    // Somebody removed the account with the number of its holders.
    let _: i64 = redis.run(&["DEL", &place, &lease]).await;
    let other = store.lock(&key, short).await.unwrap();
    assert!(!late.compare_and_swap(None, Some(&one)).await.unwrap());
    assert!(late.keep_alive().await.is_err());
    other.unlock().await.unwrap();
}

#[tokio::test]
async fn what_redis_refuses_is_said_with_what_to_do() {
    let (world, redis) = (World::new().await, RedisServer::start(&[]).await);
    let key = format!("pinterest:{{{}/v5 1234567 shop-1}}", world.server.address("http"));
    let told = async |store: RedisStore, says: &[&str]| {
        let tokens = world.manager(store);
        for error in [
            tokens.access_token().await.unwrap_err(),
            tokens.status().await.unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Store);
            for words in says {
                assert!(error.to_string().contains(words), "{error}");
            }
        }
    };
    let _: String = redis.run(&["SET", &key, "somebody else's"]).await;
    let store = RedisStore::new(redis.connection().await);
    told(store.clone(), &["WRONGTYPE", "look at it with TYPE"]).await;
    // The script's text is sent once, when Redis does not know it.
    let sent: String = redis.run(&["INFO", "commandstats"]).await;
    assert!(sent.contains("cmdstat_eval:calls=1,"), "{sent}");
    let _: i64 = redis.run(&["DEL", &key]).await;
    let _: i64 = redis.run(&["HSET", &key, "record", "pina_canary"]).await;
    told(store.clone(), &["cannot be used", "call `forget`"]).await;
    assert!(world.manager(store).forget().await.unwrap());
    assert_eq!(redis.run::<i64>(&["HEXISTS", &key, "record"]).await, 0);
    for (user, rules) in [
        ("scripts", &["+ping", "~*"][..]),
        ("commands", &["+eval", "+evalsha", "~*"]),
        ("others", &["+@all", "~others:*"]),
    ] {
        let rights = [&["ACL", "SETUSER", user, "on", ">word"], rules].concat();
        let _: String = redis.run(&rights).await;
        let url = redis.url().replace("//", &format!("//{user}:word@"));
        let client = redis::Client::open(url).unwrap();
        let connection = client.get_multiplexed_async_connection().await.unwrap();
        told(RedisStore::new(connection), &["user", "`pinterest:*`"]).await;
    }
    // What the advice names is enough.
    let enough = [
        "+eval",
        "+evalsha",
        "+get",
        "+set",
        "+del",
        "+hget",
        "+hset",
        "+hdel",
        "+hincrby",
        "~pinterest:*",
    ];
    let rights = [&["ACL", "SETUSER", "enough", "on", ">word"], &enough[..]].concat();
    let _: String = redis.run(&rights).await;
    let _: i64 = redis.run(&["DEL", &key]).await;
    let url = redis.url().replace("//", "//enough:word@");
    let connection = redis::Client::open(url).unwrap();
    let connection = connection.get_multiplexed_async_connection().await.unwrap();
    let tokens = world.manager(RedisStore::new(connection));
    tokens.adopt(world.answer().await).await.unwrap();
    assert!(tokens.forget().await.unwrap());
}

/// A connection that hangs, or turns numbers into something else.
struct Bad(Option<RedisReply>);

impl RedisConnection for Bad {
    fn describe(&self) -> String {
        "bad".into()
    }

    fn eval<'a>(&'a self, _: &'a RedisScript, _: Vec<String>, _: Vec<Secret>) -> Later<'a, RedisReply> {
        match self.0.clone() {
            Some(reply) => Box::pin(ready(Ok(reply))),
            None => Box::pin(pending()),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_hangs_or_answers_something_else_is_said() {
    let key = StoreKey::new("https://h/v5", "1", account("a"));
    let told = async |reply: Option<RedisReply>, says: &str| {
        let store = RedisStore::new(Bad(reply));
        for error in [
            store.load(&key).await.unwrap_err(),
            store.lock(&key, Duration::ZERO).await.err().unwrap(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Store);
            assert!(error.to_string().contains(says), "{error}");
        }
    };
    let started = tokio::time::Instant::now();
    told(None, "did not answer within 5 s").await;
    // Each three times, with pauses between; a manager waits half a minute for it.
    let expected = Duration::from_millis(2 * (3 * 5000 + 200 + 400));
    assert!((expected..expected + Duration::from_millis(50)).contains(&started.elapsed()));
    for reply in [RedisReply::Text(Secret::new("1")), RedisReply::Nil] {
        let store = RedisStore::new(Bad(Some(reply)));
        let error = store.lock(&key, Duration::ZERO).await.err().unwrap();
        assert!(error.to_string().contains("another kind"), "{error}");
    }
    let store = RedisStore::new(Bad(Some(RedisReply::Integer(1))));
    assert!(
        store
            .load(&key)
            .await
            .unwrap_err()
            .to_string()
            .contains("another kind")
    );
}

/// A connection to a Redis where the lease is always somebody else's; how often it is asked.
struct Taken(Arc<AtomicUsize>);

impl RedisConnection for Taken {
    fn describe(&self) -> String {
        "taken".into()
    }

    fn eval<'a>(&'a self, _: &'a RedisScript, _: Vec<String>, _: Vec<Secret>) -> Later<'a, RedisReply> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(ready(Ok(RedisReply::Integer(0))))
    }
}

#[tokio::test]
async fn a_lease_is_asked_for_less_and_less_while_somebody_has_it() {
    let key = StoreKey::new("https://h/v5", "1", account("a"));
    let asked = Arc::new(AtomicUsize::new(0));
    let store = RedisStore::new(Taken(Arc::clone(&asked)));
    assert!(store.lock(&key, Duration::from_secs(1)).await.is_err());
    let asked = asked.load(Ordering::Relaxed);
    assert!((8..=25).contains(&asked), "{asked}");
}

#[test]
fn a_runtime_that_cannot_wait_is_an_error() {
    let bare = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let key = StoreKey::new("https://h/v5", "1", account("a"));
    let store = RedisStore::new(Bad(None));
    for error in [
        bare.block_on(store.load(&key)).unwrap_err(),
        bare.block_on(store.lock(&key, Duration::ZERO)).err().unwrap(),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
}

/// A lock, its owner in the model, and its fencing token.
type Held = (Box<dyn StoreLock>, u8, u8);

/// Numbers that seem to be random, and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// The model of `tests/lease_model` shows that no token is lost. This is what makes it one of Redis.
#[tokio::test]
async fn redis_does_what_the_model_does() {
    let redis = RedisServer::start(&[]).await;
    let store = RedisStore::new(redis.connection().await);
    let key = StoreKey::new("https://h/v5", "1", account("a"));
    let hash = format!("pinterest:{{{key}}}");
    let ended = format!("{hash}:lease");
    let records = [None, Some(record("one")), Some(record("two"))];
    let mut dice = Dice(7);
    for _ in 0..20 {
        let _: String = redis.run(&["FLUSHALL"]).await;
        let mut model: Place<usize> = Place {
            lease: None,
            fence: 0,
            kept: None,
        };
        let mut locks: [Option<Held>; 3] = [None, None, None];
        for owner in 1..40_u8 {
            let lock = &mut locks[dice.roll(3)];
            match (dice.roll(8), lock.as_mut()) {
                (0 | 1, None) => {
                    let taken = store.lock(&key, Duration::ZERO).await.ok();
                    let fence = model.take(owner);
                    assert_eq!(taken.is_some(), fence.is_some());
                    *lock = taken.zip(fence).map(|(taken, fence)| (taken, owner, fence));
                }
                (0 | 1, Some((held, owner, fence))) => {
                    assert_eq!(held.keep_alive().await.is_ok(), model.renew(*owner, *fence));
                }
                (2..6, Some((held, owner, fence))) => {
                    let (expected, new) = (dice.roll(3), dice.roll(3));
                    let texts = (records[expected].as_ref(), records[new].as_ref());
                    let number = |index: &usize| (*index > 0).then_some(*index);
                    let (expected, new) = (number(&expected), number(&new));
                    assert_eq!(
                        held.compare_and_swap(texts.0, texts.1).await.unwrap(),
                        model.swap(*owner, *fence, expected.as_ref(), new.as_ref())
                    );
                }
                (6, Some(_)) => {
                    let (held, owner, _) = lock.take().unwrap();
                    held.unlock().await.unwrap();
                    model.release(owner);
                }
                (7, _) => {
                    let _: i64 = redis.run(&["DEL", &ended]).await;
                    model.lease = None;
                }
                _ => {}
            }
            let kept = store.load(&key).await.unwrap();
            let known = model.kept.and_then(|index| records[index].as_ref());
            assert_eq!(
                kept.map(|kept| kept.token),
                known.map(|known| known.token.clone())
            );
            assert_eq!(
                redis.run::<bool>(&["EXISTS", &ended]).await,
                model.lease.is_some()
            );
            let fence: Option<u8> = redis.run(&["HGET", &hash, "fence"]).await;
            assert_eq!(fence.unwrap_or_default(), model.fence);
        }
        // Dropping one gives it up as well, later.
        locks
            .into_iter()
            .flatten()
            .for_each(|(held, ..)| std::mem::forget(held));
    }
}
