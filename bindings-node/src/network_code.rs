//! Node's words for failures of the network, which programs compare `error.code` with.

use std::error::Error as StdError;
use std::io::{Error as IoError, ErrorKind as IoKind};

use pinterest_sdk::{Error, ErrorKind, Phase};

/// What the TLS library calls a fault, and what Node does.
const TLS_FAULTS: [(&str, &str); 4] = [
    ("certificate expired", "CERT_HAS_EXPIRED"),
    ("UnknownIssuer", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
    ("not valid for name", "ERR_TLS_CERT_ALTNAME_INVALID"),
    ("InvalidContentType", "EPROTO"),
];

/// The code of a failure of the network, where Node has a word for it.
pub(crate) fn network_code(error: &Error) -> Option<&'static str> {
    if error.kind() != ErrorKind::Network {
        return None;
    }
    let mut causes = std::iter::successors(error.source(), |&cause| cause.source());
    match error.phase() {
        Some(Phase::Timeout) => Some("ECONNABORTED"),
        Some(Phase::Resolve) => Some("ENOTFOUND"),
        Some(Phase::Tls) => causes.find_map(|cause| tls_code(&cause.to_string())),
        _ if causes.any(is_refusal) => Some("ECONNREFUSED"),
        // Whatever else ends a connection, Node reports it as reset.
        _ => Some("ECONNRESET"),
    }
}

fn tls_code(text: &str) -> Option<&'static str> {
    let known = TLS_FAULTS.iter().find(|(fault, _)| text.contains(fault));
    known.map(|(_, code)| *code)
}

fn is_refusal(cause: &(dyn StdError + 'static)) -> bool {
    let error = cause.downcast_ref::<IoError>();
    error.is_some_and(|error| error.kind() == IoKind::ConnectionRefused)
}
