//! Completion of commands in a shell: a script asks this program what may come next.

use std::env;
use std::ffi::OsString;

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_complete::env::{EnvCompleter, Shells};

use super::api;
use super::arguments::Arguments;
use super::failure::Failure;
use super::screen::Screen;

/// Names the shell whose script asks.
const ASKS: &str = "PINTEREST_COMPLETE";

/// Prints the script for a shell.
pub(crate) fn print(shell: Shell, screen: &Screen) -> Result<(), Failure> {
    let name = "pinterest";
    let mut script = Vec::new();
    if let Some(shell) = named(&shell.to_string()) {
        shell
            .write_registration(ASKS, name, name, name, &mut script)
            .map_err(Failure::Output)?;
    }
    screen.print_bytes(&script)
}

/// The shell whose script asks, if one does.
pub(crate) fn asking() -> Option<&'static dyn EnvCompleter> {
    named(env::var(ASKS).ok()?.as_str())
}

/// Answers the script. The words that are typed so far stand behind `--`.
pub(crate) fn answer(
    shell: &dyn EnvCompleter,
    arguments: Vec<OsString>,
    screen: &Screen,
) -> Result<(), Failure> {
    let words: Vec<OsString> = arguments
        .into_iter()
        .skip_while(|argument| argument != "--")
        .skip(1)
        .collect();
    let mut command = Arguments::command();
    if api::is_wanted(&words) {
        command = api::grown(command, &words);
    }
    command.build();
    let mut answer = Vec::new();
    let folder = env::current_dir().ok();
    shell
        .write_complete(&mut command, words, folder.as_deref(), &mut answer)
        .map_err(Failure::Output)?;
    screen.print_bytes(&answer)
}

fn named(name: &str) -> Option<&'static dyn EnvCompleter> {
    const SHELLS: &Shells<'static> = &Shells::builtins();
    SHELLS.completer(name)
}
