//! Which operations a server has, and which of them it may call.

use std::collections::HashSet;

use crate::arguments::Mcp;
use crate::failure::Failure;
use pinterest_sdk::operations::Operation;

/// The word for every operation.
const ALL: &str = "all";
/// The group whose answers are tokens, or whose calls end them: that is what the other commands are for.
const OF_TOKENS: &str = "oauth";

/// The operations of a server.
pub(crate) struct Choice {
    /// Those that are tools of their own; none if there are tools for any operation instead.
    pub(super) tools: Option<HashSet<&'static str>>,
    /// Those that may be called although they change something.
    writes: HashSet<&'static str>,
}

/// Whether an operation can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    /// It reads.
    Reads,
    /// It changes something, and may.
    Writes,
    /// It changes something, and nobody said that it may.
    Denied,
    /// It is about tokens.
    Never,
}

impl Choice {
    /// What the options ask for.
    pub(crate) fn of(options: &Mcp) -> Result<Self, Failure> {
        let mut writes = HashSet::new();
        for word in &options.write {
            let found = named("--write", word)?;
            let changing: Vec<&str> = found
                .iter()
                .filter(|one| !one.is_safe())
                .map(|one| one.name)
                .collect();
            if changing.is_empty() {
                return Err(Failure::usage(
                    format!("--write {word} names what only reads"),
                    "what reads may be called anyway; leave it out",
                ));
            }
            writes.extend(changing);
        }
        let mut choice = Self { tools: None, writes };
        for word in &options.tools {
            let found = named("--tools", word)?;
            let usable = found.iter().filter(|one| choice.leave(one).is_given());
            let names: Vec<&str> = usable.map(|one| one.name).collect();
            // A server without a tool would not say why.
            if names.is_empty() {
                return Err(Failure::usage(
                    format!("{word} changes something, and --write does not name it"),
                    format!("add --write {word}"),
                ));
            }
            choice.tools.get_or_insert_default().extend(names);
        }
        Ok(choice)
    }

    pub(super) fn leave(&self, operation: &Operation) -> Leave {
        if operation.tag == OF_TOKENS {
            Leave::Never
        } else if operation.is_safe() {
            Leave::Reads
        } else if self.writes.contains(operation.name) {
            Leave::Writes
        } else {
            Leave::Denied
        }
    }

    /// Whether something can be changed at all.
    pub(super) fn writes(&self) -> bool {
        !self.writes.is_empty()
    }
}

impl Leave {
    pub(super) fn is_given(self) -> bool {
        matches!(self, Self::Reads | Self::Writes)
    }
}

/// The group that an operation's name begins with.
fn prefix(operation: &Operation) -> &'static str {
    operation.name.split('/').next().unwrap_or_default()
}

/// The operations of a name, or of a group by Pinterest's word or by that of `pinterest api`. Those of tokens are nobody's.
fn named(option: &str, word: &str) -> Result<Vec<Operation>, Failure> {
    let group = word.replace('-', "_");
    let found: Vec<Operation> = match Operation::find(word) {
        Some(one) => vec![one],
        None => Operation::all()
            .filter(|one| word == ALL || one.tag == group || prefix(one) == group)
            .collect(),
    };
    let found: Vec<Operation> = found.into_iter().filter(|one| one.tag != OF_TOKENS).collect();
    if found.is_empty() {
        return Err(Failure::usage(
            format!("{option} names no operation and no group that a server can have"),
            "`pinterest api` lists them: `boards/list` is one, `boards` a group; `all` is every one",
        ));
    }
    Ok(found)
}

/// Whether an operation is of a group, by either of its words.
pub(super) fn is_of(operation: &Operation, group: &str) -> bool {
    let group = group.replace('-', "_");
    operation.tag == group || prefix(operation) == group
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(tools: &[&str], write: &[&str]) -> Result<Choice, String> {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let options = Mcp {
            tools: words(tools),
            write: words(write),
            ..Mcp::default()
        };
        Choice::of(&options).map_err(|failure| failure.to_string())
    }

    fn leave(choice: &Choice, name: &str) -> Leave {
        choice.leave(&Operation::find(name).unwrap())
    }

    #[test]
    fn what_changes_something_has_to_be_named() {
        let reading = chosen(&[], &[]).unwrap();
        assert!(reading.tools.is_none() && !reading.writes());
        assert_eq!(leave(&reading, "boards/list"), Leave::Reads);
        assert_eq!(leave(&reading, "boards/create"), Leave::Denied);
        let writing = chosen(&[], &["boards", "pins_create"]).unwrap();
        for name in ["boards/create", "boards/delete", "pins/create"] {
            assert_eq!(leave(&writing, name), Leave::Writes, "{name}");
        }
        assert_eq!(leave(&writing, "pins/delete"), Leave::Denied);
        assert!(chosen(&[], &["boards/list"]).is_err_and(|said| said.contains("only reads")));
    }

    #[test]
    fn no_word_gives_a_token_out() {
        let all = chosen(&["all"], &["all"]).unwrap();
        for name in ["oauth/token", "oauth/conversion_token", "token/revoke"] {
            assert_eq!(leave(&all, name), Leave::Never, "{name}");
            assert!(!all.tools.as_ref().unwrap().contains(name));
            assert!(chosen(&[], &[name]).is_err());
        }
        assert!(chosen(&[], &["oauth"]).is_err());
    }

    #[test]
    fn tools_are_those_that_can_be_called() {
        let boards = chosen(&["boards", "ad-accounts"], &["boards/create"]).unwrap();
        let tools = boards.tools.unwrap();
        assert!(tools.contains("boards/list") && tools.contains("boards/create"));
        assert!(tools.contains("ad_accounts/list") && !tools.contains("boards/delete"));
        assert!(
            chosen(&["boards/create"], &[]).is_err_and(|said| said.contains("add --write boards/create"))
        );
        assert!(chosen(&["bords"], &[]).is_err_and(|said| said.contains("no operation")));
    }
}
