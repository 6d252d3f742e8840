use std::time::Duration;

use super::{Configuration, ConnectionSettings};
use crate::clock::Clock;

#[test]
fn every_setter_sets_its_own_and_leaves_the_others() {
    let connection = ConnectionSettings::default()
        .with_proxy("http://proxy:1")
        .with_no_proxy("localhost")
        .with_proxy_header("one", "1")
        .with_proxy_header("two", "2")
        .with_ssl_ca_cert("ca.pem")
        .with_ssl_ca_pem("text")
        .with_cert_file("cert.pem")
        .with_key_file("key.pem")
        .with_pool_max_idle(7);
    let expected = ConnectionSettings {
        proxy: Some("http://proxy:1".into()),
        no_proxy: Some("localhost".into()),
        proxy_headers: vec![("one".into(), "1".into()), ("two".into(), "2".into())],
        ssl_ca_cert: Some("ca.pem".into()),
        ssl_ca_pem: Some("text".into()),
        authorities: None,
        cert_file: Some("cert.pem".into()),
        key_file: Some("key.pem".into()),
        pool_max_idle: Some(7),
    };
    assert!(connection == expected, "{connection:?}");
    let clock = Clock::new(|| std::time::UNIX_EPOCH);
    let configuration = Configuration::new("id", "secret")
        .with_host("host")
        .with_authorization_url("page")
        .with_username("other id")
        .with_password("other secret")
        .with_access_token("token")
        .with_user_agent("agent")
        .with_connect_timeout(Duration::from_secs(1))
        .with_timeout(Duration::from_secs(2))
        .with_retries(3)
        .with_max_answer_bytes(4)
        .with_keep_rate_limits(false)
        .with_rate_limit_wait(Duration::from_secs(5))
        .with_connection(connection.clone())
        .with_clock(clock.clone());
    let expected = Configuration {
        host: "host".into(),
        authorization_url: "page".into(),
        username: Some("other id".into()),
        password: Some("other secret".into()),
        access_token: Some("token".into()),
        user_agent: "agent".into(),
        connect_timeout: Duration::from_secs(1),
        timeout: Duration::from_secs(2),
        retries: 3,
        max_answer_bytes: 4,
        keep_rate_limits: false,
        rate_limit_wait: Duration::from_secs(5),
        connection,
        clock,
    };
    assert!(configuration == expected, "{configuration:?}");
}

#[test]
fn settings_are_shown_without_what_is_secret() {
    let connection = ConnectionSettings::default()
        .with_proxy("http://user:canary@proxy:1")
        .with_proxy_header("x-ticket", "canary")
        .with_no_proxy("listed.example")
        .with_cert_file("cert.pem");
    let shown = format!(
        "{:?}",
        Configuration::new("id", "canary").with_connection(connection)
    );
    for part in ["listed.example", "cert.pem", "\"id\""] {
        assert!(shown.contains(part), "{shown}");
    }
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn no_password_in_an_address_is_shown() {
    let host = "https://user:canary@api.pinterest.com/v5";
    let configuration = Configuration::default()
        .with_host(host)
        .with_authorization_url("user:canary@www.pinterest.com?key=canary");
    let shown = format!("{configuration:?}");
    assert!(!shown.contains("canary"), "{shown}");
    assert!(
        shown.contains("https://[redacted]@api.pinterest.com/v5"),
        "{shown}"
    );
}
