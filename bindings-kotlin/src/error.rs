//! Why a call failed.

use std::error::Error as _;
use std::fmt;

use crate::phrases::phrase;
use pinterest_sdk::{AuthorizationReason, Error, Phase, Secret};

use crate::fault::Fault;

use crate::models::{NativeField, NativeRateLimit, fields};

/// A failed call. No text of it shows a secret.
#[derive(Debug, uniffi::Error)]
#[allow(clippy::large_enum_variant)] // It crosses the border field by field; a box would not.
pub enum NativeError {
    /// The core says so; kind, outcome and phase by name.
    Failed {
        kind: String,
        outcome: String,
        /// What happened, the facts, what to do: one line.
        text: String,
        phase: Option<String>,
        /// Why an authorization gave no token, by name.
        reason: Option<String>,
        status: Option<u16>,
        code: Option<i64>,
        retry_after_seconds: Option<u64>,
        request_id: Option<String>,
        hint: Option<String>,
        rate_limit: Option<NativeRateLimit>,
        /// Whether the same call may be made again and succeed.
        retryable: bool,
        /// The refusing answer's, in order of arrival.
        headers: Vec<NativeField>,
        /// The refusing answer's text.
        body: Option<Secret>,
        /// The number of the exception of the program's store that was behind it.
        fault: Option<u64>,
    },
    /// The library itself failed.
    Unexpected { text: String },
}

impl NativeError {
    pub(crate) fn unexpected(text: impl Into<String>) -> Self {
        Self::Unexpected { text: text.into() }
    }
}

impl fmt::Display for NativeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { text, .. } | Self::Unexpected { text } => f.write_str(text),
        }
    }
}

/// The fault behind an error, if a program's store is behind it.
fn fault(error: &Error) -> Option<u64> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(Fault(number)) = error.downcast_ref() {
            return Some(*number);
        }
        source = error.source();
    }
    None
}

impl From<Error> for NativeError {
    fn from(error: Error) -> Self {
        Self::Failed {
            fault: fault(&error),
            kind: error.kind().name().to_owned(),
            outcome: error.outcome().name().to_owned(),
            text: error.line_in(phrase),
            phase: error.phase().map(Phase::name).map(str::to_owned),
            reason: error.reason().map(AuthorizationReason::name).map(str::to_owned),
            status: error.status(),
            code: error.code(),
            retry_after_seconds: error.retry_after().map(|wait| wait.as_secs()),
            request_id: error.request_id().map(str::to_owned),
            hint: error.hint_in(phrase),
            rate_limit: error.answer().map(|answer| answer.rate_limit.into()),
            retryable: error.is_retryable(),
            headers: error
                .answer()
                .map_or_else(Vec::new, |answer| fields(answer.headers.clone())),
            body: error
                .answer()
                .and_then(|answer| answer.body.as_deref())
                .map(Secret::from),
        }
    }
}
