//! The token manager over stores of other people's that hang, panic, lie and forget.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;

use std::future::{pending, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, UNIX_EPOCH};

use managed::{DAY, LIFE, World, account};
use pinterest_sdk::store::{Later, Record};
use pinterest_sdk::{
    ApiClient, Clock, Configuration, Error, ErrorKind, MemoryStore, Outcome, StoreKey, StoreLock,
    TokenManager, TokenState, TokenStore,
};

/// How a store misbehaves.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    LoadHangs,
    LoadPanics,
    LoadIsNoRecord,
    LockHangs,
    LockPanics,
    SwapHangs,
    SwapPanics,
    SwapRefuses,
    /// It panics where new tokens are to be kept.
    KeepingPanics,
    /// It says that it kept what it did not keep.
    SwapForgets,
    UnlockPanics,
}

/// A store in memory that misbehaves, once it is told to.
#[derive(Clone)]
struct Bad {
    inner: MemoryStore,
    fault: Option<Fault>,
}

struct BadLock {
    inner: Box<dyn StoreLock>,
    fault: Option<Fault>,
}

impl TokenStore for Bad {
    fn describe(&self) -> String {
        "bad".into()
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        match self.fault {
            Some(Fault::LoadHangs) => Box::pin(pending()),
            Some(Fault::LoadPanics) => panic!("a store's own fault"),
            Some(Fault::LoadIsNoRecord) => Box::pin(ready(Record::from_text("{}").map(Some))),
            _ => self.inner.load(key),
        }
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        match self.fault {
            Some(Fault::LockHangs) => Box::pin(pending()),
            Some(Fault::LockPanics) => panic!("a store's own fault"),
            fault => Box::pin(async move {
                let inner = self.inner.lock(key, patience).await?;
                Ok(Box::new(BadLock { inner, fault }) as Box<dyn StoreLock>)
            }),
        }
    }
}

impl StoreLock for BadLock {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        self.inner.load()
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        match self.fault {
            Some(Fault::SwapHangs) => Box::pin(pending()),
            Some(Fault::SwapPanics) => panic!("a store's own fault"),
            // As it comes of an `async` block.
            Some(Fault::KeepingPanics) if are_new(expected, new) => {
                Box::pin(async { panic!("a store's own fault") })
            }
            Some(Fault::SwapRefuses) => Box::pin(ready(Ok(false))),
            Some(Fault::SwapForgets) => Box::pin(ready(Ok(true))),
            _ => self.inner.compare_and_swap(expected, new),
        }
    }

    fn unlock(self: Box<Self>) -> Later<'static, ()> {
        match self.fault {
            Some(Fault::UnlockPanics) => panic!("a store's own fault"),
            _ => self.inner.unlock(),
        }
    }
}

/// Whether other tokens come in the place of those that are there.
fn are_new(expected: Option<&Record>, new: Option<&Record>) -> bool {
    let access = |record: &Record| record.token.access_token.clone();
    new.is_some() && expected.map(access) != new.map(access)
}

/// A manager of an account whose token has ended, over a store that misbehaves from now on.
async fn expired(world: &World, fault: Fault) -> (TokenManager, MemoryStore) {
    let inner = MemoryStore::new();
    world
        .manager(inner.clone())
        .adopt(world.answer().await)
        .await
        .unwrap();
    world.move_clock(LIFE + 1);
    world.next_second().await;
    let bad = Bad {
        inner: inner.clone(),
        fault: Some(fault),
    };
    (world.manager(bad), inner)
}

#[tokio::test]
async fn a_store_that_panics_or_refuses_is_an_error_before_anything_is_asked_for() {
    for fault in [
        Fault::LoadPanics,
        Fault::LoadIsNoRecord,
        Fault::LockPanics,
        Fault::SwapPanics,
        Fault::SwapRefuses,
    ] {
        let world = World::strict().await;
        let (tokens, inner) = expired(&world, fault).await;
        for _ in 0..2 {
            let error = tokens.access_token().await.unwrap_err();
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::Store, Outcome::NotSent),
                "{fault:?} {error}"
            );
            assert!(error.hint().is_some(), "{fault:?} {error}");
        }
        assert_eq!(world.renewals().await, 0, "{fault:?}");
        // Once it behaves again, nothing is in the way.
        assert!(world.manager(inner).access_token().await.is_ok(), "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_is_waited_for_within_a_bound() {
    for (fault, says) in [
        (Fault::LoadHangs, "did not answer within 30 s"),
        (Fault::LockHangs, "no new token after 60 s"),
        (Fault::SwapHangs, "did not answer within 30 s"),
    ] {
        // Nothing listens there, and nothing is asked for.
        let configuration = Configuration::new("1", "s").with_host("http://127.0.0.1:9/v5");
        let second = Arc::new(AtomicUsize::new(1_700_000_000));
        let told = Arc::clone(&second);
        let clock = Clock::new(move || UNIX_EPOCH + Duration::from_secs(told.load(Ordering::Relaxed) as u64));
        let client = ApiClient::new(configuration.with_clock(clock)).unwrap();
        let inner = MemoryStore::new();
        let fine = TokenManager::new(client.clone(), inner.clone(), account("a")).unwrap();
        let mut answer = pinterest_sdk::OauthAccessTokenResponse::new("pina_a");
        answer.expires_in = Some(1);
        answer.refresh_token = Some("pinr.a".into());
        fine.adopt(answer).await.unwrap();
        second.fetch_add(2, Ordering::Relaxed);
        let bad = Bad {
            inner,
            fault: Some(fault),
        };
        let tokens = TokenManager::new(client, bad, account("a")).unwrap();
        let error = tokens.access_token().await.unwrap_err();
        assert!(error.to_string().contains(says), "{fault:?} {error}");
        // Another account does not wait for it.
        assert!(tokens.account(account("b")).fresh().is_none());
    }
}

#[tokio::test]
async fn a_lock_that_is_not_given_up_keeps_nobody_from_the_new_token() {
    let world = World::strict().await;
    let (tokens, inner) = expired(&world, Fault::UnlockPanics).await;
    let token = tokens.access_token().await;
    // The renewal was done and kept, whatever the lock's end came to.
    let token = token.unwrap_or_else(|_| tokens.fresh().unwrap());
    assert_eq!(world.renewals().await, 1);
    let other = world.manager(inner);
    assert_eq!(other.access_token().await.unwrap().expose(), token.expose());
}

#[tokio::test]
async fn a_store_that_panics_once_tokens_were_given_loses_none() {
    let world = World::strict().await;
    let (tokens, _) = expired(&world, Fault::KeepingPanics).await;
    let token = tokens.access_token().await.unwrap();
    assert_eq!(tokens.access_token().await.unwrap().expose(), token.expose());
    assert_eq!(world.renewals().await, 1);
    assert!(tokens.is_busy() && tokens.status().await.unwrap().unsaved);
    let answer = world.answer().await;
    let error = tokens.adopt(answer.clone()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Store, Outcome::Unknown)
    );
    assert!(
        error
            .message()
            .contains("the store's `compare_and_swap` panicked"),
        "{error}"
    );
    assert_eq!(
        tokens.access_token().await.unwrap().expose(),
        answer.access_token.expose()
    );
}

#[tokio::test]
async fn a_store_that_forgets_loses_no_token_while_the_program_runs() {
    let world = World::strict().await;
    let (tokens, _) = expired(&world, Fault::SwapForgets).await;
    let token = tokens.access_token().await.unwrap();
    assert_eq!(tokens.access_token().await.unwrap().expose(), token.expose());
    assert!(!tokens.is_busy());
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn what_a_store_refuses_to_keep_or_forget_is_an_error() {
    let world = World::new().await;
    let anybody = serde_json::json!({"revoke_system_users_only": false});
    world
        .server
        .control("PATCH", "/_sandbox/switches", &anybody)
        .await;
    let inner = MemoryStore::new();
    let first = world
        .manager(inner.clone())
        .adopt(world.answer().await)
        .await
        .unwrap();
    let bad = Bad {
        inner,
        fault: Some(Fault::SwapRefuses),
    };
    let tokens = world.manager(bad.clone());
    assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
    let error = tokens.forget().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Store, Outcome::NotSent)
    );
    assert_eq!(tokens.fresh().unwrap().expose(), first.expose());
    let error = tokens.revoke().await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Store, Outcome::Unknown)
    );
    assert!(tokens.fresh().is_none());
    let error = tokens.adopt(world.answer().await).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Store, Outcome::Unknown)
    );
    assert!(tokens.fresh().is_some() && tokens.is_busy());
    // The app's own token, which the store takes as little.
    let options = world.options().with_client_credentials("ads:read");
    let own = TokenManager::with_options(world.client(), bad, account("app"), options).unwrap();
    assert!(own.access_token().await.is_ok() && own.is_busy());
}

#[tokio::test]
async fn no_clock_breaks_a_manager_or_makes_it_ask_without_end() {
    for leap in [
        DAY,
        -DAY,
        20 * 365 * DAY,
        -20 * 365 * DAY,
        i64::MIN / 2,
        i64::MAX / 2,
    ] {
        let world = World::new().await;
        let tokens = world.manager(MemoryStore::new());
        tokens.adopt(world.answer().await).await.unwrap();
        world.move_clock(leap);
        world.next_second().await;
        for _ in 0..20 {
            // After the refresh token's end a person has to come; before that there is a token.
            if let Err(error) = tokens.access_token().await {
                assert_eq!(
                    error.kind(),
                    ErrorKind::ReauthorizationRequired,
                    "{leap}: {error}"
                );
            }
            tokens.status().await.unwrap();
        }
        assert!(tokens.close(Duration::from_secs(5)).await);
        assert!(world.renewals().await <= 1, "{leap}");
    }
}

#[tokio::test]
async fn a_clock_that_is_asked_often_is_asked_and_nothing_else() {
    let asked = Arc::new(AtomicUsize::new(0));
    let told = Arc::clone(&asked);
    let clock = Clock::new(move || {
        told.fetch_add(1, Ordering::Relaxed);
        UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    });
    // Nobody listens there: whatever asked for a token would fail.
    let configuration = Configuration::new("1", "s").with_host("http://127.0.0.1:9/v5");
    let client = ApiClient::new(configuration.with_clock(clock)).unwrap();
    let tokens = TokenManager::new(client, MemoryStore::new(), account("a")).unwrap();
    tokens
        .adopt(pinterest_sdk::OauthAccessTokenResponse::new("pina_a"))
        .await
        .unwrap();
    let (before, started) = (asked.load(Ordering::Relaxed), Instant::now());
    for _ in 0..1000 {
        assert_eq!(tokens.access_token().await.unwrap().expose(), "pina_a");
    }
    assert_eq!(
        asked.load(Ordering::Relaxed) - before,
        1000,
        "{:?}",
        started.elapsed()
    );
    assert_eq!(tokens.status().await.unwrap().state, TokenState::Fresh);
}

#[tokio::test]
async fn an_error_of_a_store_says_what_it_was_told_to_say() {
    let error = Error::store("the database is down").with_advice("start it");
    assert_eq!(error.to_string(), "the database is down. Hint: start it");
}
