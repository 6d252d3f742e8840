//! What goes into the OAuth calls and what comes out, field by field as on Pinterest's pages.

mod additional_properties;
mod conversion_token;
mod lasting;
mod object;
mod odd_field;
mod revocation;
mod scan;
mod token_request;
mod token_response;

pub use additional_properties::AdditionalProperties;
pub use conversion_token::ConversionToken;
#[cfg(feature = "store")]
pub(crate) use lasting::Lasting;
pub(crate) use object::{JsonObject, ObjectError};
pub use odd_field::OddField;
pub use revocation::{TokenRevocationRequest, TokenTypeHint};
pub(crate) use scan::Text;
pub use token_request::{OauthAccessTokenRequest, TokenRequestFields};
pub use token_response::{OauthAccessTokenResponse, ResponseType};
