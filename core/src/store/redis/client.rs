//! Connections of the crate `redis`.

use ::redis::aio::ConnectionLike;
use ::redis::{Cmd, ErrorKind, RedisError, ServerErrorKind, Value, cmd};

use super::connection::{RedisConnection, RedisReply, RedisScript};
use crate::error::Error;
use crate::secret::Secret;
use crate::store::token_store::Later;

/// Every connection of the crate `redis` that can be cloned: one that is multiplexed, managed or of a cluster.
impl<C: ConnectionLike + Clone + Send + Sync> RedisConnection for C {
    fn describe(&self) -> String {
        format!("Redis, database {}", self.get_db())
    }

    fn eval<'a>(
        &'a self,
        script: &'a RedisScript,
        keys: Vec<String>,
        args: Vec<Secret>,
    ) -> Later<'a, RedisReply> {
        Box::pin(async move {
            let mut connection = self.clone();
            let short = command("EVALSHA", script.sha1(), &keys, &args);
            let answer = match short.query_async(&mut connection).await {
                Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                    let whole = command("EVAL", script.text(), &keys, &args);
                    whole.query_async(&mut connection).await
                }
                answer => answer,
            };
            match answer.map_err(failed)? {
                Value::Nil => Ok(RedisReply::Nil),
                Value::Int(number) => Ok(RedisReply::Integer(number)),
                Value::BulkString(bytes) => String::from_utf8(bytes)
                    .map(|text| RedisReply::Text(text.into()))
                    .map_err(|_| Error::store("what is kept in Redis is no text")),
                _ => Err(Error::store("Redis gave an answer of another kind")),
            }
        })
    }
}

fn command(name: &str, script: &str, keys: &[String], args: &[Secret]) -> Cmd {
    let mut command = cmd(name);
    command.arg(script).arg(keys.len()).arg(keys);
    for arg in args {
        command.arg(arg.expose());
    }
    command
}

/// The same failure in Redis's words, where it has any. They quote no argument.
fn failed(error: RedisError) -> Error {
    let code = error.code().map(|code| format!("{code} ")).unwrap_or_default();
    let what = error.detail().map_or_else(|| error.to_string(), str::to_owned);
    // Which line of a script it was helps nobody.
    let what = what.split(" script: ").next().unwrap_or_default();
    Error::store(format!("Redis: {code}{}", what.trim_end_matches('.'))).with_source(error)
}
