//! `pinterest api`: any operation by its name.

mod call;
mod flags;
mod listing;
mod tree;
mod values;

pub(crate) use call::{call, files, is_schema_wanted, tell_schema};
pub(crate) use listing::list;
pub(crate) use tree::{Asked, asked, by_words, grown, is_wanted};
