//! Opens the person's browser.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

use url::Url;

use crate::error::{AuthorizationReason, Error};

/// How long a browser may take to say that it cannot start.
const START: Duration = Duration::from_secs(1);

/// Programs that show a page in the terminal itself.
const IN_THE_TERMINAL: [&str; 9] = [
    "lynx",
    "links",
    "links2",
    "elinks",
    "w3m",
    "eww",
    "netrik",
    "retawq",
    "www-browser",
];

/// Opens a URL in the browser that `BROWSER` names, or in the system's own. The URL is one argument
/// of a program, and no shell reads it. The browser gets this program's environment without the
/// variables whose names begin with `PINTEREST_`, where the app secret may be. Returns within a
/// second; a browser that runs in the terminal goes on beside the program.
///
/// # Errors
///
/// `Authorization` if no browser can be opened, as over SSH: print the URL instead.
pub fn open_browser(url: &str) -> Result<(), Error> {
    let url = Url::parse(url)
        .ok()
        .filter(|url| ["http", "https"].contains(&url.scheme()));
    let url = url.ok_or_else(|| cannot("a browser opens http and https addresses only"))?;
    let (send, opened) = mpsc::channel();
    // Waits for the browser's end, so that the system can forget it.
    thread::Builder::new()
        .name("browser".to_owned())
        .spawn(move || open(url.as_str(), &send))
        .map_err(|error| {
            cannot("no browser can be opened here: there is no room for a thread").with_source(error)
        })?;
    match opened.recv_timeout(START) {
        Ok(Err(error)) => Err(cannot("no browser can be opened here").with_source(error)),
        _ => Ok(()),
    }
}

fn cannot(what: &str) -> Error {
    Error::authorization(AuthorizationReason::NoBrowser, what).with_hint("open the URL by hand")
}

/// Tries one browser after the other, tells how it went, and waits for the one that opened.
fn open(url: &str, send: &Sender<io::Result<()>>) {
    // Nobody listens after a second; the browser is open by then.
    let tell = |result| drop(send.send(result));
    for mut command in named(env::var_os("BROWSER").as_deref(), url) {
        let in_the_terminal = is_in_the_terminal(command.get_program());
        if !in_the_terminal {
            without_output(&mut command);
        }
        match without_secrets(&mut command).spawn() {
            Ok(mut child) if in_the_terminal => {
                if ends_well(&mut child) {
                    return tell(Ok(()));
                }
            }
            Ok(mut child) => {
                tell(Ok(()));
                ends_well(&mut child);
                return;
            }
            Err(_) => {}
        }
    }
    for mut command in system(url) {
        let started = without_secrets(without_output(&mut command)).spawn();
        if started.is_ok_and(|mut child| ends_well(&mut child)) {
            return tell(Ok(()));
        }
    }
    tell(Err(io::Error::new(
        io::ErrorKind::NotFound,
        "none of the programs that open pages is here; BROWSER can name one",
    )));
}

/// The commands in `BROWSER`, separated as in `PATH`. `%s` stands for the URL, which otherwise comes
/// last, `%c` for a colon, `%%` for a percent sign.
fn named(browser: Option<&OsStr>, url: &str) -> Vec<Command> {
    env::split_paths(browser.unwrap_or_default())
        .filter_map(|one| {
            let text = one.to_str()?;
            // A path may have spaces in it.
            let words: Vec<&str> = if Path::new(text).is_file() {
                vec![text]
            } else {
                text.split_ascii_whitespace().collect()
            };
            let (program, arguments) = words.split_first()?;
            let mut command = Command::new(filled_in(program, url));
            command.args(arguments.iter().map(|argument| filled_in(argument, url)));
            if !words.iter().any(|word| word.replace("%%", "").contains("%s")) {
                command.arg(url);
            }
            Some(command)
        })
        .collect()
}

fn filled_in(word: &str, url: &str) -> String {
    let mut filled = String::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('%') {
        filled.push_str(before);
        let (text, length) = match after.chars().next() {
            Some('s') => (url, 1),
            Some('c') => (":", 1),
            Some('%') => ("%", 1),
            _ => ("%", 0),
        };
        filled.push_str(text);
        rest = &after[length..];
    }
    filled + rest
}

/// What the system opens pages with, the likeliest first.
fn system(url: &str) -> Vec<Command> {
    let mut commands = open::commands(url);
    if cfg!(all(unix, not(target_os = "macos"))) {
        // Debian's alternative, where there is a browser and no desktop.
        let mut command = Command::new("x-www-browser");
        command.arg(url);
        commands.push(command);
    }
    commands
}

fn is_in_the_terminal(program: &OsStr) -> bool {
    let name = Path::new(program).file_stem().and_then(OsStr::to_str);
    name.is_some_and(|name| IN_THE_TERMINAL.contains(&name))
}

fn without_output(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

/// A browser runs for days, and so do its helpers and whatever it logs.
fn without_secrets(command: &mut Command) -> &mut Command {
    for name in env::vars_os().map(|(name, _)| name).filter(is_ours) {
        command.env_remove(name);
    }
    command
}

#[allow(clippy::ptr_arg)] // As `filter` gives it.
fn is_ours(name: &OsString) -> bool {
    name.as_encoded_bytes()
        .get(..10)
        .is_some_and(|start| start.eq_ignore_ascii_case(b"PINTEREST_"))
}

fn ends_well(child: &mut Child) -> bool {
    child.wait().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use std::ffi::{OsStr, OsString};

    use super::{is_in_the_terminal, is_ours, named, system};

    const URL: &str = "http://localhost/?a=%s&b=c:d";

    fn words(browser: &str) -> Vec<Vec<String>> {
        named(Some(OsStr::new(browser)), URL)
            .iter()
            .map(|command| {
                std::iter::once(command.get_program())
                    .chain(command.get_args())
                    .map(|word| word.to_str().unwrap().to_owned())
                    .collect()
            })
            .collect()
    }

    #[cfg(unix)]
    #[test]
    fn browser_names_commands_and_where_the_url_goes() {
        assert_eq!(words("firefox"), [vec!["firefox", URL]]);
        assert_eq!(
            words("a --new %s -x: :b"),
            [vec!["a", "--new", URL, "-x"], vec!["b", URL]]
        );
        assert_eq!(words("a -p%c%%s%%"), [vec!["a", "-p:%s%", URL]]);
        assert_eq!(words("a %x %"), [vec!["a", "%x", "%", URL]]);
        assert_eq!(
            words("a --u=%s%s"),
            [vec!["a".to_owned(), format!("--u={URL}{URL}")]]
        );
        assert!(words("").is_empty() && words(" : ").is_empty());
        assert!(named(None, URL).is_empty());
    }

    #[test]
    fn the_system_s_programs_take_the_url_as_one_argument() {
        let commands = system("http://localhost/");
        assert!(!commands.is_empty());
        if cfg!(target_os = "linux") {
            assert!(
                commands
                    .iter()
                    .all(|command| command.get_args().last() == Some(OsStr::new("http://localhost/")))
            );
        }
    }

    #[test]
    fn terminals_and_secrets_are_known_by_name() {
        for (program, expected) in [
            ("/usr/bin/lynx", true),
            ("w3m", true),
            ("firefox", false),
            ("", false),
        ] {
            assert_eq!(is_in_the_terminal(OsStr::new(program)), expected, "{program}");
        }
        for (name, expected) in [
            ("PINTEREST_APP_SECRET", true),
            ("Pinterest_App_Secret", true),
            ("PINTEREST_", true),
            ("PINTEREST", false),
            ("MY_PINTEREST_X", false),
            ("HTTPS_PROXY", false),
        ] {
            assert_eq!(is_ours(&OsString::from(name)), expected, "{name}");
        }
    }
}
