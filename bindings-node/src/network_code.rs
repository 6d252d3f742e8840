//! Node's words for failures of the network, which programs compare `error.code` with.

use pinterest_sdk::{Error, ErrorKind, NetworkFault, Phase};

/// The code of a failure of the network, where Node has a word for it.
pub(crate) fn network_code(error: &Error) -> Option<&'static str> {
    if error.kind() != ErrorKind::Network {
        return None;
    }
    match (error.phase(), error.network_fault()) {
        (Some(Phase::Timeout), _) => Some("ECONNABORTED"),
        (Some(Phase::Resolve), _) => Some("ENOTFOUND"),
        (_, Some(NetworkFault::ConnectionRefused)) => Some("ECONNREFUSED"),
        (_, Some(NetworkFault::CertificateExpired)) => Some("CERT_HAS_EXPIRED"),
        (_, Some(NetworkFault::CertificateNotYetValid)) => Some("CERT_NOT_YET_VALID"),
        (_, Some(NetworkFault::UnknownIssuer)) => Some("UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
        (_, Some(NetworkFault::CertificateOfAnotherHost)) => Some("ERR_TLS_CERT_ALTNAME_INVALID"),
        (_, Some(NetworkFault::NotTls)) => Some("EPROTO"),
        (Some(Phase::Tls), _) => None,
        // Whatever else ends a connection, Node reports it as reset.
        _ => Some("ECONNRESET"),
    }
}
