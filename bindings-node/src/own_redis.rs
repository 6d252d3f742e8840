//! A connection to Redis that is JavaScript's, as the core wants one.

use std::sync::Arc;

use pinterest_sdk::Secret;
use pinterest_sdk::store::{Later, RedisConnection, RedisReply, RedisScript};

use crate::asks::{Asks, Question};

/// The program's own connection.
pub(crate) struct OwnRedis {
    pub(crate) asks: Arc<Asks>,
    /// The manager, by JavaScript's number.
    pub(crate) manager: u32,
    pub(crate) name: String,
}

impl RedisConnection for OwnRedis {
    fn describe(&self) -> String {
        self.name.clone()
    }

    fn eval<'a>(
        &'a self,
        script: &'a RedisScript,
        keys: Vec<String>,
        args: Vec<Secret>,
    ) -> Later<'a, RedisReply> {
        Box::pin(async move {
            let asked = self.asks.ask(Question {
                script: Some(script.text()),
                sha1: Some(script.sha1()),
                keys: &keys,
                args: args.iter().map(Secret::expose).collect(),
                ..Question::new(self.manager, "eval")
            });
            let (_, answer) = asked.await?;
            Ok(match (answer.number, answer.text) {
                // Scripts count no further than a number is whole.
                #[allow(clippy::cast_possible_truncation)]
                (Some(number), _) => RedisReply::Integer(number as i64),
                (None, Some(text)) => RedisReply::Text(text.into()),
                (None, None) => RedisReply::Nil,
            })
        })
    }
}
