//! Stored tokens and their renewal, by a clock that the test sets.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;
#[path = "support/world.rs"]
mod world;

use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use pinterest_sdk::Outcome;
use pinterest_sdk::store::{Life, StoredToken};
use serde_json::{Value, json};
use world::{DAY, LIFE, World, told};

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
    // And one that was replaced long ago is known, too; a stranger is not.
    let stranger = StoredToken {
        refresh_token: Some("pinr_stranger".into()),
        ..first
    };
    for (text, aside) in [(old, 0), (stranger.to_json().as_bytes().to_vec(), 1)] {
        write(&world.folder.join("default.json.new"), &text);
        assert_eq!(lock.settle().unwrap().aside.len(), aside);
        assert_eq!(world.stored(), second);
    }
    let kept = ["default.json", "default.json.aside-1", "default.lock"];
    assert_eq!(world.names(), kept);
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
        let down = json!([{"status": 503, "json": {"code": 12, "message": "down"}}]);
        world.server.respond(down).await;
        assert!(
            world.session().renew(&first).await.is_err(),
            "who asks waits for no pause"
        );
        world.move_clock(1);
        world.next_second().await;
        assert_eq!(told(&world.session().token(first).await.unwrap()), "done");
    }
}

#[tokio::test]
async fn a_refresh_token_that_was_refused_early_is_not_sent_again_until_somebody_asks() {
    let world = World::new("refused").await;
    let first = world.log_in().await;
    world.move_clock(LIFE - DAY);
    let refused = json!([{"status": 401, "json": {"code": 283, "message": "no"}}]);
    world.server.respond(refused).await;
    for look in 0..4 {
        // Nor because something else was in the way meanwhile.
        let locked = world.store.lock(&world.profile, Duration::ZERO).await.unwrap();
        let _locked = (look == 2).then_some(locked);
        assert_eq!(
            told(&world.session().token(first.clone()).await.unwrap()),
            "failed"
        );
        world.move_clock(600);
    }
    assert_eq!(world.renewals().await, 1);
    world.next_second().await;
    assert_eq!(told(&world.session().renew(&first).await.unwrap()), "done");
}

#[tokio::test]
async fn what_another_keeps_while_its_lock_is_waited_for_is_used() {
    let world = World::new("kept-meanwhile").await;
    let first = world.log_in().await;
    world.move_clock(LIFE - DAY);
    let lock = world.store.lock(&world.profile, Duration::ZERO).await.unwrap();
    let now = world.clock.now();
    let session = world.session();
    for (life, expected) in [(LIFE, "by another"), (-1, "failed")] {
        let newer = StoredToken {
            access_token: format!("pina_{expected}").into(),
            access_life: Life {
                issued_at: now,
                expires_at: Some(now + life),
            },
            ..first.clone()
        };
        let (token, ()) = tokio::join!(session.token(first.clone()), async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let room = world.store.reserve(&world.profile).unwrap();
            lock.save(room, &newer.following(lock.read().unwrap().as_ref()))
                .unwrap();
        });
        let token = token.unwrap();
        assert_eq!(told(&token), expected);
        let kept = world.stored().access_token;
        assert_eq!(token.stored.access_token == kept, expected == "by another");
    }
    // Whoever held the lock may hold it yet: nobody waits for it again soon.
    assert_eq!(told(&session.token(first).await.unwrap()), "paused");
    assert_eq!(world.renewals().await, 0);
}

#[tokio::test]
async fn a_token_that_has_ended_is_not_given_out_whatever_a_renewal_came_to() {
    for ends_meanwhile in [false, true] {
        let world = World::new(&format!("ended-{ends_meanwhile}")).await;
        let first = world.log_in().await;
        world.move_clock(LIFE - 30);
        let limited = json!([{"status": 429, "json": {"code": 8, "message": "slowly"}, "delay_ms": 200}]);
        world.server.respond(limited.clone()).await;
        let session = world.session();
        let (token, ()) = tokio::join!(session.token(first.clone()), async {
            if ends_meanwhile {
                tokio::time::sleep(Duration::from_millis(50)).await;
                world.move_clock(30);
            }
        });
        assert_eq!(token.is_err(), ends_meanwhile);
        if !ends_meanwhile {
            // Within the pause.
            world.move_clock(30);
        }
        world.next_second().await;
        assert_eq!(told(&session.token(first).await.unwrap()), "done");
    }
}

#[tokio::test]
async fn a_token_that_somebody_removed_is_not_given_out_though_its_renewal_failed() {
    let world = World::new("logged-out").await;
    let first = world.log_in().await;
    world.move_clock(LIFE - DAY);
    let limited = json!([{"status": 429, "json": {"code": 8, "message": "slowly"}, "delay_ms": 200}]);
    world.server.respond(limited).await;
    let session = world.session();
    let (token, ()) = tokio::join!(session.token(first), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        fs::remove_file(world.folder.join("default.json")).unwrap();
    });
    assert!(token.is_err());
    assert!(world.store.read(&world.profile).unwrap().is_none());
}

#[tokio::test]
async fn what_the_app_refuses_is_neither_renewed_nor_revoked() {
    let world = World::new("app-refuses").await;
    let first = world.log_in().await;
    world.refuses.store(true, Ordering::Relaxed);
    let before = world.server.requests().await.len();
    let session = world.session();
    assert!(session.renew(&first).await.is_err() && session.revoke(&first).await.is_err());
    assert_eq!(world.server.requests().await.len(), before);
}

#[tokio::test]
async fn an_app_is_told_of_what_was_set_aside_and_of_nothing_else() {
    let world = World::new("aside").await;
    let told = || std::mem::take(&mut *world.aside.lock().unwrap());
    let first = world.log_in().await;
    let stranger = |name: &str| {
        let stranger = StoredToken {
            access_token: "pina_stranger".into(),
            refresh_token: Some("pinr_stranger".into()),
            ..first.clone()
        };
        write(&world.folder.join(name), stranger.to_json().as_bytes());
    };
    let aside = |number| world.folder.join(format!("default.json.aside-{number}"));
    world.next_second().await;
    let second = world.session().renew(&first).await.unwrap().stored;
    assert!(told().is_empty());
    stranger("default.json.new-1");
    world.next_second().await;
    let third = world.session().renew(&second).await.unwrap().stored;
    assert_eq!(told(), [aside(1)]);
    // What is found when room is made for new tokens.
    write(&world.folder.join("default.json.new"), b"half");
    world.next_second().await;
    let fourth = world.session().renew(&third).await.unwrap().stored;
    assert_eq!(told(), [aside(2)]);
    stranger("default.json.new-1");
    let error = world.session().revoke(&fourth).await.unwrap_err();
    assert_eq!((error.outcome(), told()), (Outcome::Refused, vec![aside(3)]));
}

#[tokio::test]
async fn tokens_that_came_in_the_place_of_those_that_ended_stay_and_the_end_is_not_unsaid() {
    let world = World::new("came-meanwhile").await;
    let first = world.log_in().await;
    let ended = json!([{"status": 200, "json": {}}, {"status": 200, "json": {}, "delay_ms": 200}]);
    world.server.respond(ended).await;
    let other = StoredToken {
        access_token: "pina_other".into(),
        ..first.clone()
    };
    let session = world.session();
    let (revoked, ()) = tokio::join!(session.revoke(&first), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        write(&world.folder.join("default.json"), other.to_json().as_bytes());
    });
    let error = revoked.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(error.message().contains("other tokens by now"), "{error}");
    assert_eq!(world.stored(), other);
}

#[tokio::test]
async fn tokens_are_renewed_for_the_app_that_they_are_of_whatever_was_read_before() {
    let world = World::new("app").await;
    let first = world.log_in().await;
    world.next_second().await;
    let mut seen = first.clone();
    seen.app_id = "another".into();
    assert_eq!(told(&world.session().renew(&seen).await.unwrap()), "done");
    assert_eq!(world.renewals().await, 1);
}

#[tokio::test]
async fn a_revocation_ends_the_refresh_token_first_and_forgets_both() {
    let world = World::new("revoked").await;
    let anybody = json!({"revoke_system_users_only": false});
    world
        .server
        .control("PATCH", "/_sandbox/switches", &anybody)
        .await;
    let first = world.log_in().await;
    assert!(world.session().revoke(&first).await.unwrap().is_empty());
    let revoked: Vec<String> = world
        .server
        .requests()
        .await
        .iter()
        .filter(|request| {
            request["path"]
                .as_str()
                .is_some_and(|path| path.ends_with("/revoke"))
        })
        .map(|request| request["body"].as_str().unwrap().to_owned())
        .collect();
    let refresh = first.refresh_token.as_ref().unwrap().expose();
    assert_eq!(revoked.len(), 2);
    assert!(revoked[0].contains(&refresh[..20]), "{revoked:?}");
    assert!(revoked[1].contains("token_type_hint=access_token"), "{revoked:?}");
    assert_eq!(world.names(), ["default.lock"]);
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
