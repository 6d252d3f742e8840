//! The program `pinterest`: Pinterest's OAuth on the command line.

#![forbid(unsafe_code)]

mod arguments;
mod clock;
mod completions;
mod conversion;
mod doctor;
mod failure;
mod interruption;
mod login;
mod logout;
mod profile_report;
mod request;
mod revoke;
mod screen;
mod secret_input;
mod settings;
mod status;
mod stray_secret;
mod token;

use std::ffi::OsString;
use std::future::Future;
use std::io;
use std::process::ExitCode;

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind as ClapErrorKind};
use tokio::runtime;

use arguments::{Arguments, Command};
use failure::Failure;
use screen::Screen;
use settings::Settings;

fn main() -> ExitCode {
    run(std::env::args_os()).into()
}

/// Runs the command line with its arguments, the first of which is the program's name, and gives
/// the exit code: 0 done, 1 `doctor` found something, 2 not asked for rightly, 3 a person must log
/// in first, 4 Pinterest or the person refused, 5 no usable answer, 6 tokens cannot be read or
/// kept, 130 interrupted. Blocks, prints, and takes SIGINT for itself while it waits.
fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // The sandbox's codes and tokens are no secrets.
    let checked = arguments.get(1).is_some_and(|command| command != "sandbox");
    let told = if checked
        && arguments
            .iter()
            .any(|text| stray_secret::holds_token(&text.to_string_lossy()))
    {
        // Before anything else, so that nothing repeats it.
        (Screen::new(false), Err(stray_secret::refused()))
    } else {
        match Arguments::try_parse_from(arguments) {
            Ok(arguments) => {
                let screen = Screen::new(arguments.common.json);
                let done = dispatch(arguments, &screen);
                (screen, done)
            }
            Err(error) => return show(&error),
        }
    };
    match told {
        (_, Ok(code)) => code,
        (screen, Err(failure)) => {
            screen.failure(&failure);
            failure.exit_code()
        }
    }
}

fn dispatch(arguments: Arguments, screen: &Screen) -> Result<u8, Failure> {
    let common = arguments.common;
    if common.secret_argument.is_some() {
        return Err(stray_secret::refused());
    }
    match arguments.command {
        Command::Completions { shell } => completions::print(shell, screen),
        Command::Sandbox { options } => {
            let name = OsString::from("pinterest sandbox");
            return Ok(pinterest_sandbox::run(std::iter::once(name).chain(options)));
        }
        Command::Status => status::show(&Settings::new(common)?, screen),
        Command::Logout => wait(screen, logout::forget(&Settings::new(common)?, screen)),
        Command::Login(options) => wait(screen, login::log_in(&Settings::new(common)?, &options, screen)),
        Command::Token => wait(screen, token::print(&Settings::new(common)?, screen)),
        Command::Refresh => wait(screen, token::renew(&Settings::new(common)?, screen)),
        Command::Revoke(options) => wait(screen, revoke::revoke(&Settings::new(common)?, &options, screen)),
        Command::ConversionToken => wait(screen, conversion::print(&Settings::new(common)?, screen)),
        Command::Request(options) => wait(screen, request::send(&Settings::new(common)?, &options, screen)),
        Command::Doctor(options) => {
            return wait(screen, doctor::examine(&Settings::new(common)?, &options, screen));
        }
    }
    .map(|()| 0)
}

/// Works on a runtime of its own.
fn wait<T>(screen: &Screen, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(screen.interruption().watch(work));
    // A thread that still waits for a browser or a line is not waited for.
    runtime.shutdown_background();
    result
}

/// Prints what clap has to say, but no stray argument, which may be a secret.
fn show(error: &clap::Error) -> u8 {
    let argument = error.get(ContextKind::InvalidArg);
    let stray = [ClapErrorKind::UnknownArgument, ClapErrorKind::TooManyValues].contains(&error.kind());
    if stray && matches!(argument, Some(ContextValue::String(text)) if !text.starts_with('-')) {
        let failure = Failure::usage(
            "there is an argument too many",
            "--help shows what is understood; secrets are not taken as arguments",
        );
        Screen::new(false).failure(&failure);
        return failure.exit_code();
    }
    let code = if error.use_stderr() { 2 } else { 0 };
    match error.print() {
        Err(failed) if code == 0 && failed.kind() != io::ErrorKind::BrokenPipe => 5,
        _ => code,
    }
}
