//! Pinterest's authorization server on loopback: faithful, and scriptable where it is not.
//!
//! It shares no code with the SDK, so that tests against it prove something. The README says what
//! it answers, what its switches do and how to script an answer.
//!
//! # The map
//!
//! | module | what lives there |
//! |---|---|
//! | `program` | the command line |
//! | `front_door`, `environment`, `authority_file` | what it tells people, shells and programs |
//! | `command`, `background` | a command inside it, or itself behind a shell |
//! | `options`, `server`, `shared` | starting and listening |
//! | `connection`, `proxy`, `stream` | one connection: TLS or plain text, requests in, answers out, tunnels |
//! | `control`, `overview` | `/_sandbox/…`: your side |
//! | `pinterest` | `/v5/…` and `/oauth/`: Pinterest's side |
//! | `facts` | what Pinterest's operations take and give, from a source of its own |
//! | `pages` | what a person sees: consent, dashboard |
//! | `world`, `switches`, `clock` | the state, and how it behaves |
//! | `content` | what the account has: boards, Pins, media, ad accounts |
//! | `apps`, `scopes`, `tokens`, `challenge`, `limits`, `shelf` | what the state is made of |
//! | `script`, `odd`, `delivery`, `endless`, `log`, `note` | scripted and odd answers, how they go out, what arrived |
//! | `http` | reading requests, writing responses |
//! | `certificates`, `faults`, `addresses` | TLS identities, the addresses that misbehave |

#![forbid(unsafe_code)]

mod addresses;
mod apps;
mod authority_file;
mod background;
mod certificates;
mod challenge;
mod clock;
mod command;
mod connection;
mod content;
mod control;
mod delivery;
mod endless;
mod environment;
mod facts;
mod faults;
mod front_door;
mod http;
mod limits;
mod log;
mod note;
mod odd;
mod options;
mod overview;
mod pages;
mod pinterest;
mod program;
mod proxy;
mod scopes;
mod script;
mod server;
mod shared;
mod shelf;
mod stream;
mod switches;
mod tokens;
mod world;

pub use addresses::Addresses;
pub use options::Options;
pub use program::run;
pub use server::Sandbox;
