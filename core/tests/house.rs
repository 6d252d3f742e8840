//! Holds the code to the drawing in the README: arrows run down only, and no room grows too large.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground floor up. A module may use those of lower rows, and its own row's not at all.
const FLOORS: [&[&str]; 8] = [
    &["error", "secret", "scope", "clock"],
    &["configuration", "headers", "redaction", "request_body"],
    &["models"],
    &["transport", "store"],
    &["refusal"],
    &["client"],
    &["api"],
    &["authorize", "session"],
];

const MAX_LINES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir()
            && !["target", "build", "node_modules"].contains(&name.as_str())
            && !name.starts_with('.')
        {
            found.extend(sources(&path, extensions));
        } else if path
            .extension()
            .is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
        {
            found.push(path);
        }
    }
    found
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|modules| modules.contains(&module))
}

/// The module of `core/src` that a file belongs to.
fn module(core: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(core).expect("inside the core");
    let first = inside
        .components()
        .next()
        .expect("a name")
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn arrows_run_down() {
    let core = root().join("core/src");
    let mut arrows = 0;
    let mut wrong = Vec::new();
    for file in sources(&core, &["rs"]) {
        let from = module(&core, &file);
        if from == "lib" || from == "bin" {
            continue;
        }
        let from_floor =
            floor(&from).unwrap_or_else(|| panic!("`{from}` is not in the drawing: add it to FLOORS"));
        let text = fs::read_to_string(&file).expect("a readable file");
        for used in text.split("crate::").skip(1) {
            let to: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if to == from || to.chars().next().is_none_or(|c| !c.is_lowercase()) {
                continue; // Inside one room, or a re-exported type in a documentation link.
            }
            arrows += 1;
            if floor(&to).is_none_or(|to_floor| to_floor >= from_floor) {
                wrong.push(format!("{}: {from} → {to}", file.display()));
            }
        }
    }
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
fn the_core_names_no_language_and_the_transport_no_oauth() {
    let mut wrong = Vec::new();
    for file in sources(&root().join("core/src"), &["rs"]) {
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
fn bindings_make_no_requests_and_the_sandbox_stands_alone() {
    for (manifest, forbidden) in [
        (
            "bindings-python/Cargo.toml",
            &["reqwest", "hyper", "rustls", "url ="][..],
        ),
        (
            "bindings-node/Cargo.toml",
            &["reqwest", "hyper", "rustls", "url ="],
        ),
        (
            "bindings-kotlin/Cargo.toml",
            &["reqwest", "hyper", "rustls", "url ="],
        ),
        ("tests/sandbox/Cargo.toml", &["pinterest-sdk"]),
    ] {
        let text = fs::read_to_string(root().join(manifest)).expect("a manifest");
        for name in forbidden {
            assert!(!text.contains(name), "{manifest} depends on {name}");
        }
    }
}

#[test]
fn no_room_is_too_large() {
    let large: Vec<String> = [
        "core",
        "tests",
        "examples",
        "bindings-python",
        "bindings-node",
        "bindings-kotlin",
    ]
    .iter()
    .flat_map(|folder| {
        sources(
            &root().join(folder),
            &["rs", "py", "pyi", "kt", "kts", "java", "cjs", "mjs", "js", "ts"],
        )
    })
    // Written by a tool, and not kept.
    .filter(|file| !file.ends_with("bindings-node/native.cjs"))
    .filter_map(|file| {
        let lines = fs::read_to_string(&file)
            .expect("a readable file")
            .lines()
            .count();
        (lines > MAX_LINES).then(|| format!("{} has {lines} lines", file.display()))
    })
    .collect();
    assert!(large.is_empty(), "split these:\n{}", large.join("\n"));
}
