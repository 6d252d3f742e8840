//! From the HTTP library's errors to ours: where it stopped and whether anything had left.

use std::error::Error as StdError;

use super::tls;
use crate::error::{Error, Outcome, Phase};

/// Whom we talked to, for messages.
pub(crate) struct Peer<'a> {
    pub(crate) origin: &'a str,
    pub(crate) via: Option<&'a str>,
}

/// `sent`: whether the request's first byte may have left.
pub(crate) fn classify(error: reqwest::Error, sent: bool, peer: &Peer<'_>) -> Error {
    let origin = peer.origin;
    // The library's text may hold the URL; ours names the origin itself.
    let error = error.without_url();
    let outcome = if sent { Outcome::Unknown } else { Outcome::NotSent };
    if error.is_timeout() {
        return timeout(sent, peer).with_source(error);
    }
    if error.is_connect() {
        return connecting(&error, peer).with_source(error);
    }
    if error.is_builder() {
        return Error::invalid_input("the request cannot be built").with_source(error);
    }
    let causes = causes(&error);
    if is_malformed(&error) {
        return Error::protocol(format!("{origin} did not answer in HTTP: {causes}"))
            .with_hint("check that `host` is an API address and that no proxy rewrites answers")
            .with_source(error);
    }
    let (phase, what) = match (sent, error.is_body() || error.is_decode()) {
        (false, _) => (Phase::Connect, "the connection ended before the request was sent"),
        (true, true) => (Phase::Receive, "the answer broke off"),
        (true, false) => (Phase::Receive, "the connection ended before an answer came"),
    };
    let failure = Error::network(phase, outcome, format!("{what}: {origin}: {causes}"));
    match outcome {
        Outcome::Unknown => failure.with_hint(UNKNOWN),
        _ => failure,
    }
    .with_source(error)
}

const UNKNOWN: &str = "the request may have taken effect; a one-time code must not be sent again";

/// A deadline passed.
pub(crate) fn timeout(sent: bool, peer: &Peer<'_>) -> Error {
    let origin = peer.origin;
    if sent {
        Error::network(
            Phase::Timeout,
            Outcome::Unknown,
            format!("no whole answer from {origin} in time"),
        )
        .with_hint(UNKNOWN)
    } else {
        Error::network(
            Phase::Timeout,
            Outcome::NotSent,
            format!("no connection to {origin} in time"),
        )
        .with_hint("check the address, the network and the proxy settings; nothing was sent")
    }
}

fn connecting(error: &reqwest::Error, peer: &Peer<'_>) -> Error {
    let told = |what: &str| chain(error).any(|cause| cause.to_string().contains(what));
    let through = peer
        .via
        .map(|proxy| format!(" through the proxy {proxy}"))
        .unwrap_or_default();
    let (phase, hint) = if told("dns error") {
        (Phase::Resolve, "check the host name and the network".to_owned())
    } else if told("proxy authorization required") {
        let hint = "the proxy asks for a user name and password: http://user:password@host:port";
        (Phase::Connect, hint.to_owned())
    } else if told("tcp connect error") || told("tunnel error") || !peer.origin.starts_with("https") {
        let hint = "check the address, the network and the proxy settings";
        (Phase::Connect, hint.to_owned())
    } else {
        (Phase::Tls, tls_hint(&told))
    };
    Error::network(
        phase,
        Outcome::NotSent,
        format!("no connection to {}{through}: {}", peer.origin, causes(error)),
    )
    .with_hint(format!("{hint}; nothing was sent"))
}

fn tls_hint(told: &impl Fn(&str) -> bool) -> String {
    if told("expired") || told("not valid yet") {
        "the server's certificate is not valid at this time: check this machine's clock".to_owned()
    } else if told("not valid for name") {
        "the server's certificate is for another host: check `host`".to_owned()
    } else if told("corrupt message") {
        "the server does not speak TLS there: check the port in `host`".to_owned()
    } else if let Some(problem) = tls::environment_problem() {
        problem
    } else if told("UnknownIssuer") {
        "nobody we trust has signed the server's certificate: name a private authority in `ssl_ca_cert` or SSL_CERT_FILE"
            .to_owned()
    } else {
        "the server ended the talk about TLS: check `host` and any proxy in between".to_owned()
    }
}

/// Whether the peer spoke, but not HTTP as we can read it.
fn is_malformed(error: &reqwest::Error) -> bool {
    chain(error).any(|cause| {
        let text = cause.to_string().to_lowercase();
        text.contains("invalid") || text.contains("too large") || text.contains("unexpected message")
    }) || error.is_redirect()
}

fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The innermost reason, in the library's words.
fn causes(error: &reqwest::Error) -> String {
    chain(error).last().map(ToString::to_string).unwrap_or_default()
}
