//! Which crates a crate brings along, as cargo says it.

use std::collections::BTreeSet;
use std::process::Command;

use crate::root;

/// The crates that somebody who depends on this one gets, with every feature and on every system.
fn crates(package: &str, depth: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--all-features",
            "--edges",
            "normal",
            "--target",
            "all",
        ])
        .args([
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--depth",
            depth,
            "--package",
            package,
        ])
        .current_dir(root())
        .output()
        .expect("cargo");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

fn lacks(package: &str, depth: &str, known: &str, unwanted: &[&str]) {
    let crates = crates(package, depth);
    assert!(
        crates.contains(known),
        "{package} without {known}: is the search right?"
    );
    for name in unwanted {
        assert!(!crates.contains(*name), "{package} drags {name}");
    }
}

#[test]
fn the_core_drags_no_command_line_and_no_sandbox() {
    let unwanted = [
        "pinterest-cli",
        "pinterest-sandbox",
        "clap",
        "indicatif",
        "rpassword",
        "rcgen",
    ];
    lacks("pinterest-sdk", "99", "reqwest", &unwanted);
}

#[test]
fn the_sandbox_stands_alone() {
    lacks("pinterest-sandbox", "99", "rustls", &["pinterest-sdk", "reqwest"]);
}

#[test]
fn bindings_make_no_requests() {
    let unwanted = [
        "reqwest",
        "hyper",
        "http",
        "rustls",
        "tokio-rustls",
        "url",
        "pinterest-sandbox",
    ];
    for binding in ["pinterest-sdk-python", "pinterest-sdk-node", "pinterest-sdk-ffi"] {
        lacks(binding, "1", "pinterest-sdk", &unwanted);
    }
}

/// The libraries that take longest to build, each with the features that the programs and their tests have it built with.
fn as_built(package: &[&str]) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p} {f}", "--package"])
        .args(package)
        .current_dir(root())
        .output()
        .expect("cargo");
    let text = String::from_utf8(output.stdout).expect("text");
    let slow = ["hyper", "pinterest-sdk", "reqwest", "rustls", "serde", "tokio"];
    text.lines()
        .filter(|line| line.split(' ').next().is_some_and(|name| slow.contains(&name)))
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect()
}

#[test]
fn libraries_are_built_once() {
    let beside = |package| as_built(&[package, "--package", "pinterest-one-build"]);
    let node = beside("pinterest-sdk-node");
    assert_eq!(node.len(), 6, "{node:?}");
    for package in ["pinterest-sdk-ffi", "pinterest-examples"] {
        assert_eq!(
            beside(package),
            node,
            "tools/one-build lacks a feature that {package} asks for"
        );
    }
    let python = as_built(&["pinterest-sdk-python", "--features", "one-build"]);
    assert_eq!(
        python, node,
        "tools/one-build lacks a feature that the Python package asks for"
    );
    // What programs alone have would end in libraries that a daemon loads.
    let without_signals = |line: &String| line.replace(",signal,signal-hook-registry", "");
    assert!(node.iter().all(|line| *line == without_signals(line)), "{node:?}");
    for package in ["pinterest-sandbox", "pinterest-cli"] {
        let program = beside(package);
        assert_ne!(program, node, "{package} hears no signals");
        let program: BTreeSet<String> = program.iter().map(without_signals).collect();
        assert_eq!(
            program, node,
            "tools/one-build lacks a feature that {package} asks for"
        );
    }
}
