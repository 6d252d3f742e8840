//! What an error says of the request's effect, against servers that know what reached them.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pinterest_sdk::{
    ApiClient, ApiRequest, Auth, CallOptions, Configuration, Error, ErrorKind, NetworkFault, Outcome, Phase,
};
use serde_json::{Value, json};
use support::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn client(host: &str) -> ApiClient {
    let configuration = Configuration::default()
        .with_host(host)
        .with_timeout(Duration::from_secs(5));
    ApiClient::new(configuration).unwrap()
}

async fn call(client: &ApiClient, path: &str, options: &CallOptions) -> Result<Value, Error> {
    let request = ApiRequest::new("POST", path)
        .with_auth(Auth::None)
        .with_form(vec![("x".into(), "y".into())]);
    client.request(request, options).await.map(|answer| answer.data)
}

/// Reads requests and never answers; keeps the path of each of which a byte arrived.
async fn listener_that_remembers() -> (SocketAddr, Arc<Mutex<HashSet<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let seen = Arc::new(Mutex::new(HashSet::new()));
    let remembered = Arc::clone(&seen);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let seen = Arc::clone(&remembered);
            tokio::spawn(async move {
                let mut head = [0; 1024];
                let read = stream.read(&mut head).await.unwrap_or(0);
                let text = String::from_utf8_lossy(&head[..read]).into_owned();
                if let Some(path) = text.split(' ').nth(1) {
                    seen.lock().unwrap().insert(path.to_owned());
                }
                // Until the client hangs up.
                while stream.read(&mut head).await.unwrap_or(0) > 0 {}
            });
        }
    });
    (address, seen)
}

/// Deadlines that pass at every moment of a call, connections driven by other threads.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_said_not_to_have_been_sent_has_not_arrived() {
    const CALLS: u64 = 600;
    let (address, seen) = listener_that_remembers().await;
    let client = client(&format!("http://{address}"));
    let mut outcomes = Vec::new();
    // On a slow machine nothing is sent as early as on a fast one.
    for slowness in 1..=16 {
        let calls: Vec<_> = (0..CALLS)
            .map(|number| {
                let client = client.clone();
                tokio::spawn(async move {
                    let mut options = CallOptions::default();
                    options.connect_timeout = Some(Duration::from_micros(number % 60 * 500 * slowness));
                    options.timeout = Some(Duration::from_millis(100 * slowness));
                    let path = format!("/{slowness}-{number}");
                    let error = call(&client, &path, &options).await.unwrap_err();
                    assert_eq!(error.phase(), Some(Phase::Timeout), "{error}");
                    (path, error.outcome())
                })
            })
            .collect();
        for call in calls {
            outcomes.push(call.await.unwrap());
        }
        let both = [Outcome::NotSent, Outcome::Unknown];
        if both.map(|one| outcomes.iter().any(|(_, outcome)| *outcome == one)) == [true, true] {
            // What was on its way arrives.
            tokio::time::sleep(Duration::from_millis(300)).await;
            let seen = seen.lock().unwrap();
            for (path, outcome) in &outcomes {
                assert!(
                    *outcome == Outcome::Unknown || !seen.contains(path),
                    "{path} arrived"
                );
            }
            return;
        }
    }
    panic!("the deadlines were all too early or all too late");
}

/// The mark is not set while a connection is made, nor by anything that goes before.
#[tokio::test]
async fn a_request_that_waits_for_its_connection_was_not_sent() {
    let server = Server::start().await;
    let mut options = CallOptions::default();
    options.connect_timeout = Some(Duration::from_millis(100));
    let silent = client(&format!("https://{}", server.address("silent")));
    let error = call(&silent, "/", &options).await.unwrap_err();
    assert_eq!(
        (error.phase(), error.outcome()),
        (Some(Phase::Timeout), Outcome::NotSent)
    );
    for (address, fault, hint) in [
        (
            "refused",
            Some(NetworkFault::ConnectionRefused),
            "check the address",
        ),
        ("slam", None, "ended the talk about TLS"),
        ("plain", Some(NetworkFault::NotTls), "does not speak TLS there"),
        (
            "tls_expired",
            Some(NetworkFault::CertificateExpired),
            "check this machine's clock",
        ),
        (
            "tls_wrong_host",
            Some(NetworkFault::CertificateOfAnotherHost),
            "is for another host",
        ),
        // Named in either hint: the variable may name no file here.
        (
            "tls_self_signed",
            Some(NetworkFault::UnknownIssuer),
            "SSL_CERT_FILE",
        ),
    ] {
        let mut trusting = Configuration::default().with_host(format!("https://{}", server.address(address)));
        trusting.connection.ssl_ca_pem = Some(server.authority().into());
        let trusting = ApiClient::new(trusting).unwrap();
        let error = call(&trusting, "/", &CallOptions::default()).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Network, Outcome::NotSent),
            "{address}"
        );
        assert_eq!(error.network_fault(), fault, "{address}: {error}");
        assert!(error.hint().unwrap().contains(hint), "{address}: {error}");
    }
    assert!(server.requests().await.is_empty());
}

/// A proxy that takes the request for a tunnel and answers with `answer`.
async fn proxy_that_says(answer: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _): (TcpStream, _) = listener.accept().await.unwrap();
        let mut head = [0; 4096];
        let _ = stream.read(&mut head).await;
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = stream.shutdown().await;
        while stream.read(&mut head).await.unwrap_or(0) > 0 {}
    });
    address
}

/// Words in an error's text decide nothing: a proxy, TLS and the system say "invalid" as well.
#[tokio::test]
async fn a_connection_that_fails_is_not_an_answer_that_is_malformed() {
    for (answer, phase) in [
        ("HTTP/1.1 502 Invalid Header\r\n\r\n", Phase::Connect),
        ("invalid header value", Phase::Connect),
        ("", Phase::Connect),
        (
            "HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 400 Invalid request, too large\r\n\r\n",
            Phase::Tls,
        ),
    ] {
        let proxy = proxy_that_says(answer).await;
        let mut configuration = Configuration::default().with_timeout(Duration::from_secs(5));
        configuration.connection.proxy = Some(format!("http://{proxy}").into());
        let client = ApiClient::new(configuration).unwrap();
        let error = call(&client, "/", &CallOptions::default()).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.phase(), error.outcome()),
            (ErrorKind::Network, Some(phase), Outcome::NotSent),
            "{error}"
        );
        assert!(
            error.message().contains(&format!("through the proxy {proxy}")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_not_http_is_told_from_one_that_broke_off() {
    let server = Server::start().await;
    let client = client(server.address("http"));
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    for (raw, kind) in [
        ("SSH-2.0-OpenSSH_9.9\r\n".to_owned(), ErrorKind::Protocol),
        ("HTTP/1.1 2OO OK\r\n\r\n".to_owned(), ErrorKind::Protocol),
        (
            format!("{head}Transfer-Encoding: chunked\r\n\r\nxyz\r\n{{}}\r\n"),
            ErrorKind::Protocol,
        ),
        (
            format!("{head}Content-Length: 2\r\nContent-Encoding: gzip\r\n\r\n{{}}"),
            ErrorKind::Protocol,
        ),
        (
            format!("{head}Transfer-Encoding: chunked\r\n\r\n9\r\n{{"),
            ErrorKind::Network,
        ),
        (format!("{head}Content-Length: 9\r\n\r\n{{"), ErrorKind::Network),
        ("HTTP/1.1 200 OK\r\nContent-".to_owned(), ErrorKind::Network),
    ] {
        server.respond(json!([{"raw": raw, "then": "close"}])).await;
        let error = call(&client, "/", &CallOptions::default()).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (kind, Outcome::Unknown),
            "{raw}: {error}"
        );
        if kind == ErrorKind::Network {
            let broke_off = error.message().starts_with("the answer broke off");
            assert_eq!(broke_off, raw.contains("\r\n\r\n"), "{raw}: {error}");
        }
    }
}

#[tokio::test]
async fn a_head_may_have_64_kib_and_no_byte_more() {
    let server = Server::start().await;
    let client = client(server.address("http"));
    for (size, fits) in [(64 * 1024, true), (64 * 1024 + 1, false)] {
        let start = "Content-Length: 2\r\nX: ";
        let fill = "x".repeat(size - start.len() - 2);
        let raw = format!("HTTP/1.1 200 OK\r\n{start}{fill}\r\n\r\n{{}}");
        server.respond(json!([{"raw": raw, "then": "close"}])).await;
        let answer = call(&client, "/", &CallOptions::default()).await;
        assert_eq!(answer.is_ok(), fits, "{size}: {answer:?}");
    }
}

#[tokio::test]
async fn answers_have_the_limit_that_the_client_sets() {
    let server = Server::start().await;
    let size = 1024 * 1024 + 2;
    let text = "x".repeat(size - 2);
    let large = client(server.address("http"));
    let limited = {
        let configuration = large.configuration().clone().with_max_answer_bytes(size - 1);
        large.reconfigured(configuration).unwrap()
    };
    for how in [json!({"json": text}), json!({"json": text, "gzip": true})] {
        for (client, fits) in [(&large, true), (&limited, false)] {
            server.respond(json!([how])).await;
            match call(client, "/", &CallOptions::default()).await {
                Ok(data) => assert!(fits && data == json!(text)),
                Err(error) => {
                    assert!(!fits, "{error}");
                    assert_eq!((error.kind(), error.status()), (ErrorKind::Protocol, Some(200)));
                    assert!(error.hint().unwrap().contains("max_answer_bytes"), "{error}");
                }
            }
        }
    }
}

/// A token's answer is never that large, whatever other answers may be.
#[tokio::test]
async fn the_oauth_operations_keep_their_own_limit() {
    let server = Server::start().await;
    let configuration = Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567")
        .with_host(format!("{}/v5", server.address("http")))
        .with_max_answer_bytes(16);
    let oauth = pinterest_sdk::OauthApi::new(ApiClient::new(configuration).unwrap());
    let request = || pinterest_sdk::OauthAccessTokenRequest::client_credentials("user_accounts:read");
    oauth.oauth_token(request()).await.unwrap();
    let answer = json!({"access_token": "pina_x", "rest": "x".repeat(1024 * 1024)});
    for gzip in [false, true] {
        server.respond(json!([{"json": answer, "gzip": gzip}])).await;
        let error = oauth.oauth_token(request()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol);
        assert!(error.message().contains("1048576"), "{error}");
    }
}

/// What only reads is asked for again; of what acts, nobody knows.
#[tokio::test]
async fn an_answer_that_never_came_says_what_that_means_for_this_request() {
    let (address, _) = listener_that_remembers().await;
    let client = client(&format!("http://{address}"));
    let options = CallOptions::default().with_timeout(Duration::from_millis(300));
    for (method, says) in [
        ("GET", "it may be made again"),
        ("HEAD", "it may be made again"),
        ("POST", "must not be sent again"),
        ("DELETE", "may have taken effect"),
    ] {
        let request = ApiRequest::new(method, "/pins").with_auth(Auth::None);
        let error = client.request::<Value>(request, &options).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown);
        let hint = error.hint().unwrap_or_default();
        assert!(hint.contains(says), "{method}: {hint}");
    }
}
