//! From the authorization URL to a token.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::time::Duration;

use pinterest_sdk::{
    ApiClient, AuthorizationReason, AuthorizationRequest, Configuration, Environment, ErrorKind, Outcome,
    PendingAuthorization, Scope,
};
use support::Server;
use support::authorization::{REDIRECT, allowed, client, query, request};

#[tokio::test]
async fn the_url_asks_for_what_was_wanted_and_holds_no_secret() {
    let server = Server::start().await;
    let pending = request().start(&client(&server)).unwrap();
    assert!(
        pending
            .url()
            .starts_with("https://www.pinterest.com/oauth/?client_id=1234567&")
    );
    let asked = query(pending.url());
    assert_eq!(asked["redirect_uri"], REDIRECT);
    assert_eq!(asked["response_type"], "code");
    assert_eq!(asked["scope"], "pins:read boards:read");
    assert_eq!(asked["state"], pending.state());
    assert!(!asked.contains_key("code_challenge"), "PKCE is off by default");
    assert!(
        !pending
            .to_json()
            .contains("0123456789abcdef0123456789abcdef01234567")
            && !pending.url().contains("0123456789abcdef0123456789abcdef01234567")
    );
    assert_ne!(
        request().start(&client(&server)).unwrap().state(),
        pending.state()
    );
}

#[test]
fn what_nobody_sees_around_an_address_is_taken_off_and_inside_refused() {
    let start = |host: &str, page: &str| {
        let mut configuration = Configuration::default().with_host(host).with_username("1234567");
        configuration.authorization_url = page.to_owned();
        request().start(&ApiClient::new(configuration)?)
    };
    let (host, page) = ("https://api.pinterest.com/v5", "https://www.pinterest.com/oauth/");
    for around in [" ", "\r\n", "\u{feff}", "\u{200b}", "\u{2800}"] {
        let surrounded = |text| format!("{around}{text}{around}");
        let pending = start(&surrounded(host), &surrounded(page)).unwrap();
        assert!(pending.url().starts_with(&format!("{page}?client_id=1234567&")));
        let json = pending.to_json();
        assert!(json.contains(&format!("\"{host}\"")), "{json}");
    }
    for (host, page) in [
        ("https://api.pinter\u{200b}est.com/v5", page),
        (host, "https://www.pinter\u{200b}est.com/oauth/"),
    ] {
        let error = start(host, page).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains("U+200B (zero width space)"), "{error}");
    }
}

#[tokio::test]
async fn the_code_is_exchanged_with_the_same_redirect_uri_after_a_session() {
    let server = Server::start().await;
    let started = request()
        .with_continuous_refresh()
        .start(&client(&server))
        .unwrap();
    let restored = PendingAuthorization::from_json(&started.to_json()).unwrap();
    assert_eq!(restored, started);
    let callback = allowed(&server, &restored).await;
    let token = restored.complete(&client(&server), &callback).await.unwrap();
    assert!(token.refresh_token.is_some());
    let body = server.requests().await[0]["body"].as_str().unwrap().to_owned();
    assert!(
        body.contains("&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F&continuous_refresh=true"),
        "{body}"
    );
}

#[tokio::test]
async fn pkce_sends_a_challenge_and_then_its_verifier() {
    let server = Server::start().await;
    let pending = request().with_pkce().start(&client(&server)).unwrap();
    let asked = query(pending.url());
    assert_eq!(asked["code_challenge_method"], "S256");
    let callback = allowed(&server, &pending).await;
    pending.complete(&client(&server), &callback).await.unwrap();
    let sent = server.requests().await[0]["body"].as_str().unwrap().to_owned();
    let verifier = query(&format!("http://x/?{sent}"))["code_verifier"].clone();
    let digest = ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes());
    let challenge = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, digest);
    assert_eq!(asked["code_challenge"], challenge);
    assert!(!pending.to_json().contains(&verifier) && !format!("{pending:?}").contains(&verifier));
}

#[tokio::test]
async fn a_callback_that_is_not_ours_sends_nothing_and_spoils_nothing() {
    let server = Server::start().await;
    let client = client(&server);
    let pending = request().start(&client).unwrap();
    let other = request().start(&client).unwrap();
    let (state, right) = (pending.state(), allowed(&server, &pending).await);
    for (callback, says) in [
        (format!("{REDIRECT}?code=x"), "no `state`"),
        (format!("{REDIRECT}?code=x&state="), "no `state`"),
        (
            format!("{REDIRECT}?code=x&state={}", other.state()),
            "not the one",
        ),
        (format!("{REDIRECT}?code=x&state={state}x"), "not the one"),
        (format!("{REDIRECT}?code=x&code=y&state={state}"), "`code` twice"),
        (
            format!("{REDIRECT}?code=x&state={state}&state={state}"),
            "`state` twice",
        ),
        (
            format!("{REDIRECT}?code=x&state={state}&iss=https%3A%2F%2Fevil.example"),
            "issuer",
        ),
        (String::new(), "no `state`"),
        ("not a callback".into(), "no `state`"),
    ] {
        let error = pending.complete(&client, &callback).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Authorization, "{callback}");
        assert!(error.message().contains(says), "{callback}: {error}");
    }
    assert_eq!(server.requests().await.len(), 0);
    pending.complete(&client, &right).await.unwrap();
    let again = PendingAuthorization::from_json(&pending.to_json()).unwrap();
    let error = again.complete(&client, &right).await.unwrap_err();
    assert!(error.message().contains("used already"), "{error}");
    assert_eq!(server.requests().await.len(), 1);
}

#[tokio::test]
async fn a_person_who_denies_or_is_late() {
    let server = Server::start().await;
    let client = client(&server);
    let pending = request().start(&client).unwrap();
    let denied = format!(
        "{REDIRECT}?error=access_denied&error_description=No%0D%0Athanks&state={}",
        pending.state()
    );
    let error = pending.complete(&client, &denied).await.unwrap_err();
    assert_eq!(
        error.message(),
        "Pinterest gave no authorization (access_denied: No  thanks)"
    );
    let late = request().with_lifetime(Duration::ZERO).start(&client).unwrap();
    let callback = allowed(&server, &late).await;
    let error = late.complete(&client, &callback).await.unwrap_err();
    assert!(error.message().contains("too late"), "{error}");
    let empty = request().start(&client).unwrap();
    let error = empty
        .complete(&client, &format!("?state={}", empty.state()))
        .await
        .unwrap_err();
    assert!(error.message().contains("no `code`"), "{error}");
    assert_eq!(server.requests().await.len(), 0);
}

#[tokio::test]
async fn an_authorization_belongs_to_its_app_and_environment() {
    let server = Server::start().await;
    let pending = request().start(&client(&server)).unwrap();
    let callback = allowed(&server, &pending).await;
    for configuration in [
        Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567")
            .with_environment(Environment::Sandbox),
        Configuration::new("other", "0123456789abcdef0123456789abcdef01234567")
            .with_host(client(&server).configuration().host.clone()),
    ] {
        let other = ApiClient::new(configuration).unwrap();
        let error = pending.complete(&other, &callback).await.unwrap_err();
        assert!(error.message().contains("another app or environment"), "{error}");
        assert_eq!(error.reason(), Some(AuthorizationReason::OtherClient));
    }
}

#[tokio::test]
async fn an_address_is_one_with_a_slash_at_its_end_and_without() {
    let server = Server::start().await;
    let plain = client(&server);
    let configuration = plain.configuration().clone();
    let slashed = format!("{}/", configuration.host);
    let slashed = plain.reconfigured(configuration.with_host(slashed)).unwrap();
    for (one, other) in [(&plain, &slashed), (&slashed, &plain)] {
        let pending = request().start(one).unwrap();
        let callback = allowed(&server, &pending).await;
        pending.complete(other, &callback).await.unwrap();
    }
}

#[tokio::test]
async fn two_logins_at_once_both_succeed() {
    let server = Server::start().await;
    let client = client(&server);
    let (first, second) = (
        request().start(&client).unwrap(),
        request().start(&client).unwrap(),
    );
    let (a, b) = (allowed(&server, &first).await, allowed(&server, &second).await);
    second.complete(&client, &b).await.unwrap();
    first.complete(&client, &a).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let server = Server::start().await;
    let good = client(&server);
    let no_id = ApiClient::new(Configuration::default()).unwrap();
    let mut insecure = good.configuration().clone();
    insecure.authorization_url = "http://www.pinterest.com/oauth/".into();
    let insecure = ApiClient::new(insecure).unwrap();
    for (result, says) in [
        (request().start(&no_id), "app id"),
        (request().start(&insecure), "authorization_url"),
        (AuthorizationRequest::new(REDIRECT, []).start(&good), "scope"),
        (
            AuthorizationRequest::new("localhost", [Scope::PINS_READ]).start(&good),
            "redirect_uri",
        ),
        (
            AuthorizationRequest::new("http://localhost/#x", [Scope::PINS_READ]).start(&good),
            "fragment",
        ),
        (
            AuthorizationRequest::new("http://localhost/\n", [Scope::PINS_READ]).start(&good),
            "control",
        ),
    ] {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert!(error.message().contains(says), "{error}");
    }
    for text in ["", "{}", "null", r#"{"version": 2}"#, "[1]"] {
        let error = PendingAuthorization::from_json(text).unwrap_err();
        assert_eq!(
            (error.kind(), error.reason()),
            (ErrorKind::InvalidInput, Some(AuthorizationReason::NotPending))
        );
        let hint = error.hint().unwrap_or_default();
        assert!(hint.contains("start the authorization again"), "{hint}");
    }
}

#[tokio::test]
async fn the_page_s_path_stays_as_it_is() {
    for page in [
        "https://www.pinterest.com/oauth/",
        "https://www.pinterest.com/oauth",
        "http://127.0.0.1:1/page",
    ] {
        let mut configuration = Configuration::new("1234567", "0123456789abcdef0123456789abcdef01234567");
        page.clone_into(&mut configuration.authorization_url);
        let pending = request().start(&ApiClient::new(configuration).unwrap()).unwrap();
        assert!(
            pending.url().starts_with(&format!("{page}?client_id=")),
            "{}",
            pending.url()
        );
    }
}

#[tokio::test]
async fn an_authorization_is_its_app_s_whatever_surrounded_the_id() {
    let server = Server::start().await;
    let host = client(&server).configuration().host.clone();
    let read = Configuration::new(
        "\u{feff}1234567\r\n",
        "0123456789abcdef0123456789abcdef01234567\n",
    )
    .with_host(host);
    let read = ApiClient::new(read).unwrap();
    assert_eq!(read.configuration().username.as_deref(), Some("1234567"));
    let pending = request().with_pkce().start(&read).unwrap();
    assert!(pending.url().contains("client_id=1234567&"), "{}", pending.url());
    let callback = allowed(&server, &pending).await;
    // The secret of the exchange is the one that the challenge came from.
    pending.complete(&client(&server), &callback).await.unwrap();
    let sent = server.requests().await[0]["body"].as_str().unwrap().to_owned();
    let verifier = query(&format!("http://x/?{sent}"))["code_verifier"].clone();
    let digest = ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes());
    let challenge = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, digest);
    assert_eq!(query(pending.url())["code_challenge"], challenge);
}

#[tokio::test]
async fn a_redirect_uri_may_have_what_only_looks_wrong() {
    let server = Server::start().await;
    let client = client(&server);
    for good in [
        "https://example.com/ü?x=%20",
        "http://localhost:8085",
        "app:/callback",
    ] {
        AuthorizationRequest::new(good, [Scope::PINS_READ])
            .start(&client)
            .unwrap();
    }
    for (wrong, says) in [
        ("http://localhost/ x", "U+0020"),
        ("http://localhost/\u{a0}", "U+00A0"),
        ("http://localhost/\u{0}", "U+0000"),
        ("http://localhost/\u{200b}", "U+200B"),
        ("", "not a URL"),
        ("/callback", "not a URL"),
        ("http://localhost/#", "fragment"),
    ] {
        let error = AuthorizationRequest::new(wrong, [Scope::PINS_READ])
            .start(&client)
            .unwrap_err();
        assert!(error.message().contains(says), "{wrong}: {error}");
    }
}

#[test]
fn a_page_whose_codes_the_api_does_not_know_is_refused() {
    let (api, page) = (
        "https://api-sandbox.pinterest.com/v5",
        "https://www.pinterest.com/oauth/",
    );
    let check = |host: &str, page: &str| {
        let configuration = Configuration::new("1234567", "secret")
            .with_host(host)
            .with_authorization_url(page);
        ApiClient::new(configuration).unwrap().check_authorization_url()
    };
    for here in ["http://localhost:1", "http://127.0.0.1:1/v5", "https://[::1]:1/"] {
        for (host, page) in [(here, page), (api, here)] {
            let error = check(host, page).unwrap_err();
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::InvalidInput, Outcome::NotSent)
            );
            for said in ["`host`", "`authorization_url`", "Pinterest"] {
                assert!(error.message().contains(said), "{error}");
            }
        }
        check(here, here).unwrap();
    }
    for (host, page) in [
        (api, page),
        ("https://gateway.example/v5", page),
        (api, "https://login.example/"),
    ] {
        check(host, page).unwrap();
    }
    check(api, "http://login.example/").unwrap_err();
}
