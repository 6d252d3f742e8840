//! From "Connect with Pinterest" to a token: the authorization URL, the callback, the exchange.

#[cfg(all(feature = "browser", not(target_os = "android")))]
mod browser;
mod callback;

mod authorization_request;
mod loopback;
mod page;
mod pending;
mod proof;

pub use authorization_request::AuthorizationRequest;
#[cfg(all(feature = "browser", not(target_os = "android")))]
pub use browser::open_browser;
pub use loopback::{LoopbackLogin, login};
pub use pending::PendingAuthorization;
