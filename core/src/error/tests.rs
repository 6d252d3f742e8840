use std::time::Duration;

use super::{Error, ErrorKind, Outcome, Refusal};
use crate::stop::Phase;

#[test]
fn what_had_no_effect_and_may_pass_is_worth_another_try() {
    let retryable = |kind, outcome| Error::new(kind, outcome, "x").is_retryable();
    for kind in [ErrorKind::Network, ErrorKind::RateLimited, ErrorKind::Server] {
        assert!(retryable(kind, Outcome::NotSent) && retryable(kind, Outcome::Refused));
        assert!(!retryable(kind, Outcome::Unknown), "{kind:?}");
    }
    for kind in [
        ErrorKind::InvalidInput,
        ErrorKind::InvalidGrant,
        ErrorKind::Authorization,
        ErrorKind::Protocol,
    ] {
        assert!(!retryable(kind, Outcome::NotSent) && !retryable(kind, Outcome::Refused));
    }
    let failed = |phase| Error::network(phase, Outcome::NotSent, "x").is_retryable();
    assert!(failed(Phase::Connect) && failed(Phase::Timeout));
    assert!(!failed(Phase::Tls), "a certificate stays as it is");
}

#[test]
fn a_refusal_shows_its_headers_and_not_its_body() {
    let refusal = Refusal {
        headers: vec![("x-request".to_owned(), "seen".to_owned())],
        body: Some("canary".to_owned()),
        ..Refusal::default()
    };
    let shown = format!("{refusal:?}");
    assert!(shown.contains("\"seen\"") && !shown.contains("canary"), "{shown}");
}

#[test]
fn the_facts_stand_behind_the_message_and_before_the_hint() {
    let error = || Error::new(ErrorKind::Api, Outcome::Refused, "refused");
    assert_eq!(error().to_string(), "refused");
    let told = error()
        .with_status(429)
        .with_code(Some(8))
        .with_request_id(Some("rid".to_owned()))
        .with_retry_after(Some(Duration::from_secs(7)));
    let facts = " (HTTP 429, code 8, request id rid, retry after 7 s)";
    assert_eq!(told.facts(), facts);
    assert_eq!(
        told.with_hint("wait").to_string(),
        format!("refused{facts}. Hint: wait")
    );
}
