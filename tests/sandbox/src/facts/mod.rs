//! What Pinterest's operations take and give, from a source of its own: not from the table that the clients
//! are made of, which would prove itself.
//!
//! Three files of blocks. A name begins its line, what is said of it is indented:
//!
//! ```text
//! GET /boards                                  an operation
//!  path board_id digits                        a part of its path
//!  query page_size int(1..250)                 a parameter; `!` after the name: it has to be there
//!  body! BoardCreate                           its body; `!` as above
//!  answer page Board                           what it answers; `page`: items and a bookmark
//! BoardCreate                                  a type
//!  name! str(..180)                            a property; `!` as above
//!  @ catalog_type RETAIL=A HOTEL=B             the property that tells which type it is
//!  | A B                                       it is one of these
//!  * float                                     more properties, with names of the caller's own
//!  is [str]                                    another name for a type
//!  = PUBLIC|SECRET                             values; `…` at the end: and others
//! ```
//!
//! Types are str, digits, int, float, bool, date, datetime, dict, any, names, `[list]` and `{map}`, with
//! `(low..high)` and `?` where null is one too. `published.txt` is written by `tools/sandbox_facts.py` from the
//! published client; `newer.txt` is written by hand and comes after it: a block replaces one of the same name, and
//! one that begins with `+` replaces or adds single lines. `operations.txt` is written by hand.

mod check;
mod kind;
mod route;
mod sample;
mod visit;

use std::collections::HashMap;
use std::sync::LazyLock;

use kind::{Kind, Named, Type, named};

pub(crate) use check::{body_item, check, check_body, check_parameters};
pub(crate) use route::{Route, find, is_category};
pub(crate) use sample::{Sample, of_page};
pub(crate) use visit::{Visited, visit};

type Blocks = HashMap<String, Vec<&'static str>>;

const FILES: [&str; 2] = [include_str!("published.txt"), include_str!("newer.txt")];

static BLOCKS: LazyLock<Blocks> = LazyLock::new(|| {
    let mut blocks = Blocks::new();
    for file in FILES {
        add(&mut blocks, file);
    }
    blocks
});

fn add(blocks: &mut Blocks, file: &'static str) {
    let (mut name, mut amends) = (String::new(), false);
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let Some(line) = line.strip_prefix(' ') else {
            let head = line.strip_prefix("+ ");
            (name, amends) = (block_name(head.unwrap_or(line)), head.is_some());
            if !amends {
                blocks.insert(name.clone(), Vec::new());
            }
            continue;
        };
        let lines = blocks.entry(name.clone()).or_default();
        let place = lines.iter().position(|other| subject(other) == subject(line));
        match place.filter(|_| amends) {
            Some(place) => lines[place] = line,
            None => lines.push(line),
        }
    }
}

/// An operation is known whatever the parts of its path are called.
fn block_name(head: &str) -> String {
    match head.split_once(' ') {
        Some((method, path)) => format!("{method} {}", route::pattern(path)),
        None => head.to_owned(),
    }
}

/// What a line is about.
fn subject(line: &str) -> (&str, &str) {
    let mut words = line.split(' ').map(|word| word.trim_end_matches('!'));
    let first = words.next().unwrap_or_default();
    let second = words.next().filter(|_| matches!(first, "path" | "query"));
    (first, second.unwrap_or_default())
}

/// The lines of a block.
fn block(name: &str) -> &'static [&'static str] {
    BLOCKS.get(name).map_or(&[], Vec::as_slice)
}

/// The type of what an operation answers, or of each item if it answers in pages, which is said as well.
pub(crate) fn answer(route: &Route) -> Option<(&'static str, bool)> {
    let kind = block(&route.name())
        .iter()
        .find_map(|line| line.strip_prefix("answer "))?;
    Some(match kind.strip_prefix("page ") {
        Some(item) => (item, true),
        None => (kind, false),
    })
}

/// What an operation wants beside its credentials, for a person to read.
pub(crate) fn wanted(route: &Route) -> Vec<(&'static str, String)> {
    let lines = block(&route.name()).iter();
    let rows = lines.filter_map(|line| match line.split_once(' ')? {
        ("body!", kind) => Some(("the body", in_words(kind))),
        ("body", kind) => Some(("the body", format!("optional: {}", in_words(kind)))),
        ("query", rest) => {
            let (name, kind) = rest.split_once(' ')?;
            match name.strip_suffix('!') {
                Some(name) => Some((name, kind.to_owned())),
                None => Some((name, format!("optional: {kind}"))),
            }
        }
        _ => None,
    });
    rows.collect()
}

/// A body's type, with what it has to have.
fn in_words(kind: &str) -> String {
    let object = match Kind::of(kind).base {
        Type::List(inner) => return format!("a list; each: {}", in_words(inner)),
        Type::Named(name) => match named(name) {
            Named::Alias(alias) => return in_words(alias),
            Named::Object(object) => object,
            Named::Values(..) => return kind.to_owned(),
        },
        _ => return kind.to_owned(),
    };
    let needed = object
        .properties
        .iter()
        .filter(|(_, is_required, _)| *is_required);
    let needed: Vec<&str> = needed.map(|(name, ..)| *name).collect();
    if needed.is_empty() {
        "JSON".into()
    } else {
        format!("JSON with {}", needed.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_nowhere() {
        for (name, lines) in &*BLOCKS {
            let of_operation = name.contains(' ');
            for line in lines {
                let kinds: Vec<&str> = match line.split_once(' ') {
                    Some(("=", _)) => continue,
                    Some(("@", rest)) => rest
                        .split(' ')
                        .skip(1)
                        .filter_map(|choice| Some(choice.split_once('=')?.1))
                        .collect(),
                    Some(("|", rest)) => rest.split(' ').collect(),
                    _ => line.rsplit(' ').take(1).collect(),
                };
                for kind in kinds {
                    let mut kind = kind;
                    loop {
                        match Kind::of(kind).base {
                            Type::List(inner) | Type::Map(inner) => kind = inner,
                            Type::Named(found) => {
                                assert!(BLOCKS.contains_key(found), "{found} of {name}, {line}");
                                break;
                            }
                            _ => break,
                        }
                    }
                }
            }
            assert!(!of_operation || route::is_there(name), "{name}");
        }
    }

    #[test]
    fn what_is_newer_replaces_a_block_or_a_line() {
        let mut blocks = Blocks::new();
        add(
            &mut blocks,
            "# words\nBoard\n name str\n about str\nGET /boards/{id}\n path id digits\n",
        );
        add(
            &mut blocks,
            "+ Board\n name! str(..5)\n new int\n+ GET /boards/{board_id}\n query q str\nPin\n id str\n",
        );
        assert_eq!(blocks["Board"], ["name! str(..5)", "about str", "new int"]);
        assert_eq!(blocks["GET /boards/{}"], ["path id digits", "query q str"]);
        add(&mut blocks, "Board\n id str\n");
        assert_eq!(blocks["Board"], ["id str"]);
    }
}
