//! Files that change their key: whole or not at all, and again after a cut.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/records.rs"]
mod records;
#[path = "support/sealing.rs"]
mod sealing;

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pinterest_sdk::store::TokenKey;
use pinterest_sdk::{Account, Error, FileStore};

use records::{World, mode, record};
use sealing::{keys, refusals, sealed, sealed_world, with};

#[tokio::test]
async fn resealing_changes_every_file_and_is_done_again_after_a_cut() {
    let [old, new] = keys();
    let plain = World::new("reseal");
    let lock = plain.lock().await;
    let first = record("pina_canary1", "1").following(None);
    plain.keep(&lock, &first);
    plain.keep(&lock, &record("pina_canary2", "2").following(None));
    plain.write("default.json.corrupt-1", "{\"access_token\": \"pina_canary");
    plain.write("default.json.new-4", record("pina_canary4", "4").to_json());
    plain.write("default.json.new", "{\"access_token\": \"pina_canary");
    fs::create_dir(plain.folder.join("default.json.aside-9")).unwrap();
    drop(lock);
    let patience = Duration::from_secs(5);
    let error = plain.store.reseal(&plain.profile, patience).await.unwrap_err();
    assert!(refusals(&error).contains("no keys to seal with"), "{error}");
    let mut world = sealed_world("none", &old);
    world.folder.clone_from(&plain.folder);
    world.store = with(&world, &[&old]);
    assert!(world.store.reseal(&world.profile, patience).await.unwrap());
    let sealed_with = |key: &TokenKey| {
        for entry in fs::read_dir(&plain.folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_file() && path.extension().is_none_or(|end| end != "lock") {
                let text = fs::read_to_string(&path).unwrap();
                assert!(
                    text.contains(&key.id()) && !text.contains("canary"),
                    "{}",
                    path.display()
                );
            }
        }
    };
    sealed_with(&old);
    // A mark that tokens were asked for holds none.
    world.write("default.json.new-5", "");
    assert!(!world.store.reseal(&world.profile, patience).await.unwrap());
    fs::remove_file(plain.folder.join("default.json.new-5")).unwrap();
    assert_eq!(world.access_token(), "pina_canary2");
    // Half of it, as a cut leaves it, with the copy that was on its way.
    world.store = with(&world, &[&new, &old]);
    let copy = fs::read(world.store.path(&world.profile)).unwrap();
    assert!(world.store.reseal(&world.profile, patience).await.unwrap());
    world.write("default.json.new-1", &copy);
    assert!(world.store.reseal(&world.profile, patience).await.unwrap());
    sealed_with(&new);
    // One that nothing opens keeps all as it is.
    let [third, stranger] = keys();
    world.write("default.json.aside-3", sealed(&stranger, &first).await);
    world.store = with(&world, &[&third, &new]);
    let before = files(&plain.folder);
    let said = refusals(&world.store.reseal(&world.profile, patience).await.unwrap_err());
    assert!(
        said.contains("default.json.aside-3 is sealed with another key"),
        "{said}"
    );
    assert_eq!(files(&plain.folder), before);
}

/// What opens with no key of the store's is not said to be sealed with the current one: with the older key away, it
/// would open with none.
#[tokio::test]
async fn a_file_of_another_account_is_not_taken_for_a_sealed_one() {
    let [old, new] = keys();
    let mut world = sealed_world("moved", &old);
    world.keep(&world.lock().await, &record("a", "1"));
    let path = world.store.path(&world.profile);
    let moved = world.folder.join("moved.json");
    fs::rename(&path, &moved).unwrap();
    let before = files(&world.folder);
    let patience = Duration::from_secs(5);
    world.store = with(&world, &[&new, &old]);
    let other = "moved".parse().unwrap();
    let said = refusals(&world.store.reseal(&other, patience).await.unwrap_err());
    assert!(
        said.contains("moved.json is damaged") && said.contains("older keys"),
        "{said}"
    );
    assert_eq!(files(&world.folder), before);
    // Once it is set aside, nobody uses it.
    fs::rename(&moved, world.folder.join("moved.json.corrupt-1")).unwrap();
    assert!(!world.store.reseal(&other, patience).await.unwrap());
    // Where it was it opens.
    fs::rename(world.folder.join("moved.json.corrupt-1"), path).unwrap();
    assert!(world.store.reseal(&world.profile, patience).await.unwrap());
    world.store = with(&world, &[&new]);
    assert_eq!(world.access_token(), "a");
    // With the current key nothing is left to do.
    fs::copy(world.store.path(&world.profile), &moved).unwrap();
    assert!(!world.store.reseal(&other, patience).await.unwrap());
}

/// A source whose keys are changed while it is used, as a file's are.
#[tokio::test]
async fn resealing_takes_the_keys_that_the_source_has_by_now_or_changes_nothing() {
    let [old, new] = keys();
    let mut world = World::new("rotated");
    let source = Arc::new(Mutex::new(Ok(vec![old.clone()])));
    let given = Arc::clone(&source);
    world.store = FileStore::new(&world.folder).with_keys(move || given.lock().unwrap().clone());
    world.keep(&world.lock().await, &record("a", "1"));
    *source.lock().unwrap() = Err(Error::store("the keyring is locked"));
    let patience = Duration::from_secs(5);
    let error = world.store.reseal(&world.profile, patience).await.unwrap_err();
    assert_eq!(error.message(), "the keyring is locked");
    // What it had goes on reading.
    assert_eq!(world.access_token(), "a");
    *source.lock().unwrap() = Ok(vec![new.clone(), old]);
    assert!(world.store.reseal(&world.profile, patience).await.unwrap());
    world.store = with(&world, &[&new]);
    assert_eq!(world.access_token(), "a");
}

#[tokio::test]
async fn one_account_that_cannot_be_resealed_keeps_no_other_from_it() {
    let [old, new, stranger] = keys();
    let mut world = sealed_world("everybody", &old);
    for name in ["a", "b", "c", "d"] {
        world.profile = name.parse().unwrap();
        world.store = with(&world, &[if name == "b" { &stranger } else { &old }]);
        world.keep(&world.lock().await, &record(name, name));
    }
    let patience = Duration::from_secs(5);
    world.store = with(&world, &[&new, &old]);
    world.profile = "d".parse().unwrap();
    assert!(world.store.reseal(&world.profile, patience).await.unwrap());
    let said = refusals(&world.store.reseal_all(patience).await.unwrap_err());
    assert!(said.contains("b.json is sealed with another key"), "{said}");
    let each = world.store.reseal_each(patience).await.unwrap();
    let each: Vec<_> = each
        .iter()
        .map(|(account, changed)| (account.as_str(), changed.as_ref().ok()))
        .collect();
    assert_eq!(
        each,
        [
            ("a", Some(&false)),
            ("b", None),
            ("c", Some(&false)),
            ("d", Some(&false))
        ]
    );
    world.store = with(&world, &[&new, &stranger]);
    for name in ["a", "b", "c", "d"] {
        world.profile = name.parse().unwrap();
        assert_eq!(world.access_token(), name);
    }
    let names = |accounts: Vec<Account>| accounts.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(world.store.reseal_all(patience).await.unwrap()), ["b"]);
    assert!(world.store.reseal_all(patience).await.unwrap().is_empty());
    // Where nothing was ever kept there is nothing to do.
    world.store = FileStore::new(world.folder.join("none")).with_keys(move || Ok(vec![new.clone()]));
    assert!(world.store.reseal_all(patience).await.unwrap().is_empty());
    let plain = FileStore::new(&world.folder)
        .reseal_all(patience)
        .await
        .unwrap_err();
    assert!(refusals(&plain).contains("no keys to seal with"), "{plain}");
}

fn files(folder: &PathBuf) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.extension().is_none_or(|end| end != "lock"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[cfg(unix)]
#[tokio::test]
async fn what_others_could_have_written_is_not_sealed_and_so_believed() {
    let [key] = keys();
    let world = sealed_world("written", &key);
    drop(world.lock().await);
    let path = world.write("default.json", record("a", "1").to_json());
    mode(&path, 0o622);
    let error = world
        .store
        .reseal(&world.profile, Duration::ZERO)
        .await
        .unwrap_err();
    assert!(error.message().contains("can be read by others"), "{error}");
}

#[tokio::test]
async fn what_was_set_aside_is_sealed_also_where_nothing_else_is_left_of_an_account() {
    let [key] = keys();
    let mut world = sealed_world("remains", &key);
    drop(world.lock().await);
    for name in ["a.json.aside-1", "b.json.corrupt-2"] {
        world.write(name, record(name, name).to_json());
    }
    assert!(world.store.profiles().unwrap().is_empty());
    let each = world.store.reseal_all(Duration::from_secs(5)).await.unwrap();
    let names: Vec<_> = each.iter().map(Account::as_str).collect();
    assert_eq!(names, ["a", "b"]);
    for (path, text) in files(&world.folder) {
        assert!(!String::from_utf8_lossy(&text).contains("json"), "{path:?}");
    }
    for name in ["a", "b"] {
        world.profile = name.parse().unwrap();
        assert!(world.lock().await.remove().unwrap());
    }
    assert!(world.store.all_profiles().unwrap().is_empty());
}
