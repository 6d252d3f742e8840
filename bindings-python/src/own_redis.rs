//! A program's own connection to Redis, which runs the core's scripts on a thread or in an event loop of Python's.

use pinterest_sdk::store::Later;
use pinterest_sdk::{Error, RedisConnection, RedisReply, RedisScript, Secret};
use pyo3::prelude::*;

use crate::own_store::{Raised, ended, handed_over};

/// A connection that Python's `pinterest_sdk._own_redis.Scripts` uses.
pub(crate) struct OwnRedis {
    scripts: Py<PyAny>,
    what: String,
}

impl OwnRedis {
    pub(crate) fn new(scripts: Py<PyAny>, what: String) -> Self {
        Self { scripts, what }
    }
}

impl RedisConnection for OwnRedis {
    fn describe(&self) -> String {
        self.what.clone()
    }

    fn eval<'a>(
        &'a self,
        script: &'a RedisScript,
        keys: Vec<String>,
        args: Vec<Secret>,
    ) -> Later<'a, RedisReply> {
        Box::pin(async move {
            let args: Vec<String> = args.iter().map(|arg| arg.expose().to_owned()).collect();
            let given = handed_over(|py, reply| {
                let arguments = (script.text(), script.sha1(), keys, args, reply);
                self.scripts.call_method1(py, "eval", arguments).map(drop)
            });
            match given.await {
                Some(Ok(given)) => {
                    Python::try_attach(|py| answer(given.bind(py))).unwrap_or_else(|| Err(ended("eval")))
                }
                Some(Err(error)) => Err(Raised::of_redis(error)),
                None => Err(ended("eval")),
            }
        })
    }
}

fn answer(given: &Bound<'_, PyAny>) -> Result<RedisReply, Error> {
    if given.is_none() {
        return Ok(RedisReply::Nil);
    }
    if let Ok(number) = given.extract() {
        return Ok(RedisReply::Integer(number));
    }
    match given.extract::<String>() {
        Ok(text) => Ok(RedisReply::Text(text.into())),
        Err(_) => Err(Error::store("Redis gave an answer of another kind")),
    }
}
