//! What goes into the OAuth calls and what comes out, field by field as on Pinterest's pages.

mod conversion_token;
mod object;
mod request;
mod response;
mod revocation;

pub use conversion_token::ConversionToken;
pub(crate) use object::{JsonObject, ObjectError};
pub use request::OauthAccessTokenRequest;
pub use response::{OauthAccessTokenResponse, ResponseType};
pub use revocation::{TokenRevocationRequest, TokenTypeHint};
