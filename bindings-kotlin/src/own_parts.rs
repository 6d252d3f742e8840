//! What a program brings along for stores of the core: keys that seal files, and a connection to Redis.

use std::sync::Arc;

use pinterest_sdk::store::{KeySource, Later, RedisConnection, RedisReply, RedisScript, TokenKey};
use pinterest_sdk::{Error, Secret};
use tokio::runtime::Builder;

use crate::messages::NativeStoreQuestion;
use crate::messages::Peer;
use crate::own_store::{NativeStoreAnswer, ask, unanswered};

/// A function that gives keys.
pub(crate) struct OwnKeys(pub(crate) Arc<Peer>);

impl KeySource for OwnKeys {
    fn keys(&self) -> Result<Vec<TokenKey>, Error> {
        // The core asks on a thread of its own, which may wait.
        let runtime = Builder::new_current_thread().build();
        let runtime =
            runtime.map_err(|error| Error::store("the keys cannot be waited for").with_source(error))?;
        match runtime.block_on(ask(&self.0, "", NativeStoreQuestion::Keys))? {
            NativeStoreAnswer::Keys { keys } => {
                keys.iter().map(|key| TokenKey::from_text(key.expose())).collect()
            }
            _ => Err(unanswered()),
        }
    }
}

/// A connection to Redis.
pub(crate) struct OwnRedis(pub(crate) Arc<Peer>);

impl RedisConnection for OwnRedis {
    fn describe(&self) -> String {
        "Redis".to_owned()
    }

    fn eval<'a>(
        &'a self,
        script: &'a RedisScript,
        keys: Vec<String>,
        args: Vec<Secret>,
    ) -> Later<'a, RedisReply> {
        let question = NativeStoreQuestion::Eval {
            script: script.text().to_owned(),
            keys,
            args,
        };
        Box::pin(async move {
            match ask(&self.0, "", question).await? {
                NativeStoreAnswer::Text { text: None } => Ok(RedisReply::Nil),
                NativeStoreAnswer::Text { text: Some(text) } => Ok(RedisReply::Text(text)),
                NativeStoreAnswer::Integer { number } => Ok(RedisReply::Integer(number)),
                _ => Err(unanswered()),
            }
        })
    }
}
