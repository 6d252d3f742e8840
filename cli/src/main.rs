//! The program `pinterest`: Pinterest's OAuth on the command line.

#![forbid(unsafe_code)]

mod api;
mod app_secret;
mod arguments;
mod clock;
mod completions;
mod conversion;
mod doctor;
mod exchange;
mod failure;
mod input;
mod interruption;
mod keyring;
mod keys;
mod login;
mod login_token;
mod logout;
mod mcp;
mod misuse;
mod paint;
mod phrases;
mod profile_report;
mod request;
mod reseal;
mod revoke;
mod schema;
mod scopes;
mod screen;
mod secret_input;
mod settings;
mod signals;
mod status;
mod stray_secret;
mod streams;
mod terminal;
mod text;
mod token;
mod variable;

use std::ffi::OsString;
use std::future::Future;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};
use tokio::runtime;

use api::Asked;
use arguments::{Arguments, Command};
use failure::Failure;
use screen::Screen;
use settings::Settings;

fn main() -> ExitCode {
    run(std::env::args_os()).into()
}

/// Runs the command line with its arguments, the first of which is the program's name, and gives
/// the exit code: 0 done, 1 `doctor` found something, 2 not asked for rightly, 3 a person must log
/// in first, 4 Pinterest or the person refused, 5 no usable answer now, 6 tokens cannot be read or
/// kept, 128 and a signal's number if that asked it to end. Blocks, prints, and takes those signals
/// for itself while it waits.
fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let screen = Screen::new(misuse::wants_json(&arguments));
    match obey(arguments, &screen) {
        Ok(code) => code,
        Err(failure) => {
            screen.failure(&failure);
            failure.exit_code()
        }
    }
}

/// Does what is asked for, if that can be understood.
fn obey(arguments: Vec<OsString>, screen: &Screen) -> Result<u8, Failure> {
    if let Some(shell) = completions::asking() {
        return completions::answer(shell, arguments, screen).map(|()| 0);
    }
    // The sandbox's codes and tokens are no secrets, and a `--` of its options is its own.
    if arguments.get(1).is_some_and(|command| command == "sandbox") {
        return Ok(sandbox(arguments.into_iter().skip(2)));
    }
    // Before anything else, so that nothing repeats it.
    if arguments
        .iter()
        .skip(1)
        .any(|argument| stray_secret::argument_holds_secret(argument))
    {
        return Err(stray_secret::refused());
    }
    let mut options = arguments.iter().skip(1).take_while(|argument| *argument != "--");
    if options.any(|argument| stray_secret::is_option_of_secret(argument)) {
        return Err(stray_secret::refused());
    }
    match parsed(arguments) {
        Ok((arguments, asked)) => dispatch(arguments, asked, screen),
        Err(error) => misuse::explain(&error, screen),
    }
}

/// The arguments, and what they ask of `pinterest api`, whose commands are made for them.
fn parsed(arguments: Vec<OsString>) -> Result<(Arguments, Option<Asked>), clap::Error> {
    let mut command = Arguments::command();
    let mut arguments = arguments;
    if api::is_wanted(&arguments) {
        arguments = api::by_words(arguments);
        command = api::grown(command, &arguments);
    }
    let matches = command.clone().try_get_matches_from(arguments)?;
    let found = Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    Ok((found, api::asked(&matches)))
}

fn dispatch(arguments: Arguments, asked: Option<Asked>, screen: &Screen) -> Result<u8, Failure> {
    let mut named = match &asked {
        Some(Asked::Call(operation, matches)) => api::files(operation, matches).collect(),
        _ => Vec::new(),
    };
    named.extend(keys::named_file());
    misuse::check_inputs(&arguments, named)?;
    misuse::check_common(&arguments)?;
    let Arguments { common, command } = arguments;
    if !matches!(command, Command::Completions { .. } | Command::Sandbox { .. }) {
        stray_secret::check_variables()?;
    }
    match command {
        Command::Completions { shell } => return completions::print(shell, screen).map(|()| 0),
        Command::Sandbox { options } => return Ok(sandbox(options)),
        _ => {}
    }
    match &asked {
        Some(Asked::List(group)) => return api::list(group.as_deref(), screen).map(|()| 0),
        Some(Asked::Call(operation, matches)) if api::is_schema_wanted(matches) => {
            return api::tell_schema(operation, screen).map(|()| 0);
        }
        _ => {}
    }
    let choice = match &command {
        Command::Mcp(options) => Some(mcp::Choice::of(options)?),
        _ => None,
    };
    let mut settings = Settings::new(common, screen)?;
    match command {
        Command::Status => return status::show(&settings, screen).map(|()| 0),
        Command::Profiles => return status::names(&settings, screen).map(|()| 0),
        _ => {}
    }
    wait(screen, async move {
        let needs_keys = match &command {
            // A client that starts a server waits for its greeting, and not for a person; `reseal` asks by itself, and a
            // pipe gives them once.
            Command::Mcp(_) | Command::Reseal => false,
            Command::Request(_) | Command::Api | Command::ConversionToken => !settings.is_token_given(),
            Command::Revoke(options) => options.token_file.is_none(),
            _ => true,
        };
        if needs_keys {
            keys::fetch(&settings.store, screen).await;
        }
        match command {
            Command::Logout(options) => logout::forget(settings, &options, screen).await,
            Command::Login(options) => {
                if options.keyring {
                    let (store, profile) = (settings.store.clone(), &settings.profile);
                    settings.store = keys::move_to_keyring(store, profile, screen).await?;
                }
                if options.with_token {
                    login_token::keep(&settings, screen).await
                } else {
                    login::log_in(&settings, &options, screen).await
                }
            }
            Command::Token => token::print(&settings, screen).await,
            Command::Refresh(options) => token::renew(settings, &options, screen).await,
            Command::Revoke(options) => revoke::revoke(&settings, &options, screen).await,
            Command::ConversionToken => conversion::print(&settings, screen).await,
            Command::Request(options) => request::send(&settings, &options, screen).await,
            Command::Reseal => reseal::reseal(&settings, screen).await,
            Command::Doctor(options) => return doctor::examine(&settings, &options, screen).await,
            Command::Mcp(options) => match choice {
                Some(choice) => mcp::serve(&settings, choice, &options, screen).await,
                None => Ok(()),
            },
            Command::Api => match asked {
                Some(Asked::Call(operation, matches)) => {
                    api::call(&settings, *operation, &matches, screen).await
                }
                _ => Ok(()),
            },
            // Those that wait for nobody have been.
            Command::Completions { .. } | Command::Sandbox { .. } | Command::Status | Command::Profiles => {
                Ok(())
            }
        }
        .map(|()| 0)
    })
}

fn sandbox(options: impl IntoIterator<Item = OsString>) -> u8 {
    let name = OsString::from("pinterest sandbox");
    pinterest_sandbox::run(std::iter::once(name).chain(options))
}

/// Works on a runtime of its own, and ends when it is asked to.
fn wait<T>(screen: &Screen, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let json = screen.is_json();
    screen
        .interruption()
        .listen(move |failure| Screen::new(json).failure(failure))
        .map_err(Failure::System)?;
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Failure::System)?;
    let result = runtime.block_on(screen.interruption().watch(work));
    // A thread that still waits for a browser or a line is not waited for.
    runtime.shutdown_background();
    result
}
