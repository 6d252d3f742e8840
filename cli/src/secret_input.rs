//! Where secrets come from: a file, standard input, a prompt that does not show them. Never an argument.

use std::fs::File;
use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};
use std::path::Path;

use tokio::sync::oneshot;
use zeroize::Zeroizing;

use super::failure::Failure;
use pinterest_sdk::Secret;

/// Bytes of a file with a secret; what is longer is none.
const MAX_SECRET: u64 = 64 * 1024;

/// Reads a secret from a file, or from standard input for `-`. White space around it is not part
/// of it: editors end files with a line break.
pub(crate) fn read(path: &Path) -> Result<Secret, Failure> {
    let mut text = Zeroizing::new(String::new());
    let read = if path == Path::new("-") {
        io::stdin().lock().take(MAX_SECRET).read_to_string(&mut text)
    } else {
        File::open(path).and_then(|file| file.take(MAX_SECRET).read_to_string(&mut text))
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
        // Ctrl-D: the person has none.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            writeln!(io::stderr())?;
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// A line from standard input, none at its end; read on a thread that ends with the program if it
/// never comes.
pub(crate) async fn line() -> Result<Option<String>, Failure> {
    let (send, read) = oneshot::channel();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        // Nobody waits for it after Ctrl-C.
        let _ = send.send(io::stdin().lock().read_until(b'\n', &mut text).map(|_| text));
    });
    let text = read.await.unwrap_or_else(|_| Ok(Vec::new()))?;
    Ok((!text.is_empty()).then(|| String::from_utf8_lossy(&text).into_owned()))
}
