//! The key of the tokens in the system's keyring: the Secret Service, macOS's keychain, Windows' credentials.

use pinterest_sdk::Error;
use pinterest_sdk::store::{KeySource, TokenKey};

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

#[cfg(feature = "keyring")]
fn entry() -> Result<keyring::Entry, Error> {
    keyring::Entry::new("pinterest-sdk", "token key").map_err(|error| failed(&error))
}

#[cfg(feature = "keyring")]
fn find() -> Result<Option<TokenKey>, Error> {
    match entry()?.get_password() {
        Ok(text) => TokenKey::from_text(&zeroize::Zeroizing::new(text))
            .map(Some)
            .map_err(|error| {
                Error::store(format!(
                    "what the system's keyring has is no key: {}",
                    error.message()
                ))
            }),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(failed(&error)),
    }
}

#[cfg(feature = "keyring")]
fn keep(key: &TokenKey) -> Result<(), Error> {
    let text = key.to_text();
    entry()?
        .set_password(text.expose())
        .map_err(|error| failed(&error))
}

#[cfg(feature = "keyring")]
fn failed(error: &keyring::Error) -> Error {
    Error::store(format!("the system's keyring cannot be used: {error}"))
        .with_advice("unlock it, or see whether one runs; on a server use PINTEREST_TOKEN_KEY_FILE")
}

#[cfg(not(feature = "keyring"))]
fn find() -> Result<Option<TokenKey>, Error> {
    Err(absent())
}

#[cfg(not(feature = "keyring"))]
fn keep(_: &TokenKey) -> Result<(), Error> {
    Err(absent())
}

#[cfg(not(feature = "keyring"))]
fn absent() -> Error {
    Error::store("this program was built without the system's keyring").with_advice(
        "build it with `cargo install --locked --path cli --features keyring`, or keep a key in PINTEREST_TOKEN_KEY_FILE",
    )
}
