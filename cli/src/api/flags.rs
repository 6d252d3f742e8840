//! The flags of an operation: one for each parameter, and for each property of its body.

use std::fmt::Write as _;
use std::sync::Arc;

use clap::{Arg, ArgAction, Command, ValueHint};
use clap_complete::{ArgValueCandidates, CompletionCandidate};

use pinterest_sdk::operations::{Definition, Kind, Operation, Place};

/// Flags of ours and of every command; an argument of such a name is given with `--body` or `--query`.
const TAKEN: &[&str] = &[
    "body",
    "unchecked",
    "dry-run",
    "schema",
    "paginate",
    "include",
    "help",
    "profile",
    "env",
    "app-id",
    "app-secret-file",
    "json",
    "version",
];
/// How many known values are shown in a line.
const SHOWN: usize = 12;

/// An argument of an operation, and the flag that gives it.
pub(super) struct Flag {
    /// Its name in Pinterest's words, which is also clap's.
    pub(super) name: &'static str,
    /// Its type, for [`Kind::parse`].
    pub(super) kind: &'static str,
    /// Whether it is a property of the body.
    pub(super) in_body: bool,
    is_required: bool,
}

/// Every flag of an operation that gives an argument.
pub(super) fn of(operation: &Operation) -> Vec<Flag> {
    let parameters = operation.parameters.iter().map(|one| Flag {
        name: one.name,
        kind: one.kind,
        in_body: false,
        is_required: one.is_required,
    });
    let mut flags: Vec<Flag> = parameters.collect();
    let mut properties = Vec::new();
    if let Some(body) = &operation.body {
        gather(body.kind, &mut properties);
    }
    for one in properties {
        if flags.iter().all(|known| long(known.name) != long(one.name)) {
            flags.push(one);
        }
    }
    flags.retain(|flag| !TAKEN.contains(&long(flag.name).as_str()));
    flags
}

/// The properties that an object has or inherits, Pinterest's own left out.
fn gather(kind: &'static str, found: &mut Vec<Flag>) {
    let (Kind::Named(name), _) = Kind::parse(kind) else {
        return;
    };
    let Some(definition) = Definition::find(name) else {
        return;
    };
    if let Some(alias) = definition.alias {
        return gather(alias, found);
    }
    let properties = definition.properties.iter().filter(|one| !one.is_read_only);
    found.extend(properties.map(|one| Flag {
        name: one.name,
        kind: one.kind,
        in_body: true,
        is_required: one.is_required,
    }));
    for base in definition.bases {
        gather(base, found);
    }
}

/// The command of an operation, with its flags.
pub(super) fn add(command: Command, operation: &Operation) -> Command {
    let mut command = command.after_help(after_help(operation)).arg(
        Arg::new("unchecked")
            .long("unchecked")
            .action(ArgAction::SetTrue)
            .help("Send arguments that do not fit their types"),
    );
    for (name, help) in [
        (
            "dry-run",
            "Print the request, without the token, and send nothing",
        ),
        (
            "schema",
            "Print what it takes, the body's properties among it, as JSON Schema",
        ),
        ("include", "Print the answer's status and headers as well"),
    ] {
        let flag = Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
        command = command.arg(if name == "include" { flag.short('i') } else { flag });
    }
    if operation.has_pages() {
        let help = "Ask for every page, and print one after another";
        command = command.arg(
            Arg::new("paginate")
                .long("paginate")
                .action(ArgAction::SetTrue)
                .help(help),
        );
    }
    let flags = of(operation);
    let takes_properties = flags.iter().any(|flag| flag.in_body);
    let own = flags.iter().map(|flag| long(flag.name));
    let options: Arc<[String]> = own.chain(TAKEN.iter().map(|&name| name.to_owned())).collect();
    for flag in flags {
        let required = if flag.is_required { "; required" } else { "" };
        let (kind, _) = Kind::parse(flag.kind);
        let known = flag.kind;
        let candidates = move || {
            known_values(known)
                .into_iter()
                .map(CompletionCandidate::new)
                .collect()
        };
        command = command.arg(
            Arg::new(flag.name)
                .long(long(flag.name))
                .value_name(value_name(&kind))
                .value_hint(ValueHint::Other)
                .add(ArgValueCandidates::new(candidates))
                .allow_hyphen_values(true)
                .value_parser({
                    let options = Arc::clone(&options);
                    move |text: &str| no_option(text, &options)
                })
                .help(format!("{}{required}", described(&kind))),
        );
    }
    if let Some(body) = &operation.body {
        let what = match Kind::parse(body.kind).0 {
            Kind::List(..) => "The whole body, a list",
            _ => "The whole body",
        };
        let others = match (takes_properties, body.is_required) {
            (true, true) => "; required unless flags give its properties, which replace those in it",
            (true, false) => "; flags replace properties in it",
            (false, true) => "; required",
            (false, false) => "",
        };
        command = command.arg(
            Arg::new("body")
                .long("body")
                .value_name("JSON")
                .value_hint(ValueHint::Other)
                .help(format!(
                    "{what}: --schema says of what. @FILE reads it from a file, `-` from standard input{others}"
                )),
        );
    }
    command
}

/// A value, unless it is the next option: where a shell's variable is empty, `--dry-run` would be what is sent.
fn no_option(text: &str, options: &[String]) -> Result<String, String> {
    let name = text.strip_prefix("--").and_then(|rest| rest.split('=').next());
    let is_option = |name: &str| options.iter().any(|option| option == name);
    if matches!(text, "-i" | "-h") || name.is_some_and(is_option) {
        let shown = text.split('=').next().unwrap_or_default();
        return Err(format!(
            "it has no value, for `{shown}` is an option; a text like that is given with --body"
        ));
    }
    Ok(text.to_owned())
}

/// The flag of an argument: `--board-id` of `board_id`.
pub(super) fn long(name: &str) -> String {
    name.replace(['_', '.'], "-")
}

fn value_name(kind: &Kind<'_>) -> &'static str {
    match kind {
        Kind::Text(_) | Kind::Enumeration(_) => "TEXT",
        Kind::Date { .. } => "DATE",
        Kind::Integer(_) | Kind::Number(_) => "NUMBER",
        Kind::Boolean => "true|false",
        Kind::List(inner, _) if is_plain(inner) => "LIST",
        _ => "JSON",
    }
}

/// Whether values of the type are written without JSON.
pub(super) fn is_plain(kind: &str) -> bool {
    match Kind::parse(kind).0 {
        Kind::Text(_)
        | Kind::Date { .. }
        | Kind::Integer(_)
        | Kind::Number(_)
        | Kind::Boolean
        | Kind::Enumeration(_) => true,
        Kind::Named(name) => Definition::find(name).is_some_and(|one| match one.alias {
            Some(alias) => is_plain(alias),
            None => !one.choices.is_empty() && one.choices.iter().all(|choice| is_plain(choice.kind)),
        }),
        _ => false,
    }
}

/// The values that are known of a type.
fn known_values(kind: &'static str) -> Vec<&'static str> {
    match Kind::parse(kind).0 {
        Kind::Boolean => vec!["true", "false"],
        Kind::Enumeration(name) => Definition::values(name),
        Kind::Named(name) => match Definition::find(name).and_then(|one| one.alias) {
            Some(alias) => known_values(alias),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn described(kind: &Kind<'_>) -> String {
    match kind {
        Kind::Text(limits) | Kind::Integer(limits) | Kind::Number(limits) => {
            let of = if matches!(kind, Kind::Text(_)) {
                " characters"
            } else {
                ""
            };
            match (limits.low(), limits.high()) {
                (Some((low, _)), Some(high)) => format!("{low} to {high}{of}"),
                (None, Some(high)) => format!("up to {high}{of}"),
                (Some((low, _)), None) => format!("from {low}{of}"),
                (None, None) => "any".to_owned(),
            }
        }
        Kind::Date { with_time } => (if *with_time {
            "like 2026-01-31T12:00:00Z"
        } else {
            "like 2026-01-31"
        })
        .to_owned(),
        Kind::Boolean => "true or false".to_owned(),
        Kind::Enumeration(name) => {
            let values = Definition::values(name);
            let more = if values.len() > SHOWN { ", …" } else { "" };
            format!("one of {}{more}", values[..values.len().min(SHOWN)].join(", "))
        }
        Kind::List(inner, _) if is_plain(inner) => {
            format!("with commas between them: {}", described(&Kind::parse(inner).0))
        }
        Kind::List(..) => "a list in JSON, or @FILE".to_owned(),
        Kind::Named(name) => match Definition::find(name) {
            Some(Definition {
                alias: Some(alias), ..
            }) => described(&Kind::parse(alias).0),
            Some(one) if is_plain(name) => {
                let choices = one
                    .choices
                    .iter()
                    .map(|choice| described(&Kind::parse(choice.kind).0));
                choices.collect::<Vec<_>>().join("; or ")
            }
            _ => format!("{name} in JSON, or @FILE"),
        },
        _ => "JSON, or @FILE".to_owned(),
    }
}

fn after_help(operation: &Operation) -> String {
    let mut lines = format!(
        "Pinterest calls it {}; its calls count as {}.",
        operation.name, operation.rate
    );
    let scopes = operation.user_scopes();
    if !scopes.is_empty() {
        // Writing to a string cannot fail; nor below.
        let _ = write!(lines, "\nThe token needs the scopes {}.", scopes.join(", "));
    }
    for parameter in &operation.parameters {
        if let (Place::Query, Some(default)) = (parameter.place, parameter.default) {
            let name = long(parameter.name);
            let _ = write!(lines, "\n--{name} is {default} if it is not given.");
        }
    }
    if !operation.in_sandbox {
        lines.push_str("\nPinterest's sandbox (--env sandbox) does not have it.");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_flags_of_an_operation_are_alike() {
        for operation in Operation::all() {
            // Clap panics if they are.
            add(Command::new("x"), &operation).debug_assert();
        }
    }

    #[test]
    fn flags_give_parameters_and_properties_that_are_inherited() {
        let names = |name: &str| {
            let operation = Operation::find(name);
            operation
                .map(|one| of(&one).iter().map(|flag| long(flag.name)).collect::<Vec<_>>())
                .unwrap_or_default()
        };
        assert!(names("pins/create").contains(&"media-source".to_owned()));
        assert!(!names("pins/create").contains(&"created-at".to_owned()));
        assert!(names("boards/list").contains(&"page-size".to_owned()));
    }
}
