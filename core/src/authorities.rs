//! Certificate authorities as PEM text, and what asks them.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::error::Error;
use crate::words::{Setting, words};

/// Certificate authorities that are read once and trusted by every client that is given a clone, see
/// [`ConnectionSettings::authorities`](crate::ConnectionSettings::authorities). Clones are equal; others
/// are not, whatever they hold.
#[derive(Debug, Clone)]
pub struct Authorities(Arc<WebPkiServerVerifier>);

impl Authorities {
    /// Reads those of a PEM text.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if it holds no certificate.
    pub fn from_pem(text: &str) -> Result<Self, Error> {
        let mut roots = RootCertStore::empty();
        add_authorities(&mut roots, text.as_bytes(), Setting::SslCaPem)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        verifier(roots, &provider)
            .map(Self)
            .ok_or_else(|| Error::invalid_input("no certificate authority is trusted"))
    }

    pub(crate) fn verifier(&self) -> &WebPkiServerVerifier {
        &self.0
    }
}

impl PartialEq for Authorities {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Asks these authorities; `None` if there are none.
pub(crate) fn verifier(
    roots: RootCertStore,
    provider: &Arc<CryptoProvider>,
) -> Option<Arc<WebPkiServerVerifier>> {
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider))
        .build()
        .ok()
}

/// Adds every certificate of a PEM text that can be read.
///
/// # Errors
///
/// `InvalidInput` naming `setting` if there is none.
pub(crate) fn add_authorities(roots: &mut RootCertStore, pem: &[u8], setting: Setting) -> Result<(), Error> {
    let (added, _) = roots.add_parsable_certificates(CertificateDer::pem_slice_iter(pem).flatten());
    if added == 0 {
        return Err(Error::invalid_input(words![
            setting,
            " holds no certificate in PEM form"
        ]));
    }
    Ok(())
}
