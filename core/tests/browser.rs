//! The browser that a login opens: which one, and what it is not told.

#![cfg(all(target_os = "linux", feature = "browser"))]
// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use pinterest_sdk::{AuthorizationReason, ErrorKind, open_browser};

const URL: &str = "http://localhost:8085/?a=b&c=%20";

/// Not a test by itself: what the tests below run in a process of its own, for `BROWSER` and its
/// like are a process's.
#[test]
#[ignore = "run by the other tests"]
fn opens() {
    let started = Instant::now();
    let result = open_browser(URL);
    assert!(started.elapsed() < Duration::from_secs(2));
    if std::env::var_os("EXPECTED").is_some_and(|expected| expected == "opened") {
        return result.unwrap();
    }
    let error = result.unwrap_err();
    assert_eq!(
        (error.kind(), error.reason()),
        (ErrorKind::Authorization, Some(AuthorizationReason::NoBrowser))
    );
    assert_eq!(error.hint(), Some("open the URL by hand"));
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A program in the folder.
fn program(folder: &Path, name: &str, script: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

/// What was printed meanwhile.
fn opener(folder: &Path, browser: &str, expected: &str) -> String {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "opens"])
        .env_clear()
        // Only what is put there, and the shell of the scripts.
        .env("PATH", folder)
        .env("BROWSER", browser)
        .env("EXPECTED", expected)
        .env("PINTEREST_APP_SECRET", "canary")
        .env("PINTEREST_APP_ID", "canary")
        .env("Pinterest_Refresh_Token", "canary")
        .env("KEPT", "kept")
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}");
    printed
}

/// What a program wrote, once it has written all of it.
fn noted(path: &Path) -> String {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let text = fs::read_to_string(path).unwrap_or_default();
        if let Some(text) = text.strip_suffix("END\n") {
            return text.to_owned();
        }
        assert!(Instant::now() < until, "no browser was started");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn the_browser_gets_the_url_and_no_secret() {
    for name in ["graphical", "lynx", "xdg-open", "gio"] {
        let folder = folder(name);
        let notes = folder.join("notes");
        let script = format!(
            "{{ printf '%s\\n' \"$@\"; while IFS= read -r -d '' one; do echo \"$one\"; done < /proc/self/environ; echo END; }} > {0}.part; /bin/mv {0}.part {0}",
            notes.display()
        );
        let bash = script.replace('\'', r"'\''");
        let path = program(
            &folder,
            name,
            &format!("exec /bin/bash -c '{bash}' browser \"$@\""),
        );
        let browser = match name {
            "graphical" | "lynx" => format!("/nonexistent:{} --new", path.display()),
            _ => String::new(),
        };
        opener(&folder, &browser, "opened");
        let told = noted(&notes);
        assert!(told.contains(&format!("{URL}\n")), "{name}: {told}");
        assert_eq!(told.contains("--new\n"), !browser.is_empty(), "{told}");
        assert!(told.contains("KEPT=kept\n"), "{told}");
        assert!(!told.contains("canary"), "{told}");
    }
}

#[test]
fn what_fails_gives_way_to_the_next() {
    let folder = folder("next");
    let notes = folder.join("notes");
    program(&folder, "xdg-open", "exit 3");
    let works = format!("{{ echo \"$1\"; echo END; }} > {}", notes.display());
    program(&folder, "x-www-browser", &works);
    opener(&folder, "w3m:/nonexistent", "opened");
    assert_eq!(noted(&notes), format!("{URL}\n"));

    fs::remove_file(folder.join("x-www-browser")).unwrap();
    opener(&folder, "", "an error");
    program(&folder, "w3m", "exit 1");
    opener(&folder, "w3m", "an error");
}

#[test]
fn one_that_runs_on_is_not_waited_for() {
    let folder = folder("slow");
    program(&folder, "xdg-open", "exec /bin/sleep 3");
    opener(&folder, "", "opened");
    program(&folder, "elinks", "exec /bin/sleep 3");
    opener(&folder, "elinks", "opened");
}

/// One with windows of its own is open once it runs, however it ends, and what it says is nobody's.
#[test]
fn only_one_in_the_terminal_is_listened_to() {
    let folder = folder("said");
    for (name, is_heard) in [("graphical", false), ("links", true)] {
        program(&folder, name, "echo said by the browser");
        let printed = opener(&folder, name, "opened");
        assert_eq!(printed.contains("said by the browser"), is_heard, "{printed}");
        program(&folder, name, "exit 3");
        opener(&folder, name, if is_heard { "an error" } else { "opened" });
    }
}

#[test]
fn only_pages_are_opened() {
    for wrong in [
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "-x",
        "/etc/passwd",
    ] {
        let error = open_browser(wrong).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Authorization);
    }
}
