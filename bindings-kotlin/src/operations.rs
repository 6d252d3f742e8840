//! What is known of Pinterest's operations, and what they answer, as records.

use pinterest_sdk::operations::{BodyKind, Credential, ItemFailure, Operation, Parameter, Place};
use pinterest_sdk::{ApiResponse, OperationCall, Secret};
use serde_json::Value;

use crate::error::NativeError;
use crate::models::NativeAnswer;

/// What is known of an operation.
#[derive(Debug, uniffi::Record)]
pub struct NativeOperation {
    pub name: String,
    pub method: String,
    pub path: String,
    pub tag: String,
    pub rate: String,
    pub in_sandbox: bool,
    pub deprecated: bool,
    pub has_pages: bool,
    pub credentials: Vec<NativeCredential>,
    pub parameters: Vec<NativeParameter>,
    pub body: Option<NativeBody>,
    /// As the table writes types.
    pub answer: Option<String>,
}

/// A credential that an operation takes, by name.
#[derive(Debug, uniffi::Record)]
pub struct NativeCredential {
    pub kind: String,
    pub scopes: Vec<String>,
}

/// A parameter of path or query.
#[derive(Debug, uniffi::Record)]
pub struct NativeParameter {
    pub name: String,
    pub in_path: bool,
    pub required: bool,
    pub kind: String,
    /// In JSON.
    pub default: Option<String>,
}

/// The body of an operation.
#[derive(Debug, uniffi::Record)]
pub struct NativeBody {
    pub form: bool,
    pub required: bool,
    pub kind: String,
}

impl From<&Operation> for NativeOperation {
    fn from(one: &Operation) -> Self {
        Self {
            name: one.name.to_owned(),
            method: one.method.to_owned(),
            path: one.path.to_owned(),
            tag: one.tag.to_owned(),
            rate: one.rate.to_owned(),
            in_sandbox: one.in_sandbox,
            deprecated: one.is_deprecated,
            has_pages: one.has_pages(),
            credentials: one.credentials.iter().map(NativeCredential::from).collect(),
            parameters: one.parameters.iter().map(NativeParameter::from).collect(),
            body: one.body.map(NativeBody::from),
            answer: one.answer.map(str::to_owned),
        }
    }
}

impl From<&Credential> for NativeCredential {
    fn from(one: &Credential) -> Self {
        let (kind, scopes): (_, &[&str]) = match one {
            Credential::User(scopes) => ("USER", scopes),
            Credential::App(scopes) => ("APP", scopes),
            Credential::Conversion => ("CONVERSION", &[]),
            Credential::Basic => ("BASIC", &[]),
            _ => ("OTHER", &[]),
        };
        Self {
            kind: kind.to_owned(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        }
    }
}

impl From<&Parameter> for NativeParameter {
    fn from(one: &Parameter) -> Self {
        Self {
            name: one.name.to_owned(),
            in_path: one.place == Place::Path,
            required: one.is_required,
            kind: one.kind.to_owned(),
            default: one.default.map(str::to_owned),
        }
    }
}

impl From<BodyKind> for NativeBody {
    fn from(body: BodyKind) -> Self {
        Self {
            form: body.is_form,
            required: body.is_required,
            kind: body.kind.to_owned(),
        }
    }
}

/// What an operation answered.
#[derive(Debug, uniffi::Record)]
pub struct NativeOperationAnswer {
    pub answer: NativeAnswer,
    pub failures: Vec<NativeItemFailure>,
}

impl NativeOperationAnswer {
    pub(crate) fn of(operation: &Operation, answer: ApiResponse<Value>) -> Self {
        let failures = operation.failures_in(&answer.data);
        Self {
            failures: failures.into_iter().map(NativeItemFailure::from).collect(),
            answer: answer.into(),
        }
    }
}

/// One item of an answer of success that failed.
#[derive(Debug, uniffi::Record)]
pub struct NativeItemFailure {
    pub place: String,
    pub item: Option<u64>,
    pub code: Option<i64>,
    pub message: Option<Secret>,
    /// All that Pinterest says of it, in JSON.
    pub json: Secret,
}

impl From<ItemFailure> for NativeItemFailure {
    fn from(failure: ItemFailure) -> Self {
        Self {
            place: failure.place,
            item: failure.item.and_then(|number| number.try_into().ok()),
            code: failure.code,
            message: failure.message.map(Secret::from),
            json: failure.value.to_string().into(),
        }
    }
}

/// The operation of a name. The name may be anything, also a secret in the wrong place.
///
/// # Errors
///
/// `InvalidInput` if there is none.
#[uniffi::export]
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
#[allow(clippy::needless_pass_by_value)] // It crosses the border whole.
pub fn find_operation(name: Secret) -> Result<NativeOperation, NativeError> {
    Ok(OperationCall::new(name.expose())?.operation().into())
}

/// Every operation, by name.
#[must_use]
#[uniffi::export]
pub fn all_operations() -> Vec<NativeOperation> {
    Operation::all().map(|one| NativeOperation::from(&one)).collect()
}

/// The release of Pinterest's description that these are from.
#[must_use]
#[uniffi::export]
pub fn operations_version() -> String {
    Operation::version().to_owned()
}
