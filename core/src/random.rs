//! Texts that nobody can guess.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};

use crate::error::Error;

/// So many bytes of the system's random numbers, in base64url.
///
/// # Errors
///
/// `InvalidInput` if the system gives none.
pub(crate) fn text<const BYTES: usize>() -> Result<String, Error> {
    let mut bytes = [0; BYTES];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| Error::invalid_input("the system gives no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A number that nobody needs to guess: the least one if the system gives none.
#[cfg(feature = "store")]
pub(crate) fn number() -> u16 {
    let mut bytes = [0; 2];
    let _ = SystemRandom::new().fill(&mut bytes);
    u16::from_le_bytes(bytes)
}
