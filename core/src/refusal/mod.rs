//! Reads an answer: what was asked for, or why Pinterest refused.

mod error_object;
mod foreign_object;
mod said;
mod verdict;

use std::time::Duration;

#[cfg(feature = "store")]
use self::error_object::ErrorObject;
use self::said::Said;
use crate::error::{Error, ErrorKind, Refusal};
use crate::json::{read_answer, without_mark};
use crate::models::{JsonObject, ObjectError, Text};
use crate::redaction::Redactor;
use crate::transport::Answer;
use crate::words::{Setting, words};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

/// The longest text of Pinterest's that an error repeats, in characters.
const MAX_QUOTE: usize = 1000;
/// The longest body of an answer that an error holds, in bytes.
const MAX_BODY: usize = 1024 * 1024;

/// Whether an answer says that the token was at fault. It does not where Pinterest says that the token is good,
/// and lacks a scope or is an app's that may not do this: another one would be no better.
#[cfg(feature = "store")]
pub(crate) fn blames_token(status: u16, body: &[u8]) -> bool {
    let code = || ErrorObject::read(body).map(|object| object.code);
    status == 401
        && !matches!(
            verdict::kind(status, code()),
            ErrorKind::Scope | ErrorKind::Forbidden
        )
}

/// Reads answers from one origin to one request.
pub(crate) struct Reader<'a, F> {
    pub(crate) origin: &'a str,
    /// Makes what takes the request's secrets out of texts; only errors need one.
    pub(crate) redactor: F,
}

impl<F: Fn() -> Redactor> Reader<'_, F> {
    /// The answer's object, read by `parse`. What `parse` takes out of an answer of success is kept,
    /// whatever else the answer holds.
    pub(crate) fn read<T>(
        &self,
        answer: &Answer,
        parse: impl FnOnce(JsonObject<'_>) -> Result<T, ObjectError>,
    ) -> Result<T, Error> {
        self.refuse_by_status(answer)?;
        let text = Text::of(&answer.body);
        JsonObject::parse(text.as_str())
            .and_then(parse)
            .map_err(|ObjectError(what)| match Said::beside_success(answer) {
                Some(said) => self.refusal(answer, &said),
                None => self.unreadable(answer, &what),
            })
    }

    /// The JSON of an answer that says by its status alone whether it is a refusal; `null` if it
    /// is empty. An object with a code and a message may be what was asked for.
    pub(crate) fn read_any<T: DeserializeOwned>(&self, answer: &Answer) -> Result<T, Error> {
        self.refuse_by_status(answer)?;
        let body = without_mark(&answer.body);
        let is_empty = body.iter().all(u8::is_ascii_whitespace);
        let json = if is_empty { b"null" } else { body };
        read_answer(json).map_err(|error| {
            // Its own words may quote a value.
            let what = match error.classify() {
                Category::Data if is_empty => "is empty, which does not fit the type that was asked for",
                Category::Data => "does not fit the type that was asked for",
                _ => "is not JSON",
            };
            let place = format!("{what} (line {}, column {})", error.line(), error.column());
            // The call may have taken effect: what came is not kept back.
            self.unreadable(answer, &place)
                .with_answer(told(answer, &(self.redactor)()))
        })
    }

    /// `Ok` for a status of success, whatever the body is.
    pub(crate) fn refuse_by_status(&self, answer: &Answer) -> Result<(), Error> {
        if (200..300).contains(&answer.status) {
            return Ok(());
        }
        Err(self.refusal(answer, &Said::of(answer)))
    }

    /// `Ok` for a status of success without an error object, and nothing else than JSON: what is none is of whatever stands
    /// before Pinterest or in its place, such as a network that wants a login, and says nothing of what was asked.
    pub(crate) fn refuse(&self, answer: &Answer) -> Result<(), Error> {
        self.refuse_by_status(answer)?;
        match Said::beside_success(answer) {
            Some(said) => Err(self.refusal(answer, &said)),
            None => self.read_any::<IgnoredAny>(answer).map(drop),
        }
    }

    fn unreadable(&self, answer: &Answer, what: &str) -> Error {
        let redactor = (self.redactor)();
        let content_type = answer.header("content-type").unwrap_or("none");
        Error::protocol(format!(
            "the answer of {} {what} (content type: {})",
            self.origin,
            redactor.quote(content_type, MAX_QUOTE)
        ))
        .with_status(answer.status)
        .with_request_id(request_id(answer, &redactor))
        .with_hint(words![
            "check that ",
            Setting::Host,
            " is an API address and that no proxy rewrites answers"
        ])
    }

    fn refusal(&self, answer: &Answer, said: &Said) -> Error {
        let redactor = (self.redactor)();
        let status = answer.status;
        let (kind, outcome) = said.verdict(status);
        let is_redirect = verdict::is_redirect(status);
        let message = if is_redirect {
            format!("{} answered with a redirect, which is not followed", self.origin)
        } else {
            self.in_words(answer, said, &redactor)
        };
        let error = Error::new(kind, outcome, message)
            .with_status(status)
            .with_code(said.code())
            .with_request_id(request_id(answer, &redactor))
            .with_retry_after(retry_after(kind, answer))
            .with_answer(told(answer, &redactor));
        if is_redirect {
            return error.with_hint(words![
                "check ",
                Setting::Host,
                ": an API address does not redirect"
            ]);
        }
        match said.hint() {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }

    fn in_words(&self, answer: &Answer, said: &Said, redactor: &Redactor) -> String {
        let origin = self.origin;
        let quote = |text: &str| redactor.quote(text, MAX_QUOTE);
        match said {
            Said::Pinterests(object) => match &object.message {
                Some(text) => format!("{origin} refused: {}", quote(text)),
                None => format!("{origin} refused without saying why"),
            },
            Said::Another(object) => format!(
                "{origin} refused, with an error object that is not Pinterest's: {}",
                quote(&object.says())
            ),
            Said::Nothing => format!(
                "{origin} answered with HTTP {} and no error object (content type: {})",
                answer.status,
                quote(answer.header("content-type").unwrap_or("none"))
            ),
        }
    }
}

/// The answer itself, cleared of secrets.
fn told(answer: &Answer, redactor: &Redactor) -> Refusal {
    let mut headers = answer.header_list();
    headers.retain(|(name, _)| name != "set-cookie");
    for (name, value) in &mut headers {
        *name = redactor.quote(name, MAX_QUOTE);
        *value = redactor.quote(value, MAX_QUOTE);
    }
    Refusal {
        headers,
        body: Some(body(answer, redactor)),
        rate_limit: answer.rate_limit(),
    }
}

fn request_id(answer: &Answer, redactor: &Redactor) -> Option<String> {
    answer.request_id().map(|id| redactor.quote(&id, MAX_QUOTE))
}

/// The body's text as it came but for secrets and a byte order mark, which readers of JSON stumble over; what
/// is no text becomes U+FFFD.
fn body(answer: &Answer, redactor: &Redactor) -> String {
    // A secret at the end is found whole, and then cut off with what is behind the end.
    const BEHIND_THE_END: usize = 64 * 1024;
    let seen = &answer.body[..answer.body.len().min(MAX_BODY + BEHIND_THE_END)];
    redactor.redact(Text::of(seen).as_str(), MAX_BODY)
}

fn retry_after(kind: ErrorKind, answer: &Answer) -> Option<Duration> {
    matches!(kind, ErrorKind::RateLimited | ErrorKind::Server)
        .then(|| answer.retry_after())
        .flatten()
}

#[cfg(test)]
mod tests;
