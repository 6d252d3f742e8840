//! The commands below `pinterest api`: a word for the group, one for the operation, a flag for each argument.

use std::ffi::OsString;

use clap::{ArgMatches, Command};

use super::flags;
use crate::arguments::WITH_VALUES;
use pinterest_sdk::operations::Operation;

/// What was asked for below `pinterest api`.
pub(crate) enum Asked {
    /// The operations of a group, or all of them.
    List(Option<String>),
    /// One operation, with its flags.
    Call(Box<Operation>, ArgMatches),
}

/// Whether the arguments may be meant for `pinterest api`: only then its commands are made.
pub(crate) fn is_wanted(arguments: &[OsString]) -> bool {
    arguments.iter().skip(1).any(|argument| argument == "api")
}

/// The arguments with the words below `api` as its commands have them: operations that are written as one word,
/// Pinterest's (`boards/list`) or the published clients' (`boards_list`), taken apart, and Pinterest's groups
/// (`ad_accounts`). What comes after them are values.
pub(crate) fn by_words(arguments: Vec<OsString>) -> Vec<OsString> {
    let mut found: Vec<OsString> = Vec::with_capacity(arguments.len() + 1);
    // How many words of a command were there; none above `api`.
    let mut words_before: Option<usize> = None;
    let mut is_value = false;
    for argument in arguments {
        let text = argument.to_str().unwrap_or_default();
        let is_word = !is_value && !text.starts_with('-');
        is_value = WITH_VALUES.contains(&text);
        let operation = || {
            Some(text)
                .filter(|text| text.contains(['/', '_']))
                .and_then(Operation::find)
        };
        match words_before {
            Some(0) if is_word => {
                if let Some(operation) = operation() {
                    let (group, verb) = words(&operation);
                    found.extend([group.into()].into_iter().chain(verb.map(OsString::from)));
                    words_before = Some(2);
                } else {
                    found.push(as_command(argument, |one| Some(words(one).0)));
                    words_before = Some(1);
                }
            }
            Some(1) if is_word => {
                found.push(as_command(argument, |one| words(one).1));
                words_before = Some(2);
            }
            _ => {
                if is_word && words_before.is_none() && argument == "api" {
                    words_before = Some(0);
                }
                found.push(argument);
            }
        }
    }
    found
}

/// A word of Pinterest's as the command that it is, if it is one.
fn as_command(argument: OsString, word: impl Fn(&Operation) -> Option<String>) -> OsString {
    let wanted = argument.to_str().filter(|text| text.contains('_')).map(kebab);
    match wanted.filter(|wanted| Operation::all().any(|one| word(&one).as_ref() == Some(wanted))) {
        Some(wanted) => wanted.into(),
        None => argument,
    }
}

/// The command line with every operation below `api`, and the flags of those that the arguments may name.
pub(crate) fn grown(command: Command, arguments: &[OsString]) -> Command {
    let is_named = |word: &str| arguments.iter().any(|argument| argument == word);
    command.mut_subcommand("api", |api| {
        let mut api = api;
        let mut group: Option<Command> = None;
        for operation in Operation::all() {
            let (first, second) = words(&operation);
            let leaf = |word: String| {
                let wanted = is_named(&first) && is_named(&word);
                leaf(word, &operation, wanted)
            };
            let Some(second) = second else {
                api = api.subcommand(leaf(first.clone()));
                continue;
            };
            if group.as_ref().is_none_or(|group| group.get_name() != first) {
                api = api.subcommands(group.take());
                let about = format!("List the operations of {first}, or call one");
                group = Some(Command::new(first.clone()).about(about));
            }
            let one = leaf(second);
            group = group.map(|group| group.subcommand(one));
        }
        api.subcommands(group)
    })
}

/// What the parsed arguments ask for below `api`; none for another command.
pub(crate) fn asked(matches: &ArgMatches) -> Option<Asked> {
    let api = matches.subcommand_matches("api")?;
    let Some((first, below)) = api.subcommand() else {
        return Some(Asked::List(None));
    };
    let (word, below) = match below.subcommand() {
        Some((second, below)) => (Some(second), below),
        None => (None, below),
    };
    let operation = Operation::all().find(|one| {
        let (group, verb) = words(one);
        group == first && verb.as_deref() == word
    });
    Some(match operation {
        Some(operation) => Asked::Call(Box::new(operation), below.clone()),
        None => Asked::List(Some(first.to_owned())),
    })
}

/// How an operation is written on the command line: `boards list-pins`, or one word for a name without a group.
pub(super) fn words(operation: &Operation) -> (String, Option<String>) {
    match operation.name.split_once('/') {
        Some((group, verb)) => (kebab(group), Some(kebab(verb))),
        None => (kebab(operation.name), None),
    }
}

fn kebab(word: &str) -> String {
    word.replace('_', "-")
}

/// The same in one text.
pub(super) fn written(operation: &Operation) -> String {
    let (group, verb) = words(operation);
    verb.map_or(group.clone(), |verb| format!("{group} {verb}"))
}

fn leaf(word: String, operation: &Operation, wanted: bool) -> Command {
    let command = Command::new(word).about(format!("{} {}", operation.method, operation.path));
    if wanted {
        flags::add(command, operation)
    } else {
        command
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use clap::CommandFactory as _;

    use super::*;
    use crate::arguments::Arguments;

    #[test]
    fn every_operation_has_words_of_its_own() {
        let mut seen = HashSet::new();
        let groups: HashSet<String> = Operation::all()
            .filter(|one| one.name.contains('/'))
            .map(|one| words(&one).0)
            .collect();
        for one in Operation::all() {
            let (first, second) = words(&one);
            assert!(second.is_some() || !groups.contains(&first), "{first}");
            assert!(seen.insert((first, second)), "{}", one.name);
        }
    }

    #[test]
    fn options_before_the_words_have_their_values() {
        let command = Arguments::command();
        let with_values = command
            .get_arguments()
            .filter(|one| one.is_global_set() && one.get_action().takes_values());
        let mut names: Vec<String> = with_values
            .filter_map(|one| Some(format!("--{}", one.get_long()?)))
            .collect();
        names.sort_unstable();
        let mut listed = WITH_VALUES;
        listed.sort_unstable();
        assert_eq!(names, listed);
    }

    #[test]
    fn one_word_is_taken_apart_below_api_alone() {
        let given = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
        for (line, taken) in [
            (
                "pinterest api boards/list_pins --board-id 1",
                "pinterest api boards list-pins --board-id 1",
            ),
            ("pinterest api boards_list", "pinterest api boards list"),
            (
                "pinterest api cancel_invites_or_requests",
                "pinterest api cancel-invites-or-requests",
            ),
            ("pinterest request boards/list", "pinterest request boards/list"),
            (
                "pinterest --profile api api boards/list",
                "pinterest --profile api api boards list",
            ),
            ("pinterest api boards/listless", "pinterest api boards/listless"),
            ("pinterest api ad_accounts list", "pinterest api ad-accounts list"),
            (
                "pinterest api --json boards list_pins --board-id 1",
                "pinterest api --json boards list-pins --board-id 1",
            ),
            (
                "pinterest api --profile boards_list boards/list",
                "pinterest api --profile boards_list boards list",
            ),
            (
                "pinterest --profile boards_list api --env=sandbox boards_list",
                "pinterest --profile boards_list api --env=sandbox boards list",
            ),
            ("pinterest api pina_token", "pinterest api pina_token"),
            // What is like an operation's name may be a value.
            (
                "pinterest api boards create --name boards/list --description pins_create",
                "pinterest api boards create --name boards/list --description pins_create",
            ),
            (
                "pinterest api boards/create --name boards/list",
                "pinterest api boards create --name boards/list",
            ),
        ] {
            assert_eq!(by_words(given(line)), given(taken));
        }
    }
}
