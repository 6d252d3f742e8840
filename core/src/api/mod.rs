//! Pinterest's operations, grouped as on its pages.

mod any_endpoint;
mod any_operation;
mod hint;
mod json_call;
mod oauth;
mod pages;

pub use any_endpoint::ApiRequest;
pub use any_operation::OperationCall;
pub use oauth::OauthApi;
#[cfg(feature = "store")]
pub(crate) use pages::{Caller, Later};
pub use pages::{ItemStream, PageStream, Pages};
