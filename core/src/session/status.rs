//! How an account's tokens stand.

use super::memory::Memory;
use crate::store::{Failure, Life, Record};

/// What can be done with an account's tokens now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenState {
    /// Valid.
    Fresh,
    /// Valid, and to be renewed.
    Stale,
    /// Not valid, and renewed when it is asked for.
    Expired,
    /// Not valid, and nothing renews it: a person has to authorize again.
    ReauthorizationRequired,
}

impl TokenState {
    /// The state's name, stable across releases and languages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fresh => "Fresh",
            Self::Stale => "Stale",
            Self::Expired => "Expired",
            Self::ReauthorizationRequired => "ReauthorizationRequired",
        }
    }
}

/// How an account's tokens stand. It holds no secret.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TokenStatus {
    /// What can be done with them.
    pub state: TokenState,
    /// The scopes, separated by spaces or commas, if known.
    pub scope: Option<String>,
    /// When the access token was issued and expires; none without one.
    pub access_life: Option<Life>,
    /// The same of the refresh token.
    pub refresh_life: Option<Life>,
    /// The last renewal that failed, if none has worked since.
    pub failure: Option<Failure>,
    /// Whether new tokens were asked for, and whoever asked has not said yet what came of it.
    pub asked: bool,
    /// Whether newer tokens than the store's are in this process alone.
    pub unsaved: bool,
    /// What the store is, and where.
    pub store: String,
}

impl TokenStatus {
    pub(super) fn new(record: Option<&Record>, memory: &Memory, store: String, now: i64) -> Self {
        // What the store has not taken yet is newer than what it has.
        let unsaved = memory.unsaved.as_ref().map(|unsaved| &unsaved.token);
        let token = unsaved.or(record.map(|record| &record.token));
        let failure = record.and_then(|record| record.failure.clone());
        let state = match token {
            Some(token)
                if !token.access_life.is_over(now) && !memory.rejects(token.access_token.expose()) =>
            {
                if token.access_life.is_ending(now) {
                    TokenState::Stale
                } else {
                    TokenState::Fresh
                }
            }
            Some(token) if token.is_renewable(failure.as_ref(), now) => TokenState::Expired,
            _ => TokenState::ReauthorizationRequired,
        };
        Self {
            state,
            scope: token.and_then(|token| token.scope.clone()),
            access_life: token.map(|token| token.access_life),
            refresh_life: token.and_then(|token| token.refresh_token.as_ref().map(|_| token.refresh_life)),
            failure,
            asked: record.is_some_and(|record| record.asked),
            unsaved: memory.unsaved.is_some(),
            store,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory::{Memory, Unsaved};
    use super::TokenState::{self, Expired, Fresh, ReauthorizationRequired, Stale};
    use super::TokenStatus;
    use crate::error::Error;
    use crate::models::OauthAccessTokenResponse;
    use crate::store::{Failure, Record, StoredToken};

    /// A token of an hour, and perhaps a refresh token of two.
    fn token(refresh: Option<&str>) -> StoredToken {
        let mut answer = OauthAccessTokenResponse::new("pina_a");
        answer.expires_in = Some(3600);
        answer.refresh_token = refresh.map(Into::into);
        answer.refresh_token_expires_in = Some(7200);
        StoredToken::new("https://h/v5".into(), "1".into(), answer, 0)
    }

    fn status(record: Option<&Record>, now: i64) -> TokenStatus {
        TokenStatus::new(record, &Memory::default(), "memory".into(), now)
    }

    #[test]
    fn a_state_says_what_can_be_done() {
        let renewable = Record::new(token(Some("pinr.a")));
        let alone = Record::new(token(None));
        let own = Record::new(StoredToken {
            client_credentials: true,
            ..token(None)
        });
        let failure = Failure::after(None, 0, &Error::protocol("x"), true);
        let failed = renewable.failed(true, Some(failure.clone()));
        let refused = failure.refusing(renewable.token.fingerprint());
        let refused = renewable.failed(false, Some(refused));
        for (record, states) in [
            (&renewable, [Fresh, Stale, Expired, ReauthorizationRequired]),
            (&failed, [Fresh, Stale, Expired, ReauthorizationRequired]),
            (
                &alone,
                [Fresh, Stale, ReauthorizationRequired, ReauthorizationRequired],
            ),
            (
                &refused,
                [Fresh, Stale, ReauthorizationRequired, ReauthorizationRequired],
            ),
            (&own, [Fresh, Stale, Expired, Expired]),
        ] {
            let seen = [0, 3240, 3600, 7200].map(|now| status(Some(record), now).state);
            assert_eq!(seen, states, "{record:?}");
        }
        let seen = status(Some(&failed), 0);
        assert!(seen.asked && seen.failure.is_some() && seen.refresh_life.is_some());
        let seen = status(Some(&alone), 0);
        assert!(!seen.asked && seen.failure.is_none() && seen.refresh_life.is_none());
        assert_eq!(seen.access_life, Some(alone.token.access_life));
    }

    #[test]
    fn without_tokens_a_person_has_to_authorize() {
        let seen = status(None, 0);
        assert_eq!(seen.state, ReauthorizationRequired);
        assert!(!seen.asked && !seen.unsaved && seen.access_life.is_none() && seen.refresh_life.is_none());
        let memory = Memory {
            rejected: Some("pina_a".into()),
            unsaved: Some(Unsaved::renewed(token(None))),
            ..Memory::default()
        };
        let seen = TokenStatus::new(Some(&Record::new(token(None))), &memory, "memory".into(), 0);
        assert_eq!((seen.state, seen.unsaved), (ReauthorizationRequired, true));
    }

    #[test]
    fn tokens_that_are_not_kept_yet_need_nobody_to_authorize() {
        let memory = Memory {
            unsaved: Some(Unsaved::adopted(token(Some("pinr.b")), 1)),
            ..Memory::default()
        };
        for record in [None, Some(&Record::new(token(None)))] {
            let seen = TokenStatus::new(record, &memory, "memory".into(), 3600);
            assert_eq!((seen.state, seen.unsaved), (Expired, true));
            assert!(seen.refresh_life.is_some());
        }
    }

    #[test]
    fn states_have_their_names() {
        for state in [Fresh, Stale, Expired, ReauthorizationRequired] {
            assert_eq!(TokenState::name(state), format!("{state:?}"));
        }
    }
}
