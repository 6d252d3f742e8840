//! What becomes of a call.

use pinterest_sdk::Secret;

use crate::error::NativeError;
use crate::models::{NativeAnswer, NativeConversionToken, NativeHttp, NativeToken, NativeTokenAnswer};
use crate::operations::NativeOperationAnswer;
use crate::token_models::{NativeAccessToken, NativeTokenStatus};

/// What became of a call.
#[derive(Debug, uniffi::Enum)]
#[allow(clippy::large_enum_variant)] // It crosses the border field by field; a box would not.
pub enum NativeOutcome {
    Failed {
        error: NativeError,
    },
    Answer {
        answer: NativeAnswer,
    },
    OperationAnswer {
        answer: NativeOperationAnswer,
    },
    /// None after the last.
    Page {
        page: Option<NativeOperationAnswer>,
    },
    /// Each item's JSON text; none after the last page.
    Items {
        items: Option<Vec<Secret>>,
    },
    TokenAnswer {
        answer: NativeTokenAnswer,
    },
    Revoked {
        http: NativeHttp,
    },
    ConversionToken {
        token: NativeConversionToken,
    },
    Token {
        token: NativeToken,
    },
    AccessToken {
        token: NativeAccessToken,
    },
    TokenStatus {
        status: NativeTokenStatus,
    },
    /// What was changed.
    Accounts {
        names: Vec<String>,
    },
    /// Whether there was anything to do, or it is done.
    Done {
        done: bool,
    },
}

impl NativeOutcome {
    /// The panic's own text is left out: it may quote anything.
    pub(crate) fn panicked() -> Self {
        let error = NativeError::unexpected("the SDK's native code panicked");
        Self::Failed { error }
    }
}
