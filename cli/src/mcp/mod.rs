//! `pinterest mcp`: Pinterest's operations as tools of a Model Context Protocol server on standard input and output.

mod calls;
mod choice;
mod lines;
mod pipes;
mod serve;
mod server;
mod tools;

pub(crate) use choice::Choice;
pub(crate) use serve::serve;
