//! Where secrets come from: a file, standard input, a prompt that does not show them. Never an argument.

use std::cell::OnceCell;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::failure::Failure;
use super::input;
use super::signals::Signal;
use super::stray_secret::is_token;
use pinterest_sdk::Secret;
use pinterest_sdk::trimmed_credential;

/// Bytes of a file with a secret; what is longer is none.
const MAX_SECRET: u64 = 64 * 1024;
const HINT: &str = "name a file that holds the secret and nothing else";

/// Reads a secret from a file, or from standard input for `-`. A terminal does not show it. White space around it is not
/// part of it: editors end files with a line break.
pub(crate) fn read(path: &Path) -> Result<Secret, Failure> {
    let refuse = |why: &str| Failure::usage(format!("{} {why}", input::name(path)), HINT);
    if input::is_terminal(path) {
        let typed = typed("Secret")?.filter(|secret| !secret.is_empty());
        return typed.ok_or_else(|| refuse("holds no secret"));
    }
    let bytes = input::read(path, MAX_SECRET, HINT)?;
    let text = input::decode(&bytes).map_err(refuse)?;
    match trimmed_credential(&text) {
        "" => Err(refuse("holds no secret")),
        secret => Ok(secret.into()),
    }
}

/// The same where it may be needed again: what a stream gave, which gives it once, is `streamed` from then on.
pub(crate) fn read_again(path: &Path, streamed: &OnceCell<Secret>) -> Result<Secret, Failure> {
    if let Some(secret) = streamed.get() {
        return Ok(secret.clone());
    }
    let secret = read(path)?;
    if input::is_stream(path) {
        // Nobody else has set it meanwhile.
        let _ = streamed.set(secret.clone());
    }
    Ok(secret)
}

/// The app secret that was found, if it can be sent as one.
pub(crate) fn usable(found: Option<Secret>) -> Result<Secret, Failure> {
    let secret = found.filter(|secret| !secret.is_empty()).ok_or_else(|| {
        Failure::usage(
            "there is no app secret",
            "set PINTEREST_APP_SECRET, use --app-secret-file, or run this on a terminal",
        )
    })?;
    if is_token(secret.expose()) {
        return Err(Failure::usage(
            "the app secret is a token",
            "the secret is on the app's page, at https://developers.pinterest.com/apps/",
        ));
    }
    Ok(secret)
}

/// Asks the person at the terminal, without showing what they type. None without a terminal.
pub(crate) fn ask(what: &str) -> Result<Option<Secret>, Failure> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    typed(what)
}

/// What the person types, without showing it; none if they end it.
fn typed(what: &str) -> Result<Option<Secret>, Failure> {
    match rpassword::prompt_password(format!("{what} (not shown): ")) {
        Ok(typed) => Ok(Some(trimmed_credential(&Zeroizing::new(typed)).into())),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => {
            Err(Failure::Interrupted(Signal::INTERRUPT))
        }
        // Ctrl-D: the person has none.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            // Only to leave the prompt's line.
            let _ = writeln!(io::stderr());
            Ok(None)
        }
        Err(error) => Err(Failure::usage(
            format!("the terminal cannot be read: {error}"),
            "set PINTEREST_APP_SECRET, or use --app-secret-file",
        )),
    }
}
