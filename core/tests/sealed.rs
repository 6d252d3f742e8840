//! A file store with keys: nothing plain on the disk, and nothing lost for want of a key.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/records.rs"]
mod records;
#[path = "support/sealing.rs"]
mod sealing;

use std::fs;
use std::time::Duration;

use pinterest_sdk::store::TokenKey;
use pinterest_sdk::{Error, FileStore};

use records::{World, record};
use sealing::{keys, refusals, sealed, sealed_world, with};

/// Everything that the folder has, by name.
fn contents(world: &World) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| {
        let text = fs::read(world.folder.join(&name)).unwrap();
        (name, text)
    };
    world.names().into_iter().map(read).collect()
}

#[tokio::test]
async fn nothing_plain_is_written_anywhere_and_all_of_it_is_read() {
    let [key] = keys();
    let world = sealed_world("sealed", &key);
    let lock = world.lock().await;
    let first = record("pina_canary1", "pinr_canary1").following(None);
    world.keep(&lock, &first);
    // A copy aside, the room of a login that was killed, and what it was put in place of.
    let stranger = record("pina_canary2", "pinr_canary2").following(None);
    assert!(world.keep(&lock, &stranger).is_some());
    let mut room = world.store.reserve(&world.profile).unwrap();
    room.write(&record("pina_canary3", "pinr_canary3").following(Some(&stranger)))
        .unwrap();
    // As its process leaves it when it is killed: nobody has it locked.
    let left = fs::read(world.folder.join("default.json.new-1")).unwrap();
    std::mem::forget(room);
    fs::remove_file(world.folder.join("default.json.new-1")).unwrap();
    world.write("default.json.new-1", left);
    assert_eq!(
        world.names(),
        ["default.json", "default.json.aside-1", "default.json.new-1"]
    );
    for (name, text) in contents(&world) {
        let text = String::from_utf8(text).unwrap();
        assert!(
            !text.contains("canary") && !text.contains("host"),
            "{name}: {text}"
        );
        assert!(
            text.contains("\"version\":2") && text.contains(&key.id()),
            "{text}"
        );
        assert!(!text.contains(key.to_text().expose()), "{text}");
    }
    // Releases before this one.
    let plain = FileStore::new(&world.folder);
    let said = refusals(&plain.read(&world.profile).unwrap_err());
    assert!(
        said.contains("default.json is sealed, and this store has no keys"),
        "{said}"
    );
    assert!(said.contains(&key.id()), "{said}");
    assert_eq!(world.access_token(), "pina_canary2");
    drop(lock);
    assert_eq!(lock_and_settle(&world).await, "pina_canary3");
}

async fn lock_and_settle(world: &World) -> String {
    let lock = world.lock().await;
    lock.settle().unwrap();
    world.access_token()
}

#[tokio::test]
async fn records_that_were_left_take_their_places_as_plain_ones_do() {
    let [key] = keys();
    let world = sealed_world("order", &key);
    let first = record("a", "1").following(None);
    let second = record("b", "2").following(Some(&first));
    let third = record("c", "3").following(Some(&second));
    world.keep(&world.lock().await, &first);
    world.write("default.json.new", sealed(&key, &third).await);
    world.write("default.json.new-7", sealed(&key, &second).await);
    assert_eq!(world.store.newer(&world.profile).unwrap().1, third);
    assert_eq!(lock_and_settle(&world).await, "c");
    assert_eq!(world.names(), ["default.json"]);
    // What is damaged is a mark, as half of a plain one is, and kept.
    let mut damaged = sealed(&key, &second).await;
    damaged.truncate(100);
    world.write("default.json.new", &damaged);
    let lock = world.lock().await;
    assert!(lock.settle().unwrap().interrupted);
    let (room, aside) = lock.reserve().unwrap();
    assert_eq!(fs::read(aside.unwrap()).unwrap(), damaged);
    room.give_up();
}

#[tokio::test]
async fn what_has_another_key_or_none_or_no_seal_is_never_moved() {
    let [mine, theirs] = keys();
    let token = record("a", "1").following(None);
    let plain = token.to_json().as_bytes().to_vec();
    let sealed = sealed(&theirs, &token).await;
    let cases: [(&str, &[&TokenKey], &[u8], &str); 3] = [
        ("another", &[&mine], &sealed, "is sealed with another key"),
        ("plain", &[&mine], &plain, "is not sealed, and this store"),
        ("none", &[], &sealed, "is sealed, and this store has no keys"),
    ];
    for (name, keys, text, says) in cases {
        for place in ["default.json", "default.json.new", "default.json.new-1"] {
            let mut world = World::new(&format!("never-{name}-{place}"));
            if !keys.is_empty() {
                world.store = with(&world, keys);
            }
            let lock = world.lock().await;
            world.write(place, text);
            let before = contents(&world);
            let mut errors = vec![world.store.reserve(&world.profile).err().unwrap()];
            if place == "default.json" {
                errors.push(world.store.read(&world.profile).unwrap_err());
                errors.push(lock.read().unwrap_err());
                errors.push(lock.remove_current(&token).unwrap_err());
                errors.push(lock.reserve().err().unwrap());
            } else {
                errors.push(lock.settle().unwrap_err());
                assert!(world.store.newer(&world.profile).is_none());
            }
            if place == "default.json.new" {
                errors.push(lock.reserve().err().unwrap());
                errors.push(lock.end_interruption().unwrap_err());
            }
            for error in &errors {
                let said = refusals(error);
                assert!(said.contains(&format!("{place} {says}")), "{said}");
                assert!(!error.hint().unwrap().is_empty());
            }
            assert_eq!(contents(&world), before);
            // Who wants it gone says so.
            lock.remove().unwrap();
            assert!(world.names().is_empty());
        }
    }
}

#[tokio::test]
async fn tokens_that_come_although_the_place_has_another_key_are_kept_beside_it() {
    let [mine, theirs] = keys();
    let world = sealed_world("beside", &mine);
    let lock = world.lock().await;
    let room = world.store.reserve(&world.profile).unwrap();
    let text = sealed(&theirs, &record("a", "1")).await;
    world.write("default.json", &text);
    let error = lock.save(room, &record("b", "2").following(None)).unwrap_err();
    assert!(error.hint().unwrap().contains("default.json.new-1"), "{error}");
    assert_eq!(world.names(), ["default.json", "default.json.new-1"]);
    assert_eq!(fs::read(world.store.path(&world.profile)).unwrap(), text);
}

#[tokio::test]
async fn an_older_key_opens_and_the_first_one_seals() {
    let [old, new] = keys();
    let mut world = sealed_world("older", &old);
    world.keep(&world.lock().await, &record("a", "1").following(None));
    world.store = with(&world, &[&new, &old]);
    assert_eq!(world.access_token(), "a");
    let second = record("b", "2").following(Some(&record("a", "1").following(None)));
    world.keep(&world.lock().await, &second);
    world.store = with(&world, &[&new]);
    assert_eq!(world.access_token(), "b");
    assert_eq!(world.store.key_ids().unwrap(), [new.id()]);
}

#[tokio::test]
async fn another_accounts_file_does_not_open() {
    let [key] = keys();
    let world = sealed_world("swapped", &key);
    world.keep(&world.lock().await, &record("a", "1").following(None));
    let other = "other".parse().unwrap();
    fs::copy(world.store.path(&world.profile), world.store.path(&other)).unwrap();
    let said = refusals(&world.store.read(&other).unwrap_err());
    assert!(said.contains("was sealed for another account"), "{said}");
    // Beside its file it is no record either.
    fs::rename(world.store.path(&other), world.folder.join("other.json.new")).unwrap();
    assert!(world.store.newer(&other).is_none());
    let lock = world.store.lock(&other, Duration::ZERO).await.unwrap();
    assert!(lock.settle().unwrap().interrupted);
}

#[tokio::test]
async fn what_is_cut_at_any_byte_is_no_record_and_is_kept() {
    let [key] = keys();
    let token = record("a", "1").following(None);
    let text = sealed(&key, &token).await;
    for length in 0..text.len() - 1 {
        let world = sealed_world("cut", &key);
        let lock = world.lock().await;
        world.write("default.json", &text[..length]);
        let said = refusals(&world.store.read(&world.profile).unwrap_err());
        assert!(
            said.contains("default.json cannot be used: it is "),
            "{length}: {said}"
        );
        let aside = world.keep(&lock, &token).unwrap();
        assert_eq!(fs::read(aside).unwrap(), &text[..length]);
    }
}

#[tokio::test]
async fn no_flipped_bit_gives_other_tokens_and_none_is_taken_for_nothing() {
    let [key] = keys();
    let token = record("a", "1").following(None);
    let text = sealed(&key, &token).await;
    let world = sealed_world("flipped", &key);
    let _lock = world.lock().await;
    for bit in 0..text.len() * 8 {
        let mut flipped = text.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        world.write("default.json", &flipped);
        match world.store.read(&world.profile) {
            Ok(found) => assert_eq!(found.as_ref(), Some(&token), "{bit}"),
            Err(error) => assert!(!refusals(&error).is_empty()),
        }
    }
}

#[tokio::test]
async fn without_keys_nothing_is_written_and_who_logs_out_needs_none() {
    let mut world = World::new("keyless");
    world.keep(&world.lock().await, &record("a", "1"));
    world.store = FileStore::new(&world.folder).with_keys(|| Err(Error::store("the keyring is locked")));
    let lock = world.lock().await;
    for error in [
        world.store.key_ids().unwrap_err(),
        world.store.ready().await.unwrap_err(),
        world
            .store
            .reseal(&"other".parse().unwrap(), Duration::ZERO)
            .await
            .unwrap_err(),
        world.store.reserve(&"other".parse().unwrap()).err().unwrap(),
    ] {
        assert_eq!(error.message(), "the keyring is locked");
    }
    assert_eq!(world.names(), ["default.json", "other.lock"]);
    assert!(lock.remove().unwrap());
}
