//! TLS, configured once: which authorities are trusted, which certificate we show.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use super::trust::Trust;
use crate::authorities::add_authorities;
use crate::configuration::ConnectionSettings;
use crate::error::Error;
use crate::words::{Setting, words};

/// TLS 1.2 and 1.3 with every certificate verified; see [`Trust`] for by whom.
///
/// # Errors
///
/// `InvalidInput` for a configured certificate or key that cannot be used.
pub(crate) fn client_config(settings: &ConnectionSettings) -> Result<ClientConfig, Error> {
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    if let Some(path) = &settings.ssl_ca_cert {
        add_authorities(&mut roots, &read(Setting::SslCaCert, path)?, Setting::SslCaCert)?;
    }
    if let Some(pem) = &settings.ssl_ca_pem {
        add_authorities(&mut roots, pem.as_bytes(), Setting::SslCaPem)?;
    }

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let trust = Trust::new(roots, settings.authorities.clone(), Arc::clone(&provider))
        .ok_or_else(|| Error::invalid_input("no certificate authority is trusted"))?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::invalid_input("TLS is not available").with_source(error))?
        // The library's word for any verifier but its own; ours asks its own, twice if need be.
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(trust));
    match &settings.cert_file {
        None => Ok(builder.with_no_client_auth()),
        Some(path) => {
            let (chain, key) = identity(path, settings.key_file.as_deref().unwrap_or(path))?;
            builder.with_client_auth_cert(chain, key).map_err(|error| {
                Error::invalid_input(words![
                    Setting::CertFile,
                    " and ",
                    Setting::KeyFile,
                    " do not fit together"
                ])
                .with_source(error)
            })
        }
    }
}

fn read(setting: Setting, path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| {
        Error::invalid_input(words![
            setting,
            format!(" {} cannot be read: {error}", path.display())
        ])
        .with_source(error)
    })
}

fn identity(
    cert_file: &Path,
    key_file: &Path,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Error> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(&read(Setting::CertFile, cert_file)?)
        .flatten()
        .collect();
    if chain.is_empty() {
        return Err(Error::invalid_input(words![
            Setting::CertFile,
            " holds no certificate in PEM form"
        ]));
    }
    let key = PrivateKeyDer::from_pem_slice(&read(Setting::KeyFile, key_file)?)
        .map_err(|_| Error::invalid_input(words![Setting::KeyFile, " holds no private key in PEM form"]))?;
    Ok((chain, key))
}
