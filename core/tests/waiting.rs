//! Tokens that are on the disk and not in their place yet, as a program leaves them that is killed on the way.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/managed.rs"]
mod managed;
mod support;

use std::fs;

use managed::World;
use pinterest_sdk::{FileStore, TokenState};

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
