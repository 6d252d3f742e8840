//! What a token manager relies on in every store, and what files do where somebody was at them meanwhile.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "support/text_store.rs"]
mod text_store;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use pinterest_sdk::store::{Failure, FileStore, Record, StoredToken, TokenKey};
use pinterest_sdk::{
    Account, ErrorKind, MemoryStore, OauthAccessTokenResponse, StoreKey, StoreLock, TokenStore,
};
use text_store::TextStore;

const SHORT: Duration = Duration::from_millis(50);

fn key() -> StoreKey {
    StoreKey::new("https://h/v5", "1", Account::new("a").unwrap())
}

/// A record that follows another.
fn record(access: &str, old: Option<&Record>) -> Record {
    let mut answer = OauthAccessTokenResponse::new(access);
    answer.refresh_token = Some(format!("pinr.{access}").as_str().into());
    let token = StoredToken::new("https://h/v5".into(), "1".into(), answer, 0);
    Record::new(token.following(old.map(|old| &old.token)))
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("pinterest-sdk-stores-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn failure() -> Failure {
    let text = r#"{"version":1,"host":"h","app_id":"1","access_token":"a","failure":{"failures":1,"failed_at":5,"until":65,"kind":"Server","message":"down"}}"#;
    Record::from_text(text).unwrap().failure.unwrap()
}

fn listed(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

async fn lock(store: &dyn TokenStore) -> Box<dyn StoreLock> {
    store.lock(&key(), SHORT).await.unwrap()
}

#[tokio::test]
async fn every_store_keeps_what_it_is_given_and_nothing_in_the_place_of_something_else() {
    let folder = folder("contract");
    let token_key = TokenKey::generate().unwrap();
    let sealed = FileStore::new(folder.join("sealed")).with_keys(move || Ok(vec![token_key.clone()]));
    let stores: [Box<dyn TokenStore>; 5] = [
        Box::new(MemoryStore::new()),
        Box::new(TextStore::default()),
        Box::new(FileStore::new(folder.join("threads"))),
        Box::new(FileStore::new(folder.join("none")).without_threads()),
        Box::new(sealed),
    ];
    for store in stores {
        let what = store.describe();
        assert_eq!(format!("{store:?}"), what);
        let (first, stranger) = (record("one", None), record("stranger", None));
        let mut held = lock(&*store).await;
        assert!(held.load().await.unwrap().is_none(), "{what}");
        assert!(store.load(&key()).await.unwrap().is_none());
        assert!(held.compare_and_swap(None, None).await.unwrap());
        assert!(
            !held
                .compare_and_swap(Some(&stranger), Some(&first))
                .await
                .unwrap(),
            "{what}"
        );
        assert!(held.compare_and_swap(None, Some(&first)).await.unwrap());
        assert!(store.lock(&key(), SHORT).await.is_err(), "{what}");
        let found = held.load().await.unwrap().unwrap();
        assert_eq!((&found.token, found.asked), (&first.token, false));
        for wrong in [None, Some(&stranger)] {
            assert!(
                !held.compare_and_swap(wrong, Some(&stranger)).await.unwrap(),
                "{what}"
            );
        }
        assert!(!held.compare_and_swap(None, None).await.unwrap(), "{what}");
        // A file says why it stays.
        assert!(
            !held
                .compare_and_swap(Some(&stranger), None)
                .await
                .unwrap_or_default()
        );
        // That new tokens are asked for outlives the lock.
        let mut asking = Record::new(first.token.clone());
        asking.asked = true;
        assert!(held.compare_and_swap(Some(&found), Some(&asking)).await.unwrap());
        held.keep_alive().await.unwrap();
        held.unlock().await.unwrap();
        let mut held = lock(&*store).await;
        let found = held.load().await.unwrap().unwrap();
        assert_eq!((&found.token, found.asked), (&first.token, true), "{what}");
        let failure = Some(failure());
        let mut failed = Record::new(first.token.clone());
        failed.failure = failure.clone();
        assert!(held.compare_and_swap(Some(&found), Some(&failed)).await.unwrap());
        let found = held.load().await.unwrap().unwrap();
        assert_eq!((found.asked, &found.failure), (false, &failure), "{what}");
        assert_eq!(store.load(&key()).await.unwrap().unwrap().failure, failure);
        let second = record("two", Some(&first));
        assert!(held.compare_and_swap(Some(&found), Some(&second)).await.unwrap());
        let found = held.load().await.unwrap().unwrap();
        assert_eq!(
            (&found.token, found.asked, &found.failure),
            (&second.token, false, &None),
            "{what}"
        );
        assert!(held.compare_and_swap(Some(&found), None).await.unwrap());
        assert!(held.load().await.unwrap().is_none() && held.set_aside().is_empty());
        drop(held);
        assert!(store.load(&key()).await.unwrap().is_none());
        lock(&*store).await.unlock().await.unwrap();
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_runtime_that_cannot_wait_is_an_error() {
    let folder = folder("runtime");
    let bare = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let stores: [Box<dyn TokenStore>; 2] = [Box::new(MemoryStore::new()), Box::new(FileStore::new(&folder))];
    for store in stores {
        let error = bare.block_on(store.lock(&key(), SHORT)).err().unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    let _ = fs::remove_dir_all(folder);
}

#[tokio::test]
async fn new_tokens_are_kept_though_somebody_removed_the_file_while_they_were_asked_for() {
    for (is_asking, is_new) in [(false, true), (true, true), (true, false)] {
        let folder = folder(&format!("removed-{is_asking}-{is_new}"));
        let store = FileStore::new(&folder);
        let (first, mut held) = (record("one", None), lock(&store).await);
        held.compare_and_swap(None, Some(&first)).await.unwrap();
        if is_asking {
            let mut asking = Record::new(first.token.clone());
            asking.asked = true;
            held.compare_and_swap(Some(&first), Some(&asking)).await.unwrap();
        }
        fs::remove_file(folder.join("a.json")).unwrap();
        let second = if is_new {
            record("two", Some(&first))
        } else {
            Record::new(first.token.clone())
        };
        let kept = held.compare_and_swap(Some(&first), Some(&second)).await.unwrap();
        assert_eq!(kept, is_asking && is_new);
        assert_eq!(store.load(&key()).await.unwrap().is_some(), kept);
        drop(held);
        let names: &[&str] = if kept { &["a.json", "a.lock"] } else { &["a.lock"] };
        assert_eq!(listed(&folder), names);
        fs::remove_dir_all(folder).unwrap();
    }
}

#[tokio::test]
async fn forgotten_tokens_leave_nothing() {
    let folder = folder("forgotten");
    let store = FileStore::new(&folder);
    let (first, mut held) = (record("one", None), lock(&store).await);
    held.compare_and_swap(None, Some(&first)).await.unwrap();
    let mut failed = Record::new(first.token.clone());
    (failed.asked, failed.failure) = (true, Some(failure()));
    held.compare_and_swap(Some(&first), Some(&failed)).await.unwrap();
    drop(held);
    assert_eq!(
        listed(&folder),
        ["a.json", "a.json.new", "a.json.pause", "a.lock"]
    );
    let mut held = lock(&store).await;
    assert!(held.load().await.unwrap().unwrap().asked);
    assert!(held.compare_and_swap(Some(&failed), None).await.unwrap());
    assert_eq!(listed(&folder), ["a.lock"]);
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn what_an_interruption_left_half_written_is_set_aside_when_it_is_over() {
    let folder = folder("half");
    let store = FileStore::new(&folder);
    let (first, mut held) = (record("one", None), lock(&store).await);
    held.compare_and_swap(None, Some(&first)).await.unwrap();
    fs::copy(folder.join("a.json"), folder.join("a.json.new")).unwrap();
    fs::write(folder.join("a.json.new"), "half").unwrap();
    let found = held.load().await.unwrap().unwrap();
    assert!(found.asked && held.set_aside().is_empty());
    assert!(held.compare_and_swap(Some(&found), Some(&first)).await.unwrap());
    assert_eq!(held.set_aside(), [folder.join("a.json.aside-1")]);
    assert!(!held.load().await.unwrap().unwrap().asked);
    fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn what_cannot_be_read_gives_way_to_tokens_and_to_nothing_else() {
    let folder = folder("unreadable");
    let store = FileStore::new(&folder);
    let (first, mut held) = (record("one", None), lock(&store).await);
    held.compare_and_swap(None, Some(&first)).await.unwrap();
    fs::write(folder.join("a.json"), "none").unwrap();
    assert!(held.load().await.is_err() && store.load(&key()).await.is_err());
    assert!(!held.compare_and_swap(None, None).await.unwrap());
    assert!(held.compare_and_swap(None, Some(&first)).await.unwrap());
    assert_eq!(held.set_aside(), [folder.join("a.json.corrupt-1")]);
    assert!(held.set_aside().is_empty());
    // And what cannot be ranked is kept as well.
    let left = folder.join("a.json.new");
    fs::copy(folder.join("a.json"), &left).unwrap();
    let stranger = record("stranger", Some(&record("its own", None)));
    fs::write(left, stranger.text()).unwrap();
    assert_eq!(held.load().await.unwrap().unwrap().token, first.token);
    assert_eq!(held.set_aside(), [folder.join("a.json.aside-1")]);
    fs::remove_dir_all(folder).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_cannot_be_listed_may_hold_newer_tokens() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = folder("unlisted");
    let store = FileStore::new(&folder);
    let first = record("a", None);
    let mut held = lock(&store).await;
    assert!(held.compare_and_swap(None, Some(&first)).await.unwrap());
    drop(held);
    let mode = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o300);
    // Whoever is root lists it all the same.
    if fs::read_dir(&folder).is_err() {
        let mut held = lock(&store).await;
        let error = held.load().await.unwrap_err();
        assert!(error.message().contains("cannot be read: "), "{error}");
        let next = record("b", Some(&first));
        assert!(held.compare_and_swap(Some(&first), Some(&next)).await.is_err());
    }
    mode(0o700);
    assert!(store.load(&key()).await.unwrap().is_some());
    fs::remove_dir_all(folder).unwrap();
}
