//! Where tokens rest: one private file a profile, replaced as a whole or not at all.

mod file;
mod private;
mod profile;
mod reservation;
mod stored_token;

pub use file::{FileStore, Lock};
pub use private::{Exposure, exposure};
pub use profile::ProfileName;
pub use stored_token::{Life, StoredToken};
