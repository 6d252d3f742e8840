//! Reads which module of a crate uses which, from the tokens of its files: `use` in every form, paths
//! inside code, attributes and macros. Comments and strings are no tokens.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The room of what lies in the crate's root itself: `crate::Error`, `use crate::*`.
pub(crate) const ROOT: &str = "crate";

/// One use of a module by a file of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arrow {
    /// The top module that uses.
    pub(crate) from: String,
    /// The top module that is used.
    pub(crate) to: String,
    /// The file and line.
    pub(crate) place: String,
}

/// What was found in one crate.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    /// Between different top modules.
    pub(crate) arrows: BTreeSet<Arrow>,
    /// Every file that is part of the crate.
    pub(crate) files: BTreeSet<PathBuf>,
    /// What hides arrows, with its place: it is not to be used.
    pub(crate) hidden: Vec<String>,
    /// Paths into other crates, with their place.
    pub(crate) outward: Vec<(Vec<String>, String)>,
    /// Fields and methods, with their place.
    pub(crate) members: Vec<(String, String)>,
}

/// A module: its path from the root, its file, its tokens and the folder of its children's files.
struct Module {
    path: Vec<String>,
    file: PathBuf,
    tokens: Vec<TokenTree>,
    folder: PathBuf,
}

/// Reads a crate from its `lib.rs` or `main.rs`.
pub(crate) fn read(root: &Path) -> Drawing {
    let mut drawing = Drawing::default();
    let mut modules = Vec::new();
    collect(
        file_module(Vec::new(), root, parent(root).to_owned()),
        &mut modules,
        &mut drawing,
    );
    let paths: BTreeSet<Vec<String>> = modules.iter().map(|module| module.path.clone()).collect();
    for module in &modules {
        Reading {
            module,
            modules: &paths,
            drawing: &mut drawing,
        }
        .read(&module.tokens);
    }
    drawing
}

fn file_module(path: Vec<String>, file: &Path, folder: PathBuf) -> Module {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let tokens: TokenStream = text
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    Module {
        path,
        file: file.to_owned(),
        tokens: tokens.into_iter().collect(),
        folder,
    }
}

/// Takes a module's children out of it, each a module of its own.
fn collect(mut module: Module, modules: &mut Vec<Module>, drawing: &mut Drawing) {
    drawing.files.insert(module.file.clone());
    let mut own = Vec::new();
    let mut tokens = std::mem::take(&mut module.tokens).into_iter().peekable();
    let mut named_file = None;
    while let Some(token) = tokens.next() {
        if let TokenTree::Group(group) = &token
            && group.delimiter() == Delimiter::Bracket
        {
            named_file = path_attribute(group.stream()).or(named_file);
        } else if is_punctuation(&token, ';') || is_braces(&token) {
            named_file = None;
        }
        let name = match tokens.peek() {
            Some(TokenTree::Ident(name)) if is_ident(&token, "mod") => name.to_string(),
            _ => {
                own.push(token);
                continue;
            }
        };
        tokens.next();
        let mut path = module.path.clone();
        path.push(name.clone());
        let folder = module.folder.join(&name);
        let child = if let Some(TokenTree::Group(body)) = tokens.next() {
            Module {
                path,
                file: module.file.clone(),
                tokens: inside(&body),
                folder,
            }
        } else if let Some(named) = named_file.take() {
            let file = parent(&module.file).join(named);
            let folder = parent(&file).to_owned();
            file_module(path, &file, folder)
        } else {
            let flat = module.folder.join(format!("{name}.rs"));
            let in_folder = folder.join("mod.rs");
            let file = if flat.exists() { flat } else { in_folder };
            file_module(path, &file, folder)
        };
        collect(child, modules, drawing);
    }
    module.tokens = own;
    modules.push(module);
}

/// The file that `#[path = "…"]` names, also within `cfg_attr`.
fn path_attribute(attribute: TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = attribute.into_iter().collect();
    tokens
        .iter()
        .find_map(|token| match token {
            TokenTree::Group(group) => path_attribute(group.stream()),
            _ => None,
        })
        .or_else(|| match tokens.as_slice() {
            [.., path, equals, TokenTree::Literal(file)] if is_ident(path, "path") => {
                is_punctuation(equals, '=').then(|| file.to_string().trim_matches('"').to_owned())
            }
            _ => None,
        })
}

struct Reading<'a> {
    module: &'a Module,
    modules: &'a BTreeSet<Vec<String>>,
    drawing: &'a mut Drawing,
}

impl Reading<'_> {
    fn read(&mut self, tokens: &[TokenTree]) {
        // `pub(in super::super)` names an ancestor without using it.
        if tokens.first().is_some_and(|token| is_ident(token, "in")) {
            return;
        }
        let mut at = 0;
        while at < tokens.len() {
            self.refuse_what_hides(&tokens[at..]);
            at = match &tokens[at] {
                TokenTree::Group(group) => {
                    self.read(&inside(group));
                    at + 1
                }
                TokenTree::Ident(_) if !follows_colons(tokens, at) => {
                    if at > 0 && is_punctuation(&tokens[at - 1], '.') {
                        let place = self.place(&tokens[at]);
                        self.drawing.members.push((tokens[at].to_string(), place));
                    }
                    let mut paths = Vec::new();
                    let end = spell(&[], tokens, at, &mut paths);
                    for path in paths {
                        self.resolve(&path);
                    }
                    end
                }
                _ => at + 1,
            };
        }
    }

    /// Draws the arrow of a path, if it leads to another top module.
    fn resolve(&mut self, spelled: &Spelled) {
        let own = &self.module.path;
        let (first, rest) = spelled.names.split_first().expect("a first name");
        let mut path = match first.as_str() {
            // A word by itself, as in `self.name` and `pub(crate)`, is no path.
            "crate" | "super" if rest.is_empty() && !spelled.renamed => return,
            "self" if rest.is_empty() => return,
            "crate" => Vec::new(),
            "super" => own[..own.len().saturating_sub(1)].to_vec(),
            "self" => own.clone(),
            name => {
                let child = [own.as_slice(), &[name.to_owned()]].concat();
                if !self.modules.contains(&child) || rest.is_empty() {
                    let place = self.place(&spelled.at);
                    self.drawing.outward.push((spelled.names.clone(), place));
                    return;
                }
                child
            }
        };
        for name in rest {
            match name.as_str() {
                "super" => drop(path.pop()),
                "self" => {}
                _ => path.push(name.clone()),
            }
        }
        path.truncate(1);
        let to = if self.modules.contains(&path) {
            room(&path)
        } else {
            ROOT
        };
        let from = room(own);
        if from != to {
            let place = self.place(&spelled.at);
            self.drawing.arrows.insert(Arrow {
                from: from.to_owned(),
                to: to.to_owned(),
                place,
            });
        }
    }

    /// Another crate's text, names that come without a path, another name for the crate itself.
    fn refuse_what_hides(&mut self, tokens: &[TokenTree]) {
        let words: Vec<String> = tokens.iter().take(3).map(ToString::to_string).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let ["macro_use" | "macro_export", ..] | ["include", "!", ..] | ["extern", "crate", "self"] =
            *words
        {
            let place = self.place(&tokens[0]);
            self.drawing.hidden.push(format!("{place}: {}", words.join(" ")));
        }
    }

    fn place(&self, at: &TokenTree) -> String {
        format!("{}:{}", self.module.file.display(), at.span().start().line)
    }
}

/// One path as it is written.
struct Spelled {
    /// With `crate`, `super`, `self` as they stand, and `*` for a glob.
    names: Vec<String>,
    /// Whether it gets another name (`as`).
    renamed: bool,
    at: TokenTree,
}

/// Adds the paths that start at `at` behind `before`, several for a group: `a::{b, c::{self, d}, *}`.
/// Gives where to read on.
fn spell(before: &[String], tokens: &[TokenTree], mut at: usize, paths: &mut Vec<Spelled>) -> usize {
    let mut names = before.to_vec();
    loop {
        match &tokens[at] {
            TokenTree::Group(group) => {
                for tree in inside(group).split(|token| is_punctuation(token, ',')) {
                    if !tree.is_empty() {
                        spell(&names, tree, 0, paths);
                    }
                }
                return at + 1;
            }
            name => names.push(name.to_string()),
        }
        let goes_on = match tokens.get(at + 3) {
            Some(TokenTree::Ident(_)) => true,
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
            // A glob, but no generic arguments.
            Some(other) => is_punctuation(other, '*'),
            None => false,
        };
        if !goes_on || !colons(tokens, at + 1) {
            paths.push(Spelled {
                names,
                renamed: tokens.get(at + 1).is_some_and(|next| is_ident(next, "as")),
                at: tokens[at].clone(),
            });
            return at + 1;
        }
        at += 3;
    }
}

fn parent(file: &Path) -> &Path {
    file.parent().expect("a folder")
}

fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

fn room(path: &[String]) -> &str {
    path.first().map_or(ROOT, String::as_str)
}

fn is_ident(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_punctuation(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == character)
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

fn colons(tokens: &[TokenTree], at: usize) -> bool {
    tokens.len() > at + 1 && is_punctuation(&tokens[at], ':') && is_punctuation(&tokens[at + 1], ':')
}

fn follows_colons(tokens: &[TokenTree], at: usize) -> bool {
    at >= 2 && colons(tokens, at - 2)
}
