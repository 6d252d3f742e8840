//! What a manager gives out and says to the program, once the store has spoken.

use super::access_token::AccessToken;
use super::event::{TokenEvent, TokenEventKind};
use super::manager::TokenManager;
use super::memory::Memory;
use super::need::Need;
use crate::error::{Error, ErrorKind};
use crate::store::StoredToken;

/// A person is to hear so many seconds before it is too late.
const SOON: i64 = 7 * 86_400;
impl TokenManager {
    /// Gives a token to everybody who asks from now on. One that was just issued is good, whatever the
    /// API said of it before.
    pub(super) fn publish(&self, token: &StoredToken, new: bool) -> AccessToken {
        let (token, now) = (AccessToken::of(token), self.now());
        let mut memory = self.own.memory_mut();
        let is_other = memory
            .token
            .as_ref()
            .is_some_and(|old| old.expose() != token.expose());
        if (new || !memory.rejects(token.expose())) && memory.rejected.take().is_some() {
            memory.replacement = Some((token.clone(), now));
        }
        if new || is_other {
            memory.said = None;
        }
        memory.token = Some(token.clone());
        memory.pause_until = 0;
        drop(memory);
        if new || is_other {
            self.tell(TokenEventKind::Refreshed, None, None);
        }
        let soon = |at: &i64| at.saturating_sub(now) <= SOON;
        if let Some(at) = token.last_chance().filter(soon) {
            self.tell_once(TokenEventKind::ReauthorizationSoon, None, Some(at));
        }
        token
    }

    /// Says that a renewal failed, and does not try an early one again for a while: not at all if a person
    /// has to authorize.
    pub(super) fn failed(&self, need: Need, error: &Error) {
        let now = self.now();
        if error.kind() != ErrorKind::ReauthorizationRequired {
            if need == Need::Early {
                let wait = error
                    .retry_after()
                    .map_or(60, |wait| wait.as_secs().clamp(60, 3600));
                self.own.memory_mut().pause_until = now.saturating_add_unsigned(wait);
            }
            return self.tell(TokenEventKind::RefreshFailed, Some(error), None);
        }
        self.own.memory_mut().pause_until = i64::MAX;
        let valid = self.own.memory().valid(now).map(AccessToken::expires_at);
        match valid {
            Some(end) => self.tell_once(TokenEventKind::ReauthorizationSoon, Some(error), end),
            None => self.tell_once(TokenEventKind::ReauthorizationNeeded, Some(error), None),
        }
    }

    /// Says what need not be said again, until there are other tokens.
    fn tell_once(&self, kind: TokenEventKind, error: Option<&Error>, at: Option<i64>) {
        if self.own.memory_mut().said.replace((kind, at)) != Some((kind, at)) {
            self.tell(kind, error, at);
        }
    }

    /// Gives nothing out any more; whether there was something.
    pub(super) fn forget_here(&self) -> bool {
        let mut memory = self.own.memory_mut();
        let known = memory.token.is_some();
        *memory = Memory::default();
        known
    }

    pub(super) fn tell(&self, kind: TokenEventKind, error: Option<&Error>, at: Option<i64>) {
        let mut event = TokenEvent::new(kind, self.name());
        event.error = error.cloned();
        event.at = at;
        self.shared.options.listener.tell(&event);
    }
}
