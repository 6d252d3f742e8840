//! What is forgotten of a profile, and what is left.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/records.rs"]
mod records;

use std::fs;

use records::{World, record};

#[tokio::test]
async fn what_only_waits_for_its_place_is_forgotten_and_said_to_be() {
    let world = World::new("waits");
    let lock = world.lock().await;
    // Nothing is forgotten with a mark alone, or with what is no record.
    for text in ["", "half"] {
        world.write("default.json.new", text);
        assert!(!lock.remove().unwrap());
        assert!(world.names().is_empty());
    }
    world.keep(&lock, &record("a", "1"));
    fs::rename(
        world.folder.join("default.json"),
        world.folder.join("default.json.new-1"),
    )
    .unwrap();
    assert!(lock.remove().unwrap());
    assert!(world.names().is_empty());
}

#[tokio::test]
async fn forgetting_takes_everything_of_this_profile_and_nothing_else() {
    let world = World::new("forget");
    let lock = world.lock().await;
    world.keep(&lock, &record("a", "1").following(None));
    for name in [
        "default.json.new",
        "default.json.new-9",
        "default.json.aside-1",
        "default.json.corrupt-1700000000",
        "default.json.pause",
    ] {
        world.write(name, "x");
    }
    let others = [
        "default.json.aside-1.json",
        "default.json.aside-x",
        "default.json.corrupt-",
        "default.json.json",
        "default.json.new.json",
        "default2.json.new",
    ];
    for name in others {
        world.write(name, "x");
    }
    fs::create_dir(world.folder.join("default.json.aside-2")).unwrap();
    assert!(lock.remove().unwrap());
    assert!(!lock.remove().unwrap());
    let mut left: Vec<&str> = others.into_iter().chain(["default.json.aside-2"]).collect();
    left.sort_unstable();
    assert_eq!(world.names(), left);
    // What cannot be removed is not called forgotten.
    fs::create_dir(world.folder.join("default.json")).unwrap();
    for error in [lock.remove().err(), lock.remove_current(&record("a", "1")).err()] {
        let error = error.unwrap();
        assert!(
            error.message().contains("default.json cannot be removed"),
            "{error}"
        );
        #[cfg(target_os = "linux")]
        assert_eq!(error.hint(), Some("a folder is in its place: move it away"));
    }
}
