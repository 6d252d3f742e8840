//! How a command can end badly, and the exit code that says so.

use std::fmt;
use std::io;

use super::phrases::phrase;
use super::signals::Signal;
use pinterest_sdk::{Error, ErrorKind};

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What the core says.
    Core(Error),
    /// What was asked for cannot be done so: what is wrong, and what to do.
    Usage { what: String, hint: String },
    /// What the core says, and more to do about it.
    Advised { error: Error, advice: String },
    /// What a command found without the core.
    Found {
        kind: ErrorKind,
        what: String,
        hint: String,
    },
    /// The output cannot be written.
    Output(io::Error),
    /// The system has no thread, no memory, no file for what the program itself needs.
    System(io::Error),
    /// The program was asked to end.
    Interrupted(Signal),
}

impl Failure {
    pub(crate) fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage {
            what: what.into(),
            hint: hint.into(),
        }
    }

    /// See [`run`](super::run).
    pub(crate) fn exit_code(&self) -> u8 {
        let of_kind = |kind| match kind {
            ErrorKind::InvalidInput => 2,
            ErrorKind::ReauthorizationRequired => 3,
            ErrorKind::Network | ErrorKind::Protocol | ErrorKind::RateLimited | ErrorKind::Server => 5,
            ErrorKind::Store => 6,
            _ => 4,
        };
        match self {
            Self::Core(error) | Self::Advised { error, .. } => of_kind(error.kind()),
            Self::Found { kind, .. } => of_kind(*kind),
            Self::Usage { .. } => 2,
            Self::Output(_) | Self::System(_) => 5,
            Self::Interrupted(signal) => signal.exit_code(),
        }
    }
}

/// What happened, in one line.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Core(error) => f.write_str(&error.line_in(phrase)),
            Self::Advised { error, advice } => {
                let what = error.message_in(phrase) + &error.facts();
                write!(f, "{what}. Hint: {}", advised(error, advice))
            }
            Self::Usage { what, hint } | Self::Found { what, hint, .. } => write!(f, "{what}. Hint: {hint}"),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
            Self::System(error) => write!(f, "the system refuses what this program needs: {error}"),
            Self::Interrupted(_) => f.write_str("interrupted"),
        }
    }
}

/// All that there is to do about an error.
pub(crate) fn advised(error: &Error, advice: &str) -> String {
    match error.hint_in(phrase) {
        Some(hint) => format!("{hint}; {advice}"),
        None => advice.to_owned(),
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}
