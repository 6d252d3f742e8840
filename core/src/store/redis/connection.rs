//! What a connection to Redis has to do, whoever made it.

use std::fmt::Write as _;

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use crate::secret::Secret;
use crate::store::token_store::Later;

/// Your own connection to Redis, Valkey or what else runs its scripts: its addresses, TLS, user, cluster and
/// reconnecting are yours.
///
/// The keys of one call are in one hash slot, so that a cluster needs nothing special; the connection must
/// lead to where is written, not to a replica.
pub trait RedisConnection: Send + Sync {
    /// What it is connected to, for people: `Redis at 10.0.0.7`. No secret.
    fn describe(&self) -> String;

    /// Runs a script. `EVAL text numkeys key… arg…` is all that is needed; whoever wants to send less sends
    /// `EVALSHA sha1 …` first, and the text after the error `NOSCRIPT`.
    ///
    /// It may be run a second time when an answer was lost: each script allows that. What it gives within
    /// some seconds counts; a call that takes longer is dropped and made again.
    ///
    /// # Errors
    ///
    /// [`Error::store`](crate::Error::store) with Redis's own words, which begin with `NOPERM`, `READONLY` and the like: what to do
    /// about those is added.
    fn eval<'a>(
        &'a self,
        script: &'a RedisScript,
        keys: Vec<String>,
        args: Vec<Secret>,
    ) -> Later<'a, RedisReply>;
}

/// What a script gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedisReply {
    /// Nothing.
    Nil,
    /// A number.
    Integer(i64),
    /// A text, which may hold tokens.
    Text(Secret),
}

/// A script in Redis's Lua.
#[derive(Debug)]
pub struct RedisScript {
    text: &'static str,
    sha1: String,
}

impl RedisScript {
    pub(super) fn new(text: &'static str) -> Self {
        let sum = digest(&SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes());
        let mut sha1 = String::new();
        for byte in sum.as_ref() {
            // Writing to a text does not fail.
            let _ = write!(sha1, "{byte:02x}");
        }
        Self { text, sha1 }
    }

    /// The script itself, for `EVAL`.
    pub fn text(&self) -> &str {
        self.text
    }

    /// Its SHA-1 in hexadecimal digits, for `EVALSHA`.
    pub fn sha1(&self) -> &str {
        &self.sha1
    }
}

#[cfg(test)]
mod tests {
    use super::RedisScript;

    #[test]
    fn a_script_has_the_name_that_redis_gives_it() {
        let script = RedisScript::new("return 1");
        assert_eq!(script.sha1(), "e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
    }
}
