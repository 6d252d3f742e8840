//! What is kept of a token: enough to use it, to renew it and to know how long it lives.

use super::life::Life;
use crate::error::Error;
use crate::models::{Lasting, OauthAccessTokenResponse, ResponseType};
use crate::secret::Secret;

/// A profile's tokens, and what they belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredToken {
    /// Base URL of the API that the tokens are for.
    pub host: String,
    /// The app's id.
    pub app_id: String,
    /// Only if the person asked to keep it.
    pub app_secret: Option<Secret>,
    /// The person's name at Pinterest, where it is known.
    pub account: Option<String>,
    /// The scopes, separated by spaces or commas, where they are known.
    pub scope: Option<String>,
    /// The access token.
    pub access_token: Secret,
    /// How long it lives.
    pub access_life: Life,
    /// The refresh token, if there is one.
    pub refresh_token: Option<Secret>,
    /// How long it lives.
    pub refresh_life: Life,
    /// How many records of this profile came before it; 0 in one that an earlier release wrote.
    pub sequence: u64,
    /// The fingerprint of the token that it was issued in place of.
    pub replaces: Option<String>,
    /// The fingerprints of those that were used up before, the first and the last of them.
    pub spent: Vec<String>,
    /// The fingerprints of what logins gave, the first and the last of them: a program may come with one at each start,
    /// however many renewals later.
    pub logins: Vec<String>,
    /// Whether it is the app's own, by client credentials: it is renewed by asking for another.
    pub client_credentials: bool,
    /// The scopes that the app's own was asked for with, where they are known: Pinterest may give fewer.
    pub requested: Option<String>,
}

/// Why a text holds no record.
#[derive(Debug)]
pub(super) enum Unreadable {
    /// It is whole, and of a later release than this.
    Newer,
    /// It is none, or only a part of one; why.
    Broken(String),
    /// It is somebody's, and cannot be opened here, or must not be used: what to say. It is never moved.
    Sealed(Box<Error>),
}

impl Unreadable {
    /// What is wrong with the text, and nothing of it.
    pub(super) fn what(&self) -> &str {
        match self {
            Self::Newer => "a newer release of this program wrote it",
            Self::Broken(what) => what,
            Self::Sealed(error) => error.message(),
        }
    }
}

impl StoredToken {
    /// What to keep of a first answer. An end that no new token has counts as not told.
    pub fn new(host: String, app_id: String, token: OauthAccessTokenResponse, now: i64) -> Self {
        let in_seconds = |seconds| now.saturating_add(seconds);
        Self {
            host,
            app_id,
            app_secret: None,
            account: None,
            scope: token.scope,
            access_token: token.access_token,
            access_life: Life::new(now, [token.expires_in.map(in_seconds)]),
            refresh_token: token.refresh_token,
            refresh_life: Life::new(
                now,
                [
                    token.refresh_token_expires_at,
                    token.refresh_token_expires_in.map(in_seconds),
                ],
            ),
            sequence: 1,
            replaces: None,
            spent: Vec::new(),
            logins: Vec::new(),
            requested: None,
            client_credentials: token.response_type == Some(ResponseType::ClientCredentials),
        }
    }

    /// The same after a refresh. A refresh token that was not replaced stays (RFC 6749 section 6).
    #[must_use]
    pub fn renewed(&self, token: OauthAccessTokenResponse, now: i64) -> Self {
        let new = Self::new(self.host.clone(), self.app_id.clone(), token, now).following(Some(self));
        let lasting = Lasting {
            scope: new.scope,
            refresh_token: new.refresh_token,
            refresh_end: new.refresh_life,
        };
        let lasting = lasting.or(Lasting {
            scope: self.scope.clone(),
            refresh_token: self.refresh_token.clone(),
            refresh_end: self.refresh_life,
        });
        Self {
            app_secret: self.app_secret.clone(),
            account: self.account.clone(),
            scope: lasting.scope,
            refresh_token: lasting.refresh_token,
            refresh_life: lasting.refresh_end,
            client_credentials: self.client_credentials,
            requested: self.requested.clone(),
            logins: self.logins.clone(),
            ..new
        }
    }
}

/// A record with these tokens, in no chain yet.
#[cfg(test)]
pub(super) fn record(access: &str, refresh: Option<&str>) -> StoredToken {
    let life = Life {
        issued_at: 0,
        expires_at: None,
    };
    StoredToken {
        host: "https://h/v5".into(),
        app_id: "1".into(),
        app_secret: None,
        account: None,
        scope: None,
        access_token: access.into(),
        access_life: life,
        refresh_token: refresh.map(Into::into),
        refresh_life: life,
        sequence: 0,
        replaces: None,
        spent: Vec::new(),
        logins: Vec::new(),
        client_credentials: false,
        requested: None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::life::{LONGEST, Life};
    use super::StoredToken;
    use crate::models::{JsonObject, OauthAccessTokenResponse};

    fn answer(value: &Value) -> OauthAccessTokenResponse {
        let text = value.to_string();
        let object = JsonObject::parse(&text).unwrap();
        OauthAccessTokenResponse::parse(object, 0).unwrap()
    }

    fn first() -> StoredToken {
        let token = json!({"access_token": "a", "expires_in": 100, "scope": "pins:read",
                           "refresh_token": "r", "refresh_token_expires_in": 1000});
        StoredToken::new("https://h/v5".into(), "id".into(), answer(&token), 50)
    }

    #[test]
    fn what_was_written_is_read() {
        let mut token = first();
        (token.app_secret, token.spent) = (Some("s".into()), vec!["o".into()]);
        (token.logins, token.requested) = (vec!["o".into()], Some("pins:read".into()));
        token.account = Some("ada".into());
        // As editors and `cat` like it.
        assert!(token.to_json().as_bytes().ends_with(b"}\n"));
        assert_eq!(StoredToken::from_json(token.to_json().as_bytes()).unwrap(), token);
        assert_eq!(
            (token.access_life.expires_at, token.refresh_life.expires_at),
            (Some(150), Some(1050))
        );
    }

    #[test]
    fn a_refresh_keeps_what_it_does_not_replace() {
        let first = || StoredToken {
            app_secret: Some("s".into()),
            account: Some("ada".into()),
            ..first()
        };
        let renewed = first().renewed(answer(&json!({"access_token": "b"})), 60);
        assert_eq!(renewed.access_token.expose(), "b");
        assert_eq!(renewed.app_secret, first().app_secret);
        assert_eq!(renewed.account, first().account);
        assert_eq!(renewed.refresh_token, first().refresh_token);
        assert_eq!(renewed.refresh_life, first().refresh_life);
        assert_eq!(renewed.scope.as_deref(), Some("pins:read"));
        assert!(renewed.follows(Some(&first())));
        let rotated = first().renewed(answer(&json!({"access_token": "b", "refresh_token": "q"})), 60);
        assert_eq!(rotated.refresh_token.unwrap().expose(), "q");
        assert_eq!(rotated.refresh_life.expires_at, None);
    }

    #[test]
    fn an_end_that_no_new_token_has_is_not_believed() {
        let lives = |fields: Value| {
            let mut text = json!({"access_token": "a", "refresh_token": "r"});
            let text_fields = text.as_object_mut().unwrap();
            text_fields.extend(fields.as_object().unwrap().clone());
            let token = StoredToken::new(String::new(), String::new(), answer(&text), 1_700_000_000);
            let end = |life: Life| life.expires_at.map(|end| end - 1_700_000_000);
            (end(token.access_life), end(token.refresh_life))
        };
        for seconds in [i64::MIN, -5, 0, LONGEST + 1, i64::MAX] {
            let at = 1_700_000_000_i64.saturating_add(seconds);
            assert_eq!(lives(json!({"expires_in": seconds})), (None, None), "{seconds}");
            for refresh in [
                json!({"refresh_token_expires_in": seconds}),
                json!({"refresh_token_expires_at": at}),
            ] {
                assert_eq!(lives(refresh), (None, None), "{seconds}");
            }
            let both = json!({"refresh_token_expires_at": at, "refresh_token_expires_in": 60});
            assert_eq!(lives(both), (None, Some(60)), "{seconds}");
        }
        for seconds in [1, LONGEST] {
            let at = 1_700_000_000 + seconds;
            assert_eq!(
                lives(json!({"expires_in": seconds, "refresh_token_expires_at": at})),
                (Some(seconds), Some(seconds))
            );
        }
        // In milliseconds, by mistake.
        let late = json!({"refresh_token_expires_at": 1_730_000_000_000_i64});
        assert_eq!(lives(late), (None, None));
    }
}
