//! Where tokens rest: one private file a profile, replaced as a whole or not at all.

mod beside;
mod chain;
mod file;
mod leftovers;
mod life;
mod namesake;
mod pause;
mod private;
mod profile;
mod record_fields;
mod record_file;
mod remedy;
mod room;
mod stored_token;

pub use file::{FileStore, Lock};
pub use leftovers::Settled;
pub use life::Life;
pub use pause::Pause;
pub use private::{Exposure, exposure};
pub use profile::ProfileName;
pub use remedy::quoted;
pub use room::Room;
pub use stored_token::StoredToken;
