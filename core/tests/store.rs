//! What stands beside a profile's file, as processes that were ended leave it.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/records.rs"]
mod records;

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use pinterest_sdk::Error;
use pinterest_sdk::ErrorKind;

use records::{World, mode, record};

#[tokio::test]
async fn records_that_were_left_take_their_places_in_the_order_of_their_chain() {
    let world = World::new("order");
    let lock = world.lock().await;
    let first = record("a", "1").following(None);
    let second = record("b", "2").following(Some(&first));
    let third = record("c", "3").following(Some(&second));
    assert_eq!(world.keep(&lock, &first), None);
    // Named so that the folder's order is not the chain's.
    world.write("default.json.new", third.to_json());
    world.write("default.json.new-7", second.to_json());
    world.write("default.json.pause", "of the first");
    let settled = lock.settle().unwrap();
    assert!(settled.aside.is_empty() && !settled.interrupted);
    assert_eq!(world.access_token(), "c");
    assert!(!world.store.has_leftovers(&world.profile));
    world.write("default.json.new-1", second.to_json());
    world.write("default.json.new-2", third.to_json());
    assert!(world.store.has_leftovers(&world.profile));
    assert!(lock.settle().unwrap().aside.is_empty());
    assert_eq!(world.access_token(), "c");
    assert_eq!(world.names(), ["default.json"]);
    // The refresh token stays the same.
    let fourth = record("d", "3").following(Some(&third));
    let fifth = record("e", "3").following(Some(&fourth));
    world.write("default.json.new-1", fifth.to_json());
    world.write("default.json.new-2", fourth.to_json());
    assert!(lock.settle().unwrap().aside.is_empty());
    assert_eq!(world.access_token(), "e");
    assert_eq!(world.names(), ["default.json"]);
}

#[tokio::test]
async fn tokens_that_wait_for_their_place_are_shown_also_while_somebody_has_the_lock() {
    let world = World::new("waiting");
    fs::create_dir(&world.folder).unwrap();
    world.write("default.json", record("a", "1").to_json());
    assert!(world.store.newer(&world.profile).is_none());
    assert!(!world.folder.join("default.lock").exists());
    fs::remove_file(world.folder.join("default.json")).unwrap();
    let lock = world.lock().await;
    let path = world.write("default.json.new", record("a", "1").following(None).to_json());
    let found = || world.store.newer(&world.profile).map(|(path, _)| path);
    assert_eq!(found(), Some(path.clone()));
    drop(lock);
    assert_eq!(found(), Some(path));
}

#[tokio::test]
async fn what_a_record_without_a_chain_replaces_is_kept_whole() {
    let world = World::new("chainless");
    let lock = world.lock().await;
    let old = record("a", "1");
    world.keep(&lock, &old);
    world.write("default.json.new", record("b", "2").to_json());
    let copy = world.folder.join("default.json.aside-1");
    assert_eq!(lock.settle().unwrap().aside, std::slice::from_ref(&copy));
    assert_eq!(world.access_token(), "b");
    assert_eq!(fs::read(copy).unwrap(), old.to_json().as_bytes());
}

#[tokio::test]
async fn what_a_chain_used_up_further_back_is_not_kept() {
    let world = World::new("links");
    let lock = world.lock().await;
    let first = record("a", "1").following(None);
    let second = record("b", "2").following(Some(&first));
    let third = record("c", "2").following(Some(&second));
    let fourth = record("d", "2").following(Some(&third));
    for (current, new, aside) in [(&first, &third, 0), (&second, &fourth, 1)] {
        world.write("default.json", current.to_json());
        world.write("default.json.new", new.to_json());
        // But where the refresh token stays the same, it is not used up.
        assert_eq!(lock.settle().unwrap().aside.len(), aside);
        assert_eq!(&lock.read().unwrap().unwrap(), new);
    }
}

#[tokio::test]
async fn a_record_without_a_place_taken_finds_it_and_a_broken_one_gives_way() {
    let world = World::new("place");
    let lock = world.lock().await;
    world.write("default.json.new", record("a", "1").following(None).to_json());
    assert!(lock.settle().unwrap().aside.is_empty());
    assert_eq!(world.access_token(), "a");
    world.write("default.json", "{\"version\": 1, \"host\":");
    world.write("default.json.new", record("b", "2").following(None).to_json());
    let aside = lock.settle().unwrap().aside;
    assert_eq!(aside, [world.folder.join("default.json.corrupt-1")]);
    assert_eq!(world.access_token(), "b");
    // A later release's is not ours to judge.
    let newer = world.write("default.json", "{\"version\": 2}");
    let left = world.write("default.json.new", record("c", "3").following(None).to_json());
    assert!(lock.settle().unwrap().aside.is_empty());
    assert!(newer.exists() && left.exists());
    let error = lock.read().unwrap_err();
    assert!(
        error
            .message()
            .ends_with("cannot be used: a newer release of this program wrote it")
    );
    assert_eq!(error.hint(), Some("update this program"));
}

#[tokio::test]
async fn what_is_no_record_stays_a_mark_until_there_is_new_room_and_is_then_kept() {
    let world = World::new("mark");
    let lock = world.lock().await;
    for (number, text) in ["{\"version\": 1,", "{\"version\": 2}", "x"].iter().enumerate() {
        world.write("default.json.new", text);
        for _ in 0..2 {
            let settled = lock.settle().unwrap();
            assert!(settled.interrupted && settled.aside.is_empty(), "{text}");
        }
        let (room, aside) = lock.reserve().unwrap();
        let aside = aside.unwrap();
        assert_eq!(
            aside,
            world.folder.join(format!("default.json.aside-{}", number + 1))
        );
        assert_eq!(fs::read_to_string(aside).unwrap(), *text);
        room.give_up();
    }
    world.write("default.json.new", "  ");
    assert!(lock.settle().unwrap().interrupted);
    let (room, aside) = lock.reserve().unwrap();
    assert!(aside.is_none());
    drop(room);
    assert!(lock.settle().unwrap().interrupted, "room for a renewal stays");
    lock.reserve().unwrap().0.give_up();
    assert!(!lock.settle().unwrap().interrupted);
    assert_eq!(world.store.set_aside(&world.profile).len(), 3);
}

#[tokio::test]
async fn the_mark_of_an_interruption_ends_and_what_was_written_in_it_is_kept() {
    let world = World::new("end");
    let lock = world.lock().await;
    drop(lock.reserve().unwrap());
    assert_eq!(lock.end_interruption().unwrap(), None);
    assert!(world.names().is_empty());
    world.write("default.json.new", "half");
    let aside = world.folder.join("default.json.aside-1");
    assert_eq!(lock.end_interruption().unwrap(), Some(aside.clone()));
    assert_eq!(fs::read_to_string(aside).unwrap(), "half");
    assert!(!lock.settle().unwrap().interrupted);
}

#[tokio::test]
async fn the_room_of_a_login_is_let_be_while_it_lives_and_removed_after() {
    let world = World::new("login");
    let lock = world.lock().await;
    let room = world.store.reserve(&world.profile).unwrap();
    assert!(!lock.settle().unwrap().interrupted);
    assert!(!lock.remove().unwrap());
    assert_eq!(world.names(), ["default.json.new-1"]);
    // As its process leaves it when it is killed.
    std::mem::forget(world.store.reserve(&world.profile).unwrap());
    drop(room);
    world.write("default.json.new-3", "   ");
    world.write("default.json.new-4", "half");
    let settled = lock.settle().unwrap();
    assert_eq!(settled.aside, [world.folder.join("default.json.aside-1")]);
    assert!(!settled.interrupted);
    assert_eq!(world.names(), ["default.json.aside-1", "default.json.new-2"]);
}

#[cfg(unix)]
#[tokio::test]
async fn what_others_can_write_is_not_believed() {
    let world = World::new("others");
    let lock = world.lock().await;
    let first = record("a", "1").following(None);
    world.keep(&lock, &first);
    let left = world.write(
        "default.json.new-1",
        record("b", "2").following(Some(&first)).to_json(),
    );
    mode(&left, 0o622);
    let aside = lock.settle().unwrap().aside;
    assert_eq!(aside, [world.folder.join("default.json.aside-1")]);
    assert_eq!(world.access_token(), "a");
    mode(&world.folder.join("default.json"), 0o640);
    let error = lock.read().unwrap_err();
    assert!(
        error.message().contains("can be read by others (mode 640)"),
        "{error}"
    );
    // A record that replaces it keeps it.
    let kept = world.keep(&lock, &record("c", "3").following(None));
    assert_eq!(kept, Some(world.folder.join("default.json.corrupt-1")));
}

#[cfg(unix)]
#[test]
fn only_a_file_itself_is_opened() {
    let world = World::new("itself");
    fs::create_dir_all(&world.folder).unwrap();
    let path = world.folder.join("default.json");
    let elsewhere = world.write("elsewhere", record("a", "1").to_json());
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    let said = || world.store.read(&world.profile).unwrap_err().message().to_owned();
    assert!(said().ends_with("default.json is a symbolic link"), "{}", said());
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(said().ends_with("default.json is not a file"), "{}", said());
    fs::remove_dir(&path).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
    assert!(said().ends_with("default.json is not a file"), "{}", said());
}

#[tokio::test]
async fn a_lock_that_is_held_is_waited_for_as_long_as_one_wants_and_names_its_holder() {
    let world = World::new("lock");
    let held = world.lock().await;
    let started = Instant::now();
    let patience = Duration::from_millis(100);
    let error = world.store.lock(&world.profile, patience).await.err().unwrap();
    assert!(started.elapsed() >= patience && started.elapsed() < Duration::from_secs(5));
    assert_eq!(error.kind(), ErrorKind::Store);
    // Nobody is told to end this process, nor what has its number in a container.
    assert!(
        error.message().contains("this process changes this profile"),
        "{error}"
    );
    assert_eq!(error.hint(), Some("try again when that has ended"));
    fs::write(world.folder.join("default.lock"), "4194304\n").unwrap();
    let error = world.store.lock(&world.profile, patience).await.err().unwrap();
    assert!(
        error
            .message()
            .contains("the process 4194304 changes this profile"),
        "{error}"
    );
    // What is no number is no process: it goes into a command that is proposed.
    for nobody in ["", "x", "1;2"] {
        fs::write(world.folder.join("default.lock"), nobody).unwrap();
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
    }
    drop(held);
    world.lock().await;
}

#[tokio::test]
async fn a_flag_says_how_long_a_lock_is_waited_for() {
    let world = World::new("flag");
    let held = world.lock().await;
    let flag = Arc::new(AtomicBool::new(false));
    let store = world.store.clone().with_wait_flag(Arc::clone(&flag));
    let waits = || flag.load(Ordering::Relaxed);
    let patience = Duration::from_secs(20);
    let waiting = store.lock(&world.profile, patience);
    let (lock, ()) = tokio::join!(waiting, async {
        let until = Instant::now() + patience;
        while !waits() && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(waits());
        drop(held);
    });
    assert!(!waits());
    // Nor after one that is free, one that is not, and one that nobody waits for any more.
    drop(lock.unwrap());
    let held = store.lock(&world.profile, Duration::ZERO).await.unwrap();
    let short = Duration::from_millis(50);
    store.lock(&world.profile, short).await.err().unwrap();
    assert!(!waits());
    let given_up = tokio::time::timeout(short, store.lock(&world.profile, patience)).await;
    assert!(given_up.is_err() && !waits());
    drop(held);
}

#[test]
fn a_pause_counts_from_its_failure_and_grows_while_failures_follow() {
    let world = World::new("pause");
    fs::create_dir_all(&world.folder).unwrap();
    let pause = world.store.pause(&world.profile);
    assert_eq!(pause.left(1000), None);
    pause.extend(1000, &Error::store("x"));
    assert_eq!(
        [999, 1000, 1059, 1060].map(|now| pause.left(now)),
        [None, Some(60), Some(1), None]
    );
    pause.extend(1059, &Error::store("x"));
    assert_eq!(
        pause.left(1059),
        Some(1),
        "who failed beside it makes it no longer"
    );
    pause.extend(1060, &Error::store("x"));
    assert_eq!(pause.left(1060), Some(120));
    pause.extend(1180, &Error::store("x"));
    assert_eq!(pause.left(1180), Some(240));
    // After a day the failures before are forgotten.
    pause.extend(1180 + 86_400, &Error::store("x"));
    assert_eq!(pause.left(1180 + 86_400), Some(60));
    pause.end();
    assert_eq!(pause.left(1180 + 86_400), None);
    for nonsense in [
        "",
        "{}",
        "[]",
        "{\"failures\": -1, \"failed_at\": 0, \"until\": 9999}",
    ] {
        world.write("default.json.pause", nonsense);
        assert_eq!(pause.left(1), None);
    }
}

#[tokio::test]
async fn what_would_stand_in_the_way_of_new_tokens_is_said_before_they_are_asked_for() {
    let world = World::new("way");
    drop(world.lock().await);
    for name in ["default.lock", "default.json.new", "default.json.new-5"] {
        let _ = fs::remove_file(world.folder.join("default.lock"));
        fs::create_dir(world.folder.join(name)).unwrap();
        let error = world.store.reserve(&world.profile).err().unwrap();
        assert!(error.message().contains(name), "{error}");
        fs::remove_dir(world.folder.join(name)).unwrap();
    }
    assert!(world.store.reserve(&world.profile).is_ok());
}
