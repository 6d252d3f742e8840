//! What a store keeps for an account: its tokens, and how their renewal stands.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

use super::failure::Failure;
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
        let Standing { asked, failure } = serde_json::from_str(text).unwrap_or_default();
        Ok(Self {
            token,
            asked,
            failure: failure.as_ref().and_then(Failure::from_json),
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
        self.text
            .clone()
            .unwrap_or_else(|| self.token.to_json_with(self.asked, self.failure.as_ref()))
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
    use super::Record;
    use crate::error::{Error, ErrorKind};

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
