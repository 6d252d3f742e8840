//! The folder of profiles: made for its owner, and listed.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/records.rs"]
mod records;

use std::fs;

use pinterest_sdk::{Account, Error};
use records::World;

#[cfg(unix)]
#[test]
fn a_folder_is_made_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let world = World::new("made");
    let room = world.store.reserve(&world.profile).unwrap();
    let folder = fs::metadata(&world.folder).unwrap();
    assert_eq!(folder.permissions().mode() & 0o777, 0o700);
    assert_eq!(world.names(), ["default.json.new-1"]);
    drop(room);
}

#[tokio::test]
async fn every_profile_is_listed_once_and_in_order() {
    let world = World::new("listed");
    drop(world.lock().await);
    for name in [
        "d.json",
        "b.json",
        "c.json.new",
        "a.json",
        "b.json.new-1",
        "a.json.new",
    ] {
        world.write(name, "x");
    }
    let names = |profiles: Result<Vec<Account>, Error>| -> Vec<String> {
        profiles.unwrap().iter().map(ToString::to_string).collect()
    };
    assert_eq!(names(world.store.profiles()), ["a", "b", "c", "d"]);
    assert_eq!(names(world.store.profiles_with_more()), ["a", "b", "c"]);
    for name in ["d.json.aside-2", "e.json.corrupt-1", "f.json.pause", "f.lock"] {
        world.write(name, "x");
    }
    assert_eq!(names(world.store.profiles()), ["a", "b", "c", "d"]);
    assert_eq!(names(world.store.all_profiles()), ["a", "b", "c", "d", "e"]);
    assert_eq!(names(world.store.profiles_with_more()), ["a", "b", "c", "d", "e"]);
    // A profile's own file, though its name looks like another's.
    world.write("a.json.aside-1.json", "x");
    assert_eq!(names(world.store.profiles_with_more()), ["a", "b", "c", "d", "e"]);
}

#[test]
fn a_folder_that_is_not_there_holds_no_profiles_and_a_file_is_no_folder() {
    let world = World::new("profiles");
    assert!(world.store.profiles().unwrap().is_empty());
    fs::write(&world.folder, "").unwrap();
    let error = world.store.profiles().unwrap_err();
    assert!(error.message().contains("cannot be read"), "{error}");
    fs::remove_file(&world.folder).unwrap();
}
