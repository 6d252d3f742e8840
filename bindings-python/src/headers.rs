//! Headers as Python gives them.

use pinterest_sdk::Secret;

/// Any of the values may be a credential.
pub(crate) fn secret_values(headers: Vec<(String, String)>) -> Vec<(String, Secret)> {
    headers
        .into_iter()
        .map(|(name, value)| (name, value.into()))
        .collect()
}
