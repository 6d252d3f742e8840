//! A certificate authority of the sandbox's own, and what it issues.

use std::io;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

/// The names that the server's certificate is valid for.
const NAMES: [&str; 6] = [
    "localhost",
    "127.0.0.1",
    "::1",
    "api.pinterest.com",
    "api-sandbox.pinterest.com",
    "www.pinterest.com",
];

/// The authority and the TLS settings made with it.
pub(crate) struct Certificates {
    /// The authority in PEM form.
    pub(crate) ca_pem: String,
    /// A client's certificate and key in PEM form.
    pub(crate) client_pem: String,
    pub(crate) good: Arc<ServerConfig>,
    pub(crate) expired: Arc<ServerConfig>,
    pub(crate) wrong_host: Arc<ServerConfig>,
    pub(crate) self_signed: Arc<ServerConfig>,
}

type Issuer = CertifiedIssuer<'static, KeyPair>;

impl Certificates {
    pub(crate) fn make() -> io::Result<Self> {
        let ca = authority().map_err(io::Error::other)?;
        let names = || CertificateParams::new(NAMES.map(String::from));

        let mut expired = names().map_err(io::Error::other)?;
        expired.not_before = rcgen::date_time_ymd(2020, 1, 1);
        expired.not_after = rcgen::date_time_ymd(2021, 1, 1);
        let elsewhere = CertificateParams::new(["elsewhere.example".to_owned()]).map_err(io::Error::other)?;

        Ok(Self {
            ca_pem: ca.pem(),
            client_pem: client(&ca).map_err(io::Error::other)?,
            good: server(Some(&ca), names().map_err(io::Error::other)?)?,
            expired: server(Some(&ca), expired)?,
            wrong_host: server(Some(&ca), elsewhere)?,
            self_signed: server(None, names().map_err(io::Error::other)?)?,
        })
    }
}

fn authority() -> Result<Issuer, rcgen::Error> {
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "pinterest-sandbox authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

fn client(ca: &Issuer) -> Result<String, rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::default();
    params
        .distinguished_name
        .push(DnType::CommonName, "pinterest-sandbox client");
    params.insert_extended_key_usage(ExtendedKeyUsagePurpose::ClientAuth);
    let certificate = params.signed_by(&key, ca)?;
    Ok(certificate.pem() + &key.serialize_pem())
}

/// TLS settings for a certificate with `params`, signed by `ca` or by itself.
fn server(ca: Option<&Issuer>, mut params: CertificateParams) -> io::Result<Arc<ServerConfig>> {
    let key = KeyPair::generate().map_err(io::Error::other)?;
    params.insert_extended_key_usage(ExtendedKeyUsagePurpose::ServerAuth);
    let certificate = match ca {
        Some(ca) => params.signed_by(&key, ca),
        None => params.self_signed(&key),
    }
    .map_err(io::Error::other)?;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?;
    let builder = match ca {
        None => builder.with_no_client_auth(),
        Some(ca) => {
            let mut roots = RootCertStore::empty();
            roots
                .add(CertificateDer::from(ca.der().to_vec()))
                .map_err(io::Error::other)?;
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                .allow_unauthenticated()
                .build()
                .map_err(io::Error::other)?;
            builder.with_client_cert_verifier(verifier)
        }
    };
    let chain = vec![certificate.der().clone()];
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = builder.with_single_cert(chain, key).map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // Tickets that hold the session themselves: any number of clients can resume theirs.
    config.ticketer = rustls::crypto::ring::Ticketer::new().map_err(io::Error::other)?;
    Ok(Arc::new(config))
}
