//! The program itself: what it prints, what it writes, when it ends.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

struct Program {
    child: Child,
    /// Held open.
    input: Option<ChildStdin>,
    first_line: String,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pinterest-sandbox"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut first_line = String::new();
        BufReader::new(child.stdout.as_mut().expect("its output"))
            .read_line(&mut first_line)
            .expect("a line");
        Self {
            input: child.stdin.take(),
            child,
            first_line: first_line.trim_end().to_owned(),
        }
    }

    /// Waits for its end.
    fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + Duration::from_secs(5);
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return status;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it does not end");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The body of an answer.
fn ask(address: &str, method: &str, path: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address.trim_start_matches("http://")).expect("a connection");
    let length = body.len();
    let head =
        format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n");
    stream.write_all((head + body).as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").expect("an answer").1.to_owned()
}

fn get(address: &str) -> String {
    ask(address, "GET", "/_sandbox/addresses", "", "")
}

#[test]
fn the_first_line_is_the_address() {
    let plain = Program::start(&[]);
    assert!(get(&plain.first_line).contains(&plain.first_line));
    let json = Program::start(&["--port", "0", "--json"]);
    let addresses: Value = serde_json::from_str(&json.first_line).expect("a line of JSON");
    let said: Value = serde_json::from_str(&get(addresses["http"].as_str().unwrap())).unwrap();
    assert_eq!(addresses, said);
    assert_eq!(addresses.as_object().unwrap().len(), 9);
}

#[test]
fn it_ends_with_its_input_if_asked() {
    let mut asked = Program::start(&["--until-stdin-closes"]);
    asked.input.take();
    assert!(asked.end().success());
    let mut not_asked = Program::start(&[]);
    not_asked.input.take();
    std::thread::sleep(Duration::from_millis(100));
    assert!(not_asked.child.try_wait().unwrap().is_none());
}

#[cfg(unix)]
#[test]
fn it_ends_when_told_even_while_its_input_is_open() {
    for signal in ["-TERM", "-INT", "-HUP"] {
        let mut program = Program::start(&["--until-stdin-closes"]);
        let id = program.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
        assert!(program.end().success(), "{signal}");
    }
}

#[test]
fn it_writes_its_certificates() {
    let file = |name: &str| {
        let name = format!("{}-{name}", std::process::id());
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
    };
    let (ca, client) = (file("ca.pem"), file("client.pem"));
    let _program = Program::start(&[
        "--write-ca",
        ca.to_str().unwrap(),
        "--write-client-certificate",
        client.to_str().unwrap(),
    ]);
    let ca = std::fs::read_to_string(ca).unwrap();
    assert!(ca.starts_with("-----BEGIN CERTIFICATE-----"));
    let client = std::fs::read_to_string(client).unwrap();
    assert!(
        client.contains("BEGIN CERTIFICATE") && client.contains("BEGIN PRIVATE KEY"),
        "PKCS #8"
    );
}

#[test]
fn a_taken_port_is_named() {
    let first = Program::start(&[]);
    let port = first.first_line.rsplit(':').next().unwrap();
    let second = Command::new(env!("CARGO_BIN_EXE_pinterest-sandbox"))
        .args(["--port", port])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains(port) && said.contains("--port"), "{said}");
    assert_eq!(second.status.code(), Some(7), "its own code");
}

#[test]
fn its_app_and_redirect_uris_can_be_named() {
    let program = Program::start(&[
        "--app",
        "1234567:0a1b2c",
        "--redirect-uri",
        "http://localhost:3000/back",
    ]);
    let overview = ask(&program.first_line, "GET", "/_sandbox/overview", "", "");
    let overview: Value = serde_json::from_str(&overview).unwrap();
    assert_eq!(overview["apps"][0]["app_id"], "1234567");
    assert_eq!(overview["apps"][0]["app_secret"], "0a1b2c");
    assert_eq!(
        overview["apps"][0]["redirect_uris"],
        serde_json::json!([
            "http://localhost:3000/back",
            "http://localhost:8085/",
            "http://localhost:8085/callback"
        ])
    );
    let minted = ask(&program.first_line, "POST", "/_sandbox/tokens", "", "");
    assert!(minted.contains("pina_"), "of the first app: {minted}");
    for wrong in ["1234567", ":secret", "id:"] {
        let refused = Command::new(env!("CARGO_BIN_EXE_pinterest-sandbox"))
            .args(["--app", wrong])
            .output()
            .unwrap();
        assert_eq!(refused.status.code(), Some(2), "{wrong}");
    }
}

#[test]
fn codes_of_the_command_line_survive_a_reset_and_do_not_expire() {
    let program = Program::start(&["--code", "one", "--code", "two"]);
    let address = program.first_line.trim_start_matches("http://").to_owned();
    let post = |path: &str, headers: &str, body: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        let length = body.len();
        let head =
            format!("POST {path} HTTP/1.1\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n");
        stream.write_all((head + body).as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer[9..12].to_owned()
    };
    let form = "Authorization: Basic MTIzNDU2NzowMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    let redeem = |code: &str| {
        let body = format!(
            "grant_type=authorization_code&code={code}&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F"
        );
        post("/v5/oauth/token", form, &body)
    };
    assert_eq!(
        post("/_sandbox/clock", "", r#"{"advance_seconds": 100000}"#),
        "200"
    );
    assert_eq!(
        (redeem("one"), redeem("two"), redeem("one")),
        ("200".into(), "200".into(), "401".into())
    );
    assert_eq!(post("/_sandbox/reset", "", ""), "200");
    assert_eq!(redeem("one"), "200");
}
