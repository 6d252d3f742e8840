//! The environment's variables, as commands read them.

use std::env;

use pinterest_sdk::trimmed_credential;

/// A variable that is set to something. White space around it is a slip: no setting has any.
pub(crate) fn variable(name: &str) -> Option<String> {
    let value = env::var(name).ok()?;
    Some(trimmed_credential(&value).to_owned()).filter(|value| !value.is_empty())
}
