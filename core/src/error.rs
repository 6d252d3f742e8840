//! One error for everything that can go wrong, the same in every language.

mod answer;
mod authorization_reason;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::stop::{NetworkFault, Phase};
use crate::words::{Setting, Words};

pub use answer::{RateLimit, Refusal};
pub use authorization_reason::AuthorizationReason;

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call itself cannot be made as asked; nothing was sent.
    InvalidInput,
    /// No answer: see [`Error::phase`] for where it stopped.
    Network,
    /// An answer that is not what the endpoint gives: not HTTP, not JSON, no token, too large, a redirect.
    Protocol,
    /// Pinterest does not accept the app id and secret, or the access token (code 2).
    Authentication,
    /// The code or refresh token is wrong, used or expired (code 283).
    InvalidGrant,
    /// The token lacks a scope, or the app a feature (code 3).
    Scope,
    /// Not permitted (code 29, HTTP 403).
    Forbidden,
    /// Too many requests (code 8, HTTP 429); see [`Error::retry_after`].
    RateLimited,
    /// Pinterest failed (code 12, HTTP 5xx).
    Server,
    /// Any other refusal.
    Api,
    /// A callback that was not ours, came late or twice, or a person who did not allow it.
    Authorization,
    /// Stored tokens could not be read or kept.
    Store,
    /// There is no token that can be renewed: a person must log in again.
    ReauthorizationRequired,
}

impl ErrorKind {
    /// The kind's name, stable across releases and languages.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidInput => "InvalidInput",
            Self::Network => "Network",
            Self::Protocol => "Protocol",
            Self::Authentication => "Authentication",
            Self::InvalidGrant => "InvalidGrant",
            Self::Scope => "Scope",
            Self::Forbidden => "Forbidden",
            Self::RateLimited => "RateLimited",
            Self::Server => "Server",
            Self::Api => "Api",
            Self::Authorization => "Authorization",
            Self::Store => "Store",
            Self::ReauthorizationRequired => "ReauthorizationRequired",
        }
    }
}

/// What is known of the request's effect, and so whether it may be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// No byte of it left: making it again is safe.
    NotSent,
    /// Pinterest answered and did nothing.
    Refused,
    /// It may have taken effect: a one-time code may be used up, a refresh token replaced.
    Unknown,
}

impl Outcome {
    /// The outcome's name, stable across releases and languages.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotSent => "NotSent",
            Self::Refused => "Refused",
            Self::Unknown => "Unknown",
        }
    }
}

/// A failed call. No text form of it shows a token, a code, a secret or a Basic header.
#[derive(Clone)]
pub struct Error(Box<Details>);

#[derive(Clone)]
struct Details {
    kind: ErrorKind,
    outcome: Outcome,
    message: Said,
    phase: Option<Phase>,
    fault: Option<NetworkFault>,
    reason: Option<AuthorizationReason>,
    status: Option<u16>,
    code: Option<i64>,
    retry_after: Option<Duration>,
    request_id: Option<String>,
    hint: Option<Said>,
    answer: Option<Refusal>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// A sentence, and the same in this crate's own words.
#[derive(Clone)]
struct Said {
    words: Words,
    text: String,
}

impl From<Words> for Said {
    fn from(words: Words) -> Self {
        let text = words.say(Setting::phrase);
        Self { words, text }
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, outcome: Outcome, message: impl Into<Words>) -> Self {
        Self(Box::new(Details {
            kind,
            outcome,
            message: Said::from(message.into()),
            phase: None,
            fault: None,
            reason: None,
            status: None,
            code: None,
            retry_after: None,
            request_id: None,
            hint: None,
            answer: None,
            source: None,
        }))
    }

    pub(crate) fn invalid_input(message: impl Into<Words>) -> Self {
        Self::new(ErrorKind::InvalidInput, Outcome::NotSent, message)
    }

    pub(crate) fn authorization(reason: AuthorizationReason, message: impl Into<Words>) -> Self {
        Self::new(ErrorKind::Authorization, Outcome::NotSent, message).with_reason(reason)
    }

    pub(crate) fn network(phase: Phase, outcome: Outcome, message: impl Into<Words>) -> Self {
        let mut error = Self::new(ErrorKind::Network, outcome, message);
        error.0.phase = Some(phase);
        error
    }

    /// A failure of a store of your own: what happened, and where. What to do is said with
    /// [`with_advice`](Self::with_advice).
    pub fn store(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Store, Outcome::NotSent, message.into())
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn with_advice(self, advice: impl Into<String>) -> Self {
        self.with_hint(advice.into())
    }

    pub(crate) fn protocol(message: impl Into<Words>) -> Self {
        Self::new(ErrorKind::Protocol, Outcome::Unknown, message)
    }

    /// The same, with what is known of a call that it was a part of.
    #[cfg(feature = "store")]
    pub(crate) fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    pub(crate) fn with_fault(mut self, fault: Option<NetworkFault>) -> Self {
        self.0.fault = fault;
        self
    }

    pub(crate) fn with_reason(mut self, reason: AuthorizationReason) -> Self {
        self.0.reason = Some(reason);
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_code(mut self, code: Option<i64>) -> Self {
        self.0.code = code;
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    pub(crate) fn with_request_id(mut self, id: Option<String>) -> Self {
        self.0.request_id = id;
        self
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<Words>) -> Self {
        self.0.hint = Some(Said::from(hint.into()));
        self
    }

    pub(crate) fn with_answer(mut self, answer: Refusal) -> Self {
        self.0.answer = Some(answer);
        self
    }

    /// The same, with what it came from.
    #[must_use]
    pub fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.0.source = Some(Arc::new(source));
        self
    }

    /// The same with what came from outside as `clear` gives it.
    pub(crate) fn with_foreign(mut self, clear: impl Fn(&str) -> String) -> Self {
        self.0.message = self.0.message.words.map_foreign(&clear).into();
        self.0.hint = self.0.hint.map(|hint| hint.words.map_foreign(&clear).into());
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Whether the request may have taken effect.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// What happened, in one sentence; Pinterest's own words where it gave any.
    pub fn message(&self) -> &str {
        &self.0.message.text
    }

    /// [`message`](Self::message), with settings called as `phrase` says.
    pub fn message_in(&self, phrase: impl Fn(Setting) -> &'static str) -> String {
        self.0.message.words.say(phrase)
    }

    /// Where a [`ErrorKind::Network`] error stopped.
    pub fn phase(&self) -> Option<Phase> {
        self.0.phase
    }

    /// What a [`ErrorKind::Network`] error stopped at, where that has a name.
    pub fn network_fault(&self) -> Option<NetworkFault> {
        self.0.fault
    }

    /// Why an authorization gave no token: that of every [`ErrorKind::Authorization`] error, and of
    /// [`PendingAuthorization::from_json`](crate::PendingAuthorization::from_json).
    pub fn reason(&self) -> Option<AuthorizationReason> {
        self.0.reason
    }

    /// The HTTP status, when there was an answer.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Pinterest's error code, when the answer held one.
    pub fn code(&self) -> Option<i64> {
        self.0.code
    }

    /// How long Pinterest asks to wait before the next request, at most a day.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether making the same call again is safe and may succeed: nothing took effect, and what was
    /// in the way may pass. After [`Error::retry_after`], if there is one.
    pub fn is_retryable(&self) -> bool {
        self.0.outcome != Outcome::Unknown
            // A certificate does not become another by asking again.
            && self.0.phase != Some(Phase::Tls)
            && matches!(
                self.0.kind,
                ErrorKind::Network | ErrorKind::RateLimited | ErrorKind::Server
            )
    }

    /// Pinterest's `x-pinterest-rid`; its support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// What to do next, where we can tell.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_ref().map(|hint| hint.text.as_str())
    }

    /// [`hint`](Self::hint), with settings called as `phrase` says.
    pub fn hint_in(&self, phrase: impl Fn(Setting) -> &'static str) -> Option<String> {
        self.0.hint.as_ref().map(|hint| hint.words.say(phrase))
    }

    /// The one line that `Display` gives, with settings called as `phrase` says.
    pub fn line_in(&self, phrase: impl Fn(Setting) -> &'static str) -> String {
        let line = self.message_in(&phrase) + &self.facts();
        match self.hint_in(phrase) {
            Some(hint) => format!("{line}. Hint: {hint}"),
            None => line,
        }
    }

    /// The facts beside the message, as ` (HTTP 401, code 2)`; empty if there are none.
    pub fn facts(&self) -> String {
        let facts: Vec<String> = [
            self.0.status.map(|status| format!("HTTP {status}")),
            self.0.code.map(|code| format!("code {code}")),
            self.0.request_id.as_ref().map(|id| format!("request id {id}")),
            self.0
                .retry_after
                .map(|wait| format!("retry after {} s", wait.as_secs())),
        ]
        .into_iter()
        .flatten()
        .collect();
        if facts.is_empty() {
            return String::new();
        }
        format!(" ({})", facts.join(", "))
    }

    /// What the answer said that refused, or that could not be read although it was one of success.
    pub fn answer(&self) -> Option<&Refusal> {
        self.0.answer.as_ref()
    }
}

/// One line: what happened, the facts, what to do.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line_in(Setting::phrase))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &*self.0;
        f.debug_struct("Error")
            .field("kind", &details.kind)
            .field("outcome", &details.outcome)
            .field("message", &self.message())
            .field("phase", &details.phase)
            .field("fault", &details.fault)
            .field("reason", &details.reason)
            .field("status", &details.status)
            .field("code", &details.code)
            .field("retry_after", &details.retry_after)
            .field("request_id", &details.request_id)
            .field("hint", &self.hint())
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests;
