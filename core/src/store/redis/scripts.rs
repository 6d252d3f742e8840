//! The scripts, and running them: an answer that does not come is asked for again.

use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::advice::advised;
use super::connection::{RedisReply, RedisScript};
use super::{Place, Shared};
use crate::error::Error;
use crate::secret::Secret;
use crate::store::record::Record;

/// How long a lease lasts that nobody renews, in milliseconds.
const LASTS: &str = "10000";
/// How long one answer is waited for.
const ANSWER: Duration = Duration::from_secs(5);
/// How often a script is run whose answer does not come: it may have been executed.
const ATTEMPTS: u32 = 3;
/// The pause before it is run again; the next one is twice as long.
const PAUSE: Duration = Duration::from_millis(200);

pub(super) struct Scripts {
    take: RedisScript,
    renew: RedisScript,
    release: RedisScript,
    load: RedisScript,
    swap: RedisScript,
}

impl Default for Scripts {
    fn default() -> Self {
        Self {
            take: RedisScript::new(include_str!("take.lua")),
            renew: RedisScript::new(include_str!("renew.lua")),
            release: RedisScript::new(include_str!("release.lua")),
            load: RedisScript::new(include_str!("load.lua")),
            swap: RedisScript::new(include_str!("swap.lua")),
        }
    }
}

impl Shared {
    pub(super) async fn load(&self, place: &Place) -> Result<Option<Record>, Error> {
        match self.run(&self.scripts.load, place, &[]).await? {
            RedisReply::Nil => Ok(None),
            RedisReply::Text(text) => Record::from_text(text.expose()).map(Some),
            RedisReply::Integer(_) => Err(odd()),
        }
    }

    /// The fencing token of the lease, if it is ours now.
    pub(super) async fn take(&self, place: &Place, owner: &str) -> Result<Option<i64>, Error> {
        let fence = self.number(&self.scripts.take, place, &[owner, LASTS]).await?;
        Ok((fence != 0).then_some(fence))
    }

    /// Whether the lease is ours yet.
    pub(super) async fn renew(&self, place: &Place, owner: &str, fence: i64) -> Result<bool, Error> {
        let args = [owner, LASTS, &fence.to_string()];
        Ok(self.number(&self.scripts.renew, place, &args).await? == 1)
    }

    pub(super) async fn release(&self, place: &Place, owner: &str) -> Result<(), Error> {
        self.number(&self.scripts.release, place, &[owner])
            .await
            .map(drop)
    }

    /// Whether `new` is kept now.
    pub(super) async fn swap(
        &self,
        place: &Place,
        (owner, fence): (&str, i64),
        expected: Option<&Record>,
        new: Option<&Record>,
    ) -> Result<bool, Error> {
        let text = |record: Option<&Record>| record.map(Record::text).unwrap_or_default();
        let (expected, new) = (text(expected), text(new));
        let (Some(expected), Some(new)) = (expected.as_text(), new.as_text()) else {
            return Err(Error::store("a record that is no text"));
        };
        let args = [owner, LASTS, &fence.to_string(), expected, new];
        Ok(self.number(&self.scripts.swap, place, &args).await? == 1)
    }

    async fn number(&self, script: &RedisScript, place: &Place, args: &[&str]) -> Result<i64, Error> {
        match self.run(script, place, args).await? {
            RedisReply::Integer(number) => Ok(number),
            RedisReply::Nil | RedisReply::Text(_) => Err(odd()),
        }
    }

    /// Runs a script to its answer. It may have been executed without one; each allows to be run again.
    async fn run(&self, script: &RedisScript, place: &Place, args: &[&str]) -> Result<RedisReply, Error> {
        let mut pause = PAUSE;
        let mut attempt = 1;
        loop {
            let keys = vec![place.account.clone(), place.lease.clone()];
            let args = args.iter().copied().map(Secret::from).collect();
            let answer = timeout(ANSWER, self.connection.eval(script, keys, args)).await;
            let error = match answer {
                Ok(Ok(reply)) => return Ok(reply),
                Ok(Err(error)) => error,
                Err(_) => Error::store(format!("Redis did not answer within {} s", ANSWER.as_secs())),
            };
            if attempt == ATTEMPTS {
                return Err(advised(error));
            }
            attempt += 1;
            sleep(pause).await;
            pause *= 2;
        }
    }
}

fn odd() -> Error {
    Error::store("Redis gave another kind of answer than the script does").with_hint(
        "look at how the connection turns Redis's answers into values: it must not decode them further",
    )
}
