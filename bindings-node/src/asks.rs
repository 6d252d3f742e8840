//! Questions that stores have to JavaScript: each is put into the mailbox, and its answer comes back by its
//! number.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use napi_derive::napi;
use pinterest_sdk::Error;
use pinterest_sdk::store::foreign_failure;
use serde::Serialize;
use tokio::sync::oneshot;

use crate::answer_json;
use crate::lock::lock;
use crate::mailbox::Mailbox;
use crate::thrown::Thrown;

/// What JavaScript answered.
#[napi(object, object_to_js = false)]
#[derive(Default)]
pub struct StoreAnswer {
    /// What is kept, or a script gave.
    pub text: Option<String>,
    /// What a script gave.
    pub number: Option<f64>,
    /// Keys in Base64, the current one first.
    pub keys: Option<Vec<String>>,
    /// Whether it was done.
    pub done: Option<bool>,
    /// What it threw, in words.
    pub failure: Option<String>,
    /// The number under which JavaScript keeps what it threw.
    pub thrown: Option<u32>,
}

/// A question, as JavaScript reads it.
#[derive(Default, Serialize)]
pub(crate) struct Question<'a> {
    /// The manager, by JavaScript's number.
    pub(crate) to: u32,
    /// The number that the answer names; none is wanted without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ask: Option<u32>,
    pub(crate) method: &'static str,
    pub(crate) key: &'a str,
    /// The lock that it is asked of, by the number of the question that gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lock: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) seconds: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) new: Option<&'a str>,
    /// A script for Redis, its name there, and what it is run with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) script: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sha1: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(crate) keys: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) args: Vec<&'a str>,
}

impl Question<'_> {
    /// To a manager, by JavaScript's number.
    pub(crate) fn new(to: u32, method: &'static str) -> Self {
        Self {
            to,
            method,
            ..Self::default()
        }
    }
}

/// The questions of one JavaScript thread that are not answered yet.
pub(crate) struct Asks {
    mailbox: Arc<Mailbox>,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    last: u32,
    waiting: HashMap<u32, oneshot::Sender<StoreAnswer>>,
}

impl Asks {
    pub(crate) fn new(mailbox: Arc<Mailbox>) -> Self {
        Self {
            mailbox,
            open: Mutex::default(),
        }
    }

    pub(crate) fn mailbox(&self) -> &Arc<Mailbox> {
        &self.mailbox
    }

    /// Asks, and gives the question's number with the answer. Who stops waiting is not answered.
    pub(crate) async fn ask(&self, question: Question<'_>) -> Result<(u32, StoreAnswer), Error> {
        let (waits, answer) = self.put(question)?;
        let mut coming = Coming { waits, answer };
        let answer = (&mut coming.answer).await.map_err(|_| unheard())?;
        read(coming.waits.method, answer).map(|answer| (coming.waits.number, answer))
    }

    /// The same on a thread that may wait.
    pub(crate) fn ask_blocking(&self, question: Question<'_>) -> Result<StoreAnswer, Error> {
        let (waits, answer) = self.put(question)?;
        read(waits.method, answer.blocking_recv().map_err(|_| unheard())?)
    }

    fn put(&self, mut question: Question<'_>) -> Result<(Waits<'_>, oneshot::Receiver<StoreAnswer>), Error> {
        let (send, answer) = oneshot::channel();
        let number = {
            let mut open = lock(&self.open);
            open.last = open.last.wrapping_add(1);
            let number = open.last;
            open.waiting.insert(number, send);
            number
        };
        let waits = Waits {
            asks: self,
            to: question.to,
            number,
            method: question.method,
        };
        question.ask = Some(number);
        if self.say(&question) {
            Ok((waits, answer))
        } else {
            Err(unheard())
        }
    }

    /// Says something that needs no answer; false if nobody listens.
    pub(crate) fn say(&self, question: &Question<'_>) -> bool {
        self.mailbox.post(&answer_json::written(question))
    }

    /// Answers a question; false if nobody waits for that any more.
    pub(crate) fn answer(&self, number: u32, answer: StoreAnswer) -> bool {
        let asked = lock(&self.open).waiting.remove(&number);
        asked.is_some_and(|asked| asked.send(answer).is_ok())
    }

    /// Nobody will answer any more.
    pub(crate) fn end(&self) {
        lock(&self.open).waiting.clear();
    }
}

/// A question that somebody waits for the answer of.
struct Waits<'a> {
    asks: &'a Asks,
    to: u32,
    number: u32,
    method: &'static str,
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        lock(&self.asks.open).waiting.remove(&self.number);
    }
}

/// An answer that somebody waits for. A lock that came just when its waiter stopped waiting is given back.
struct Coming<'a> {
    waits: Waits<'a>,
    answer: oneshot::Receiver<StoreAnswer>,
}

impl Drop for Coming<'_> {
    fn drop(&mut self) {
        // What comes from here on JavaScript hears of.
        self.answer.close();
        if self.waits.method == "lock" && self.answer.try_recv().is_ok() {
            self.waits.asks.say(&Question {
                lock: Some(self.waits.number),
                ..Question::new(self.waits.to, "release")
            });
        }
    }
}

/// An answer, if it is none of failure.
fn read(method: &str, answer: StoreAnswer) -> Result<StoreAnswer, Error> {
    let Some(words) = &answer.failure else {
        return Ok(answer);
    };
    let method = if method == "key" { "keys" } else { method };
    let error = foreign_failure(method, "", words);
    Err(match answer.thrown {
        Some(number) => error.with_source(Thrown(number)),
        None => error,
    })
}

fn unheard() -> Error {
    Error::store("the thread of the program's own store is not there to be asked")
        .with_advice("keep it until the manager's `close` has returned")
}
