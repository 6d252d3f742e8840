//! What a refresh's answer leaves out stays as it was.

use crate::secret::Secret;

/// What of a token may outlast it, with what is known of the refresh token's end.
pub(crate) struct Lasting<E> {
    pub(crate) scope: Option<String>,
    pub(crate) refresh_token: Option<Secret>,
    pub(crate) refresh_end: E,
}

impl<E> Lasting<E> {
    /// The same after a refresh (RFC 6749 section 6): what is missing is the old one's. A refresh token's end
    /// goes with it: the one that came without a token says nothing of the old, nor the old one of a new token.
    pub(crate) fn or(self, old: Self) -> Self {
        let scope = self.scope.or(old.scope);
        match self.refresh_token.filter(|token| !token.is_empty()) {
            None => Self { scope, ..old },
            refresh_token => Self {
                scope,
                refresh_token,
                ..self
            },
        }
    }
}
