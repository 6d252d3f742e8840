//! Every operation of Pinterest's API v5, from one table: what each is called, where it is, what it takes and gives.
//!
//! The table lies in the sources as text, written by `tools/operations` from Pinterest's own description. It describes
//! what Pinterest's servers say of themselves at one time; they know more values and fields later, and answers with
//! those are as good as any.

mod blocks;
mod bookmarks;
pub(crate) mod check;
mod failures;
mod given;
mod kind;
mod nearest;
mod object;
mod operation;

pub use crate::json::read_answer;
pub use bookmarks::{Bookmarks, take_items};
pub use check::Checks;
pub use failures::ItemFailure;
pub use given::read_given;
pub use kind::{Kind, Limits};
pub use object::{Choice, Definition, Property};
pub use operation::{BodyKind, Credential, Operation, Parameter, Place};
