//! Pinterest's operations, grouped as on its pages.

mod any_endpoint;
mod hint;
mod oauth;

pub use any_endpoint::ApiRequest;
pub use oauth::OauthApi;
