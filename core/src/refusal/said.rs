//! What an answer says of a refusal, in whosever words.

use super::error_object::ErrorObject;
use super::foreign_object::ForeignObject;
use super::verdict;
use crate::error::{ErrorKind, Outcome};
use crate::transport::Answer;

/// What an answer says of a refusal.
pub(super) enum Said {
    /// An object with a code, as Pinterest's have.
    Pinterests(ErrorObject),
    /// Another server's.
    Another(ForeignObject),
    /// No error object.
    Nothing,
}

impl Said {
    /// What an answer says whose status is that of a refusal.
    pub(super) fn of(answer: &Answer) -> Self {
        let another = ForeignObject::read(&answer.body);
        match (ErrorObject::read(&answer.body), another) {
            // A code of a gateway's own says less than a word of OAuth's.
            (Some(object), Some(another))
                if another.meaning().is_some()
                    && !verdict::is_pinterests(answer.status, object.code, object.says_failure) =>
            {
                Self::Another(another)
            }
            (Some(object), _) => Self::Pinterests(object),
            (None, Some(another)) => Self::Another(another),
            (None, None) => Self::Nothing,
        }
    }

    /// What it says in an answer whose status is that of success; `None` if that is no error: a sentence
    /// alone may be about anything.
    pub(super) fn beside_success(answer: &Answer) -> Option<Self> {
        match Self::of(answer) {
            Self::Nothing | Self::Another(ForeignObject { is_error: false, .. }) => None,
            said => Some(said),
        }
    }

    /// What went wrong, and what is known of the request's effect.
    pub(super) fn verdict(&self, status: u16) -> (ErrorKind, Outcome) {
        let (code, says_failure) = match self {
            Self::Pinterests(object) => (Some(object.code), object.says_failure),
            Self::Another(_) | Self::Nothing => (None, false),
        };
        let (kind, outcome) = (
            verdict::kind(status, code),
            verdict::outcome(status, code, says_failure),
        );
        match self {
            Self::Another(object) if !verdict::is_redirect(status) => match object.meaning() {
                Some(meaning) => meaning.verdict(status, (kind, outcome)),
                None => (kind, outcome),
            },
            _ => (kind, outcome),
        }
    }

    /// Pinterest's own number.
    pub(super) fn code(&self) -> Option<i64> {
        match self {
            Self::Pinterests(object) => Some(object.code),
            Self::Another(_) | Self::Nothing => None,
        }
    }

    /// What to do, where the words alone tell.
    pub(super) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Another(object) => object.meaning()?.hint,
            Self::Pinterests(_) | Self::Nothing => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::{Answer, Said};
    use crate::error::{ErrorKind, Outcome};
    use crate::refusal::foreign_object::ForeignObject;

    #[test]
    fn whoever_redirects_says_nothing_of_what_was_asked() {
        let object = ForeignObject::read(br#"{"error":"invalid_grant"}"#).expect("an error object");
        let said = Said::Another(object);
        assert_eq!(said.verdict(302), (ErrorKind::Protocol, Outcome::Unknown));
        assert_eq!(said.verdict(400), (ErrorKind::InvalidGrant, Outcome::Refused));
    }

    #[test]
    fn an_error_beside_success_is_one_wherever_it_stands() {
        let said = |body: &str| {
            Said::beside_success(&Answer {
                status: 200,
                headers: HeaderMap::new(),
                body: zeroize::Zeroizing::new(body.into()),
                arrived: std::time::UNIX_EPOCH,
            })
        };
        for body in [
            r#"{"error":"invalid_token"}"#,
            r#"{"error":{"message":"m"}}"#,
            r#"{"errors":[{"message":"m"}]}"#,
        ] {
            assert!(said(body).is_some(), "{body}");
        }
        for body in [
            r#"{"message":"m"}"#,
            r#"{"error":null,"message":"m"}"#,
            r#"{"error":false,"message":"m"}"#,
            r#"{"errors":[],"message":"m"}"#,
            r#"{"error":{},"errors":[{}]}"#,
        ] {
            assert!(said(body).is_none(), "{body}");
        }
    }
}
