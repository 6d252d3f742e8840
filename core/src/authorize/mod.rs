//! From "Connect with Pinterest" to a token: the authorization URL, the callback, the exchange.

mod callback;
mod clock;
mod loopback;
mod page;
mod pending;
mod proof;
mod request;

pub use loopback::login;
pub use pending::PendingAuthorization;
pub use request::AuthorizationRequest;
