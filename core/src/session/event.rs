//! What a manager tells a program while it keeps tokens fresh.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::error::Error;
use crate::store::Account;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenEventKind {
    /// There is a new token, of this program or another.
    Refreshed,
    /// A renewal failed; [`TokenEvent::error`] says why. A token that is valid is given out as before.
    RefreshFailed,
    /// There is a new token, and the store does not take it; it is tried again.
    NotKept,
    /// Beside the tokens are others that could not be read or ranked, or are another app's: they were kept, and
    /// [`TokenEvent::error`] says where.
    SetAside,
    /// A person has to authorize again before [`TokenEvent::at`], unless the token is renewed by then.
    ReauthorizationSoon,
    /// A person has to authorize again: nothing can be renewed any more.
    ReauthorizationNeeded,
}

impl TokenEventKind {
    /// The kind's name, stable across releases and languages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Refreshed => "Refreshed",
            Self::RefreshFailed => "RefreshFailed",
            Self::NotKept => "NotKept",
            Self::SetAside => "SetAside",
            Self::ReauthorizationSoon => "ReauthorizationSoon",
            Self::ReauthorizationNeeded => "ReauthorizationNeeded",
        }
    }
}

/// What happened to an account's tokens.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TokenEvent {
    /// What happened.
    pub kind: TokenEventKind,
    /// Whose tokens.
    pub account: Account,
    /// Why, of the kinds that are about an error.
    pub error: Option<Error>,
    /// When, in seconds since 1970, of what is to come.
    pub at: Option<i64>,
}

impl TokenEvent {
    pub(super) fn new(kind: TokenEventKind, account: &Account) -> Self {
        Self {
            kind,
            account: account.clone(),
            error: None,
            at: None,
        }
    }
}

/// Who hears of events, or of something else.
#[derive(Clone)]
pub(super) struct Listener<T = TokenEvent>(Option<Arc<Hear<T>>>);

type Hear<T> = dyn Fn(&T) + Send + Sync;

impl<T> Default for Listener<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Listener<T> {
    pub(super) fn new(hear: impl Fn(&T) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(hear)))
    }

    /// Tells it; what it does with it harms nobody.
    pub(super) fn tell(&self, event: &T) {
        if let Some(hear) = &self.0 {
            let _ = catch_unwind(AssertUnwindSafe(|| hear(event)));
        }
    }
}

impl<T> fmt::Debug for Listener<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Listener" } else { "none" })
    }
}

#[cfg(test)]
mod tests {
    use super::{Listener, TokenEventKind};

    #[test]
    fn kinds_have_their_names_and_a_listener_is_shown_as_one() {
        for kind in [
            TokenEventKind::Refreshed,
            TokenEventKind::RefreshFailed,
            TokenEventKind::NotKept,
            TokenEventKind::SetAside,
            TokenEventKind::ReauthorizationSoon,
            TokenEventKind::ReauthorizationNeeded,
        ] {
            assert_eq!(kind.name(), format!("{kind:?}"));
        }
        let shown = format!("{:?} {:?}", Listener::<u8>::default(), Listener::new(|_: &u8| {}));
        assert_eq!(shown, "none Listener");
    }
}
