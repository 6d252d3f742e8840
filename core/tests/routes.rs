//! Proxies and certificate authorities, of the settings and of the environment, over real sockets.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;

use pinterest_sdk::{
    ApiClient, ApiRequest, Auth, CallOptions, Configuration, ErrorKind, OauthApi, Outcome, Secret,
};
use serde_json::json;
use support::Server;
use support::calls::{api, configuration, file, request};

/// Production's own address, answered by the sandbox behind its proxy.
fn through_proxy(server: &Server) -> Configuration {
    let mut configuration = configuration("https://api.pinterest.com/v5");
    configuration.connection.proxy = Some(Secret::new(server.address("http")));
    configuration.connection.ssl_ca_pem = Some(server.authority().into());
    configuration
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

/// Proxies answer in the place of the host, and tell what they were told.
#[tokio::test]
async fn an_answer_that_repeats_what_the_proxy_was_told() {
    let server = Server::start().await;
    let mut configuration = through_proxy(&server);
    let proxy = server
        .address("http")
        .replace("http://", "http://canary-user:canary%2Fp@");
    configuration.connection.proxy = Some(Secret::new(proxy));
    configuration.connection.proxy_headers = vec![("X-Ticket".into(), "canary-ticket".into())];
    let echo = "canary-user canary/p canary%2fp Basic Y2FuYXJ5LXVzZXI6Y2FuYXJ5L3A= canary-ticket";
    let refusal = json!({"status": 407, "body": echo, "headers": {"x-echo": echo}});
    server.respond(json!([refusal])).await;
    let error = api(configuration).oauth_token(request()).await.unwrap_err();
    let answer = error.answer().unwrap();
    let shown = format!("{error:?} {:?} {:?}", answer.headers, answer.body);
    assert!(shown.contains("[redacted]"), "{shown}");
    assert!(!shown.contains(CANARY) && !shown.contains("Y2FuYXJ5"), "{shown}");
}

/// A header's value is taken for a secret, and may be any word.
#[tokio::test]
async fn a_secret_that_is_a_word_of_ours_leaves_our_sentences_whole() {
    let server = Server::start().await;
    let client = ApiClient::new(configuration(format!("http://{}", server.address("refused")))).unwrap();
    let options = CallOptions::default()
        .with_header("X-One", "network")
        .with_header("X-Two", "connection")
        .with_header("X-Three", "nothing was sent");
    let error = client
        .request_any(ApiRequest::get("/pins").with_auth(Auth::None), &options)
        .await
        .unwrap_err();
    assert!(error.message().starts_with("no connection to http"), "{error}");
    assert_eq!(
        error.hint(),
        Some("check the address, the network and the proxy settings; nothing was sent")
    );
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

/// What a secret leaves behind wherever it is shown.
const CANARY: &str = "canary";
const API: &str = "https://api.pinterest.com/v5";

/// Every variable that decides over connections.
const VARIABLES: [&str; 13] = [
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "CURL_CA_BUNDLE",
    "REQUESTS_CA_BUNDLE",
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
];

/// The environment belongs to the process, so each of these runs in one of its own: what it printed
/// about a call to `host`.
fn in_an_environment<V: AsRef<OsStr>>(host: &str, variables: &[(&str, V)]) -> String {
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "in_a_process_of_its_own", "--nocapture"]);
    for name in VARIABLES {
        child.env_remove(name);
    }
    for (name, value) in variables {
        child.env(name, value);
    }
    let output = child.env("CALL_HOST", host).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!printed.contains(CANARY), "{printed}");
    printed
}

#[tokio::test]
async fn in_a_process_of_its_own() {
    if let Ok(host) = std::env::var("CALL_HOST") {
        let result = match ApiClient::new(configuration(host)) {
            Ok(client) => {
                println!("proxy: {:?}", client.proxy());
                let result = OauthApi::new(client).oauth_token(request()).await;
                result.map(|_| "a token")
            }
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
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-folder", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(&pem, folder.join("one.pem")).unwrap();
    let (pem, folder) = (pem.to_str().unwrap(), folder.to_str().unwrap());
    let no_pem = no_pem.to_str().unwrap();
    let two_folders = format!("/does/not/exist:{folder}");
    for (name, path) in [
        ("SSL_CERT_FILE", pem),
        ("SSL_CERT_DIR", folder),
        ("SSL_CERT_DIR", &two_folders),
        ("CURL_CA_BUNDLE", pem),
        ("CURL_CA_BUNDLE", folder),
        ("REQUESTS_CA_BUNDLE", pem),
        ("REQUESTS_CA_BUNDLE", folder),
        ("SSL_Cert_File", pem),
        ("ssl_cert_dir", folder),
        ("Curl_Ca_Bundle", pem),
    ] {
        let printed = in_an_environment(&host, &[(name, path)]);
        assert!(printed.contains("Ok(\"a token\")"), "{name}: {printed}");
        let printed = in_an_environment(&host, &[(name, "/does/not/exist")]);
        let says = format!("{name} /does/not/exist cannot be read");
        assert!(printed.contains(&says), "{printed}");
        if !name.eq_ignore_ascii_case("SSL_CERT_DIR") {
            let printed = in_an_environment(&host, &[(name, no_pem)]);
            assert!(printed.contains("holds no certificate in PEM form"), "{printed}");
        }
        let printed = in_an_environment(&host, &[(name, "")]);
        assert!(printed.contains("nobody we trust has signed"), "{printed}");
    }
    // One that cannot be read does not take the others away.
    let both = [("SSL_CERT_FILE", "/does/not/exist"), ("CURL_CA_BUNDLE", pem)];
    assert!(in_an_environment(&host, &both).contains("a token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_spelling_of_the_environments_proxy_counts() {
    let server = Server::start().await;
    let (proxy, refused) = (server.address("http"), server.address("refused"));
    let pem = file("proxied.pem", &server.authority());
    let pem = ("SSL_CERT_FILE", pem.to_str().unwrap());
    let address = proxy.trim_start_matches("http://");
    let spaced = format!(" {proxy}/ ");
    for (name, url) in [
        ("HTTPS_PROXY", proxy),
        ("https_proxy", proxy),
        ("Https_Proxy", proxy),
        ("aLL_proxy", proxy),
        ("ALL_PROXY", address),
        ("all_proxy", &spaced),
    ] {
        let printed = in_an_environment(API, &[(name, url), pem]);
        assert!(printed.contains("a token"), "{name}: {printed}");
    }
    // The first that is set counts, and an empty one is not set.
    let order = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    for first in 0..order.len() {
        let mut variables = vec![pem];
        variables.extend(order[..first].iter().map(|&name| (name, "")));
        variables.push((order[first], proxy));
        variables.extend(
            order[first + 1..]
                .iter()
                .map(|&name| (name, "socks5h://canary:1")),
        );
        let printed = in_an_environment(API, &variables);
        assert!(printed.contains("a token"), "{}: {printed}", order[first]);
    }
    // A program that a web server started has its proxy as well.
    let cgi = [("HTTPS_PROXY", proxy), ("REQUEST_METHOD", "GET"), pem];
    assert!(in_an_environment(API, &cgi).contains("a token"));

    let dead = format!("http://user:{CANARY}@{refused}");
    for no_proxy in [
        "",
        "localhost,127.0.0.1,.example,10.0.0.0/8",
        "pinterest.com:8443",
    ] {
        let variables = [("HTTPS_PROXY", dead.as_str()), ("NO_PROXY", no_proxy), pem];
        let printed = in_an_environment(API, &variables);
        assert!(
            printed.contains(&format!("through the proxy {refused}")),
            "{printed}"
        );
        assert!(
            printed.contains(&format!("proxy: Some({refused:?})")),
            "{printed}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_cannot_be_used_is_refused_by_the_variables_name() {
    let server = Server::start().await;
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        for wrong in [
            "socks5://canary:1",
            "socks5h://user:canary@host:1",
            "canary:::",
            "http://",
            "http://user:se#canary@host:9",
            "http://user:se/canary@host:9",
            "http://user:se?canary@host:9",
            "user:12#canary@host:9",
        ] {
            let printed = in_an_environment(API, &[(name, wrong)]);
            let says = format!("{name} is not the URL of an HTTP proxy");
            assert!(printed.contains(&says), "{wrong}: {printed}");
        }
    }
    // On this machine no proxy is needed, whatever it is.
    let here = format!("{}/v5", server.address("http"));
    assert!(in_an_environment(&here, &[("HTTPS_PROXY", "canary:::")]).contains("a token"));
    // Nor where the list names the host.
    let pem = file("unproxied.pem", &server.authority());
    let host = format!("{}/v5", server.address("https"));
    let variables = [
        ("ALL_PROXY", "socks5h://canary:1"),
        ("NO_PROXY", "*"),
        ("SSL_CERT_FILE", pem.to_str().unwrap()),
    ];
    assert!(in_an_environment(&host, &variables).contains("a token"));
    let printed = in_an_environment(
        "https://canary.invalid/v5".replace(CANARY, "other").as_str(),
        &variables,
    );
    assert!(printed.contains("phase: Some(Resolve)"), "{printed}");
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_text_is_refused_and_not_passed_by() {
    use std::os::unix::ffi::OsStrExt as _;

    let broken = OsStr::from_bytes(b"http://user:canary\xff@host:1");
    for name in ["HTTPS_PROXY", "all_proxy"] {
        let printed = in_an_environment(API, &[(name, broken)]);
        assert!(printed.contains(&format!("{name} is not the URL")), "{printed}");
    }
    let variables = [("HTTPS_PROXY", OsStr::new("http://host:1")), ("NO_PROXY", broken)];
    let printed = in_an_environment(API, &variables);
    assert!(printed.contains("NO_PROXY is not UTF-8"), "{printed}");
}

/// What would go to a proxy in plain text goes to this machine, or nowhere.
#[tokio::test]
async fn plain_http_is_never_sent_through_a_proxy() {
    let server = Server::start().await;
    let proxy = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = proxy.local_addr().unwrap();
    let port = server.address("http").rsplit_once(':').unwrap().1;
    for host in ["localhost", "127.0.0.1"] {
        for no_proxy in [None, Some("other.example")] {
            let mut configuration = configuration(format!("http://{host}:{port}/v5"));
            configuration.connection.proxy = Some(Secret::new(format!("http://{address}")));
            configuration.connection.no_proxy = no_proxy.map(str::to_owned);
            let client = ApiClient::new(configuration).unwrap();
            assert_eq!(client.proxy(), None);
            OauthApi::new(client).oauth_token(request()).await.unwrap();
        }
    }
    let nobody = tokio::time::timeout(Duration::from_millis(50), proxy.accept()).await;
    assert!(nobody.is_err(), "the proxy was asked");

    // Over TLS it may be asked: it sees nothing.
    let mut over_tls = through_proxy(&server);
    over_tls.host = format!("{}/v5", server.address("https"));
    let client = ApiClient::new(over_tls).unwrap();
    assert!(client.proxy().is_some());
    OauthApi::new(client).oauth_token(request()).await.unwrap();
    let last = server.requests().await.pop().unwrap();
    assert_eq!(
        last["connect_target"],
        json!(server.address("https").trim_start_matches("https://"))
    );
}

#[tokio::test]
async fn clients_share_connections_only_where_they_go_the_same_way() {
    let server = Server::start().await;
    let through = through_proxy(&server);
    let client = ApiClient::new(through.clone()).unwrap();
    let plain = through
        .clone()
        .with_host(format!("{}/v5", server.address("http")));
    let direct = client.reconfigured(plain).unwrap();
    assert_eq!((client.proxy().is_some(), direct.proxy()), (true, None));
    OauthApi::new(direct.clone())
        .oauth_token(request())
        .await
        .unwrap();
    let again = direct.reconfigured(through).unwrap();
    assert_eq!(again.proxy(), client.proxy());
}

#[tokio::test]
async fn a_password_may_hold_anything_that_is_percent_encoded() {
    let server = Server::start().await;
    let switches = json!({"proxy_requires_authentication": true});
    server.control("PATCH", "/_sandbox/switches", &switches).await;
    let mut configuration = through_proxy(&server);
    let proxy = server
        .address("http")
        .replace("http://", "http://user:c%23a%2Fn%3Fa%25r%40y%FF@");
    configuration.connection.proxy = Some(Secret::new(proxy));
    api(configuration).oauth_token(request()).await.unwrap();
    // user:c#a/n?a%r@y and the byte FF.
    let sent = &server.requests().await[0]["proxy_authorization"];
    assert_eq!(sent, &json!("Basic dXNlcjpjI2Evbj9hJXJAef8="));
}
