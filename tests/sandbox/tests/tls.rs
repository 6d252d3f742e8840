//! TLS: identities, resumption, bad certificates, faults under it.

// Helpers of a test may fail it; not every test program uses each of them.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, dead_code)]

mod support;

use std::sync::Arc;

use base64::Engine as _;
use pinterest_sandbox::Sandbox;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, HandshakeKind, RootCertStore, SignatureScheme};
use serde_json::{Value, json};
use support::{authority, control, start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

const ASK: &[u8] = b"GET /v5/x HTTP/1.1\r\nConnection: close\r\n\r\n";

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// A client's settings that trust the sandbox, with its client certificate if asked.
fn trusting(sandbox: &Sandbox, with_certificate: bool) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(sandbox.ca_pem().as_bytes()).unwrap())
        .unwrap();
    let builder = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    if !with_certificate {
        return builder.with_no_client_auth();
    }
    let pem = sandbox.client_certificate_pem().as_bytes();
    let certificate = CertificateDer::from_pem_slice(pem).unwrap();
    let key = PrivateKeyDer::from_pem_slice(pem).unwrap();
    builder.with_client_auth_cert(vec![certificate], key).unwrap()
}

async fn connect(
    config: &Arc<ClientConfig>,
    address: &str,
    name: &str,
) -> std::io::Result<TlsStream<TcpStream>> {
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from(name.to_owned()).unwrap();
    TlsConnector::from(Arc::clone(config)).connect(name, stream).await
}

async fn ask(stream: &mut TlsStream<TcpStream>) -> std::io::Result<String> {
    stream.write_all(ASK).await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    Ok(text)
}

#[tokio::test]
async fn the_certificate_is_good_for_every_name() {
    let sandbox = start().await;
    let config = Arc::new(trusting(&sandbox, false));
    for name in [
        "localhost",
        "127.0.0.1",
        "::1",
        "api.pinterest.com",
        "api-sandbox.pinterest.com",
        "www.pinterest.com",
    ] {
        let mut stream = connect(&config, authority(&sandbox), name).await.unwrap();
        assert!(
            ask(&mut stream).await.unwrap().starts_with("HTTP/1.1 404 "),
            "{name}"
        );
    }
    assert!(
        connect(&config, authority(&sandbox), "example.com")
            .await
            .is_err()
    );
    let port = authority(&sandbox).replace("127.0.0.1", "[::1]");
    if let Ok(mut stream) = connect(&config, &port, "localhost").await {
        assert!(ask(&mut stream).await.unwrap().starts_with("HTTP/1.1 404 "));
    }
}

#[tokio::test]
async fn a_client_certificate_is_logged() {
    let sandbox = start().await;
    for with_certificate in [false, true] {
        let config = Arc::new(trusting(&sandbox, with_certificate));
        let mut stream = connect(&config, authority(&sandbox), "localhost").await.unwrap();
        ask(&mut stream).await.unwrap();
    }
    let log = control(&sandbox, "GET", "requests", Value::Null).await;
    assert_eq!(log[0]["client_certificate"], Value::Null);
    let certificate = CertificateDer::from_pem_slice(sandbox.client_certificate_pem().as_bytes()).unwrap();
    let encoded = base64::engine::general_purpose::STANDARD.encode(&certificate);
    assert_eq!(log[1]["client_certificate"], json!(encoded));
}

#[tokio::test]
async fn sessions_are_resumed() {
    let sandbox = start().await;
    let config = Arc::new(trusting(&sandbox, false));
    for expected in [HandshakeKind::Full, HandshakeKind::Resumed] {
        let mut stream = connect(&config, authority(&sandbox), "localhost").await.unwrap();
        ask(&mut stream).await.unwrap();
        assert_eq!(stream.get_ref().1.handshake_kind(), Some(expected));
    }
}

#[tokio::test]
async fn faults_happen_under_tls_too() {
    let sandbox = start().await;
    let config = Arc::new(trusting(&sandbox, false));
    let script = json!([{"raw": "HTTP/1.1 200", "then": "close"}, {"fault": "reset"}]);
    control(&sandbox, "POST", "script", script).await;
    let mut closed = connect(&config, authority(&sandbox), "localhost").await.unwrap();
    assert_eq!(
        ask(&mut closed).await.unwrap(),
        "HTTP/1.1 200",
        "with a close_notify"
    );
    let mut reset = connect(&config, authority(&sandbox), "localhost").await.unwrap();
    let error = ask(&mut reset).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn bad_certificates_are_bad_and_served_to_whoever_takes_them() {
    let sandbox = start().await;
    let addresses = sandbox.addresses().clone();
    let careful = Arc::new(trusting(&sandbox, false));
    let careless = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Careless(provider())))
        .with_no_client_auth();
    let careless = Arc::new(careless);
    for (address, reason) in [
        (&addresses.tls_expired, "Expired"),
        (&addresses.tls_wrong_host, "NotValidForName"),
        (&addresses.tls_self_signed, "UnknownIssuer"),
    ] {
        let error = connect(&careful, address, "localhost").await.unwrap_err();
        assert!(format!("{error:?}").contains(reason), "{reason}: {error:?}");
        assert_eq!(control(&sandbox, "GET", "requests", Value::Null).await, json!([]));
        let mut stream = connect(&careless, address, "localhost").await.unwrap();
        assert!(
            ask(&mut stream).await.unwrap().starts_with("HTTP/1.1 404 "),
            "{reason}"
        );
        let log = control(&sandbox, "GET", "requests", Value::Null).await;
        assert_eq!(log.as_array().unwrap().len(), 1, "what was sent there is seen");
        control(&sandbox, "DELETE", "requests", Value::Null).await;
    }
}

#[tokio::test]
async fn the_proxy_fails_as_asked() {
    let sandbox = start().await;
    for (fault, start) in [
        ("close", ""),
        ("bad_gateway", "HTTP/1.1 502 "),
        ("close_tunnel", "HTTP/1.1 200 "),
    ] {
        control(&sandbox, "PATCH", "switches", json!({"proxy_fault": fault})).await;
        let answer = support::raw(authority(&sandbox), b"CONNECT a:1 HTTP/1.1\r\n\r\n").await;
        assert!(
            answer.starts_with(start) && answer.is_empty() == start.is_empty(),
            "{fault}: {answer}"
        );
    }
    control(&sandbox, "PATCH", "switches", json!({"proxy_fault": null})).await;
    let plain = [&b"CONNECT a:1 HTTP/1.1\r\n\r\n"[..], ASK].concat();
    let answer = support::raw(authority(&sandbox), &plain).await;
    assert!(
        answer.starts_with("HTTP/1.1 400 "),
        "nothing may follow before the answer: {answer}"
    );
}

/// What a client that skips verification amounts to.
#[derive(Debug)]
struct Careless(Arc<CryptoProvider>);

impl ServerCertVerifier for Careless {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            certificate,
            signature,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            certificate,
            signature,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
