//! Whose signature on a server's certificate counts.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use super::authorities;

/// Mozilla's authorities and the configured ones; where they do not do, the system's and the
/// environment's as well, see [`authorities::load`]. The system's store is hundreds of files on some
/// machines, so it is read only when it is needed, and at most once.
#[derive(Debug)]
pub(crate) struct Trust {
    first: Arc<WebPkiServerVerifier>,
    roots: RootCertStore,
    provider: Arc<CryptoProvider>,
    with_system: OnceLock<Option<Arc<WebPkiServerVerifier>>>,
}

impl Trust {
    /// `None` if `roots` is empty.
    pub(crate) fn new(roots: RootCertStore, provider: Arc<CryptoProvider>) -> Option<Self> {
        Some(Self {
            first: verifier(roots.clone(), &provider)?,
            roots,
            provider,
            with_system: OnceLock::new(),
        })
    }

    fn with_system(&self) -> Option<&WebPkiServerVerifier> {
        let verifier = self.with_system.get_or_init(|| {
            let mut roots = self.roots.clone();
            // Best effort on purpose: a system without a store still has Mozilla's.
            let (added, _) = roots.add_parsable_certificates(authorities::load());
            (added > 0).then(|| verifier(roots, &self.provider)).flatten()
        });
        verifier.as_deref()
    }
}

fn verifier(roots: RootCertStore, provider: &Arc<CryptoProvider>) -> Option<Arc<WebPkiServerVerifier>> {
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
        .build()
        .ok()
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verify = |verifier: &WebPkiServerVerifier| {
            verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        };
        verify(&self.first).or_else(|error| self.with_system().map_or(Err(error), verify))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.first.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.first.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.first.supported_verify_schemes()
    }
}
