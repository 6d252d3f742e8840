//! From "Connect with Pinterest" to a token: the authorization URL, the callback, the exchange.

#[cfg(all(feature = "browser", not(target_os = "android")))]
mod browser;
mod callback;

mod loopback;
mod page;
mod pending;
mod proof;
mod request;

#[cfg(all(feature = "browser", not(target_os = "android")))]
pub use browser::open_browser;
pub use loopback::{LoopbackCallback, LoopbackLogin, login};
pub use pending::PendingAuthorization;
pub use request::AuthorizationRequest;
