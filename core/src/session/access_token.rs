//! An access token as a manager gives it out.

use std::sync::Arc;

use crate::random;
use crate::secret::Secret;
use crate::store::StoredToken;

/// A valid access token. Clones share its text.
#[derive(Debug, Clone)]
pub struct AccessToken(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    secret: Secret,
    scope: Option<String>,
    expires_at: Option<i64>,
    stale_at: i64,
    refresh_expires_at: Option<i64>,
    renewable: bool,
}

impl AccessToken {
    /// The token of a record. When it is to be renewed is a little different for each process, so that
    /// they do not all come at once.
    pub(super) fn of(token: &StoredToken) -> Self {
        let early = token.access_life.early().unwrap_or_default();
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // At most a day.
        let early = (early as f64 * (0.6 + 0.4 * random::jitter())) as i64;
        let expires_at = token.access_life.expires_at;
        Self(Arc::new(Inner {
            secret: token.access_token.clone(),
            scope: token.scope.clone(),
            expires_at,
            stale_at: expires_at.map_or(i64::MAX, |end| end.saturating_sub(early)),
            refresh_expires_at: token.refresh_token.as_ref().and(token.refresh_life.expires_at),
            renewable: token.client_credentials || token.refresh_token.is_some(),
        }))
    }

    /// The token itself.
    pub fn expose(&self) -> &str {
        self.0.secret.expose()
    }

    /// The scopes that it has, separated by spaces or commas, if Pinterest said.
    pub fn scope(&self) -> Option<&str> {
        self.0.scope.as_deref()
    }

    /// When it expires, in seconds since 1970, if Pinterest said.
    pub fn expires_at(&self) -> Option<i64> {
        self.0.expires_at
    }

    /// When it is to be renewed, in seconds since 1970: until then it can be used without asking again.
    /// [`i64::MAX`] if nobody knows its end.
    pub fn fresh_until(&self) -> i64 {
        self.0.stale_at
    }

    pub(super) fn is_fresh(&self, now: i64) -> bool {
        now < self.0.stale_at
    }

    pub(super) fn is_over(&self, now: i64) -> bool {
        self.0.expires_at.is_some_and(|end| end <= now)
    }

    pub(super) fn is_renewable(&self) -> bool {
        self.0.renewable
    }

    /// When a person has to authorize again unless it is renewed before, if that is known.
    pub(super) fn last_chance(&self) -> Option<i64> {
        if self.0.renewable {
            self.0.refresh_expires_at
        } else {
            self.0.expires_at
        }
    }
}

#[cfg(test)]
mod tests {
    use super::AccessToken;
    use crate::models::OauthAccessTokenResponse;
    use crate::store::StoredToken;

    #[test]
    fn processes_renew_within_the_last_day_and_not_all_at_once() {
        let mut answer = OauthAccessTokenResponse::new("pina_a");
        answer.expires_in = Some(2_592_000);
        let token = StoredToken::new("https://h/v5".into(), "1".into(), answer, 0);
        let early: Vec<i64> = (0..500)
            .map(|_| 2_592_000 - AccessToken::of(&token).fresh_until())
            .collect();
        assert!(
            early.iter().all(|early| (69_120..=86_400).contains(early)),
            "{early:?}"
        );
        assert!(early.iter().any(|early| *early < 72_000) && early.iter().any(|early| *early > 83_000));
    }

    #[test]
    fn a_token_knows_its_end_and_what_comes_after_it() {
        let token = |life: Option<i64>, refresh_life: Option<i64>, client_credentials| {
            let mut answer = OauthAccessTokenResponse::new("pina_a");
            answer.expires_in = life;
            answer.refresh_token = refresh_life.map(|_| "pinr.a".into());
            answer.refresh_token_expires_in = refresh_life;
            let token = StoredToken::new("https://h/v5".into(), "1".into(), answer, 0);
            AccessToken::of(&StoredToken {
                client_credentials,
                ..token
            })
        };
        let endless = token(None, None, false);
        assert_eq!((endless.expires_at(), endless.fresh_until()), (None, i64::MAX));
        assert!(endless.is_fresh(i64::MAX - 1) && !endless.is_over(i64::MAX) && !endless.is_renewable());
        let alone = token(Some(1000), None, false);
        assert_eq!(
            (alone.expires_at(), alone.last_chance()),
            (Some(1000), Some(1000))
        );
        assert!(!alone.is_renewable() && !alone.is_over(999) && alone.is_over(1000));
        assert!(alone.is_fresh(alone.fresh_until() - 1) && !alone.is_fresh(alone.fresh_until()));
        // One that lives for a minute is not renewed at once.
        let short = token(Some(60), Some(9000), false);
        assert!((30..=42).contains(&short.fresh_until()) && short.is_fresh(29));
        let renewable = token(Some(1000), Some(9000), false);
        assert!(renewable.is_renewable());
        assert_eq!(renewable.last_chance(), Some(9000));
        let own = token(Some(1000), None, true);
        assert!(own.is_renewable());
        assert_eq!(own.last_chance(), None);
    }
}
