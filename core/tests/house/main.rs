//! Holds the code to the drawing in docs/house.md: arrows run down only, and no room grows too large.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod arrows;
mod dependencies;
mod forks;
mod public_names;
mod sees_every_form;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use arrows::{Drawing, ROOT};

/// From the ground floor up. A module may use those of lower rows, and its own row's not at all. What
/// lies in the root itself may use everything and be used by nobody.
const FLOORS_OF_CORE: &[&[&str]] = &[
    &[
        "words", "secret", "body", "scope", "clock", "stop", "unseen", "json",
    ],
    &["error"],
    &["authorities", "random"],
    &[
        "configuration",
        "credential",
        "headers",
        "redaction",
        "request_body",
        "runtime",
    ],
    &["models", "multipart", "operations"],
    &["transport", "store"],
    &["refusal"],
    &["client"],
    &["api"],
    &["authorize", "session"],
    &[ROOT],
];

/// The command line: what a command needs, then the commands, then `main.rs`.
const FLOORS_OF_CLI: &[&[&str]] = &[
    &[
        "arguments",
        "clock",
        "keyring",
        "phrases",
        "schema",
        "scopes",
        "signals",
        "streams",
        "terminal",
        "text",
        "variable",
    ],
    &["failure", "paint"],
    &["interruption", "stray_secret"],
    &["input", "screen"],
    &["keys", "misuse", "profile_report", "secret_input"],
    &["settings"],
    &["app_secret"],
    &["doctor", "login", "logout", "reseal", "revoke", "status", "token"],
    &["conversion", "exchange", "login_token"],
    &["api", "mcp", "request"],
    &["completions"],
    &[ROOT],
];

/// The compiled part of the Python face, up to the module that Python sees.
const FLOORS_OF_PYTHON: &[&[&str]] = &[
    &[
        "bare_class",
        "duration",
        "fork",
        "headers",
        "interpreter",
        "own_store",
        "signals",
    ],
    &["answer", "clock", "own_redis", "per_process"],
    &["itself"],
    &[
        "authorize",
        "background",
        "blocking",
        "browser",
        "operations",
        "own_keys",
    ],
    &["call", "connections", "errand", "renewals"],
    &["callback", "end", "stores"],
    &["login"],
    &["client"],
    &["tokens"],
    &["_native"],
    &[ROOT],
];

/// Crates whose modules may stand in any order, but not use each other in a circle.
const WITHOUT_CIRCLES: [&str; 3] = [
    "bindings-node/src/lib.rs",
    "bindings-kotlin/src/lib.rs",
    "tests/sandbox/src/lib.rs",
];

const MAX_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the core lies in the house")
        .to_owned()
}

/// Every file below a folder that people write.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            if !["target", "build", "node_modules"].contains(&name.as_str()) && !name.starts_with('.') {
                found.extend(sources(&path));
            }
        } else {
            found.push(path);
        }
    }
    found
}

fn has_extension(file: &Path, extensions: &[&str]) -> bool {
    file.extension()
        .is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
}

/// Reads a crate whole, and refuses what the reading cannot see.
fn drawing(main: &str) -> Drawing {
    let main = root().join(main);
    let drawing = arrows::read(&main);
    assert!(
        drawing.hidden.is_empty(),
        "these hide arrows:\n{}",
        drawing.hidden.join("\n")
    );
    let beside: Vec<PathBuf> = sources(main.parent().expect("a folder"))
        .into_iter()
        .filter(|file| has_extension(file, &["rs"]) && !drawing.files.contains(file))
        // The other root of a crate that is both.
        .filter(|file| !file.ends_with("src/main.rs"))
        .collect();
    assert!(beside.is_empty(), "no module names these files: {beside:?}");
    drawing
}

fn hold(main: &str, floors: &[&[&str]]) {
    let floor = |room: &str| {
        floors
            .iter()
            .position(|rooms| rooms.contains(&room))
            .unwrap_or_else(|| panic!("`{room}` is not in the drawing of {main}: add it to the floors"))
    };
    let drawing = drawing(main);
    let wrong: Vec<String> = drawing
        .arrows
        .iter()
        .filter(|arrow| floor(&arrow.to) >= floor(&arrow.from))
        .map(|arrow| format!("{}: {} → {}", arrow.place, arrow.from, arrow.to))
        .collect();
    let arrows = drawing.arrows.len();
    assert!(
        arrows > 20,
        "only {arrows} arrows were found: is the search right?"
    );
    assert!(
        wrong.is_empty(),
        "arrows that run up or sideways:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn arrows_of_the_core_run_down() {
    hold("core/src/lib.rs", FLOORS_OF_CORE);
}

#[test]
fn arrows_of_the_command_line_run_down() {
    hold("cli/src/main.rs", FLOORS_OF_CLI);
}

#[test]
fn arrows_of_the_python_face_run_down() {
    hold("bindings-python/src/lib.rs", FLOORS_OF_PYTHON);
}

/// Of the command line, the rooms below the commands.
#[test]
fn the_drawing_has_every_room() {
    let page = fs::read_to_string(root().join("docs/house.md")).expect("a readable file");
    let (_, house) = page.split_once("## The layers").expect("the drawing");
    let (drawn, _) = house.split_once("tests/sandbox/").expect("the drawing's end");
    let (core, cli) = drawn.split_once("cli/src/").expect("the command line");
    let below = FLOORS_OF_CLI.iter().take_while(|rooms| !rooms.contains(&"login"));
    for (part, floors) in [(core, FLOORS_OF_CORE.to_vec()), (cli, below.copied().collect())] {
        let names: BTreeSet<&str> = part.split_whitespace().collect();
        let missing: Vec<&&str> = floors
            .iter()
            .flat_map(|rooms| *rooms)
            .filter(|room| **room != ROOT)
            .filter(|room| !names.contains(&*format!("{room}.rs")) && !names.contains(&*format!("{room}/")))
            .collect();
        assert!(
            missing.is_empty(),
            "the drawing in docs/house.md lacks {missing:?}"
        );
    }
}

#[test]
fn the_other_crates_run_in_no_circle() {
    for main in WITHOUT_CIRCLES {
        let mut below: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for arrow in drawing(main).arrows {
            below.entry(arrow.from).or_default().insert(arrow.to);
        }
        assert!(below.len() > 2, "only {below:?} in {main}: is the search right?");
        // Whoever uses nobody is taken away until nobody is left.
        loop {
            let standing: BTreeSet<String> = below.keys().cloned().collect();
            let before = below.len();
            below.retain(|_, used| used.iter().any(|room| standing.contains(room)));
            if below.len() == before {
                break;
            }
        }
        assert!(
            below.is_empty(),
            "in {main} these use each other in a circle, or are used by those: {below:?}"
        );
    }
}

/// What the core hides from its documentation it may change: the command line takes no more of it
/// than the two modules that were made for it.
#[test]
fn the_command_line_uses_what_is_documented() {
    let made_for_it = ["session", "store"];
    let core = root().join("core/src");
    let hidden: Vec<String> = sources(&core)
        .iter()
        .filter(|file| !made_for_it.iter().any(|room| file.starts_with(core.join(room))))
        .filter(|file| has_extension(file, &["rs"]))
        .flat_map(|file| hidden_names(&fs::read_to_string(file).expect("a readable file")))
        .filter(|name| !made_for_it.contains(&name.as_str()))
        .collect();
    let drawing = drawing("cli/src/main.rs");
    let paths = drawing
        .outward
        .iter()
        .filter(|(path, _)| path[0] == "pinterest_sdk");
    assert!(paths.clone().count() > 20, "is the search right?");
    let wrong: Vec<String> = paths
        .map(|(path, place)| (path.join("::"), place))
        .filter(|(path, _)| {
            path.split("::")
                .any(|name| hidden.iter().any(|hidden| hidden == name))
        })
        .chain(
            drawing
                .members
                .iter()
                .filter(|(name, _)| hidden.contains(name))
                .map(|(name, place)| (name.clone(), place)),
        )
        .map(|(name, place)| format!("{place}: {name}"))
        .collect();
    assert!(
        wrong.is_empty(),
        "hidden from the documentation:\n{}",
        wrong.join("\n")
    );
}

/// The names of items after `doc(hidden)`.
fn hidden_names(text: &str) -> Vec<String> {
    const KINDS: [&str; 10] = [
        "const", "enum", "fn", "mod", "static", "struct", "trait", "type", "union", "use",
    ];
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.split("doc(hidden)")
        .skip(1)
        .flat_map(|after| {
            let item = after.split([';', '=']).next().unwrap_or_default();
            let mut words = item.split(|c| !is_word(c)).filter(|word| !word.is_empty());
            match words.find(|word| KINDS.contains(word)) {
                Some("use") => words.map(str::to_owned).collect(),
                Some(_) => words.take(1).map(str::to_owned).collect(),
                None => Vec::new(),
            }
        })
        .collect()
}

#[test]
fn the_core_names_no_language_and_the_transport_no_oauth() {
    let mut wrong = Vec::new();
    let written = sources(&root().join("core/src"));
    for file in written.into_iter().filter(|file| has_extension(file, &["rs"])) {
        let code: String = fs::read_to_string(&file)
            .expect("a readable file")
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| line.to_lowercase() + "\n")
            .collect();
        let mut forbidden = vec!["python", "kotlin", "javascript", "pyo3", "napi", "uniffi"];
        if file.components().any(|part| part.as_os_str() == "transport") {
            forbidden.extend(["oauth", "token", "grant"]);
        }
        wrong.extend(
            forbidden
                .iter()
                .filter(|word| code.contains(*word))
                .map(|word| format!("{}: {word}", file.display())),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_room_is_too_large() {
    let written = [
        "rs", "py", "pyi", "kt", "kts", "java", "cjs", "mjs", "mts", "js", "ts", "css", "html", "sh", "mk",
    ];
    let is_program = |file: &Path| {
        file.extension().is_none()
            && fs::read(file).is_ok_and(|bytes| bytes.starts_with(b"#!") || file.ends_with("Makefile"))
    };
    let files: Vec<PathBuf> = sources(&root())
        .into_iter()
        .filter(|file| has_extension(file, &written) || is_program(file))
        // A program writes it.
        .filter(|file| !file.ends_with("pinterest_sdk/_native.pyi"))
        .collect();
    for covered in [
        "cli/src/main.rs",
        "tools/step",
        "Makefile",
        "tests/browser/browser.mk",
    ] {
        assert!(
            files.contains(&root().join(covered)),
            "{covered} is not looked at"
        );
    }
    let large: Vec<String> = files
        .iter()
        .filter_map(|file| {
            let text = fs::read_to_string(file).expect("a readable file");
            let lines = text.lines().count();
            (lines > MAX_LINES).then(|| format!("{} has {lines} lines", file.display()))
        })
        .collect();
    assert!(large.is_empty(), "split these:\n{}", large.join("\n"));
}
