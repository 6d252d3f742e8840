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
