//! What flights stand on. Their test puts something else in its place, to try every order in which threads can meet.

pub(super) use std::sync::{Mutex, PoisonError};
pub(super) use tokio::runtime::Handle;
pub(super) use tokio::sync::watch;
