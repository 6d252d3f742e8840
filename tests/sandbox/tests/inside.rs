//! Programs inside the sandbox: the variables for a shell, and a command that it runs.

#![cfg(target_os = "linux")]
// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_pinterest-sandbox");

fn run(arguments: &[&str]) -> Output {
    Command::new(PROGRAM).args(arguments).output().expect("it starts")
}

fn shell(script: &str) -> Output {
    let script = script.replace("PROGRAM", PROGRAM);
    Command::new("sh")
        .args(["-c", &script])
        .output()
        .expect("a shell")
}

fn text(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

#[test]
fn a_command_gets_the_variables_and_its_exit_code_is_ours() {
    let script = "printf '%s\\n' \"$PINTEREST_APP_ID\" \"$PINTEREST_API_URI\" \"$REQUESTS_CA_BUNDLE\" \"$HTTPS_PROXY\"; \
                  echo $NODE_USE_ENV_PROXY $GLOBAL_AGENT_HTTPS_PROXY; head -1 \"$NODE_EXTRA_CA_CERTS\"; \
                  test \"$CURL_CA_BUNDLE\" = \"$SSL_CERT_FILE\" || exit 9; exit 3";
    let output = run(&["--", "sh", "-c", script]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(3), "{said}{}", text(&output.stderr));
    let lines: Vec<&str> = said.lines().collect();
    let [app, api, authorities, proxy, node, begin] = lines[..] else {
        panic!("{said}");
    };
    assert_eq!(app, "1234567");
    assert!(api.starts_with(proxy), "{said}");
    assert_eq!(node, format!("1 {proxy}"));
    assert_eq!(begin, "-----BEGIN CERTIFICATE-----");
    assert!(!Path::new(authorities).exists(), "the file goes with the sandbox");
    assert_eq!(output.stderr, b"", "nothing of its own in a pipe");
}

#[test]
fn a_command_that_there_is_not() {
    assert_eq!(run(&["--", "/no/such/command"]).status.code(), Some(127));
    assert_eq!(run(&["--", "/"]).status.code(), Some(126));
    let output = run(&["--", "sh", "-c", "kill -9 $$"]);
    assert_eq!(output.status.code(), Some(128 + 9));
    assert_eq!(run(&["--json", "--", "true"]).status.code(), Some(2));
}

#[test]
fn signals_are_passed_on() {
    for signal in ["TERM", "HUP", "INT", "USR1"] {
        // Without a terminal of its own, as under a service manager.
        let script = format!("trap 'exit 42' {signal}; echo ready; while :; do sleep 0.05; done");
        let mut child = Command::new("setsid")
            .args(["-w", PROGRAM, "--", "sh", "-c", &script])
            .stdout(Stdio::piped())
            .spawn()
            .expect("setsid");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
        let sandbox = text(
            &Command::new("pgrep")
                .args(["-P", &child.id().to_string()])
                .output()
                .unwrap()
                .stdout,
        );
        // setsid is replaced by the program unless it has to wait for it.
        let target = sandbox.lines().next().unwrap_or_default().to_owned();
        let target = if target.is_empty() {
            child.id().to_string()
        } else {
            target
        };
        let name = format!("-{signal}");
        assert!(
            Command::new("kill")
                .args([&name, &target])
                .status()
                .unwrap()
                .success()
        );
        let deadline = Instant::now() + Duration::from_secs(20);
        while child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "{signal}: it goes on");
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(child.wait().unwrap().code(), Some(42), "{signal}");
    }
}

#[test]
fn a_shell_takes_the_variables_and_ends_the_sandbox() {
    let output = shell(
        "eval \"$(PROGRAM --env --app 77:5ec2e7)\" && echo $PINTEREST_APP_ID $PINTEREST_APP_SECRET && \
         test -s \"$SSL_CERT_FILE\" && kill -0 $PINTEREST_SANDBOX_PID && kill $PINTEREST_SANDBOX_PID && \
         for _ in 1 2 3 4 5 6 7 8 9 10; do test -e \"$SSL_CERT_FILE\" || exit 5; sleep 0.2; done",
    );
    assert_eq!(text(&output.stdout), "77 5ec2e7\n", "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(5), "its file is gone");
}

#[test]
fn what_keeps_it_from_coming_up_is_told_in_its_place() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(&["--env", "--port", &port]);
    assert_eq!(output.status.code(), Some(7));
    assert!(text(&output.stderr).contains(&port) && output.stdout.is_empty());
}
