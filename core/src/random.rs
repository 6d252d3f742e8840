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

/// A number from a half to one, so that those who failed together do not come back together. Nobody needs
/// to guess it: it is the least one if the system gives no random numbers.
#[cfg(feature = "store")]
pub(crate) fn jitter() -> f64 {
    let mut bytes = [0; 2];
    let _ = SystemRandom::new().fill(&mut bytes);
    0.5 + f64::from(u16::from_le_bytes(bytes)) / f64::from(u16::MAX) / 2.0
}

#[cfg(all(test, feature = "store"))]
mod tests {
    use super::jitter;

    #[test]
    fn jitter_is_between_a_half_and_one() {
        let all: Vec<f64> = (0..1000).map(|_| jitter()).collect();
        assert!(all.iter().all(|jitter| (0.5..=1.0).contains(jitter)));
        assert!(all.iter().any(|jitter| *jitter < 0.6) && all.iter().any(|jitter| *jitter > 0.9));
    }
}
