//! Where tokens rest: one private file a profile, replaced as a whole or not at all.

mod file;
mod private;
mod profile;
mod reservation;
mod stored_token;

pub(crate) use file::{FileStore, Lock};
pub(crate) use private::{Exposure, exposure};
pub(crate) use profile::ProfileName;
pub(crate) use stored_token::{Life, StoredToken};
