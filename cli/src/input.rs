//! What comes from outside: files, standard input and typed lines, decoded in one place.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use serde_json::Value;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use super::arguments::file_of;
use super::failure::Failure;
use super::stray_secret::is_like_app_secret;
use super::streams::Input;
use pinterest_sdk::operations::read_given;

/// Bytes of a typed or pasted line; a longer one is cut, and nothing that is asked for.
const MAX_LINE: u64 = 1 << 20;
/// Bytes of a file to send; more than Pinterest takes.
pub(crate) const MAX_DATA: u64 = 64 << 20;
/// Room for any secret, so that reading one leaves no copy behind.
const ROOM: usize = 8 << 10;

/// Whether a file's name stands for standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]
        .iter()
        .any(|name| path == Path::new(name))
}

/// Whether two names lead to one stream, of which each reader would take the other's bytes: told by
/// what is open there, since a pipe has many names. A file gives each reader all of it.
pub(crate) fn are_one_stream(one: &Path, other: &Path) -> bool {
    (is_standard_input(one) && is_standard_input(other))
        || stream(one).is_some_and(|stream_of_one| stream(other) == Some(stream_of_one))
}

/// Whether what is read there is gone then.
pub(crate) fn is_stream(path: &Path) -> bool {
    is_standard_input(path) || stream(path).is_some()
}

/// Whether somebody types what is read there: at standard input, or at a terminal by its name.
pub(crate) fn is_terminal(path: &Path) -> bool {
    if is_standard_input(path) {
        return io::stdin().is_terminal();
    }
    // A pipe is not opened to look: whoever writes to it would find its reader gone.
    is_device(path) && File::open(path).is_ok_and(|file| file.is_terminal())
}

#[cfg(unix)]
fn is_device(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    std::fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_char_device())
}

/// Elsewhere terminals have no names here.
#[cfg(not(unix))]
fn is_device(_: &Path) -> bool {
    false
}

/// What tells a stream from every other: its device and number.
#[cfg(unix)]
fn stream(path: &Path) -> Option<(u64, u64)> {
    use std::os::fd::AsFd as _;
    use std::os::unix::fs::MetadataExt as _;
    let metadata = if is_standard_input(path) {
        File::from(io::stdin().as_fd().try_clone_to_owned().ok()?).metadata()
    } else {
        std::fs::metadata(path)
    };
    let metadata = metadata.ok()?;
    (!metadata.is_file() && !metadata.is_dir()).then(|| (metadata.dev(), metadata.ino()))
}

/// Elsewhere pipes have no names here.
#[cfg(not(unix))]
fn stream(_: &Path) -> Option<(u64, u64)> {
    None
}

/// JSON that was given as an argument, or that of the file that it stands for. `what` is what a message calls it.
pub(crate) fn json(what: &str, argument: &str) -> Result<Value, Failure> {
    json_as_written(what, argument).map(|(json, _)| json)
}

/// The same, and its text: a number that was read may have lost digits.
pub(crate) fn json_as_written(what: &str, argument: &str) -> Result<(Value, String), Failure> {
    let hint = "give JSON, @ and the name of a file that holds it, or - for standard input";
    let refuse = |why: String| Failure::usage(format!("{what} is not JSON{why}"), hint);
    let text = match file_of(argument) {
        Some(path) => {
            let bytes = read(path, MAX_DATA, hint)?;
            let text = decode(&bytes).map_err(|why| refuse(format!(": {} {why}", name(path))))?;
            text.as_str().to_owned()
        }
        None => argument.to_owned(),
    };
    let json = read_given(what, &text).map_err(|error| Failure::usage(error.message().to_owned(), hint))?;
    Ok((json, text))
}

/// A file's bytes, or standard input's for `-`; at most so many.
pub(crate) fn read(path: &Path, limit: u64, hint: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(ROOM));
    let read = if is_standard_input(path) {
        Input::lock().take(limit + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
    };
    let name = name(path);
    match read {
        Err(error) => Err(Failure::usage(format!("{name} cannot be read: {error}"), hint)),
        Ok(_) if bytes.len() as u64 > limit => Err(Failure::usage(
            format!("{name} holds more than {limit} bytes"),
            hint,
        )),
        Ok(_) => Ok(bytes),
    }
}

/// What to call it. A secret that was given in place of its file's name is not shown.
pub(crate) fn name(path: &Path) -> String {
    if is_standard_input(path) {
        "standard input".to_owned()
    } else if path.to_str().is_some_and(is_like_app_secret) && !path.exists() {
        "the file that was named".to_owned()
    } else {
        path.display().to_string()
    }
}

/// The text of bytes: UTF-8, or UTF-16 with the mark at its start that Windows writes.
///
/// # Errors
///
/// What is wrong, as `it …`.
pub(crate) fn decode(bytes: &[u8]) -> Result<Zeroizing<String>, &'static str> {
    let text = match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Err("is UTF-32: save it as UTF-8"),
        [0xff, 0xfe, units @ ..] => utf16(units, u16::from_le_bytes)?,
        [0xfe, 0xff, units @ ..] => utf16(units, u16::from_be_bytes)?,
        [0xef, 0xbb, 0xbf, utf8 @ ..] | utf8 => match std::str::from_utf8(utf8) {
            Ok(text) => Zeroizing::new(text.to_owned()),
            Err(_) => return Err("is not text in UTF-8"),
        },
    };
    // Every other one, in UTF-16 of a plain text.
    match text.matches('\0').count() {
        0 => Ok(text),
        nuls if nuls >= text.len() / 2 && nuls < text.len() => Err("is UTF-16: save it as UTF-8"),
        _ => Err("holds a NUL character"),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Zeroizing<String>, &'static str> {
    let (units, rest) = bytes.as_chunks::<2>();
    let units: Zeroizing<Vec<u16>> = Zeroizing::new(units.iter().copied().map(unit).collect());
    match String::from_utf16(&units) {
        Ok(text) if rest.is_empty() => Ok(Zeroizing::new(text)),
        _ => Err("is damaged UTF-16: save it as UTF-8"),
    }
}

/// A line from standard input, none at its end; read on a thread that ends with the program if it
/// never comes. What is no text in it is U+FFFD, which nothing that is asked for holds.
pub(crate) async fn line() -> Result<Option<String>, Failure> {
    let (send, read) = oneshot::channel();
    let reading = std::thread::Builder::new().spawn(move || {
        let mut text = Vec::new();
        let mut input = Input::lock().take(MAX_LINE);
        // Nobody waits for it once the command has ended.
        let _ = send.send(io::BufRead::read_until(&mut input, b'\n', &mut text).map(|_| text));
    });
    let refuse = |error: io::Error| {
        Failure::usage(
            format!("standard input cannot be read: {error}"),
            "type it, or paste it as text",
        )
    };
    reading.map_err(refuse)?;
    let text = read.await.unwrap_or_else(|_| Ok(Vec::new())).map_err(refuse)?;
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(decode(&text).map_or_else(
        |_| String::from_utf8_lossy(&text).into_owned(),
        |text| text.to_string(),
    )))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn every_way_that_editors_save_a_text_is_read_or_named() {
        for (bytes, text) in [
            (&b"secret\r\n"[..], "secret\r\n"),
            (b"\xef\xbb\xbfsecret", "secret"),
            (b"\xff\xfes\0\xe9\0", "sé"),
            (b"\xfe\xff\0s\0\xe9", "sé"),
            (b"\xff\xfe", ""),
            (b"", ""),
        ] {
            assert_eq!(decode(bytes).unwrap().as_str(), text);
        }
        for (bytes, why) in [
            (&b"s\0e\0c\0"[..], "is UTF-16"),
            (b"\0s\0e\0c", "is UTF-16"),
            (b"\xff\xfes\0e", "damaged"),
            (b"\xff\xfe\0\xd8", "damaged"),
            (b"\xff\xfe\0\0s\0\0\0", "UTF-32"),
            (b"secret\0", "NUL"),
            (b"\0\0\0", "NUL"),
            (b"s\xe9", "not text"),
        ] {
            assert!(decode(bytes).unwrap_err().contains(why), "{bytes:?}");
        }
    }
}
