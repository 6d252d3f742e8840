//! From "Connect with Pinterest" to a token: the authorization URL, the callback, the exchange.

#[cfg(all(feature = "browser", not(target_os = "android")))]
mod browser;
mod callback;
mod loopback;
mod once;
mod page;
mod paste;
mod pending;
mod proof;
mod redirect;
mod request;
mod visit;
mod visitors;

#[cfg(all(feature = "browser", not(target_os = "android")))]
pub use browser::open_browser;
pub use loopback::{LoopbackLogin, login};
pub use pending::PendingAuthorization;
pub use request::AuthorizationRequest;
