//! The key of the tokens in the system's keyring: the Secret Service, macOS's keychain, Windows' credentials.

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
#[cfg(all(unix, not(target_os = "macos")))]
use dbus_secret_service_keyring_store::Store;
use keyring_core::api::CredentialStoreApi as _;
#[cfg(windows)]
use windows_native_keyring_store::Store;
use zeroize::Zeroizing;

use pinterest_sdk::Error;
use pinterest_sdk::store::{KeySource, TokenKey};

/// Timers, and programs that start this one, may leave these variables out.
const ADVICE: &str = if cfg!(all(unix, not(target_os = "macos"))) {
    "unlock it, and see whether one runs and DBUS_SESSION_BUS_ADDRESS or XDG_RUNTIME_DIR is set; on a server use PINTEREST_TOKEN_KEY_FILE"
} else {
    "unlock it, or use PINTEREST_TOKEN_KEY_FILE"
};

/// The keyring as a source of keys. It may ask the person to unlock it.
pub(crate) struct Keyring;

impl KeySource for Keyring {
    fn describe(&self) -> String {
        "system's keyring".to_owned()
    }

    fn keys(&self) -> Result<Vec<TokenKey>, Error> {
        let Some(key) = find()? else {
            return Err(Error::store("there is no key of this program's in the system's keyring")
                .with_advice("bring back the keyring that the tokens were sealed with; if it is lost, so are they: run `pinterest logout --all` and log in again"));
        };
        Ok(vec![key])
    }
}

/// Makes a key, unless there is one.
pub(crate) fn make() -> Result<(), Error> {
    if find()?.is_some() {
        return Ok(());
    }
    let key = TokenKey::generate()?;
    keep(&key)?;
    match find()? {
        Some(kept) if kept.id() == key.id() => Ok(()),
        _ => Err(
            Error::store("the system's keyring does not keep the key that it was given")
                .with_advice("use PINTEREST_TOKEN_KEY_FILE instead"),
        ),
    }
}

fn entry() -> Result<keyring_core::Entry, Error> {
    let made = Store::new().and_then(|store| store.build("pinterest-sdk", "token key", None));
    made.map_err(|error| failed(&error))
}

fn find() -> Result<Option<TokenKey>, Error> {
    match entry()?.get_password() {
        Ok(text) => key_of(&Zeroizing::new(text)).map(Some),
        Err(keyring_core::Error::NoEntry) => Ok(None),
        Err(error) => Err(failed(&error)),
    }
}

fn key_of(text: &str) -> Result<TokenKey, Error> {
    TokenKey::from_text(text).map_err(|error| {
        Error::store(format!("what the system's keyring has is no key: {}", error.message()))
            .with_advice("put the key back that the tokens were sealed with; if it is lost, so are they: remove `token key` of `pinterest-sdk` from the keyring, run `pinterest logout --all` and log in again")
    })
}

fn keep(key: &TokenKey) -> Result<(), Error> {
    let text = key.to_text();
    entry()?
        .set_password(text.expose())
        .map_err(|error| failed(&error))
}

fn failed(error: &keyring_core::Error) -> Error {
    Error::store(format!("the system's keyring cannot be used: {error}")).with_advice(ADVICE)
}

#[cfg(test)]
mod tests {
    use super::key_of;

    #[test]
    fn what_is_no_key_says_what_to_do_and_is_not_repeated() {
        let error = key_of("canary").unwrap_err();
        assert!(
            error.hint().is_some_and(|hint| hint.contains("logout --all")),
            "{error:?}"
        );
        assert!(!format!("{error:?}").contains("canary"));
    }
}
