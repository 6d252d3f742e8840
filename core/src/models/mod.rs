//! What goes into the OAuth calls and what comes out, field by field as on Pinterest's pages.

mod conversion_token;
mod object;
mod odd_field;
mod request;
mod response;
mod revocation;
mod scan;

pub use conversion_token::ConversionToken;
pub(crate) use object::{JsonObject, ObjectError};
pub use odd_field::OddField;
pub use request::OauthAccessTokenRequest;
pub use response::{OauthAccessTokenResponse, ResponseType};
pub use revocation::{TokenRevocationRequest, TokenTypeHint};
pub(crate) use scan::Text;
