//! Questions to a store that is written in JavaScript: each is put into the mailbox, and its answer comes
//! back by its number.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex};

use napi_derive::napi;
use pinterest_sdk::Error;
use serde::Serialize;
use tokio::sync::oneshot;

use crate::answer_json;
use crate::lock::lock;
use crate::mailbox::Mailbox;

/// What a store's method gave.
#[napi(object, object_to_js = false)]
#[derive(Default)]
pub struct StoreAnswer {
    /// What is kept.
    pub text: Option<String>,
    /// Whether it was done.
    pub done: Option<bool>,
    /// What it threw, in words.
    pub failure: Option<String>,
    /// The number under which JavaScript keeps what it threw.
    pub thrown: Option<u32>,
}

/// A question, as JavaScript reads it.
#[derive(Serialize)]
pub(crate) struct Question<'a> {
    /// The manager, by JavaScript's number.
    pub(crate) to: u32,
    /// The number that the answer names; none is wanted without it.
    pub(crate) ask: Option<u32>,
    pub(crate) method: &'static str,
    pub(crate) key: &'a str,
    /// The lock that it is asked of, by the number of the question that gave it.
    pub(crate) lock: Option<u32>,
    pub(crate) seconds: Option<f64>,
    pub(crate) expected: Option<&'a str>,
    pub(crate) new: Option<&'a str>,
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
    pub(crate) async fn ask(&self, mut question: Question<'_>) -> Result<(u32, StoreAnswer), Error> {
        let (send, answer) = oneshot::channel();
        let number = {
            let mut open = lock(&self.open);
            open.last = open.last.wrapping_add(1);
            let number = open.last;
            open.waiting.insert(number, send);
            number
        };
        let _waits = Waits(self, number);
        question.ask = Some(number);
        if !self.say(&question) {
            return Err(unheard());
        }
        let answer = answer.await.map_err(|_| unheard())?;
        match answer.failure {
            None => Ok((number, answer)),
            Some(words) => {
                let words = pinterest_sdk::store::foreign(&words);
                let error = Error::store(format!("the store's `{}` failed: {words}", question.method));
                Err(match answer.thrown {
                    Some(number) => error.with_source(Thrown(number)),
                    None => error,
                })
            }
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
struct Waits<'a>(&'a Asks, u32);

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        lock(&self.0.open).waiting.remove(&self.1);
    }
}

fn unheard() -> Error {
    Error::store("the thread of the program's own store is not there to be asked")
        .with_advice("keep it until the manager's `close` has returned")
}

/// What a store threw, which stays in JavaScript.
#[derive(Debug)]
struct Thrown(u32);

impl fmt::Display for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what the store threw")
    }
}

impl StdError for Thrown {}

/// The number of what a store threw, if that is what an error came from.
pub(crate) fn thrown(error: &Error) -> Option<u32> {
    let mut source = error.source();
    while let Some(current) = source {
        if let Some(Thrown(number)) = current.downcast_ref() {
            return Some(*number);
        }
        source = current.source();
    }
    None
}
