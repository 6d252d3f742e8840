//! Whether an answer of the API is its token's fault, so that another one may help.

use super::manager::TokenManager;
use super::memory::Memory;
use crate::refusal::blames_token;
use crate::secret::same;

/// For so many seconds a token that took the place of a refused one is not blamed: what refuses that as well
/// has another reason.
const INNOCENT: u64 = 60;

impl TokenManager {
    /// Says how the API answered a request with a token: whether the same request may do better with another
    /// one, which [`access_token`](Self::access_token) gives then. The token was [invalidated](Self::invalidate)
    /// in that case.
    ///
    /// That is so for a 401, unless Pinterest's code says that the token is good and lacks a scope (3) or
    /// that the app may not do this (29); and unless the token has taken the place of a refused one within
    /// the last minute. Nothing is asked for here, and any other answer costs nothing: it need not have its
    /// `body` read. What is no status blames nothing.
    pub fn refused(&self, token: &str, status: impl TryInto<u16>, body: &[u8]) -> bool {
        let blames = |status| blames_token(status, body);
        if !status.try_into().is_ok_and(blames) || self.own.memory().is_innocent(token, self.now()) {
            return false;
        }
        self.invalidate(token);
        true
    }
}

impl Memory {
    fn is_innocent(&self, token: &str, now: i64) -> bool {
        self.replacement
            .as_ref()
            .is_some_and(|(known, since)| same(known.expose(), token) && now.abs_diff(*since) < INNOCENT)
    }
}
