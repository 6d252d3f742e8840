//! What goes into the OAuth calls and what comes out, field by field as on Pinterest's pages.

mod additional_properties;
mod conversion_token;
mod object;
mod revocation;
mod token_request;
mod token_response;

pub use additional_properties::AdditionalProperties;
pub use conversion_token::ConversionToken;
pub(crate) use object::{JsonObject, ObjectError};
pub use revocation::{TokenRevocationRequest, TokenTypeHint};
pub use token_request::OauthAccessTokenRequest;
pub use token_response::{OauthAccessTokenResponse, ResponseType};
