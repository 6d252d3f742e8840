//! What the core tells Kotlin without being asked. It comes out of the same queue as the calls' outcomes.

use pinterest_sdk::Secret;
use uniffi::Lower;

use crate::UniFfiTag;
use crate::queue::QUEUE;
use crate::token_models::NativeTokenEvent;

/// In place of a call's number: what comes is a message.
const MESSAGE: u64 = u64::MAX;

/// A message. It is for what Kotlin keeps for a manager, by its number.
#[derive(Debug, uniffi::Enum)]
#[allow(clippy::large_enum_variant)] // It crosses the border field by field; a box would not.
pub enum NativeMessage {
    /// Something happened to an account's tokens.
    Event { peer: u64, event: NativeTokenEvent },
    /// The API refused a token of an account: what Kotlin knows of it counts no more.
    Refused { peer: u64, account: String },
    /// A question to the program's own store; the key is that of the tokens.
    Ask {
        peer: u64,
        number: u64,
        key: String,
        question: NativeStoreQuestion,
    },
    /// Nobody waits for the answer any more.
    NeverMind { peer: u64, number: u64 },
    /// The manager has ended, with all that it had begun.
    Gone { peer: u64 },
}

/// What a store is asked; the texts are records'.
#[derive(Debug, uniffi::Enum)]
pub enum NativeStoreQuestion {
    Load,
    /// Waits up to so many seconds.
    Lock {
        seconds: u64,
    },
    LoadLocked {
        lock: u64,
    },
    CompareAndSwap {
        lock: u64,
        expected: Option<Secret>,
        new: Option<Secret>,
    },
    Release {
        lock: u64,
    },
    /// What seals files, in Base64, the current one first.
    Keys,
    /// A script for Redis.
    Eval {
        script: String,
        keys: Vec<String>,
        args: Vec<Secret>,
    },
}

/// What Kotlin keeps for a manager; it is told when nobody needs it any more.
#[derive(Debug)]
pub(crate) struct Peer(u64);

impl Peer {
    pub(crate) fn new(number: u64) -> Self {
        Self(number)
    }

    pub(crate) fn number(&self) -> u64 {
        self.0
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        tell(NativeMessage::Gone { peer: self.0 });
    }
}

/// Sends a message on its way; nobody waits for it.
pub(crate) fn tell(message: NativeMessage) {
    let mut bytes = Vec::with_capacity(256);
    <NativeMessage as Lower<UniFfiTag>>::write(message, &mut bytes);
    if let Some(queue) = QUEUE.get() {
        queue.send(MESSAGE, bytes);
    }
}
