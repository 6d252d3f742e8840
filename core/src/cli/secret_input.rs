//! Where secrets come from: a file, standard input, a prompt that does not show them. Never an argument.

use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use zeroize::Zeroizing;

use super::failure::Failure;
use crate::secret::Secret;

/// Reads a secret from a file, or from standard input for `-`. White space around it is not part
/// of it: editors end files with a line break.
pub(crate) fn read(path: &Path) -> Result<Secret, Failure> {
    let mut text = Zeroizing::new(String::new());
    let read = if path == Path::new("-") {
        io::stdin().lock().read_to_string(&mut text).map(drop)
    } else {
        fs::read_to_string(path).map(|read| *text = read)
    };
    read.map_err(|error| {
        Failure::usage(
            format!("{} cannot be read: {error}", path.display()),
            "name a file that holds the secret and nothing else",
        )
    })?;
    let secret = text.trim();
    if secret.is_empty() {
        return Err(Failure::usage(
            format!("{} holds no secret", path.display()),
            "name a file that holds the secret and nothing else",
        ));
    }
    Ok(secret.into())
}

/// Asks the person at the terminal, without showing what they type. None without a terminal.
pub(crate) fn ask(what: &str) -> Result<Option<Secret>, Failure> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    match rpassword::prompt_password(format!("{what} (not shown): ")) {
        Ok(typed) => Ok(Some(Secret::new(Zeroizing::new(typed).trim()))),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(Failure::Interrupted),
        Err(error) => Err(error.into()),
    }
}
