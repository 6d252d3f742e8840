//! Reads an answer: what was asked for, or why Pinterest refused.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Outcome, Refusal};
use crate::models::{JsonObject, ObjectError};
use crate::secret::Secret;
use crate::transport::Answer;

/// The longest text of Pinterest's that an error repeats, in characters.
const MAX_QUOTE: usize = 1000;

/// The fields of Pinterest's error objects; nothing else of a refusing body is kept.
const ERROR_FIELDS: [&str; 6] = [
    "status",
    "code",
    "message",
    "message_detail",
    "data",
    "endpoint_name",
];

/// Reads answers from one origin to one request.
pub(crate) struct Reader<'a> {
    pub(crate) origin: &'a str,
    /// Texts that no error may repeat.
    pub(crate) secrets: Vec<&'a Secret>,
}

impl Reader<'_> {
    /// The answer's object, read by `parse`.
    pub(crate) fn read<T>(
        &self,
        answer: &Answer,
        parse: impl FnOnce(JsonObject) -> Result<T, ObjectError>,
    ) -> Result<T, Error> {
        self.refuse(answer)?;
        JsonObject::parse(&answer.body)
            .and_then(parse)
            .map_err(|ObjectError(what)| self.unreadable(answer, &what))
    }

    /// The JSON of an answer that says by its status alone whether it is a refusal; `Null` if it
    /// is empty. An object with a code and a message may be what was asked for.
    pub(crate) fn read_any<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Error> {
        self.refuse_by_status(answer)?;
        let is_empty = answer.body.iter().all(u8::is_ascii_whitespace);
        let json = if is_empty { b"null" } else { &answer.body[..] };
        serde_json::from_slice(json).map_err(|error| {
            // Its own words may quote a value.
            let what = match error.classify() {
                Category::Data if is_empty => "is empty, which does not fit the type that was asked for",
                Category::Data => "does not fit the type that was asked for",
                _ => "is not JSON",
            };
            let place = format!("{what} (line {}, column {})", error.line(), error.column());
            self.unreadable(answer, &place)
        })
    }

    /// `Ok` for a status of success, whatever the body is.
    pub(crate) fn refuse_by_status(&self, answer: &Answer) -> Result<(), Error> {
        if (200..300).contains(&answer.status) {
            return Ok(());
        }
        Err(self.refusal(answer, error_fields(&answer.body)))
    }

    fn unreadable(&self, answer: &Answer, what: &str) -> Error {
        let content_type = answer.header("content-type").unwrap_or("none");
        Error::protocol(format!(
            "the answer of {} {what} (content type: {})",
            self.origin,
            self.quote(content_type)
        ))
        .with_status(answer.status)
        .with_request_id(answer.request_id())
        .with_hint("check that `host` is an API address and that no proxy rewrites answers")
    }

    /// `Ok` if the answer is not a refusal, whatever else it holds.
    pub(crate) fn refuse(&self, answer: &Answer) -> Result<(), Error> {
        let fields = error_fields(&answer.body);
        let success = (200..300).contains(&answer.status);
        match (success, fields) {
            (true, None) => Ok(()),
            (_, Some(fields)) => Err(self.refusal(answer, Some(fields))),
            (false, None) => Err(self.refusal(answer, None)),
        }
    }

    fn refusal(&self, answer: &Answer, fields: Option<Map<String, Value>>) -> Error {
        let status = answer.status;
        let code = fields.as_ref().and_then(|fields| fields.get("code")?.as_i64());
        let (kind, outcome) = classify(status, code);
        let message = match fields.as_ref().and_then(|fields| fields.get("message")?.as_str()) {
            Some(text) => format!("{} refused: {}", self.origin, self.quote(text)),
            None => format!(
                "{} answered with HTTP {status} and no error object (content type: {})",
                self.origin,
                self.quote(answer.header("content-type").unwrap_or("none"))
            ),
        };
        let mut headers = answer.header_list();
        headers.retain(|(name, _)| name != "set-cookie");
        for (_, value) in &mut headers {
            *value = self.quote(value);
        }
        Error::new(kind, outcome, message)
            .with_status(status)
            .with_code(code)
            .with_request_id(answer.request_id().map(|id| self.quote(&id)))
            .with_retry_after(retry_after(kind, answer))
            .with_answer(Refusal {
                headers,
                body: fields.map(|fields| self.body(fields)),
                rate_limit: answer.rate_limit(),
            })
    }

    fn body(&self, fields: Map<String, Value>) -> String {
        let cleared: Map<String, Value> = fields
            .into_iter()
            .map(|(name, value)| match value {
                Value::String(text) => (name, Value::String(self.quote(&text))),
                other => (name, other),
            })
            .collect();
        Value::Object(cleared).to_string()
    }

    /// Foreign text made fit to show: our secrets out, control characters out, not too long.
    fn quote(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in self.secrets.iter().filter(|secret| !secret.is_empty()) {
            text = text.replace(secret.expose(), "[redacted]");
        }
        text.chars().filter(|c| !c.is_control()).take(MAX_QUOTE).collect()
    }
}

/// Pinterest's `{code, message}` object, reduced to the fields that such objects have. An object
/// with an `access_token` is not one.
fn error_fields(body: &[u8]) -> Option<Map<String, Value>> {
    let mut fields = JsonObject::parse(body).ok()?.rest();
    if fields.contains_key("access_token")
        || !fields.get("message")?.is_string()
        || !fields.get("code")?.is_i64()
    {
        return None;
    }
    fields.retain(|name, value| {
        ERROR_FIELDS.contains(&name.as_str()) && !value.is_object() && !value.is_array()
    });
    Some(fields)
}

/// Pinterest's code says more than the HTTP status, which it uses loosely.
fn classify(status: u16, code: Option<i64>) -> (ErrorKind, Outcome) {
    match (status, code) {
        (_, Some(283)) => (ErrorKind::InvalidGrant, Outcome::Refused),
        (429, _) | (_, Some(8)) => (ErrorKind::RateLimited, Outcome::Refused),
        (503, _) => (ErrorKind::Server, Outcome::Refused),
        (500.., _) | (_, Some(12)) => (ErrorKind::Server, Outcome::Unknown),
        (_, Some(2)) | (401, None) => (ErrorKind::Authentication, Outcome::Refused),
        (_, Some(3)) => (ErrorKind::Scope, Outcome::Refused),
        (_, Some(29)) | (403, _) => (ErrorKind::Forbidden, Outcome::Refused),
        _ => (ErrorKind::Api, Outcome::Refused),
    }
}

fn retry_after(kind: ErrorKind, answer: &Answer) -> Option<Duration> {
    matches!(kind, ErrorKind::RateLimited | ErrorKind::Server)
        .then(|| answer.retry_after())
        .flatten()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::HeaderMap;
    use zeroize::Zeroizing;

    use super::Reader;
    use crate::error::{Error, ErrorKind, Outcome};
    use crate::secret::Secret;
    use crate::transport::Answer;

    fn refusal(status: u16, headers: &[(&'static str, &str)], body: &str) -> Error {
        let secret = Secret::new("canary");
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        let answer = Answer {
            status,
            headers: map,
            body: Zeroizing::new(body.as_bytes().to_vec()),
        };
        Reader {
            origin: "https://api",
            secrets: vec![&secret],
        }
        .refuse(&answer)
        .unwrap_err()
    }

    #[test]
    fn every_code_has_its_kind() {
        use ErrorKind::{Api, Authentication, Forbidden, InvalidGrant, RateLimited, Scope, Server};
        use Outcome::{Refused, Unknown};
        for (status, code, kind, outcome) in [
            (400, 1, Api, Refused),
            (401, 2, Authentication, Refused),
            (401, 283, InvalidGrant, Refused),
            (401, 3, Scope, Refused),
            (401, 29, Forbidden, Refused),
            (403, 29, Forbidden, Refused),
            (401, 7, Api, Refused),
            (404, 50, Api, Refused),
            (429, 8, RateLimited, Refused),
            (429, 30, RateLimited, Refused),
            (400, 12, Server, Unknown),
            (500, 12, Server, Unknown),
            (502, 0, Server, Unknown),
            (503, 12, Server, Refused),
            (200, 2, Authentication, Refused),
        ] {
            let error = refusal(status, &[], &format!(r#"{{"code":{code},"message":"m"}}"#));
            assert_eq!(
                (error.kind(), error.outcome()),
                (kind, outcome),
                "{status} {code}"
            );
            assert_eq!((error.status(), error.code()), (Some(status), Some(code)));
        }
        for (status, kind) in [
            (401, Authentication),
            (403, Forbidden),
            (404, Api),
            (429, RateLimited),
            (502, Server),
        ] {
            assert_eq!(refusal(status, &[], "<html>").kind(), kind, "{status}");
        }
    }

    #[test]
    fn waits_are_read_from_seconds_only() {
        for (value, expected) in [
            ("7", Some(7)),
            ("67150", Some(67150)),
            ("Wed, 21 Oct 2015 07:28:00 GMT", None),
            ("-1", None),
            ("soon", None),
        ] {
            let error = refusal(429, &[("retry-after", value)], "");
            assert_eq!(error.retry_after(), expected.map(Duration::from_secs), "{value}");
        }
        let error = refusal(429, &[("x-ratelimit-reset", "9")], "");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(9)));
    }

    #[test]
    fn an_echoed_secret_is_not_repeated() {
        let error = refusal(
            401,
            &[
                ("x-pinterest-rid", "canary"),
                ("set-cookie", "s=1"),
                ("x-echo", "canary"),
            ],
            "{\"code\":283,\"message\":\"bad canary\\u0007\",\"data\":\"canary\",\"token\":\"other\"}",
        );
        let answer = error.answer().unwrap();
        let shown = format!("{error} {error:?} {answer:?}");
        assert!(
            !shown.contains("canary") && !shown.contains("other") && !shown.contains("s=1"),
            "{shown}"
        );
        assert!(!error.message().contains('\u{7}'));
        assert_eq!(
            answer.body.as_deref(),
            Some(r#"{"code":283,"data":"[redacted]","message":"bad [redacted]"}"#)
        );
    }
}
