//! Keeps stored tokens fresh and loses none: one process renews, the others take what it got.

mod hold;
mod need;
mod renewal;
mod revocation;

pub use hold::{App, Session, absent};
pub use need::Need;
pub use renewal::{Renewal, Token};
