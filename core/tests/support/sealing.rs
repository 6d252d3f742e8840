//! Stores with keys, and what they seal.

use std::fs;

use pinterest_sdk::store::{StoredToken, TokenKey};
use pinterest_sdk::{Error, ErrorKind, FileStore};

use crate::records::World;

pub fn keys<const COUNT: usize>() -> [TokenKey; COUNT] {
    std::array::from_fn(|_| TokenKey::generate().unwrap())
}

/// The world's store with these keys.
pub fn with(world: &World, keys: &[&TokenKey]) -> FileStore {
    let keys: Vec<TokenKey> = keys.iter().map(|key| (*key).clone()).collect();
    FileStore::new(&world.folder).with_keys(move || Ok(keys.clone()))
}

pub fn sealed_world(name: &str, key: &TokenKey) -> World {
    let mut world = World::new(name);
    world.store = with(&world, &[key]);
    world
}

/// A record's text as a store with this key writes it.
pub async fn sealed(key: &TokenKey, token: &StoredToken) -> Vec<u8> {
    let world = sealed_world(&format!("scratch-{}", token.access_token.expose()), key);
    world.keep(&world.lock().await, token);
    fs::read(world.store.path(&world.profile)).unwrap()
}

pub fn refusals(error: &Error) -> String {
    assert_eq!(error.kind(), ErrorKind::Store);
    format!("{} — {}", error.message(), error.hint().unwrap_or_default())
}
