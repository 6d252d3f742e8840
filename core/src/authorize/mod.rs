//! From "Connect with Pinterest" to a token: the authorization URL, the callback, the exchange.

mod authorization_request;
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
mod visit;
mod visitors;

pub use authorization_request::{AuthorizationFields, AuthorizationRequest};
#[cfg(all(feature = "browser", not(target_os = "android")))]
pub use browser::open_browser;
pub use loopback::{LoopbackCallback, LoopbackLogin, WaitingBrowser, login};
pub use pending::PendingAuthorization;
