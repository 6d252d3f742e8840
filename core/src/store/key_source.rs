//! Where the keys of a sealed store come from.

use std::env::{self, VarError};
use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use zeroize::Zeroizing;

use super::token_key::{TokenKey, not_text, without_keys};
use crate::error::Error;

/// Bytes of a file of keys: more than a hundred of them.
const MAX_FILE: u64 = 8 << 10;

/// Gives the keys of a store that seals its tokens: the one to seal with first, then older ones, which
/// only open.
///
/// It may take its time, and ask a person: it is called on a thread of its own, and its answer is kept. It is
/// asked again for a file whose key it did not give. A function that gives the keys is a source as well.
pub trait KeySource: Send + Sync {
    /// What it is, for people: `file /run/secrets/token-key`. No secret.
    fn describe(&self) -> String {
        "a function of the program".to_owned()
    }

    /// The keys, at least one.
    ///
    /// # Errors
    ///
    /// [`Error::store`], saying what to do.
    fn keys(&self) -> Result<Vec<TokenKey>, Error>;
}

impl<F> KeySource for F
where
    F: Fn() -> Result<Vec<TokenKey>, Error> + Send + Sync,
{
    fn keys(&self) -> Result<Vec<TokenKey>, Error> {
        self()
    }
}

/// Keys in a file: one of 32 bytes, or one a line in Base64, the current one first.
#[derive(Debug, Clone)]
pub struct KeyFile {
    path: PathBuf,
    /// What came from a pipe, which gives it once.
    piped: Arc<Mutex<Vec<TokenKey>>>,
}

impl KeyFile {
    /// The file at a path; it is read when the keys are needed. It may be a pipe, such as `/dev/fd/3`: the keys that it
    /// gave count as long as it gives no others.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            piped: Arc::default(),
        }
    }

    fn unreadable(&self, error: io::Error) -> Error {
        misplaced("file", &self.path.to_string_lossy())
            .unwrap_or_else(|| {
                Error::store(format!(
                    "the {} with the keys cannot be read: {error}",
                    self.describe()
                ))
                .with_hint("put the keys there, for this user to read")
            })
            .with_source(error)
    }
}

/// The bytes, and whether they came from a pipe.
fn read(file: File) -> io::Result<(Zeroizing<Vec<u8>>, bool)> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(8 << 10));
    let is_pipe = !file.metadata()?.is_file();
    file.take(MAX_FILE).read_to_end(&mut bytes)?;
    Ok((bytes, is_pipe))
}

impl KeySource for KeyFile {
    fn describe(&self) -> String {
        without_keys(&format!("file {}", self.path.display()))
    }

    fn keys(&self) -> Result<Vec<TokenKey>, Error> {
        let file = File::open(&self.path).map_err(|error| self.unreadable(error))?;
        if file.is_terminal() {
            let what = format!(
                "the {} with the keys is a terminal, which would show what is typed",
                self.describe()
            );
            return Err(Error::store(what).with_hint("name a file, or a pipe that another program writes to"));
        }
        let (bytes, is_pipe) = read(file).map_err(|error| self.unreadable(error))?;
        let keys = TokenKey::all_in(&bytes).map_err(|error| unfit(self, &error))?;
        if !is_pipe {
            return Ok(keys);
        }
        let mut piped = self.piped.lock().unwrap_or_else(PoisonError::into_inner);
        if !keys.is_empty() {
            *piped = keys;
        }
        Ok(piped.clone())
    }
}

/// Keys in an environment variable, in Base64, the current one first, with a comma or space between.
#[derive(Debug, Clone)]
pub struct KeyVariable(String);

impl KeyVariable {
    /// The variable of a name; it is read when the keys are needed.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }
}

impl KeySource for KeyVariable {
    fn describe(&self) -> String {
        without_keys(&format!("variable {}", self.0))
    }

    fn keys(&self) -> Result<Vec<TokenKey>, Error> {
        self.keys_in(env::var(&self.0))
    }
}

impl KeyVariable {
    fn keys_in(&self, set: Result<String, VarError>) -> Result<Vec<TokenKey>, Error> {
        if let (Err(_), Some(error)) = (&set, misplaced("variable", &self.0)) {
            return Err(error);
        }
        if let Err(VarError::NotUnicode(_)) = set {
            return Err(unfit(self, &not_text()));
        }
        let text = Zeroizing::new(set.unwrap_or_default());
        TokenKey::all_in(text.as_bytes()).map_err(|error| unfit(self, &error))
    }
}

/// Says of a name that is none, if so, that it is a key, which is not repeated.
fn misplaced(what: &str, name: &str) -> Option<Error> {
    (without_keys(name) != name).then(|| {
        Error::store(format!("the name of the {what} with the keys is a key itself"))
            .with_hint(format!("name the {what} that holds it"))
    })
}

fn unfit(source: &dyn KeySource, error: &Error) -> Error {
    let why = format!(
        "the {} does not hold keys: {}",
        source.describe(),
        error.message()
    );
    Error::store(why).with_hint(error.hint().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::file::FileStore;
    use super::super::token_key::TokenKey;
    use super::super::token_store::TokenStore as _;
    use super::{KeyFile, KeySource, KeyVariable, VarError};
    use crate::error::Error;

    fn told(error: &Error) -> String {
        format!("{} {}", error.message(), error.hint().unwrap_or_default())
    }

    #[test]
    fn a_file_of_keys_has_bytes_or_lines_and_says_what_is_wrong_with_it() {
        let (one, two) = (TokenKey::generate().unwrap(), TokenKey::generate().unwrap());
        let path = std::env::temp_dir().join(format!("pinterest-sdk-keys-{}", std::process::id()));
        let read = |text: &[u8]| {
            fs::write(&path, text).unwrap();
            KeyFile::new(&path).keys()
        };
        let ids = |keys: Vec<TokenKey>| keys.iter().map(TokenKey::id).collect::<Vec<_>>();
        let lines = format!("{}\r\n{}\n\n", one.to_text().expose(), two.to_text().expose());
        assert_eq!(ids(read(lines.as_bytes()).unwrap()), [one.id(), two.id()]);
        assert_eq!(ids(read(one.bytes()).unwrap()), [one.id()]);
        // As PowerShell writes what another program prints.
        let units = lines.encode_utf16();
        let in_utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(units.flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(ids(read(&in_utf16).unwrap()), [one.id(), two.id()]);
        for nonsense in [&b"canary"[..], b"\xff\xfd", &[b'c'; 32]] {
            let said = told(&read(nonsense).unwrap_err());
            assert!(
                said.contains("does not hold keys") && !said.contains("canary"),
                "{said}"
            );
            assert!(said.contains("openssl rand -base64 32"), "{said}");
        }
        assert!(read(b" \n").unwrap().is_empty());
        fs::remove_file(&path).unwrap();
        let said = told(&KeyFile::new(&path).keys().unwrap_err());
        assert!(
            said.contains("cannot be read") && said.contains("put the keys there"),
            "{said}"
        );
        assert!(said.contains(&format!("file {}", path.display())), "{said}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_of_keys_gives_them_once_and_they_count_from_then_on() {
        use std::io::Write as _;
        use std::os::fd::AsRawFd as _;
        let (one, two) = (TokenKey::generate().unwrap(), TokenKey::generate().unwrap());
        let (read, mut write) = std::io::pipe().unwrap();
        let source = KeyFile::new(format!("/proc/self/fd/{}", read.as_raw_fd()));
        let id = |source: &KeyFile| {
            source
                .keys()
                .unwrap()
                .iter()
                .map(TokenKey::id)
                .collect::<Vec<_>>()
        };
        write.write_all(one.to_text().expose().as_bytes()).unwrap();
        drop(write);
        assert_eq!([id(&source), id(&source)], [[one.id()], [one.id()]]);
        // Another that came meanwhile is the current one.
        fs::write(
            format!("/proc/self/fd/{}", read.as_raw_fd()),
            two.to_text().expose(),
        )
        .unwrap();
        assert_eq!([id(&source), id(&source)], [[two.id()], [two.id()]]);
    }

    #[test]
    fn a_variable_that_is_no_text_is_not_taken_for_none() {
        let read = |set| KeyVariable::new("TOKEN_KEY").keys_in(set);
        let said = told(&read(Err(VarError::NotUnicode("canary".into()))).unwrap_err());
        assert!(
            said.contains("variable TOKEN_KEY does not hold keys") && said.contains("not text in UTF-8"),
            "{said}"
        );
        assert!(!said.contains("canary"), "{said}");
        for nothing in [Err(VarError::NotPresent), Ok(String::new())] {
            assert!(read(nothing).unwrap().is_empty());
        }
    }

    #[test]
    fn a_key_where_a_name_belongs_is_not_repeated() {
        let bytes: Vec<u8> = (200..232).collect();
        let key = TokenKey::from_bytes(&bytes).unwrap().to_text();
        let url = key.expose().replace('+', "-").replace('/', "_");
        let like_a_path = format!("/{}/{}=", "a1".repeat(10), "b2".repeat(10) + "A");
        for given in [key.expose(), url.trim_end_matches('='), &like_a_path] {
            let named = given.to_owned();
            let function = move || Ok(vec![TokenKey::from_text(&named)?]);
            let store = || FileStore::new("x");
            for store in [
                store().with_keys(KeyFile::new(given)),
                store().with_keys(KeyVariable::new(given)),
                store().with_keys(Described(format!("file {given}"), function)),
            ] {
                let mut said = format!("{} {:?}", store.describe(), store.key_source());
                if let Err(error) = store.key_ids() {
                    said = format!("{said} {error} {error:?} {}", told(&error));
                    assert!(said.contains("is a key itself"), "{said}");
                }
                assert!(!said.contains(given) && said.contains("[redacted]"), "{said}");
            }
        }
        // A path is none.
        let path = format!("/{}", "a1".repeat(21));
        assert_eq!(KeyFile::new(&path).describe(), format!("file {path}"));
    }

    /// What a program says of its own.
    struct Described<F>(String, F);

    impl<F: Fn() -> Result<Vec<TokenKey>, Error> + Send + Sync> KeySource for Described<F> {
        fn describe(&self) -> String {
            self.0.clone()
        }

        fn keys(&self) -> Result<Vec<TokenKey>, Error> {
            (self.1)()
        }
    }

    #[test]
    fn a_variable_of_keys_says_which_it_is() {
        let said = told(&KeyVariable::new("PATH").keys().unwrap_err());
        assert!(said.contains("variable PATH does not hold keys"), "{said}");
        let store = FileStore::new("x").with_keys(KeyVariable::new("PINTEREST_NO_SUCH"));
        let error = store.key_ids().unwrap_err();
        assert!(
            error
                .message()
                .ends_with("variable PINTEREST_NO_SUCH: it has none"),
            "{error}"
        );
        assert_eq!(store.key_source().as_deref(), Some("variable PINTEREST_NO_SUCH"));
        let sealed = "file x, sealed; keys: variable PINTEREST_NO_SUCH";
        assert_eq!(store.describe(), sealed);
        let plain = FileStore::new("x");
        assert_eq!((&*plain.describe(), plain.key_source()), ("file x", None));
        let own = plain.with_keys(|| Ok(Vec::new()));
        assert_eq!(own.key_source().as_deref(), Some("a function of the program"));
        assert!(format!("{store:?}").contains("keys from variable PINTEREST_NO_SUCH"));
    }
}
