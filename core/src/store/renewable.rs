//! Whether there is something that renews a token.

use super::stored_token::StoredToken;

impl StoredToken {
    /// Whether new tokens can be had without a person: by a refresh token that has not expired, or, of an
    /// app's own, by its credentials.
    pub fn is_renewable(&self, now: i64) -> bool {
        self.client_credentials || (self.refresh_token.is_some() && !self.refresh_life.is_over(now))
    }
}

#[cfg(test)]
mod tests {
    use super::StoredToken;
    use crate::models::OauthAccessTokenResponse;

    #[test]
    fn a_token_is_renewable_while_its_refresh_token_lives_and_an_apps_own_for_ever() {
        let mut answer = OauthAccessTokenResponse::new("pina_a");
        answer.expires_in = Some(60);
        let without = StoredToken::new("https://h/v5".into(), "1".into(), answer.clone(), 0);
        assert!(!without.is_renewable(0));
        answer.refresh_token = Some("pinr_a".into());
        answer.refresh_token_expires_in = Some(120);
        let with = StoredToken::new("https://h/v5".into(), "1".into(), answer, 0);
        assert!(with.is_renewable(119) && !with.is_renewable(120));
        let own = StoredToken {
            client_credentials: true,
            ..without
        };
        assert!(own.is_renewable(i64::MAX));
    }
}
