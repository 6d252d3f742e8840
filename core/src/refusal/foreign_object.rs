//! Error objects of servers that are not Pinterest: that of OAuth (RFC 6749 section 5.2), and whatever
//! gateways and frameworks say in JSON.

use super::error_object::MAX_OBJECT;
use crate::error::{ErrorKind, Outcome};
use crate::models::{JsonObject, Text};

/// Where servers put a sentence for people, the likeliest first: RFC 6749, gateways and frameworks,
/// RFC 9457.
const SENTENCES: [&str; 6] = [
    "error_description",
    "message",
    "Message",
    "detail",
    "title",
    "error_message",
];

/// What another server says of a refusal.
pub(super) struct ForeignObject {
    /// What `error` says, if it is a text.
    pub(super) word: Option<String>,
    /// A sentence, if there is one.
    sentence: Option<String>,
    /// Whether something in it is called an error.
    pub(super) is_error: bool,
}

impl ForeignObject {
    /// Reads a body; `None` if it is no object, or says nothing that is known to be about an error.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        if body.len() > MAX_OBJECT {
            return None;
        }
        let text = Text::of(body);
        let mut fields = JsonObject::parse(text.as_str()).ok()?;
        let word = words_of(&mut fields, "error");
        let nested = nested(&fields);
        let is_error = word.is_some() || nested.is_some();
        let sentence = sentence(&mut fields).or_else(|| sentence(&mut nested?));
        (word.is_some() || sentence.is_some()).then_some(Self {
            word,
            sentence,
            is_error,
        })
    }

    /// All that it says, in one line.
    pub(super) fn says(&self) -> String {
        let parts: Vec<&str> = self
            .word
            .iter()
            .chain(&self.sentence)
            .map(String::as_str)
            .collect();
        parts.join(": ")
    }

    /// What its word means, if the word is one of OAuth's.
    pub(super) fn meaning(&self) -> Option<&'static Meaning> {
        let word = self.word.as_deref()?;
        MEANINGS.iter().find(|meaning| meaning.words.contains(&word))
    }
}

/// The object that `error` is, or the first that `errors` lists.
fn nested<'a>(fields: &JsonObject<'a>) -> Option<JsonObject<'a>> {
    let errors = || fields.last_value("errors")?.strip_prefix('[');
    let object = |text| JsonObject::parse(text).ok();
    let error = fields.last_value("error").and_then(object);
    error.or_else(|| errors().map(str::trim_start).and_then(object))
}

fn words_of(fields: &mut JsonObject<'_>, name: &'static str) -> Option<String> {
    let text = fields.take_text(name)?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn sentence(fields: &mut JsonObject<'_>) -> Option<String> {
    SENTENCES.iter().find_map(|name| words_of(fields, name))
}

/// What words of OAuth say.
pub(super) struct Meaning {
    words: &'static [&'static str],
    kind: ErrorKind,
    pub(super) hint: Option<&'static str>,
    /// Whether the server that knows its app and token says it of something that it did not do.
    refuses: bool,
    /// The statuses that it says it with. Gateways have the words as well.
    statuses: &'static [u16],
}

impl Meaning {
    const fn of(kind: ErrorKind, words: &'static [&'static str]) -> Self {
        Self {
            words,
            kind,
            hint: None,
            refuses: true,
            statuses: &[400, 401],
        }
    }

    /// The kind and outcome, where those by the status alone are `(kind, outcome)`: a limiter and a failing server
    /// answer whatever they have, and a grant is over only where the server that knows it says so.
    pub(super) fn verdict(&self, status: u16, (kind, outcome): (ErrorKind, Outcome)) -> (ErrorKind, Outcome) {
        let is_proof = self.refuses && self.statuses.contains(&status);
        let kind = match (status, self.kind) {
            (429 | 500.., _) => kind,
            (_, ErrorKind::InvalidGrant) if !is_proof => kind,
            (_, own) => own,
        };
        (kind, if is_proof { Outcome::Refused } else { outcome })
    }
}

/// The vocabulary: RFC 6749 sections 4.1.2.1 and 5.2, RFC 6750 section 3.1, RFC 7009 section 2.2.1, RFC 8628
/// section 3.5; and `OpenID` Connect Core section 3.1.2.6, which is of gateways that want a login.
const MEANINGS: &[Meaning] = &[
    Meaning::of(ErrorKind::InvalidGrant, &["invalid_grant"]),
    Meaning {
        hint: Some(
            "what answered wants a login of its own, as a company's gateway does: the request may not have got further",
        ),
        refuses: false,
        ..Meaning::of(
            ErrorKind::Forbidden,
            &["login_required", "interaction_required", "consent_required"],
        )
    },
    Meaning::of(ErrorKind::Authentication, &["invalid_client", "invalid_token"]),
    Meaning {
        statuses: &[400, 401, 403],
        ..Meaning::of(ErrorKind::Scope, &["invalid_scope", "insufficient_scope"])
    },
    Meaning {
        hint: Some("this app may not use this grant; its settings at that server say which it may"),
        ..Meaning::of(ErrorKind::Forbidden, &["unauthorized_client"])
    },
    Meaning {
        hint: Some("that server does not allow this to the app or the account"),
        refuses: false,
        ..Meaning::of(ErrorKind::Forbidden, &["access_denied"])
    },
    Meaning {
        hint: Some("that server does not have this grant"),
        ..Meaning::of(ErrorKind::Api, &["unsupported_grant_type"])
    },
    Meaning {
        hint: Some("that server does not revoke tokens of this kind"),
        ..Meaning::of(ErrorKind::Api, &["unsupported_token_type"])
    },
    Meaning::of(ErrorKind::Api, &["invalid_request"]),
    Meaning::of(ErrorKind::RateLimited, &["slow_down"]),
    Meaning {
        refuses: false,
        ..Meaning::of(ErrorKind::Server, &["server_error", "temporarily_unavailable"])
    },
];

#[cfg(test)]
mod tests {
    use super::ForeignObject;
    use crate::error::{ErrorKind, Outcome};

    #[test]
    fn what_servers_say_is_read_wherever_they_say_it() {
        for (body, says) in [
            (r#"{"error":"invalid_grant"}"#, "invalid_grant"),
            (
                "\u{feff}{\"error\":\"invalid_grant\",\"error_description\":\"m\",\"message\":\"n\"}",
                "invalid_grant: m",
            ),
            (
                r#"{"message":"API rate limit exceeded"}"#,
                "API rate limit exceeded",
            ),
            (r#"{"Message":"Forbidden"}"#, "Forbidden"),
            (r#"{"detail":"Not authenticated"}"#, "Not authenticated"),
            (r#"{"error":{"code":7,"message":"m","status":"S"}}"#, "m"),
            (r#"{"errors":[{"message":"m"},{"message":"n"}]}"#, "m"),
            (r#"{"error":"Not Found","path":"/v5","status":404}"#, "Not Found"),
            (r#"{"title":"t","detail":"d"}"#, "d"),
            // As openly as Pinterest's own.
            (r#"{"error":"invalid_grant","x":NaN}"#, "invalid_grant"),
            (
                "{\"error\":\"invalid_grant\"}\n<!-- a gateway's -->",
                "invalid_grant",
            ),
            ("{\"error\":\"invalid_grant\"}\0", "invalid_grant"),
            (r#"{"errors": [ {"message":"m","x":NaN} ]}"#, "m"),
        ] {
            let object = ForeignObject::read(body.as_bytes()).expect(body);
            assert_eq!(object.says(), says, "{body}");
        }
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"error":"  "}"#,
            r#"{"error":7,"message":null}"#,
            r#"{"errors":[]}"#,
            r#"{"errors":["m"]}"#,
            r#"{"access_token":"t"}"#,
            r#"{"error":"invalid_grant""#,
        ] {
            assert!(ForeignObject::read(body.as_bytes()).is_none(), "{body}");
        }
        let deep = format!(
            r#"{{"error":"invalid_grant","x":{}"#,
            "[".repeat(30_000) + &"]".repeat(30_000) + "}"
        );
        assert_eq!(
            ForeignObject::read(deep.as_bytes()).unwrap().says(),
            "invalid_grant"
        );
        for (body, is_error) in [
            (r#"{"error":"m"}"#, true),
            (r#"{"error":{"message":"m"}}"#, true),
            (r#"{"message":"m"}"#, false),
        ] {
            assert_eq!(
                ForeignObject::read(body.as_bytes()).unwrap().is_error,
                is_error,
                "{body}"
            );
        }
        let large = format!(r#"{{"error":"{}"}}"#, "m".repeat(super::MAX_OBJECT));
        assert!(ForeignObject::read(large.as_bytes()).is_none());
    }

    #[test]
    fn every_word_has_its_kind_and_what_it_proves() {
        use ErrorKind::{Api, Authentication, Forbidden, InvalidGrant, RateLimited, Scope, Server};
        use Outcome::{Refused, Unknown};
        for (status, word, expected) in [
            (400, "invalid_grant", (InvalidGrant, Refused)),
            (401, "invalid_grant", (InvalidGrant, Refused)),
            (200, "invalid_grant", (Api, Unknown)),
            (403, "invalid_grant", (Forbidden, Unknown)),
            (404, "invalid_grant", (Api, Refused)),
            (429, "invalid_grant", (RateLimited, Refused)),
            (500, "invalid_grant", (Server, Unknown)),
            (499, "invalid_grant", (Api, Unknown)),
            (400, "interaction_required", (Forbidden, Refused)),
            (401, "login_required", (Forbidden, Refused)),
            (403, "login_required", (Forbidden, Unknown)),
            (200, "consent_required", (Forbidden, Unknown)),
            (400, "expired_token", (Api, Refused)),
            (401, "invalid_client", (Authentication, Refused)),
            (401, "invalid_token", (Authentication, Refused)),
            (403, "insufficient_scope", (Scope, Refused)),
            (403, "invalid_token", (Authentication, Unknown)),
            (400, "invalid_scope", (Scope, Refused)),
            (400, "unauthorized_client", (Forbidden, Refused)),
            (403, "access_denied", (Forbidden, Unknown)),
            (400, "unsupported_grant_type", (Api, Refused)),
            (400, "invalid_request", (Api, Refused)),
            (400, "slow_down", (RateLimited, Refused)),
            (503, "temporarily_unavailable", (Server, Unknown)),
            (403, "temporarily_unavailable", (Server, Unknown)),
            (404, "server_error", (Server, Refused)),
        ] {
            let body = format!(r#"{{"error":"{word}"}}"#);
            let object = ForeignObject::read(body.as_bytes()).unwrap();
            let said = super::super::said::Said::Another(object);
            assert_eq!(said.verdict(status), expected, "{status} {word}");
        }
        let other = ForeignObject::read(br#"{"error":"Not Found"}"#).unwrap();
        assert!(other.meaning().is_none());
    }
}
