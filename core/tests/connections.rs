//! Pools, TLS, proxies, limits and cancellation, over real sockets.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use pinterest_sdk::{ApiClient, Authorities, Configuration, ErrorKind, OauthApi, Outcome, Phase};
use serde_json::{Value, json};
use support::Server;
use support::calls::{api, configuration, file, request};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

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

/// Passes one connection on, and cuts it off after a moment.
async fn cut_off(authority: &str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut there = TcpStream::connect(authority).await.unwrap();
    tokio::spawn(async move {
        let (mut here, _) = listener.accept().await.unwrap();
        // The end of the time is what is waited for.
        let _ = timeout(
            Duration::from_millis(1500),
            copy_bidirectional(&mut here, &mut there),
        )
        .await;
    });
    port
}

/// Many servers, and proxies that look into TLS, end it without a word.
#[tokio::test]
async fn an_answer_that_ends_with_a_tls_connection_is_whole_if_its_json_is() {
    let server = Server::start().await;
    let authority = server.address("https").trim_start_matches("https://");
    let certificates = file("cut.pem", &server.authority());
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    for (raw, is_whole) in [
        (format!("{head}\r\n{{\"access_token\":\"pina_a\"}}"), true),
        (format!("{head}\r\n{{\"access_token\":\"pina_a\""), false),
        (
            format!("{head}Content-Length: 99\r\n\r\n{{\"access_token\":\"pina_a\""),
            false,
        ),
        (
            format!("{head}Content-Length: 99\r\n\r\n{{\"access_token\":\"pina_a\"}}"),
            true,
        ),
    ] {
        server.respond(json!([{"raw": raw, "then": "hang"}])).await;
        let mut trusting = configuration(format!("https://127.0.0.1:{}/v5", cut_off(authority).await));
        trusting.connection.ssl_ca_cert = Some(certificates.clone());
        match api(trusting).oauth_token(request()).await {
            Ok(token) => assert!(is_whole && token.access_token.expose() == "pina_a", "{raw}"),
            Err(error) => {
                assert!(!is_whole, "{raw}: {error}");
                assert_eq!(
                    (error.kind(), error.outcome(), error.status()),
                    (ErrorKind::Network, Outcome::Unknown, Some(200)),
                    "{raw}"
                );
            }
        }
    }
}

#[tokio::test]
async fn authorities_that_were_read_serve_every_client() {
    let server = Server::start().await;
    let authorities = Authorities::from_pem(&server.authority()).unwrap();
    let mut trusting = configuration(format!("{}/v5", server.address("https")));
    trusting.connection = trusting.connection.with_authorities(authorities);
    for _ in 0..2 {
        api(trusting.clone()).oauth_token(request()).await.unwrap();
    }
    let client = ApiClient::new(trusting.clone()).unwrap();
    OauthApi::new(client.clone())
        .oauth_token(request())
        .await
        .unwrap();
    trusting.username = Some("other".to_owned());
    let other = client.reconfigured(trusting).unwrap();
    OauthApi::new(other).oauth_token(request()).await.unwrap_err();
    let requests = server.requests().await;
    assert_eq!(
        requests[2]["connection"], requests[3]["connection"],
        "a clone asks for no other pool"
    );
    let mut read_again = client.configuration().clone();
    read_again.connection.authorities = Some(Authorities::from_pem(&server.authority()).unwrap());
    let other = client.reconfigured(read_again).unwrap();
    OauthApi::new(other).oauth_token(request()).await.unwrap();
    let requests = server.requests().await;
    assert_ne!(
        requests[2]["connection"], requests[4]["connection"],
        "others may be other ones"
    );
    let error = Authorities::from_pem("nothing").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

/// Whoever does not know an issuer hides no better reason: each part of the trust is asked.
#[tokio::test]
async fn an_expired_certificate_is_called_expired() {
    let server = Server::start().await;
    for shared in [false, true] {
        let mut trusting = configuration(format!("https://{}/v5", server.address("tls_expired")));
        if shared {
            trusting.connection.authorities = Some(Authorities::from_pem(&server.authority()).unwrap());
        } else {
            trusting.connection.ssl_ca_pem = Some(server.authority().into());
        }
        let error = api(trusting).oauth_token(request()).await.unwrap_err();
        assert_eq!(error.phase(), Some(Phase::Tls));
        let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
        let causes: Vec<String> = causes.map(ToString::to_string).collect();
        assert!(causes.iter().any(|cause| cause.contains("expired")), "{causes:?}");
    }
}

#[tokio::test]
async fn a_client_certificate_is_shown() {
    let server = Server::start().await;
    let mut mutual = configuration(format!("{}/v5", server.address("https")));
    mutual.connection.ssl_ca_pem = Some(server.authority().into());
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
async fn clones_share_a_pool_and_clients_with_other_connections_do_not() {
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
    let error = OauthApi::new(other).oauth_token(request()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    let says = format!("{} refused", server.address("http"));
    assert!(error.message().starts_with(&says), "{error}");
    assert_eq!(connections().await, 1);
    let mut other_connections = client.configuration().clone();
    other_connections.connection.pool_max_idle = Some(1);
    OauthApi::new(client.reconfigured(other_connections).unwrap())
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

/// An attempt may take as long as connecting may, and no longer than what is left of the whole.
#[tokio::test]
async fn every_attempt_ends_with_the_time() {
    let server = Server::start().await;
    let silent = |retries| {
        let mut silent = configuration(format!("https://{}/v5", server.address("silent")))
            .with_timeout(Duration::from_millis(1600))
            .with_retries(retries);
        silent.connect_timeout = Duration::from_secs(1);
        async {
            let started = Instant::now();
            let error = api(silent).oauth_token(request()).await.unwrap_err();
            assert_eq!(error.phase(), Some(Phase::Timeout));
            started.elapsed()
        }
    };
    let (one_more, two_more) = tokio::join!(silent(1), silent(2));
    for took in [one_more, two_more] {
        assert!(took < Duration::from_millis(1950), "{took:?}");
    }
}

#[tokio::test]
async fn headers_for_the_proxy_reach_the_proxy() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    let proxy = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut through = configuration("https://api.pinterest.com/v5");
    let address = proxy.local_addr().unwrap();
    through.connection.proxy = Some(format!("http://{address}").into());
    through.connection.proxy_headers = vec![("X-Ticket".into(), "of-the-proxy".into())];
    let call = tokio::spawn(async move { api(through).oauth_token(request()).await });
    let (mut stream, _) = proxy.accept().await.unwrap();
    let mut head = [0; 4096];
    let read = stream.read(&mut head).await.unwrap();
    let head = String::from_utf8_lossy(&head[..read]).to_lowercase();
    assert!(head.starts_with("connect api.pinterest.com:443 "), "{head}");
    assert!(head.contains("x-ticket: of-the-proxy\r\n"), "{head}");
    stream.write_all(b"HTTP/1.1 502 No\r\n\r\n").await.unwrap();
    drop(stream);
    call.await.unwrap().unwrap_err();
}
