//! A store that is written in JavaScript, as the core wants one.

use std::sync::Arc;
use std::time::Duration;

use pinterest_sdk::store::{Later, Record};
use pinterest_sdk::{Body, Error, StoreKey, StoreLock, TokenStore};

use crate::asks::{Asks, Question, StoreAnswer};

/// A store of a program's own.
pub(crate) struct OwnStore {
    pub(crate) asks: Arc<Asks>,
    /// The manager, by JavaScript's number.
    pub(crate) manager: u32,
    pub(crate) name: String,
}

/// Its lock.
struct Held {
    asks: Arc<Asks>,
    manager: u32,
    key: String,
    number: u32,
    released: bool,
}

fn record(answer: &StoreAnswer) -> Result<Option<Record>, Error> {
    answer.text.as_deref().map(Record::from_text).transpose()
}

impl TokenStore for OwnStore {
    fn describe(&self) -> String {
        self.name.clone()
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        Box::pin(async move {
            let key = key.to_string();
            let (_, answer) = self
                .asks
                .ask(Question {
                    key: &key,
                    ..Question::new(self.manager, "load")
                })
                .await?;
            record(&answer)
        })
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        Box::pin(async move {
            let key = key.to_string();
            let asked = self.asks.ask(Question {
                seconds: Some(patience.as_secs_f64()),
                key: &key,
                ..Question::new(self.manager, "lock")
            });
            let (number, _) = asked.await?;
            Ok(Box::new(Held {
                asks: Arc::clone(&self.asks),
                manager: self.manager,
                key,
                number,
                released: false,
            }) as Box<dyn StoreLock>)
        })
    }
}

impl Held {
    fn question(&self, method: &'static str) -> Question<'_> {
        Question {
            lock: Some(self.number),
            key: &self.key,
            ..Question::new(self.manager, method)
        }
    }
}

impl StoreLock for Held {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        Box::pin(async move {
            let (_, answer) = self.asks.ask(self.question("load")).await?;
            record(&answer)
        })
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        Box::pin(async move {
            let (expected, new) = (expected.map(Record::text), new.map(Record::text));
            let asked = self.asks.ask(Question {
                expected: expected.as_ref().and_then(Body::as_text),
                new: new.as_ref().and_then(Body::as_text),
                ..self.question("compareAndSwap")
            });
            let (_, answer) = asked.await?;
            Ok(answer.done == Some(true))
        })
    }

    fn unlock(mut self: Box<Self>) -> Later<'static, ()> {
        Box::pin(async move {
            self.released = true;
            self.asks.ask(self.question("release")).await.map(drop)
        })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if !self.released {
            self.asks.say(&self.question("release"));
        }
    }
}
