//! Whose signature on a server's certificate counts.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error as TlsError, RootCertStore, SignatureScheme};

use super::authorities;
use crate::authorities::{Authorities, verifier};

/// Mozilla's authorities and the configured ones; where they do not do, the system's and the
/// environment's as well, see [`authorities::load`]. The system's store is hundreds of files on some
/// machines, so it is read only when it is needed, and at most once. Each part is asked by itself, for
/// a chain ends in one authority: so no part is copied to stand beside another.
#[derive(Debug)]
pub(crate) struct Trust {
    first: Arc<WebPkiServerVerifier>,
    given: Option<Authorities>,
    provider: Arc<CryptoProvider>,
    of_the_system: OnceLock<Option<Arc<WebPkiServerVerifier>>>,
}

impl Trust {
    /// `None` if `roots` is empty.
    pub(crate) fn new(
        roots: RootCertStore,
        given: Option<Authorities>,
        provider: Arc<CryptoProvider>,
    ) -> Option<Self> {
        Some(Self {
            first: verifier(roots, &provider)?,
            given,
            provider,
            of_the_system: OnceLock::new(),
        })
    }

    fn of_the_system(&self) -> Option<&WebPkiServerVerifier> {
        let verifier = self.of_the_system.get_or_init(|| {
            let mut roots = RootCertStore::empty();
            // Best effort on purpose: a system without a store still has Mozilla's.
            roots.add_parsable_certificates(authorities::load());
            verifier(roots, &self.provider)
        });
        verifier.as_deref()
    }
}

/// Of two reasons the one that says more: whoever does not know the issuer has not looked further.
fn telling(one: TlsError, other: TlsError) -> TlsError {
    match one {
        TlsError::InvalidCertificate(CertificateError::UnknownIssuer) => other,
        _ => one,
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let verify = |verifier: &WebPkiServerVerifier| {
            verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        };
        verify(&self.first)
            .or_else(|error| match &self.given {
                Some(given) => verify(given.verifier()).map_err(|other| telling(error, other)),
                None => Err(error),
            })
            .or_else(|error| match self.of_the_system() {
                Some(system) => verify(system).map_err(|other| telling(error, other)),
                None => Err(error),
            })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.first.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.first.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.first.supported_verify_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::{CertificateError, TlsError, telling};

    #[test]
    fn of_two_reasons_the_one_that_says_more_is_told() {
        let unknown = TlsError::InvalidCertificate(CertificateError::UnknownIssuer);
        let expired = TlsError::InvalidCertificate(CertificateError::Expired);
        for (one, other) in [(&unknown, &expired), (&expired, &unknown)] {
            assert_eq!(telling(one.clone(), other.clone()), expired);
        }
    }
}
