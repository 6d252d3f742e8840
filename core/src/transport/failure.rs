//! From the HTTP library's errors to ours: where it stopped and whether anything had left.

use std::error::Error as StdError;
use std::io;

use rustls::CertificateError;

use super::authorities;
use crate::error::{Error, Outcome};
use crate::stop::{NetworkFault, Phase};
use crate::words::{Setting, Word, Words, words};

/// Whom we talked to, for messages.
pub(crate) struct Peer<'a> {
    pub(crate) origin: &'a str,
    pub(crate) via: Option<&'a str>,
    /// Whether it is asked for something that changes nothing there.
    pub(crate) only_reads: bool,
}

impl Peer<'_> {
    /// The origin, and the proxy on the way to it.
    fn reached(&self) -> String {
        match self.via {
            Some(proxy) => format!("{} through the proxy {proxy}", self.origin),
            None => self.origin.to_owned(),
        }
    }

    /// What to think of once the request may have arrived.
    fn after_the_request(&self) -> &'static str {
        if self.only_reads {
            "the request changes nothing: it may be made again"
        } else {
            "the request may have taken effect; a one-time code must not be sent again"
        }
    }
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
        return Error::protocol(words![format!("{origin} did not answer in HTTP: "), causes])
            .with_hint(words![
                "check that ",
                Setting::Host,
                " is an API address and that no proxy rewrites answers"
            ])
            .with_source(error);
    }
    let (phase, what) = match (sent, error.is_decode()) {
        (false, _) => (Phase::Connect, "the connection ended before the request was sent"),
        (true, true) => (Phase::Receive, "the answer broke off"),
        (true, false) => (Phase::Receive, "the connection ended before an answer came"),
    };
    let failure = Error::network(phase, outcome, words![format!("{what}: {origin}: "), causes]);
    match outcome {
        Outcome::Unknown => failure.with_hint(peer.after_the_request()),
        _ => failure,
    }
    .with_fault(fault(&error))
    .with_source(error)
}

/// A deadline passed.
pub(crate) fn timeout(sent: bool, peer: &Peer<'_>) -> Error {
    if sent {
        Error::network(
            Phase::Timeout,
            Outcome::Unknown,
            format!("no whole answer from {} in time", peer.origin),
        )
        .with_hint(peer.after_the_request())
    } else {
        Error::network(
            Phase::Timeout,
            Outcome::NotSent,
            format!("no connection to {} in time", peer.reached()),
        )
        .with_hint("check the address, the network and the proxy settings; nothing was sent")
    }
}

fn connecting(error: &reqwest::Error, peer: &Peer<'_>) -> Error {
    // These the library keeps to itself: they have no type that we could ask for.
    let says = |what: &str| chain(error).any(|cause| cause.to_string() == what);
    let in_tunnel = || chain(error).any(|cause| cause.to_string().starts_with("tunnel error: "));
    let in_tcp = || {
        let mut texts = chain(error).map(ToString::to_string);
        texts.any(|text| text.starts_with("tcp "))
    };
    let fault = fault(error);
    let (phase, hint): (Phase, Words) = if error.is_dns() {
        (Phase::Resolve, "check the host name and the network".into())
    } else if find::<rustls::Error>(error).is_some() {
        (Phase::Tls, tls_hint(fault))
    } else if says("tunnel error: proxy authorization required") {
        let hint = "the proxy asks for a user name and password: http://user:password@host:port";
        (Phase::Connect, hint.into())
    } else if in_tcp() || in_tunnel() || !peer.origin.starts_with("https") {
        let hint = "check the address, the network and the proxy settings";
        (Phase::Connect, hint.into())
    } else {
        (Phase::Tls, tls_hint(fault))
    };
    Error::network(
        phase,
        Outcome::NotSent,
        words![format!("no connection to {}: ", peer.reached()), causes(error)],
    )
    .with_fault(fault)
    .with_hint(hint.then("; nothing was sent"))
}

/// What the causes come to, by their types.
fn fault(error: &reqwest::Error) -> Option<NetworkFault> {
    let refused = |error: &io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
    match find::<rustls::Error>(error) {
        Some(rustls::Error::InvalidCertificate(problem)) => fault_of_certificate(problem),
        Some(rustls::Error::InvalidMessage(_)) => Some(NetworkFault::NotTls),
        Some(_) => None,
        None => chain(error)
            .filter_map(|cause| cause.downcast_ref())
            .any(refused)
            .then_some(NetworkFault::ConnectionRefused),
    }
}

fn fault_of_certificate(problem: &CertificateError) -> Option<NetworkFault> {
    use CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet, NotValidYetContext,
        UnknownIssuer,
    };
    match problem {
        Expired | ExpiredContext { .. } => Some(NetworkFault::CertificateExpired),
        NotValidYet | NotValidYetContext { .. } => Some(NetworkFault::CertificateNotYetValid),
        NotValidForName | NotValidForNameContext { .. } => Some(NetworkFault::CertificateOfAnotherHost),
        UnknownIssuer => Some(NetworkFault::UnknownIssuer),
        _ => None,
    }
}

fn tls_hint(fault: Option<NetworkFault>) -> Words {
    match fault {
        Some(NetworkFault::CertificateExpired | NetworkFault::CertificateNotYetValid) => {
            "the server's certificate is not valid at this time: check this machine's clock".into()
        }
        Some(NetworkFault::CertificateOfAnotherHost) => {
            words![
                "the server's certificate is for another host: check ",
                Setting::Host
            ]
        }
        Some(NetworkFault::NotTls) => {
            words![
                "the server does not speak TLS there: check the port in ",
                Setting::Host
            ]
        }
        // Only now does it matter whom the environment has us trust.
        Some(NetworkFault::UnknownIssuer) => authorities::problem().map_or_else(
            || {
                words![
                    "nobody we trust has signed the server's certificate: name a private authority in ",
                    Setting::SslCaCert,
                    " or SSL_CERT_FILE"
                ]
            },
            Words::from,
        ),
        _ => words![
            "the server ended the talk about TLS: check ",
            Setting::Host,
            " and any proxy in between"
        ],
    }
}

/// Whether the peer spoke, but not HTTP as we can read it.
fn is_malformed(error: &reqwest::Error) -> bool {
    // What TLS could not read is not HTTP that was malformed: the connection broke.
    find::<rustls::Error>(error).is_none()
        && chain(error).any(|cause| {
            if let Some(error) = cause.downcast_ref::<hyper::Error>() {
                // The second has no type: bytes came that nobody had asked for.
                return error.is_parse()
                    || error.to_string() == "received unexpected message from connection";
            }
            // Chunks and compressed bodies that cannot be read; the system's own complaints have a number.
            cause.downcast_ref::<io::Error>().is_some_and(|error| {
                matches!(
                    error.kind(),
                    io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
                ) && error.raw_os_error().is_none()
            })
        })
}

/// An error and its causes. An input error's own cause is what it was made from.
fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let made_from = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        made_from
            .map(|error| error as &(dyn StdError + 'static))
            .or_else(|| error.source())
    })
}

fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    chain(error).find_map(|cause| cause.downcast_ref())
}

/// The innermost reason, in the library's words.
fn causes(error: &reqwest::Error) -> Word {
    Word::Foreign(chain(error).last().map(ToString::to_string).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use rustls::CertificateError;

    use super::{fault_of_certificate, tls_hint};
    use crate::stop::NetworkFault;
    use crate::words::Setting;

    /// Whoever's clock is wrong is told to look there, on either side of a certificate's time.
    #[test]
    fn what_is_wrong_with_a_certificate_decides_over_the_hint() {
        for (problem, fault, hint) in [
            (
                CertificateError::NotValidYet,
                Some(NetworkFault::CertificateNotYetValid),
                "check this machine's clock",
            ),
            (
                CertificateError::Expired,
                Some(NetworkFault::CertificateExpired),
                "check this machine's clock",
            ),
            (
                CertificateError::BadEncoding,
                None,
                "the server ended the talk about TLS",
            ),
        ] {
            assert_eq!(fault_of_certificate(&problem), fault);
            let said = tls_hint(fault).say(Setting::phrase);
            assert!(said.contains(hint), "{problem:?}: {said}");
        }
    }
}
