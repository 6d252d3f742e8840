//! What other programs, and people, do to a profile's files while one is at work on it.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/records.rs"]
mod records;

use std::fs;
use std::time::Duration;

use pinterest_sdk::store::StoredToken;
use pinterest_sdk::{StoreKey, TokenStore};

use records::{World, record};

#[cfg(unix)]
#[tokio::test]
async fn who_finds_the_room_of_another_sends_no_token_whatever_became_of_the_lock() {
    let world = World::new("room");
    let first = record("a", "1").following(None);
    let lock = world.lock().await;
    world.keep(&lock, &first);
    let (room, _) = lock.reserve().unwrap();
    fs::remove_file(world.folder.join("default.lock")).unwrap();
    // What another one says is not of who has the room.
    world.write("default.lock", "1");
    let error = world
        .store
        .lock(&world.profile, Duration::ZERO)
        .await
        .err()
        .unwrap();
    assert!(
        error.message().contains("another program changes this profile"),
        "{error}"
    );
    // Nor does who has locked it before.
    for error in [lock.reserve().err(), lock.end_interruption().err()] {
        assert!(error.unwrap().message().contains("is locked"));
    }
    let second = record("b", "2").following(Some(&first));
    assert_eq!(lock.save(room, &second).unwrap(), None);
    let lock = world.lock().await;
    assert!(!lock.settle().unwrap().interrupted);
    assert_eq!(world.access_token(), "b");
}

/// As a login is killed whose tokens are written, and not in their place yet.
#[tokio::test]
async fn whole_tokens_that_take_their_place_end_the_mark_of_a_renewal_of_those_before() {
    for (mark, aside) in [("  ", None), ("half", Some("default.json.aside-1"))] {
        let world = World::new("newer");
        let lock = world.lock().await;
        let first = record("a", "1").following(None);
        world.keep(&lock, &first);
        world.write("default.json.new", mark);
        // What is older or cannot be ranked says nothing of what was asked for.
        world.write("default.json.new-1", first.to_json());
        world.write("default.json.new-2", record("x", "9").to_json());
        let settled = lock.settle().unwrap();
        assert!(settled.interrupted);
        fs::remove_file(&settled.aside[0]).unwrap();
        world.write(
            "default.json.new-1",
            record("b", "2").following(Some(&first)).to_json(),
        );
        let settled = lock.settle().unwrap();
        assert_eq!(world.access_token(), "b");
        assert!(!settled.interrupted && !lock.settle().unwrap().interrupted);
        let kept: Vec<_> = aside.iter().map(|name| world.folder.join(name)).collect();
        assert_eq!(settled.aside, kept);
    }
}

#[tokio::test]
async fn what_came_in_place_meanwhile_is_neither_overwritten_nor_forgotten() {
    let world = World::new("meanwhile");
    let lock = world.lock().await;
    let first = record("a", "1").following(None);
    let other = record("b", "2").following(Some(&first));
    world.keep(&lock, &other);
    let error = lock.remove_current(&first).unwrap_err();
    assert!(error.message().contains("holds other tokens by now"), "{error}");
    let twin = record("c", "3").following(Some(&first));
    let aside = world.folder.join("default.json.aside-1");
    assert_eq!(world.keep(&lock, &twin), Some(aside.clone()));
    assert_eq!(world.access_token(), "c");
    assert_eq!(fs::read(aside).unwrap(), other.to_json().as_bytes());
    // What is only told more of is the same.
    let named = StoredToken {
        account: Some("ann".into()),
        ..twin.clone()
    };
    assert_eq!(world.keep(&lock, &named), None);
    lock.remove_current(&twin).unwrap();
    assert_eq!(world.names(), ["default.json.aside-1"]);
}

#[tokio::test]
async fn tokens_are_given_up_only_if_they_are_what_is_kept() {
    let world = World::new("given-up");
    let first = record("a", "1").following(None);
    world.keep(&world.lock().await, &first);
    let key = StoreKey::new(first.host.clone(), first.app_id.clone(), world.profile.clone());
    let mut lock = TokenStore::lock(&world.store, &key, Duration::ZERO)
        .await
        .unwrap();
    let found = lock.load().await.unwrap();
    world.write("default.json", record("b", "2").to_json());
    assert!(!lock.compare_and_swap(found.as_ref(), None).await.unwrap());
    assert_eq!(world.access_token(), "b");
    // Whose what cannot be read is, nobody knows.
    world.write("default.json", "{");
    assert!(lock.compare_and_swap(found.as_ref(), None).await.is_err());
    assert_eq!(world.names(), ["default.json"]);
    world.write("default.json", first.to_json());
    assert!(lock.compare_and_swap(found.as_ref(), None).await.unwrap());
    assert!(world.names().is_empty());
}

#[tokio::test]
async fn what_was_set_aside_comes_into_its_place_with_all_that_follows() {
    let world = World::new("set-aside");
    let lock = world.lock().await;
    let first = record("a", "1").following(None);
    let second = record("b", "2").following(Some(&first));
    let third = record("c", "3").following(Some(&second));
    world.keep(&lock, &first);
    world.write("default.json.aside-1", third.to_json());
    let path = world.write("default.json.aside-2", second.to_json());
    assert_eq!(world.store.newer(&world.profile), Some((path, second)));
    assert!(lock.settle().unwrap().aside.is_empty());
    assert_eq!(world.access_token(), "c");
    // Nothing tells that these are newer than nothing, or than what has no chain.
    world.write("default.json.aside-1", record("d", "4").to_json());
    lock.settle().unwrap();
    assert_eq!(world.access_token(), "c");
    fs::remove_file(world.folder.join("default.json")).unwrap();
    lock.settle().unwrap();
    assert_eq!(world.names(), ["default.json.aside-1"]);
    world.write("default.json", record("e", "5").to_json());
    lock.settle().unwrap();
    assert_eq!(world.access_token(), "e");
}

#[tokio::test]
async fn what_is_told_of_as_set_aside_is_what_stays_there() {
    let world = World::new("stays");
    let lock = world.lock().await;
    let first = record("a", "1").following(None);
    let second = record("b", "2").following(Some(&first));
    let third = record("c", "3").following(Some(&second));
    world.keep(&lock, &first);
    // Neither knows the first, as of a release before; the one that stands between comes to light later.
    let third = StoredToken {
        spent: Vec::new(),
        logins: Vec::new(),
        ..third
    };
    world.write("default.json.new-1", third.to_json());
    world.write("default.json.new-2", record("d", "4").to_json());
    world.write("default.json.aside-1", second.to_json());
    let told = lock.settle().unwrap().aside;
    assert_eq!(world.access_token(), "c");
    let names = world.names().into_iter().filter(|name| name.contains("aside"));
    let stays: Vec<_> = names.map(|name| world.folder.join(name)).collect();
    assert_eq!((told.len(), told), (1, stays));
}

#[tokio::test]
async fn what_knows_that_the_one_in_place_is_used_up_takes_its_place_at_once() {
    let world = World::new("used-up");
    let lock = world.lock().await;
    let first = record("a", "1").following(None);
    let second = record("b", "2").following(Some(&first));
    world.keep(&lock, &first);
    world.write(
        "default.json.new-1",
        record("c", "3").following(Some(&second)).to_json(),
    );
    assert!(lock.settle().unwrap().aside.is_empty());
    assert_eq!(world.access_token(), "c");
    assert_eq!(world.names(), ["default.json"]);
}
