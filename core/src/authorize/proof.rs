//! Random states and what is proved with them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::{digest, hmac};

use crate::error::Error;
use crate::random;
use crate::secret::Secret;

/// Bits of a state: 256, twice what RFC 6749 section 10.10 asks for.
const STATE_BYTES: usize = 32;

/// A state from the system's random numbers, in base64url.
pub(crate) fn new_state() -> Result<String, Error> {
    random::text::<STATE_BYTES>()
}

/// The PKCE code verifier (RFC 7636 section 4.1) that belongs to a state. It is derived from the
/// app secret, so that a pending authorization can be kept in a session without holding a secret.
pub(crate) fn code_verifier(app_secret: &Secret, state: &str) -> Secret {
    let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.expose().as_bytes());
    let tag = hmac::sign(&key, format!("pkce code verifier for {state}").as_bytes());
    Secret::new(URL_SAFE_NO_PAD.encode(tag))
}

/// The verifier's S256 challenge (RFC 7636 section 4.2).
pub(crate) fn code_challenge(verifier: &Secret) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, verifier.expose().as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{code_challenge, code_verifier, new_state};
    use crate::secret::Secret;

    #[test]
    fn states_are_unique_and_safe_in_a_url() {
        let states: HashSet<String> = (0..100_000).map(|_| new_state().unwrap()).collect();
        assert_eq!(states.len(), 100_000);
        for state in states.iter().take(100) {
            assert_eq!(state.len(), 43);
            assert!(
                state
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
            );
        }
    }

    #[test]
    fn the_challenge_is_the_one_of_the_rfc() {
        // RFC 7636 appendix B.
        let verifier = Secret::new("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(
            code_challenge(&verifier),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn verifiers_differ_by_state_and_by_secret() {
        let secret = Secret::new("s");
        let verifier = code_verifier(&secret, "a");
        assert!((43..=128).contains(&verifier.expose().len()));
        assert_eq!(verifier, code_verifier(&secret, "a"));
        assert_ne!(verifier, code_verifier(&secret, "b"));
        assert_ne!(verifier, code_verifier(&Secret::new("t"), "a"));
    }
}
