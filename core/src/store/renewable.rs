//! Whether there is something that renews a token.

use super::failure::Failure;
use super::stored_token::StoredToken;
use crate::scope::Scope;

impl StoredToken {
    /// Whether new tokens can be had without a person: by a refresh token that has not expired and was not
    /// [refused](Self::is_refused), or, of an app's own, by its credentials. `failure` is the last renewal that failed.
    pub fn is_renewable(&self, failure: Option<&Failure>, now: i64) -> bool {
        let is_over =
            self.refresh_life.is_over(now) || failure.is_some_and(|failure| self.is_refused(failure));
        self.client_credentials || (self.refresh_token.is_some() && !is_over)
    }

    /// Whether there is, or was, something that renews them: they may be used up, which access tokens alone are not.
    pub(crate) fn renews(&self) -> bool {
        self.client_credentials || self.refresh_token.is_some()
    }

    /// Whether it was this refresh token that was refused for good: it is not sent again, unless somebody asks for it.
    pub fn is_refused(&self, failure: &Failure) -> bool {
        failure.refused.as_ref() == Some(&self.fingerprint())
    }

    /// Whether it is the app's own and neither has nor was asked for with one of these scopes. One of which neither is
    /// known counts as having all.
    pub(crate) fn lacks(&self, scopes: &str) -> bool {
        let lists = [self.scope.as_deref(), self.requested.as_deref()];
        let had: Vec<Scope> = lists.into_iter().flatten().flat_map(Scope::parse_list).collect();
        let lacking = |scope| !had.contains(scope);
        self.client_credentials && !had.is_empty() && Scope::parse_list(scopes).iter().any(lacking)
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, StoredToken};
    use crate::error::{Error, Outcome};
    use crate::models::OauthAccessTokenResponse;
    use crate::stop::Phase;

    #[test]
    fn a_token_is_renewable_while_its_refresh_token_lives_and_an_apps_own_for_ever() {
        let mut answer = OauthAccessTokenResponse::new("pina_a");
        answer.expires_in = Some(60);
        let without = StoredToken::new("https://h/v5".into(), "1".into(), answer.clone(), 0);
        assert!(!without.is_renewable(None, 0));
        answer.refresh_token = Some("pinr_a".into());
        answer.refresh_token_expires_in = Some(120);
        let with = StoredToken::new("https://h/v5".into(), "1".into(), answer, 0);
        assert!(with.is_renewable(None, 119) && !with.is_renewable(None, 120));
        let refused = |token: &StoredToken| {
            let error = Error::network(Phase::Timeout, Outcome::Unknown, String::new());
            Failure::after(None, 0, &error, true).refusing(token.fingerprint())
        };
        assert!(
            !with.is_renewable(Some(&refused(&with)), 0) && with.is_renewable(Some(&refused(&without)), 0)
        );
        let own = StoredToken {
            client_credentials: true,
            ..without
        };
        assert!(own.is_renewable(Some(&refused(&own)), i64::MAX));
    }
}
