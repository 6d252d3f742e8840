//! How a command can end badly, and the exit code that says so.

use std::io;

use crate::error::{Error, ErrorKind};

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What the core says.
    Core(Error),
    /// What was asked for cannot be done so: what is wrong, and what to do.
    Usage {
        what: String,
        hint: String,
    },
    /// The output cannot be written.
    Output(io::Error),
    Interrupted,
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
        match self {
            Self::Core(error) => match error.kind() {
                ErrorKind::InvalidInput => 2,
                ErrorKind::ReauthorizationRequired => 3,
                ErrorKind::Network | ErrorKind::Protocol | ErrorKind::Server => 5,
                ErrorKind::Store => 6,
                _ => 4,
            },
            Self::Usage { .. } => 2,
            Self::Output(_) => 5,
            Self::Interrupted => 130,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
