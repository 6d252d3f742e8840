//! Pinterest's operations, grouped as on its pages.

mod hint;
mod oauth;

pub use oauth::OauthApi;
