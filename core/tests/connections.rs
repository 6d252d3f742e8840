//! Pools, TLS, proxies, limits and cancellation, over real sockets.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use pinterest_sdk::{
    ApiClient, Configuration, ErrorKind, OauthAccessTokenRequest, OauthApi, Outcome, Phase, Secret,
};
use serde_json::{Value, json};
use support::Server;

fn configuration(host: impl Into<String>) -> Configuration {
    Configuration::new("app-id", "app-secret")
        .with_host(host)
        .with_timeout(Duration::from_secs(5))
}

fn request() -> OauthAccessTokenRequest {
    OauthAccessTokenRequest::client_credentials("user_accounts:read")
}

/// Production's own address, answered by the sandbox behind its proxy.
fn through_proxy(server: &Server) -> Configuration {
    let mut configuration = configuration("https://api.pinterest.com/v5");
    configuration.connection.proxy = Some(Secret::new(server.address("http")));
    configuration.connection.ssl_ca_pem = Some(server.authority());
    configuration
}

fn api(configuration: Configuration) -> OauthApi {
    OauthApi::new(ApiClient::new(configuration).unwrap())
}

fn file(name: &str, content: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", std::process::id()));
    std::fs::write(&path, content).unwrap();
    path
}

#[tokio::test]
async fn tls_with_a_private_authority() {
    let server = Server::start().await;
    let mut trusting = configuration(format!("{}/v5", server.address("https")));
    trusting.connection.ssl_ca_cert = Some(file("ca.pem", &server.authority()));
    api(trusting).oauth_token(request()).await.unwrap();
    let requests = server.requests().await;
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0]["tls"], json!(true));
}

#[tokio::test]
async fn production_through_a_proxy() {
    let server = Server::start().await;
    api(through_proxy(&server)).oauth_token(request()).await.unwrap();
    let request = &server.requests().await[0];
    assert_eq!(request["connect_target"], json!("api.pinterest.com:443"));
    assert_eq!(request["tls"], json!(true));
}

#[tokio::test]
async fn a_proxy_that_asks_for_a_password() {
    let server = Server::start().await;
    let switches = json!({"proxy_requires_authentication": true});
    server.control("PATCH", "/_sandbox/switches", &switches).await;

    let error = api(through_proxy(&server))
        .oauth_token(request())
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Network, Outcome::NotSent)
    );
    assert!(
        error.hint().unwrap().contains("proxy asks for a user name"),
        "{error}"
    );

    let mut with_password = through_proxy(&server);
    let proxy = server.address("http").replace("http://", "http://user:canary@");
    with_password.connection.proxy = Some(Secret::new(proxy));
    assert!(!format!("{with_password:?}").contains("canary"));
    api(with_password).oauth_token(request()).await.unwrap();
    let sent = &server.requests().await[0]["proxy_authorization"];
    assert_eq!(sent, &json!("Basic dXNlcjpjYW5hcnk="));
}

#[tokio::test]
async fn proxies_that_cannot_be_used_are_refused_without_being_shown() {
    for proxy in [
        "socks5://canary:1",
        "canary",
        "http://",
        "http://user:canary@[bad/",
    ] {
        let mut wrong = configuration("https://api.pinterest.com/v5");
        wrong.connection.proxy = Some(Secret::new(proxy));
        let error = ApiClient::new(wrong).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{proxy}");
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}

#[tokio::test]
async fn a_client_certificate_is_shown() {
    let server = Server::start().await;
    let mut mutual = configuration(format!("{}/v5", server.address("https")));
    mutual.connection.ssl_ca_pem = Some(server.authority());
    mutual.connection.cert_file = Some(file("client.pem", &server.client_certificate()));
    api(mutual).oauth_token(request()).await.unwrap();
    assert!(server.requests().await[0]["client_certificate"].is_string());
}

#[tokio::test]
async fn certificate_files_that_cannot_be_used_are_named() {
    let empty = file("empty.pem", "nothing");
    for (setting, value) in [
        ("ssl_ca_cert", empty.clone()),
        ("ssl_ca_cert", PathBuf::from("/does/not/exist.pem")),
        ("cert_file", empty.clone()),
        ("cert_file", PathBuf::from("/does/not/exist.pem")),
    ] {
        let mut wrong = configuration("https://api.pinterest.com/v5");
        match setting {
            "ssl_ca_cert" => wrong.connection.ssl_ca_cert = Some(value),
            _ => wrong.connection.cert_file = Some(value),
        }
        let error = ApiClient::new(wrong).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(setting), "{error}");
    }
}

#[tokio::test]
async fn clones_share_a_pool_and_a_separate_pool_does_not() {
    let server = Server::start().await;
    let client = ApiClient::new(configuration(format!("{}/v5", server.address("http")))).unwrap();
    let connections = async || {
        let requests = server.requests().await;
        let mut numbers: Vec<String> = requests
            .iter()
            .map(|request| request["connection"].to_string())
            .collect();
        numbers.sort();
        numbers.dedup();
        numbers.len()
    };
    OauthApi::new(client.clone())
        .oauth_token(request())
        .await
        .unwrap();
    let other_credentials =
        Configuration::new("other", "app").with_host(format!("{}/v5", server.address("http")));
    let other = client.reconfigured(other_credentials).unwrap();
    assert_eq!(
        OauthApi::new(other)
            .oauth_token(request())
            .await
            .unwrap_err()
            .kind(),
        ErrorKind::Authentication
    );
    assert_eq!(connections().await, 1);
    OauthApi::new(client.with_separate_pool().unwrap())
        .oauth_token(request())
        .await
        .unwrap();
    assert_eq!(connections().await, 2);
}

#[tokio::test]
async fn a_head_over_the_limit_is_refused() {
    let server = Server::start().await;
    let headers: Vec<Value> = (0..40)
        .map(|i| json!([format!("x-{i}"), "y".repeat(2000)]))
        .collect();
    server
        .respond(json!([{"json": {"access_token": "pina_x"}, "headers": headers}]))
        .await;
    let error = api(configuration(format!("{}/v5", server.address("http"))))
        .oauth_token(request())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol);
    assert!(error.message().contains("65536"), "{error}");
}

#[tokio::test]
async fn a_timeout_before_the_connection_says_that_nothing_was_sent() {
    let server = Server::start().await;
    let mut slow = configuration(format!("https://{}/v5", server.address("silent")));
    slow.connect_timeout = Duration::from_millis(200);
    let started = Instant::now();
    let error = api(slow).oauth_token(request()).await.unwrap_err();
    assert_eq!(
        (error.phase(), error.outcome()),
        (Some(Phase::Timeout), Outcome::NotSent)
    );
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_call_that_is_dropped_ends_its_connection_and_the_next_one_works() {
    let server = Server::start().await;
    let api = api(configuration(format!("{}/v5", server.address("http"))));
    server.respond(json!([{"fault": "hang"}])).await;
    let call = api.oauth_token(request());
    assert!(
        tokio::time::timeout(Duration::from_millis(200), call)
            .await
            .is_err()
    );
    api.oauth_token(request()).await.unwrap();
    let requests = server.requests().await;
    assert_eq!(requests.len(), 2, "the dropped request is not made again");
    assert_ne!(requests[0]["connection"], requests[1]["connection"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_at_once() {
    let server = Server::start().await;
    let api = api(configuration(format!("{}/v5", server.address("http"))));
    let calls: Vec<_> = (0..200)
        .map(|_| {
            let api = api.clone();
            tokio::spawn(async move { api.oauth_token(request()).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.requests().await.len(), 200);
}

/// The environment belongs to the process, so each of these runs in one of its own: what it printed
/// about a call to `host`.
fn in_an_environment(host: &str, variables: &[(&str, &str)]) -> String {
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "in_a_process_of_its_own", "--nocapture"]);
    for name in [
        "SSL_CERT_DIR",
        "SSL_CERT_FILE",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
    ] {
        child.env_remove(name);
    }
    child.env("CALL_HOST", host).envs(variables.iter().copied());
    String::from_utf8_lossy(&child.output().unwrap().stdout).into_owned()
}

#[tokio::test]
async fn in_a_process_of_its_own() {
    if let Ok(host) = std::env::var("CALL_HOST") {
        let result = match ApiClient::new(configuration(host)) {
            Ok(client) => OauthApi::new(client)
                .oauth_token(request())
                .await
                .map(|_| "a token"),
            Err(error) => Err(error),
        };
        println!("{result:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_environments_authorities_count() {
    let server = Server::start().await;
    let host = format!("{}/v5", server.address("https"));
    let pem = file("environment.pem", &server.authority());
    let no_pem = file("environment.txt", "nothing");
    for (path, says) in [
        (pem.to_str().unwrap(), "Ok(\"a token\")"),
        ("/does/not/exist", "SSL_CERT_FILE /does/not/exist cannot be read"),
        (no_pem.to_str().unwrap(), "holds no certificate in PEM form"),
    ] {
        let printed = in_an_environment(&host, &[("SSL_CERT_FILE", path)]);
        assert!(printed.contains(says), "{printed}");
    }
    assert!(in_an_environment(&host, &[]).contains("nobody we trust has signed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_environments_proxy_counts() {
    let server = Server::start().await;
    let (proxy, refused) = (server.address("http"), server.address("refused"));
    let pem = file("proxied.pem", &server.authority());
    let pem = ("SSL_CERT_FILE", pem.to_str().unwrap());
    let host = "https://api.pinterest.com/v5";
    let scheme_less = proxy.trim_start_matches("http://");
    for (name, url) in [
        ("HTTPS_PROXY", proxy),
        ("https_proxy", proxy),
        ("ALL_PROXY", scheme_less),
    ] {
        let printed = in_an_environment(host, &[(name, url), pem]);
        assert!(printed.contains("a token"), "{name}: {printed}");
    }
    let dead = format!("http://user:canary@{refused}");
    let printed = in_an_environment(host, &[("HTTPS_PROXY", &dead), pem]);
    assert!(
        printed.contains(&format!("through the proxy {refused}")),
        "{printed}"
    );
    assert!(!printed.contains("canary"));
    for wrong in ["socks5://canary:1", "canary:::", "http://"] {
        let printed = in_an_environment(host, &[("HTTPS_PROXY", wrong), pem]);
        assert!(
            printed.contains("HTTPS_PROXY is not the URL of an HTTP proxy"),
            "{wrong}: {printed}"
        );
        assert!(!printed.contains("canary"));
    }
    // On this machine no proxy is needed, whatever it is.
    let here = format!("{}/v5", server.address("http"));
    assert!(in_an_environment(&here, &[("HTTPS_PROXY", "canary:::")]).contains("a token"));
}

/// A name's address that nobody listens at until a while later.
#[tokio::test]
async fn what_could_not_be_sent_is_sent_again() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let configuration = configuration(format!("http://{address}/v5")).with_retries(5);
    let call = tokio::spawn(async move { api(configuration).oauth_token(request()).await });
    tokio::time::sleep(Duration::from_millis(250)).await;
    let mut options = pinterest_sandbox::Options::default();
    options.port = address.port();
    let _sandbox = pinterest_sandbox::Sandbox::start(options).await.unwrap();
    call.await.unwrap().unwrap();
}

#[tokio::test]
async fn repeating_ends_with_the_time_and_never_follows_a_sent_request() {
    let server = Server::start().await;
    let refused = configuration(format!("http://{}/v5", server.address("refused")))
        .with_timeout(Duration::from_secs(1))
        .with_retries(u32::MAX);
    let started = Instant::now();
    let error = api(refused).oauth_token(request()).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Network, Outcome::NotSent)
    );
    assert!(
        started.elapsed() < Duration::from_millis(1500),
        "{:?}",
        started.elapsed()
    );

    server
        .respond(json!([{"fault": "close"}, {"status": 503, "json": {"code": 12, "message": "m"}}]))
        .await;
    let api = api(configuration(format!("{}/v5", server.address("http"))).with_retries(3));
    for kind in [ErrorKind::Network, ErrorKind::Server] {
        assert_eq!(api.oauth_token(request()).await.unwrap_err().kind(), kind);
    }
    assert_eq!(server.requests().await.len(), 2);
}
