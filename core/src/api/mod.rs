//! Pinterest's operations, grouped as on its pages.

mod any_endpoint;
mod any_operation;
mod hint;
mod json_call;
mod oauth;

pub use any_endpoint::ApiRequest;
pub use any_operation::{OperationCall, Pages};
pub use oauth::OauthApi;
