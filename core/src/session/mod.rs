//! Keeps stored tokens fresh and loses none: one process renews, the others take what it got.

mod renewal;

pub use renewal::{Session, Token, absent};
