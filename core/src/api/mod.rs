//! Pinterest's operations, grouped as on its pages.

mod hint;
mod oauth;
mod request;

pub use oauth::OauthApi;
pub use request::ApiRequest;
