//! What cannot be asked for so: said without the values that were given, any of which may be a
//! secret in the wrong place.

use std::error::Error as _;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::arguments::{Arguments, Command, WITH_VALUES};
use super::failure::Failure;
use super::input::{self, are_one_stream, is_standard_input};
use super::screen::Screen;
use super::variable::variable;
use pinterest_sdk::trimmed_credential;

const HELP: &str = "--help shows what is understood";

/// Whether JSON is asked for, even where nothing else is understood. What stands behind the command `sandbox` is its own.
pub(crate) fn wants_json(arguments: &[OsString]) -> bool {
    let (mut command, mut is_value) = (None, false);
    let mut ours = arguments.iter().skip(1).take_while(|argument| {
        let text = argument.to_str().unwrap_or_default();
        if !is_value && !text.starts_with('-') {
            command.get_or_insert(*argument);
        }
        is_value = WITH_VALUES.contains(&text);
        text != "--" && command.is_none_or(|command| command != "sandbox")
    });
    ours.any(|argument| argument == "--json")
}

/// Gives help, or says what is wrong; the exit code.
pub(crate) fn explain(error: &Error, screen: &Screen) -> Result<u8, Failure> {
    let kind = error.kind();
    let nothing = [
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand,
        ErrorKind::MissingSubcommand,
    ]
    .contains(&kind);
    if !error.use_stderr() {
        return screen.print_help(error.render().ansi()).map(|()| 0);
    }
    if nothing && !screen.is_json() {
        // Nobody needs to hear it.
        let _ = error.print();
        return Ok(2);
    }
    let name = text(error, ContextKind::InvalidArg);
    let (what, hint) = match kind {
        _ if nothing => ("there is no command".to_owned(), None),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => (
            value(error, name.unwrap_or("an argument")),
            list(error, ContextKind::ValidValue).map(|values| format!("it is one of {values}")),
        ),
        ErrorKind::InvalidSubcommand => (
            match text(error, ContextKind::InvalidSubcommand) {
                Some(word) if is_word(word) => format!("there is no command `{word}`"),
                _ => "there is no such command".to_owned(),
            },
            near(error, ContextKind::SuggestedSubcommand),
        ),
        ErrorKind::UnknownArgument | ErrorKind::TooManyValues => match name {
            Some(option) if option.starts_with('-') && is_word(option) => (
                format!("`{option}` is not understood"),
                near(error, ContextKind::SuggestedArg),
            ),
            _ => (
                "there is an argument too many".to_owned(),
                Some(format!("{HELP}; secrets are not taken as arguments")),
            ),
        },
        _ => (headline(error), None),
    };
    Err(Failure::usage(what, hint.unwrap_or_else(|| HELP.to_owned())))
}

fn value(error: &Error, name: &str) -> String {
    match (error.source(), text(error, ContextKind::InvalidValue)) {
        (Some(why), _) => format!("`{name}` is not understood: {why}"),
        (None, Some("")) => format!("`{name}` has no value"),
        (None, _) => format!("`{name}` is not understood"),
    }
}

fn text(error: &Error, kind: ContextKind) -> Option<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    }
}

fn list(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) if !texts.is_empty() => Some(texts.join(", ")),
        _ => None,
    }
}

/// What somebody may have meant: of clap's words, the nearest of which is the last, a few.
fn near(error: &Error, kind: ContextKind) -> Option<String> {
    const SOME: usize = 3;
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) if !texts.is_empty() => {
            let nearest: Vec<&str> = texts.iter().rev().take(SOME).map(String::as_str).collect();
            Some(format!("did you mean {}?", nearest.join(", ")))
        }
        _ => list(error, kind).map(|one| format!("did you mean {one}?")),
    }
}

/// Clap's own words, of which these hold no values.
fn headline(error: &Error) -> String {
    let text = error.to_string();
    let lines = text.lines().take_while(|line| !line.trim().is_empty());
    let line = lines.map(str::trim).collect::<Vec<_>>().join(" ");
    line.trim_start_matches("error: ").to_owned()
}

/// Whether it is a word that somebody may have mistyped, and hardly a secret.
fn is_word(text: &str) -> bool {
    text.len() <= 24 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// Refuses an option of a command beside one of every command that says otherwise. That one may stand before the command,
/// where clap holds it against none of the command's own.
pub(crate) fn check_common(arguments: &Arguments) -> Result<(), Failure> {
    let common = &arguments.common;
    let is_empty = |id: &String| trimmed_credential(id).is_empty();
    // As of a shell's variable that is not set: whatever app the profile is of would do.
    if common.app_id.as_ref().is_some_and(is_empty) {
        return Err(Failure::usage(
            "`--app-id` has no value",
            "name the app, or leave it out",
        ));
    }
    let profile = ("--profile", common.profile.is_some());
    let environment = ("--env", common.environment.is_some());
    let app_id = ("--app-id", common.app_id.is_some());
    let secret = ("--app-secret-file", common.app_secret_file.is_some());
    let json = ("--json", common.json);
    let (what, others, why, hint): (_, &[(&str, bool)], _, _) = match &arguments.command {
        Command::Logout(logout) if logout.all => (
            "--all forgets every profile",
            &[profile, environment, app_id],
            "names less",
            "leave one of them out; a profile is forgotten by its name, see `pinterest status`",
        ),
        Command::Profiles => (
            "profiles lists every one",
            &[profile, environment, app_id],
            "names less",
            "leave it out; `pinterest status` says what each is for",
        ),
        Command::Status if common.profile.is_none() && variable("PINTEREST_PROFILE").is_none() => (
            "status shows every profile",
            &[environment, app_id],
            "names less",
            "leave it out, or name the profile with --profile",
        ),
        Command::Reseal => (
            "reseal seals tokens whatever they are for",
            &[environment, app_id],
            "names less",
            "leave it out; --profile names a profile to seal alone",
        ),
        Command::Login(login) if login.with_token => (
            "--with-token needs no app secret",
            &[secret],
            "gives one",
            "leave one of them out",
        ),
        // The app and the environment are not the profile's.
        Command::Revoke(revoke) if revoke.token_file.is_some() => (
            "--token-file names the token to end",
            &[profile],
            "names another",
            "leave one of them out; --app-id and --env say whose the token is",
        ),
        Command::Refresh(refresh) if refresh.quiet => (
            "--quiet says nothing",
            &[json],
            "prints what there is to say",
            "leave one of them out",
        ),
        Command::Sandbox { .. } => (
            "sandbox has options of its own",
            &[profile, environment, app_id, secret, json],
            "stands before it",
            "write it behind `sandbox`, if `pinterest sandbox --help` lists it, or leave it out",
        ),
        _ => return Ok(()),
    };
    match others.iter().find(|(_, is_given)| *is_given) {
        Some((option, _)) => Err(Failure::usage(format!("{what}, and {option} {why}"), hint)),
        None => Ok(()),
    }
}

/// Refuses two readers of one standard input or pipe, before either of them waits: the second would
/// find its end.
pub(crate) fn check_inputs(
    arguments: &Arguments,
    others: impl IntoIterator<Item = (String, PathBuf)>,
) -> Result<(), Failure> {
    let standard = Some(Path::new("-"));
    let own = match &arguments.command {
        Command::Login(login) if login.no_browser => ("--no-browser", standard),
        Command::Login(login) if login.with_token => ("--with-token", standard),
        Command::Mcp(_) => ("mcp", standard),
        Command::Revoke(revoke) => ("--token-file", revoke.token_file.as_deref()),
        Command::Request(request) => request.body_file(),
        _ => ("", None),
    };
    let secret = ("--app-secret-file", arguments.common.app_secret_file.as_deref());
    let named = |(what, path): (&str, Option<&Path>)| Some((what.to_owned(), path?.to_owned()));
    let readers: Vec<(String, PathBuf)> = [secret, own]
        .into_iter()
        .filter_map(named)
        .chain(others)
        .collect();
    for (at, (what, path)) in readers.iter().enumerate() {
        let before = readers[..at]
            .iter()
            .find(|(_, other)| are_one_stream(other, path));
        if let Some((other, first)) = before {
            let stream = if is_standard_input(path) { path } else { first };
            return Err(Failure::usage(
                format!("{other} and {what} would both read {}", input::name(stream)),
                "name a file for one of them; PINTEREST_APP_SECRET and PINTEREST_TOKEN_KEY need none",
            ));
        }
    }
    Ok(())
}
