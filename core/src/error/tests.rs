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
