//! What a store keeps for an account: its tokens, and how their renewal stands.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

use super::failure::Failure;
use super::key::StoreKey;
use super::life::Life;
use super::stored_token::StoredToken;
use crate::body::Body;
use crate::error::Error;
use crate::models::OauthAccessTokenResponse;

/// What a store keeps for an account.
///
/// Its text is JSON in a form that every language and release reads: see `docs/token-records.md`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Record {
    /// The tokens, and what they belong to.
    pub token: StoredToken,
    /// Whether new tokens were asked for, and it is not known yet what came of it. Who finds this under
    /// the lock knows that whoever asked was cut off.
    pub asked: bool,
    /// The last renewal that failed, if none has worked since.
    pub failure: Option<Failure>,
    /// The key that it is kept for, as a text, if that is known.
    kept_for: Option<String>,
    /// The text that it was read from.
    text: Option<Body>,
}

impl Record {
    /// Tokens that nobody is renewing.
    pub fn new(token: StoredToken) -> Self {
        Self {
            token,
            asked: false,
            failure: None,
            kept_for: None,
            text: None,
        }
    }

    /// Reads what [`text`](Self::text) gave.
    ///
    /// # Errors
    ///
    /// `Store` if it is none, or a later release's. The text is not repeated.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        let token = StoredToken::from_json(text.as_bytes()).map_err(|error| {
            Error::store(format!("what the store keeps cannot be used: {}", error.what()))
                .with_hint("it is left as it is: look at it, or call `forget`, which removes it, and let the person authorize again")
                .with_source(Unread(Body::from(text)))
        })?;
        let Standing {
            asked,
            failure,
            kept_for,
        } = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
        Ok(Self {
            token,
            asked,
            failure: failure.as_ref().and_then(Failure::from_json),
            kept_for,
            text: Some(Body::from(text)),
        })
    }

    /// What is kept where [`from_text`](Self::from_text) gave this error: it stands for its text, to put something in its
    /// place, and its tokens are none.
    pub(crate) fn unread(error: &Error) -> Option<Self> {
        let Unread(text) = std::error::Error::source(error)?.downcast_ref()?;
        let nothing = OauthAccessTokenResponse::new("");
        let mut record = Self::new(StoredToken::new(String::new(), String::new(), nothing, 0));
        record.text = Some(text.clone());
        Some(record)
    }

    /// The text to keep, which holds the tokens: as it was read or, if it is new, as it is to be written.
    pub fn text(&self) -> Body {
        self.text.clone().unwrap_or_else(|| {
            self.token
                .to_json_with((self.asked, self.failure.as_ref(), self.kept_for.as_deref()))
        })
    }

    /// Refuses what is kept for another key: two keys are one to a store that does not tell upper case from lower. What
    /// says nothing of it, as an earlier release's does, is this one's from now on.
    ///
    /// # Errors
    ///
    /// `Store`, with what to do.
    pub(crate) fn claim(&mut self, key: &StoreKey) -> Result<(), Error> {
        let key = key.to_string();
        match &self.kept_for {
            Some(other) if *other != key => Err(Error::store(format!(
                "asked for the key `{key}` the store gave what it keeps for `{other}`"
            ))
            .with_hint(
                "let its keys tell upper case from lower (MySQL: COLLATE utf8mb4_bin), and be cut off nowhere; if \
                 somebody moved the record, take `kept_for` out of it",
            )),
            _ => {
                self.kept_for = Some(key);
                Ok(())
            }
        }
    }

    /// What comes in its place.
    pub(crate) fn renewed(&self, token: StoredToken) -> Self {
        Self {
            kept_for: self.kept_for.clone(),
            ..Self::new(token)
        }
    }

    /// The same tokens, with what is told of them once more: their scope, and ends that were not known so.
    pub(crate) fn told_anew(&self, again: &StoredToken) -> Self {
        let life = |known: Life, told: Life| match told.expires_at {
            end @ Some(_) if end != known.expires_at => told,
            _ => known,
        };
        let known = &self.token;
        let token = StoredToken {
            scope: again.scope.clone().or_else(|| known.scope.clone()),
            access_life: life(known.access_life, again.access_life),
            refresh_life: life(known.refresh_life, again.refresh_life),
            client_credentials: known.client_credentials || again.client_credentials,
            ..known.clone()
        };
        Self {
            token,
            text: None,
            ..self.clone()
        }
    }

    /// The same tokens, while new ones are asked for.
    pub(crate) fn asking(&self) -> Self {
        Self {
            asked: true,
            text: None,
            ..self.clone()
        }
    }

    /// The same tokens, after a renewal that failed.
    pub(crate) fn failed(&self, asked: bool, failure: Option<Failure>) -> Self {
        Self {
            asked,
            failure,
            text: None,
            ..self.clone()
        }
    }
}

/// A text that is no record. It may hold tokens, and is not shown.
struct Unread(Body);

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what the store keeps")
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for Unread {}

/// How a renewal stands, in a record's text.
#[derive(Default)]
struct Standing {
    asked: bool,
    failure: Option<Value>,
    kept_for: Option<String>,
}

impl<'de> Deserialize<'de> for Standing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Standing;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Standing, A::Error> {
                let mut standing = Standing::default();
                while let Some(name) = map.next_key::<String>()? {
                    match name.as_str() {
                        "asked" => standing.asked = map.next_value::<Value>()? != Value::Bool(false),
                        "failure" => standing.failure = map.next_value()?,
                        "kept_for" => {
                            standing.kept_for = map.next_value::<Value>()?.as_str().map(str::to_owned);
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                Ok(standing)
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::super::failure::Failure;
    use super::super::stored_token::record;
    use super::{Life, Record, StoreKey};
    use crate::error::{Error, ErrorKind};

    #[test]
    fn an_end_that_is_told_once_more_does_not_begin_a_life_anew() {
        let life = |issued_at, expires_at| Life {
            issued_at,
            expires_at,
        };
        let mut known = record("a", None);
        known.access_life = life(100, Some(200));
        for (told, expected) in [
            (life(150, Some(200)), life(100, Some(200))),
            (life(150, Some(300)), life(150, Some(300))),
            (life(150, None), life(100, Some(200))),
        ] {
            let again = Record::new(known.clone()).told_anew(&super::StoredToken {
                access_life: told,
                ..known.clone()
            });
            assert_eq!(again.token.access_life, expected);
        }
    }

    #[test]
    fn what_is_told_once_more_is_added_and_takes_nothing_away() {
        let bare = Record::from_text(record("a", Some("r")).to_json().as_text().unwrap()).unwrap();
        let told = super::StoredToken {
            scope: Some("pins:read".into()),
            refresh_life: Life {
                issued_at: 100,
                expires_at: Some(900),
            },
            client_credentials: true,
            ..bare.token.clone()
        };
        let known = bare.told_anew(&told);
        assert_eq!(known.token, told);
        // What is written is what is known now, and not the text that it was read from.
        let written = Record::from_text(known.text().as_text().unwrap()).unwrap();
        assert_eq!(written.token, told);
        assert_eq!(written.told_anew(&bare.token).token, told);
    }

    #[test]
    fn a_record_is_read_as_it_was_written_and_keeps_its_text() {
        let failure = Failure::after(None, 7, &Error::protocol("x"), true);
        let written = Record::new(record("a", Some("r"))).failed(true, Some(failure.clone()));
        let text = written.text();
        let read = Record::from_text(text.as_text().unwrap()).unwrap();
        assert_eq!((read.asked, read.failure), (true, Some(failure)));
        assert_eq!(read.token, record("a", Some("r")));
        // A store may have put white space or fields of its own in it.
        let other = format!(" {}", text.as_text().unwrap());
        assert_eq!(Record::from_text(&other).unwrap().text().as_text(), Some(&*other));
        assert!(!Record::from_text(&other).unwrap().failed(false, None).asked);
        // Or an editor the mark before it, which hides nothing of what it says.
        let marked = Record::from_text(&format!("\u{feff}{}", text.as_text().unwrap())).unwrap();
        assert!(marked.asked && marked.failure.is_some());
    }

    #[test]
    fn what_is_kept_for_another_key_is_refused() {
        let key = |account: &str| StoreKey::new("https://h/v5", "1", account.parse().unwrap());
        let mut new = Record::new(record("a", None));
        assert!(new.claim(&key("shop")).is_ok());
        let text = new.renewed(record("b", None)).failed(true, None).text();
        let mut read = Record::from_text(text.as_text().unwrap()).unwrap();
        assert!(read.claim(&key("shop")).is_ok());
        let error = read.claim(&key("Shop")).unwrap_err();
        assert!(error.message().contains("`https://h/v5 1 shop`"), "{error}");
        assert!(error.hint().unwrap().contains("COLLATE"), "{error}");
        // An earlier release's, whose text stays as it is until there is another.
        let text = record("a", None).to_json();
        let mut old = Record::from_text(text.as_text().unwrap()).unwrap();
        assert!(old.claim(&key("Shop")).is_ok());
        assert_eq!(old.text(), text);
        assert!(old.asking().text().as_text().unwrap().contains("1 Shop"));
    }

    #[test]
    fn what_is_no_record_is_refused_and_not_repeated() {
        let error = Record::from_text("pina_canary").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Store);
        let source = std::error::Error::source(&error).unwrap();
        assert!(!format!("{error} {error:?} {source} {source:?}").contains("canary"));
        assert_eq!(
            Record::unread(&error).unwrap().text().as_text(),
            Some("pina_canary")
        );
        assert!(Record::unread(&Error::store("x")).is_none());
    }
}
