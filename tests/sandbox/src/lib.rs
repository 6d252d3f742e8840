//! Pinterest's authorization server on loopback: faithful, and scriptable where it is not.
//!
//! It shares no code with the SDK, so that tests against it prove something. The README says what
//! it answers, what its switches do and how to script an answer.
//!
//! # The map
//!
//! | module | what lives there |
//! |---|---|
//! | `server` | starting, listening, telling TLS from plain text |
//! | `connection` | one connection: requests in, answers out, tunnels |
//! | `control` | `/_sandbox/…`: your side |
//! | `pinterest` | `/v5/…` and `/oauth/`: Pinterest's side |
//! | `pages` | what a person sees: consent, dashboard |
//! | `world`, `tokens`, `switches`, `clock` | what the sandbox remembers and how it behaves |
//! | `script`, `delivery`, `log` | scripted answers, how they go out byte by byte, what arrived |
//! | `http` | reading requests, writing responses |
//! | `certificates`, `faults`, `addresses` | TLS identities, the addresses that misbehave |

#![forbid(unsafe_code)]

mod addresses;
mod certificates;
mod clock;
mod connection;
mod control;
mod delivery;
mod faults;
mod http;
mod log;
mod pages;
mod pinterest;
mod script;
mod server;
mod switches;
mod tokens;
mod world;

pub use addresses::Addresses;
pub use server::{Options, Sandbox};
