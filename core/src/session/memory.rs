//! What a process knows of an account without asking the store.

use super::access_token::AccessToken;
use super::event::TokenEventKind;
use crate::secret::{Secret, same};
use crate::store::StoredToken;

/// What a process knows of an account.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The last token that was read or issued.
    pub(super) token: Option<AccessToken>,
    /// A token that the API refused: it is not given out again.
    pub(super) rejected: Option<Secret>,
    /// What took the place of a refused token, and when, in seconds since 1970.
    pub(super) replacement: Option<(AccessToken, i64)>,
    /// New tokens that the store has not taken yet.
    pub(super) unsaved: Option<StoredToken>,
    /// No early renewal before this, in seconds since 1970.
    pub(super) pause_until: i64,
    /// What was said last of a person who has to authorize again.
    pub(super) said: Option<(TokenEventKind, Option<i64>)>,
}

impl Memory {
    pub(super) fn rejects(&self, token: &str) -> bool {
        self.rejected
            .as_ref()
            .is_some_and(|rejected| same(rejected.expose(), token))
    }

    /// The token, if it can be used now.
    pub(super) fn valid(&self, now: i64) -> Option<&AccessToken> {
        self.token
            .as_ref()
            .filter(|token| !token.is_over(now) && !self.rejects(token.expose()))
    }

    /// The token, if it can be used and nothing is to be done.
    pub(super) fn fresh(&self, now: i64) -> Option<&AccessToken> {
        self.token
            .as_ref()
            .filter(|token| token.is_fresh(now) && self.rejected.is_none())
    }
}
