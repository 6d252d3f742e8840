//! From "Connect with Pinterest" to a token: the authorization URL, the callback, the exchange.

mod callback;
mod pending;
mod proof;
mod request;

pub use pending::PendingAuthorization;
pub use request::AuthorizationRequest;
