//! Tokens that are on the disk and not in their place yet, as a program leaves them that is killed on the way.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;

use std::fs;
use std::time::Duration;

use managed::{LIFE, World, account};
use pinterest_sdk::{FileStore, TokenState};
use tokio::time::timeout;

#[tokio::test]
async fn what_waits_for_its_place_needs_nobody_to_authorize() {
    for (left, in_its_place) in [
        ("shop-1.json.new", None),
        ("shop-1.json.new-1", None),
        ("shop-1.json.new-1", Some("{")),
    ] {
        let world = World::strict().await;
        let folder = std::env::temp_dir().join(format!("pinterest-sdk-waiting-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let tokens = world.manager(FileStore::new(&folder));
        let first = tokens.adopt(world.answer().await).await.unwrap();
        let (place, left) = (folder.join("shop-1.json"), folder.join(left));
        fs::copy(&place, &left).unwrap();
        match in_its_place {
            // It stays private.
            Some(text) => fs::write(&place, text).unwrap(),
            None => fs::remove_file(&place).unwrap(),
        }
        let tokens = world.manager(FileStore::new(&folder));
        let status = tokens.status().await.unwrap();
        assert_eq!(
            (status.state, status.asked),
            (TokenState::Fresh, false),
            "{left:?}"
        );
        assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
        // Whoever changes it puts it in its place first.
        world.next_second().await;
        let second = tokens.refresh().await.unwrap();
        assert_ne!(second.expose(), first.expose());
        assert!(!left.exists());
        let tokens = world.manager(FileStore::new(&folder));
        assert_eq!(tokens.access_token().await.unwrap().expose(), second.expose());
        fs::remove_dir_all(folder).unwrap();
    }
}

#[tokio::test]
async fn what_waits_is_had_where_what_is_in_its_place_will_not_do() {
    for app_id in ["1234567", "7654321"] {
        let world = World::new().await;
        let folder = std::env::temp_dir().join(format!("pinterest-sdk-over-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        let (place, left) = (folder.join("shop-1.json"), folder.join("shop-1.json.new-1"));
        let tokens = world.manager(FileStore::new(&folder));
        let mut alone = world.answer().await;
        alone.refresh_token = None;
        tokens.adopt(alone).await.unwrap();
        let before = fs::read_to_string(&place).unwrap().replace("1234567", app_id);
        world.move_clock(LIFE + 1);
        world.next_second().await;
        let newer = tokens.adopt(world.answer().await).await.unwrap();
        // Copied and written, both stay private.
        fs::copy(&place, &left).unwrap();
        fs::write(&place, before).unwrap();
        let store = FileStore::new(&folder);
        let tokens = world.manager(store.clone());
        assert_eq!(
            tokens.status().await.unwrap().state,
            TokenState::Fresh,
            "{app_id}"
        );
        // Nor is another program waited for that changes them.
        let locked = store.lock(&account("shop-1"), Duration::ZERO).await.unwrap();
        let had = timeout(Duration::from_secs(5), tokens.access_token())
            .await
            .unwrap();
        assert_eq!(had.unwrap().expose(), newer.expose());
        drop(locked);
        assert!(tokens.refresh().await.is_ok() && !left.exists());
        fs::remove_dir_all(folder).unwrap();
    }
}

#[tokio::test]
async fn another_app_s_that_wait_are_no_reason_to_have_none() {
    let world = World::new().await;
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-another-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    let (place, left) = (folder.join("shop-1.json"), folder.join("shop-1.json.new-1"));
    let tokens = world.manager(FileStore::new(&folder));
    let first = tokens.adopt(world.answer().await).await.unwrap();
    let own = fs::read_to_string(&place).unwrap();
    world.next_second().await;
    tokens.adopt(world.answer().await).await.unwrap();
    fs::copy(&place, &left).unwrap();
    let others = fs::read_to_string(&place).unwrap().replace("1234567", "7654321");
    fs::write(&left, others).unwrap();
    fs::write(&place, own).unwrap();
    let tokens = world.manager(FileStore::new(&folder));
    assert_eq!(tokens.status().await.unwrap().state, TokenState::Fresh);
    assert_eq!(tokens.access_token().await.unwrap().expose(), first.expose());
    fs::remove_dir_all(folder).unwrap();
}
