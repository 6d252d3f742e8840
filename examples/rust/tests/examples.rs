//! Runs the examples against the sandbox, as a reader would.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::process::Command;

use pinterest_sandbox::{Options, Sandbox};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a program prints, with the variables that the examples read.
fn run(program: &str, sandbox: &Sandbox, variable: (&str, &str)) -> (bool, String) {
    run_with(program, sandbox, &[variable])
}

fn run_with(program: &str, sandbox: &Sandbox, variables: &[(&str, &str)]) -> (bool, String) {
    // Whatever settings and proxies this machine has: a program of its own sees none of them.
    let output = Command::new(program)
        .env_clear()
        // As in Pinterest's quickstart, without a path.
        .env("PINTEREST_API_URI", &sandbox.addresses().http)
        .env("PINTEREST_APP_ID", "1234567")
        .env("PINTEREST_APP_SECRET", "0123456789abcdef0123456789abcdef01234567")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn three_grants() {
    let mut options = Options::default();
    options.codes = vec!["code".into()];
    let sandbox = Sandbox::start(options).await.unwrap();
    let (success, text) = run(
        env!("CARGO_BIN_EXE_three-grants"),
        &sandbox,
        ("PINTEREST_CODE", "code"),
    );
    assert!(success, "{text}");
    for (line, grant) in text
        .lines()
        .zip(["authorization_code", "refresh_token", "client_credentials"])
    {
        assert!(line.contains(grant) && line.contains("30 days"), "{text}");
    }
    assert_eq!(text.lines().count(), 3);
    let (success, text) = run(
        env!("CARGO_BIN_EXE_three-grants"),
        &sandbox,
        ("PINTEREST_CODE", "code"),
    );
    assert!(
        !success && text.contains("start the authorization again"),
        "{text}"
    );
    // What a person can read, and not how Rust would print it.
    assert!(!text.contains("Error {") && text.lines().count() == 1, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn boards() {
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let authority = sandbox.addresses().http.trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(authority).await.unwrap();
    let wanted = r#"{"access_token": "pina_example"}"#;
    let request = format!(
        "POST /_sandbox/tokens HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{wanted}",
        wanted.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");

    let token = ("PINTEREST_ACCESS_TOKEN", "pina_example");
    let (success, text) = run(env!("CARGO_BIN_EXE_boards"), &sandbox, token);
    assert!(success && text.starts_with("Hello, sandbox_user\n"), "{text}");
    assert_eq!(text.lines().count(), 1 + 60);
    let (success, text) = run(
        env!("CARGO_BIN_EXE_boards"),
        &sandbox,
        ("PINTEREST_ACCESS_TOKEN", "pina_other"),
    );
    assert!(!success && !text.contains("pina_other"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_tokens() {
    let mut options = Options::default();
    options.codes = vec!["code".into()];
    let sandbox = Sandbox::start(options).await.unwrap();
    let folder = std::env::temp_dir().join(format!("pinterest-examples-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let place = ("TOKENS", folder.to_str().unwrap());
    let program = env!("CARGO_BIN_EXE_kept-tokens");

    let (success, text) = run(program, &sandbox, place);
    assert!(
        !success && text.contains("authorization") && text.lines().count() == 1,
        "{text}"
    );
    for variables in [&[place, ("PINTEREST_CODE", "code")][..], &[place]] {
        let (success, text) = run_with(program, &sandbox, variables);
        assert!(
            success && text.ends_with("Fresh\n") && !text.contains("pina"),
            "{text}"
        );
    }
    std::fs::remove_dir_all(folder).unwrap();
}
