//! Keeps tokens fresh and loses none: one process renews, the others take what it got.

mod access_token;
mod accounts;
mod adoption;
mod budget;
mod calls;
mod contained;
mod event;
mod flight;
mod forgetting;
mod ground;
mod hold;
mod keeping;
mod manager;
mod memory;
mod need;
mod options;
mod place;
mod refused;
mod renewal;
mod revocation;
mod saving;
mod status;
mod telling;
mod transaction;
mod works;

pub use access_token::AccessToken;
pub use event::{TokenEvent, TokenEventKind};
#[doc(hidden)]
pub use hold::{App, Session, absent};
pub use manager::TokenManager;
#[doc(hidden)]
pub use need::Need;
pub use options::TokenOptions;
#[doc(hidden)]
pub use renewal::{Renewal, Token};
pub use status::{TokenState, TokenStatus};
