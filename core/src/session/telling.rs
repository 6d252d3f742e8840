//! What a manager gives out and says to the program, once the store has spoken.

use std::path::PathBuf;
use std::sync::RwLockWriteGuard;

use super::access_token::AccessToken;
use super::event::{TokenEvent, TokenEventKind};
use super::manager::TokenManager;
use super::memory::Memory;
use super::need::Need;
use crate::error::{Error, ErrorKind};
use crate::store::{Failure, StoredToken};

/// A person is to hear so many seconds before it is too late.
const SOON: i64 = 7 * 86_400;

impl TokenManager {
    /// Gives a token to everybody who asks from now on. One that was just issued is good, whatever the
    /// API said of it before.
    pub(super) fn publish(&self, token: &StoredToken, new: bool) -> AccessToken {
        let token = AccessToken::of(token);
        self.give(self.own.memory_mut(), &token, new);
        token
    }

    /// The same of a token that was read without the lock; none if others came here, or all was forgotten,
    /// since there were so many changes.
    pub(super) fn publish_read(&self, token: &StoredToken, changes: u64) -> Option<AccessToken> {
        let token = AccessToken::of(token);
        let memory = self.own.memory_mut();
        if memory.changes != changes {
            return None;
        }
        self.give(memory, &token, false);
        Some(token)
    }

    /// The same, of what was decided while nobody else changed what is known.
    pub(super) fn give(&self, mut memory: RwLockWriteGuard<'_, Memory>, token: &AccessToken, new: bool) {
        let now = self.now();
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
        memory.changes = memory.changes.wrapping_add(new.into());
        memory.token = Some(token.clone());
        memory.pause = 0..0;
        memory.failure = None;
        drop(memory);
        if new || is_other {
            self.tell(TokenEventKind::Refreshed, None, None);
        }
        let soon = |at: &i64| at.saturating_sub(now) <= SOON;
        if let Some(at) = token.last_chance().filter(soon) {
            self.tell_once(TokenEventKind::ReauthorizationSoon, None, Some(at));
        }
    }

    /// Says that a renewal failed, and does not try again for a while: not at all early if a person has to
    /// authorize.
    pub(super) fn failed(&self, error: &Error, need: Need) {
        let now = self.now();
        let mut memory = self.own.memory_mut();
        if error.kind() != ErrorKind::ReauthorizationRequired {
            let failure = Failure::after(memory.failure.as_ref(), now, error, need != Need::Early);
            memory.pause = now..failure.until;
            memory.failure = Some(failure);
            drop(memory);
            return self.tell(TokenEventKind::RefreshFailed, Some(error), None);
        }
        memory.pause = now..i64::MAX;
        memory.failure = None;
        drop(memory);
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
        memory.forget();
        known
    }

    /// Says where copies are of what was found beside the tokens.
    pub(super) fn tell_aside(&self, copies: &[PathBuf]) {
        if copies.is_empty() {
            return;
        }
        let copies: Vec<_> = copies.iter().map(|copy| copy.display().to_string()).collect();
        let (account, copies) = (self.name(), copies.join(", "));
        let error = Error::store(format!(
            "beside the tokens of the account `{account}` were others, or a part of some: they are in {copies}"
        ))
        .with_hint("if the store's tokens are refused, put the newest in their place; else remove them");
        self.tell(TokenEventKind::SetAside, Some(&error), None);
    }

    pub(super) fn tell(&self, kind: TokenEventKind, error: Option<&Error>, at: Option<i64>) {
        let mut event = TokenEvent::new(kind, self.name());
        event.error = error.cloned();
        event.at = at;
        self.shared.options.listener.tell(&event);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::{Arc, Mutex};
    use std::time::{Duration, UNIX_EPOCH};

    use super::super::need::Need;
    use super::super::options::TokenOptions;
    use super::TokenEventKind::{ReauthorizationNeeded, ReauthorizationSoon, RefreshFailed, Refreshed};
    use super::{SOON, TokenEvent, TokenEventKind, TokenManager};
    use crate::client::ApiClient;
    use crate::clock::Clock;
    use crate::configuration::Configuration;
    use crate::error::{Error, ErrorKind, Outcome};
    use crate::models::OauthAccessTokenResponse;
    use crate::store::{Account, MemoryStore, StoredToken};

    /// A manager, what it says, and a clock that is at 1000 seconds.
    struct World {
        tokens: TokenManager,
        heard: Arc<Mutex<Vec<TokenEvent>>>,
        seconds: Arc<AtomicU64>,
    }

    impl World {
        fn new() -> Self {
            let (heard, seconds) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicU64::new(1000)));
            let (hear, now) = (Arc::clone(&heard), Arc::clone(&seconds));
            let clock = Clock::new(move || UNIX_EPOCH + Duration::from_secs(now.load(Ordering::Relaxed)));
            let client = ApiClient::new(Configuration::new("1", "s").with_clock(clock)).unwrap();
            let options = TokenOptions::default()
                .with_listener(move |event: &TokenEvent| hear.lock().unwrap().push(event.clone()));
            let account = Account::new("a").unwrap();
            let tokens = TokenManager::with_options(client, MemoryStore::new(), account, options).unwrap();
            Self {
                tokens,
                heard,
                seconds,
            }
        }

        fn heard(&self) -> Vec<TokenEvent> {
            std::mem::take(&mut self.heard.lock().unwrap())
        }

        /// What is said of a token, and whether it is given out.
        fn publish(&self, token: &StoredToken, new: bool) -> (Vec<TokenEventKind>, bool) {
            self.tokens.publish(token, new);
            let kinds = self.heard().iter().map(|event| event.kind).collect();
            (kinds, self.tokens.fresh().is_some())
        }
    }

    fn token(access: &str, life: i64) -> StoredToken {
        let mut answer = OauthAccessTokenResponse::new(access);
        answer.expires_in = Some(life);
        StoredToken::new("https://h/v5".into(), "1".into(), answer, 1000)
    }

    #[test]
    fn what_was_refused_or_said_counts_until_there_are_other_tokens() {
        let world = World::new();
        let (one, two) = (token("pina_1", SOON), token("pina_2", SOON));
        // The first that is read is no news.
        assert_eq!(world.publish(&two, false), (vec![ReauthorizationSoon], true));
        assert_eq!(
            world.publish(&one, true),
            (vec![Refreshed, ReauthorizationSoon], true)
        );
        assert_eq!(world.publish(&one, false), (vec![], true));
        world.tokens.invalidate("pina_1");
        assert_eq!(world.publish(&one, false), (vec![], false));
        assert_eq!(
            world.publish(&two, false),
            (vec![Refreshed, ReauthorizationSoon], true)
        );
        world.tokens.invalidate("pina_2");
        assert_eq!(
            world.publish(&two, true),
            (vec![Refreshed, ReauthorizationSoon], true)
        );
        let later = token("pina_3", SOON + 1);
        assert_eq!(world.publish(&later, true), (vec![Refreshed], true));
    }

    #[test]
    fn who_keeps_copies_hears_whose_token_was_refused_and_of_no_other() {
        let (heard, client) = (
            Arc::new(Mutex::new(Vec::new())),
            World::new().tokens.shared.client.clone(),
        );
        let hear = Arc::clone(&heard);
        let options = TokenOptions::default().with_refusals(move |account| {
            hear.lock().unwrap().push(account.to_string());
        });
        let account = Account::new("a").unwrap();
        let tokens = TokenManager::with_options(client, MemoryStore::new(), account, options).unwrap();
        tokens.publish(&token("pina_1", SOON), true);
        tokens.invalidate("pina_0");
        assert!(heard.lock().unwrap().is_empty());
        assert!(tokens.refused("pina_1", 401, b""));
        assert_eq!(*heard.lock().unwrap(), ["a"]);
    }

    #[test]
    fn an_event_says_whose_tokens_why_and_when() {
        let world = World::new();
        world.publish(&token("pina_1", 10 * SOON), true);
        let down = Error::store("the database is down");
        let refused = Error::new(
            ErrorKind::ReauthorizationRequired,
            Outcome::Refused,
            "the refresh token is refused",
        );
        let end = Some(1000 + 10 * SOON);
        for (error, expected) in [
            (&down, &[(RefreshFailed, None)][..]),
            (&down, &[(RefreshFailed, None)]),
            (&refused, &[(ReauthorizationSoon, end)]),
            (&refused, &[]),
        ] {
            world.tokens.failed(error, Need::Early);
            let heard = world.heard();
            let seen: Vec<_> = heard.iter().map(|event| (event.kind, event.at)).collect();
            assert_eq!(seen, expected);
            for event in heard {
                assert_eq!(event.account.as_str(), "a");
                assert_eq!(event.error.unwrap().message(), error.message());
            }
        }
        world
            .seconds
            .fetch_add(10 * SOON.unsigned_abs(), Ordering::Relaxed);
        world.tokens.failed(&refused, Need::Now);
        let heard = world.heard();
        assert_eq!(
            (heard.len(), heard[0].kind, heard[0].at),
            (1, ReauthorizationNeeded, None)
        );
        world.tokens.failed(&refused, Need::Now);
        assert!(world.heard().is_empty());
    }
}
