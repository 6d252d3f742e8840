//! The certificate authorities of the system and of the environment.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_native_certs::{load_certs_from_paths, load_native_certs};

use super::environment::variables;

/// A file in place of the system's store, as for OpenSSL.
const FILE: &str = "SSL_CERT_FILE";
/// Folders in its place.
const FOLDERS: &str = "SSL_CERT_DIR";
/// A file or a folder that well-known clients trust alone; here it counts beside the others.
const BUNDLES: [&str; 2] = ["CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"];

/// The system's, or those that stand in its place, and the bundles'. Best effort on purpose: a system
/// without a store still has Mozilla's, and what a variable names in vain is told when a certificate
/// is not trusted; see [`problem`].
pub(crate) fn load() -> Vec<CertificateDer<'static>> {
    let instead = places(&[FILE, FOLDERS]);
    let mut certificates = if instead.is_empty() {
        load_native_certs().certs
    } else {
        Vec::new()
    };
    for (_, path) in instead.into_iter().chain(places(&BUNDLES)) {
        let found = if path.is_dir() {
            load_certs_from_paths(None, Some(&path))
        } else {
            load_certs_from_paths(Some(&path), None)
        };
        certificates.extend(found.certs);
    }
    certificates
}

/// What is wrong with the authorities that the environment names, in one sentence.
pub(crate) fn problem() -> Option<String> {
    places(&[FILE, FOLDERS, BUNDLES[0], BUNDLES[1]])
        .into_iter()
        .find_map(|(name, path)| match certificates_in(&path) {
            Err(error) => Some(format!("{name} {} cannot be read: {error}", path.display())),
            Ok(false) => Some(format!(
                "{name} {} holds no certificate in PEM form",
                path.display()
            )),
            Ok(true) => None,
        })
}

/// What the variables name, those that are empty left out.
fn places(names: &[&'static str]) -> Vec<(String, PathBuf)> {
    names
        .iter()
        .filter_map(|name| Some((name, variables(name).into_iter().next()?)))
        .flat_map(|(&name, (spelled, value))| {
            let paths: Vec<PathBuf> = match name {
                FOLDERS => env::split_paths(&value).collect(),
                _ => vec![value.into()],
            };
            paths.into_iter().map(move |path| (spelled.clone(), path))
        })
        .filter(|(_, path)| !path.as_os_str().is_empty())
        .collect()
}

/// Whether there is one, in the file or in any file of the folder.
fn certificates_in(path: &Path) -> io::Result<bool> {
    let holds_one = |path: &Path| {
        Ok(CertificateDer::pem_slice_iter(&fs::read(path)?)
            .flatten()
            .next()
            .is_some())
    };
    if !path.is_dir() {
        return holds_one(path);
    }
    Ok(fs::read_dir(path)?
        .flatten()
        .any(|entry| holds_one(&entry.path()).unwrap_or(false)))
}
