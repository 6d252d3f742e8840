//! A store that a program wrote. What is asked of it goes out as a message; what it answers comes in by number.

use std::sync::Arc;
use std::time::Duration;

use pinterest_sdk::store::{Later, Record, foreign_failure};
use pinterest_sdk::{Error, Secret, StoreKey, StoreLock, TokenStore};
use tokio::sync::oneshot::{Receiver, Sender, channel};

use crate::fault::Fault;
use crate::messages::{NativeMessage, NativeStoreQuestion, Peer, tell};
use crate::numbered::Numbered;

/// What is asked, and not answered yet.
static ASKED: Numbered<Sender<NativeStoreAnswer>> = Numbered::new();

/// What it says to that.
#[derive(Debug, uniffi::Enum)]
pub enum NativeStoreAnswer {
    /// Or nothing, of Redis as well.
    Text {
        text: Option<Secret>,
    },
    Integer {
        number: i64,
    },
    Keys {
        keys: Vec<Secret>,
    },
    /// Under this number.
    Locked {
        lock: u64,
    },
    Swapped {
        swapped: bool,
    },
    Released,
    /// It threw what Kotlin keeps under the fault's number.
    Failed {
        kind: String,
        /// The exception's own.
        words: String,
        fault: u64,
    },
}

/// Takes an answer; whether anybody waits for it.
#[uniffi::export]
pub fn answer_store(number: u64, answer: NativeStoreAnswer) -> bool {
    ASKED
        .take(number)
        .is_some_and(|waiting| waiting.send(answer).is_ok())
}

/// The store that Kotlin keeps for a manager.
pub(crate) struct OwnStore {
    peer: Arc<Peer>,
    name: String,
}

impl OwnStore {
    pub(crate) fn new(peer: Arc<Peer>, name: String) -> Self {
        Self { peer, name }
    }
}

/// A lock of it, until it is dropped.
struct OwnLock {
    peer: Arc<Peer>,
    key: String,
    number: u64,
    released: bool,
}

impl Drop for OwnLock {
    fn drop(&mut self) {
        if !self.released {
            drop(Question::put(
                &self.peer,
                self.key.clone(),
                NativeStoreQuestion::Release { lock: self.number },
            ));
        }
    }
}

/// A question on its way, until its answer is taken.
struct Question {
    number: u64,
    peer: Arc<Peer>,
    key: String,
    answer: Receiver<NativeStoreAnswer>,
}

impl Question {
    fn put(peer: &Arc<Peer>, key: String, question: NativeStoreQuestion) -> Self {
        let (sender, answer) = channel();
        let number = ASKED.keep(sender);
        tell(NativeMessage::Ask {
            peer: peer.number(),
            number,
            key: key.clone(),
            question,
        });
        Self {
            number,
            peer: Arc::clone(peer),
            key,
            answer,
        }
    }
}

impl Drop for Question {
    fn drop(&mut self) {
        // What comes from here on Kotlin hears of.
        self.answer.close();
        if ASKED.take(self.number).is_some() {
            let (peer, number) = (self.peer.number(), self.number);
            tell(NativeMessage::NeverMind { peer, number });
        } else if let Ok(NativeStoreAnswer::Locked { lock }) = self.answer.try_recv() {
            // It came, and nobody took it.
            drop(OwnLock {
                peer: Arc::clone(&self.peer),
                key: self.key.clone(),
                number: lock,
                released: false,
            });
        }
    }
}

/// Asks, and waits for the answer.
pub(crate) async fn ask(
    peer: &Arc<Peer>,
    key: &str,
    question: NativeStoreQuestion,
) -> Result<NativeStoreAnswer, Error> {
    let method = match question {
        NativeStoreQuestion::Load | NativeStoreQuestion::LoadLocked { .. } => "load",
        NativeStoreQuestion::Lock { .. } => "lock",
        NativeStoreQuestion::CompareAndSwap { .. } => "compareAndSwap",
        NativeStoreQuestion::Release { .. } => "release",
        NativeStoreQuestion::Keys => "keys",
        NativeStoreQuestion::Eval { .. } => "eval",
    };
    let mut question = Question::put(peer, key.to_owned(), question);
    match (&mut question.answer).await {
        Ok(NativeStoreAnswer::Failed { kind, words, fault }) => {
            Err(foreign_failure(method, &kind, &words).with_source(Fault(fault)))
        }
        Ok(answer) => Ok(answer),
        Err(_) => Err(unanswered()),
    }
}

pub(crate) fn unanswered() -> Error {
    Error::store("the store gave no answer").with_advice("close the manager before the program ends")
}

fn record(answer: &NativeStoreAnswer) -> Result<Option<Record>, Error> {
    let NativeStoreAnswer::Text { text } = answer else {
        return Err(unanswered());
    };
    let text = text.as_ref();
    text.map(|text| Record::from_text(text.expose())).transpose()
}

fn text(record: Option<&Record>) -> Option<Secret> {
    let text = record?.text();
    text.as_text().map(Secret::from)
}

impl TokenStore for OwnStore {
    fn describe(&self) -> String {
        self.name.clone()
    }

    fn load<'a>(&'a self, key: &'a StoreKey) -> Later<'a, Option<Record>> {
        Box::pin(async move { record(&ask(&self.peer, &key.to_string(), NativeStoreQuestion::Load).await?) })
    }

    fn lock<'a>(&'a self, key: &'a StoreKey, patience: Duration) -> Later<'a, Box<dyn StoreLock>> {
        Box::pin(async move {
            let key = key.to_string();
            let seconds = patience.as_secs();
            let NativeStoreAnswer::Locked { lock } =
                ask(&self.peer, &key, NativeStoreQuestion::Lock { seconds }).await?
            else {
                return Err(unanswered());
            };
            Ok(Box::new(OwnLock {
                peer: Arc::clone(&self.peer),
                key,
                number: lock,
                released: false,
            }) as Box<dyn StoreLock>)
        })
    }
}

impl StoreLock for OwnLock {
    fn load(&mut self) -> Later<'_, Option<Record>> {
        Box::pin(async {
            let question = NativeStoreQuestion::LoadLocked { lock: self.number };
            record(&ask(&self.peer, &self.key, question).await?)
        })
    }

    fn compare_and_swap<'a>(
        &'a mut self,
        expected: Option<&'a Record>,
        new: Option<&'a Record>,
    ) -> Later<'a, bool> {
        Box::pin(async move {
            let question = NativeStoreQuestion::CompareAndSwap {
                lock: self.number,
                expected: text(expected),
                new: text(new),
            };
            match ask(&self.peer, &self.key, question).await? {
                NativeStoreAnswer::Swapped { swapped } => Ok(swapped),
                _ => Err(unanswered()),
            }
        })
    }

    fn unlock(mut self: Box<Self>) -> Later<'static, ()> {
        Box::pin(async move {
            self.released = true;
            let question = NativeStoreQuestion::Release { lock: self.number };
            ask(&self.peer, &self.key, question).await.map(drop)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    use tokio::sync::oneshot::channel;

    use super::{ASKED, NativeStoreAnswer, Question, answer_store};
    use crate::messages::{NativeStoreQuestion, Peer};

    #[test]
    fn a_lock_that_comes_just_when_nobody_waits_any_more_is_given_back() {
        const ROUNDS: u64 = 50_000;
        let peer = Arc::new(Peer::new(0));
        let (asked, answered) = (AtomicU64::new(0), AtomicU64::new(0));
        let mut lost = 0;
        thread::scope(|scope| {
            scope.spawn(|| {
                for number in 1..=ROUNDS {
                    let mut question = 0;
                    while question == 0 {
                        question = asked.swap(0, Ordering::AcqRel);
                    }
                    let was_taken = answer_store(question, NativeStoreAnswer::Locked { lock: 1 });
                    answered.store(number << 1 | u64::from(was_taken), Ordering::Release);
                }
            });
            for number in 1..=ROUNDS {
                let question = Question::put(&peer, String::new(), NativeStoreQuestion::Lock { seconds: 1 });
                asked.store(question.number, Ordering::Release);
                for _ in 0..number % 64 {
                    std::hint::spin_loop();
                }
                let first = question.number;
                drop(question);
                let mut seen = 0;
                while seen >> 1 != number {
                    seen = answered.load(Ordering::Acquire);
                }
                // What asks for its release has a number as well.
                let next = ASKED.keep(channel().0);
                ASKED.take(next);
                lost += u64::from(seen & 1 != next - first - 1);
            }
        });
        assert_eq!(lost, 0);
    }
}
