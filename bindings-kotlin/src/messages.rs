//! What the core tells Kotlin without being asked. It comes out of the same queue as the calls' outcomes.

use uniffi::Lower;

use crate::UniFfiTag;
use crate::entry::send;
use crate::token_models::NativeTokenEvent;

/// A message. It is for what Kotlin keeps for a manager, by its number.
#[derive(Debug, uniffi::Enum)]
#[allow(clippy::large_enum_variant)] // It crosses the border field by field; a box would not.
pub enum NativeMessage {
    /// Something happened to an account's tokens.
    Event { peer: u64, event: NativeTokenEvent },
    /// The manager has ended, with all that it had begun.
    Gone { peer: u64 },
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
    send(bytes);
}
