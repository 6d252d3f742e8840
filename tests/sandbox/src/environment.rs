//! The variables of programs that are to find the sandbox instead of Pinterest.

use std::fmt::Write as _;
use std::path::Path;

use crate::addresses::Addresses;
use crate::options::Options;

/// Names with their values.
pub(crate) type Variables = Vec<(&'static str, String)>;

/// Where people come back to. Programs have a usual one of their own, and not all the same: it is named
/// only if it is another.
pub(crate) const REDIRECT_URI: &str = "PINTEREST_REDIRECT_URI";

/// The variables of Pinterest's quickstart, which have no path, and which this project's programs
/// read as well.
pub(crate) fn of_app(options: &Options, addresses: &Addresses) -> Variables {
    let mut variables = vec![
        ("PINTEREST_APP_ID", options.app_id.clone()),
        ("PINTEREST_APP_SECRET", options.app_secret.clone()),
        ("PINTEREST_API_URI", addresses.http.clone()),
        ("PINTEREST_OAUTH_URI", addresses.http.clone()),
    ];
    let usual = Options::default().redirect_uris;
    if let Some(uri) = options.redirect_uris.first().filter(|uri| !usual.contains(uri)) {
        variables.push((REDIRECT_URI, uri.clone()));
    }
    variables
}

/// The variables that lead a program which knows Pinterest's own hosts to the sandbox: its proxy, and
/// its authority by the names that OpenSSL, requests, curl and Node have for it.
pub(crate) fn of_proxy(addresses: &Addresses, ca: &Path) -> Variables {
    let ca = ca.display().to_string();
    let mut variables = Variables::new();
    for name in ["HTTPS_PROXY", "https_proxy", "GLOBAL_AGENT_HTTPS_PROXY"] {
        variables.push((name, addresses.http.clone()));
    }
    // Otherwise one that is set already may send Pinterest's hosts past the proxy.
    for name in ["NO_PROXY", "no_proxy"] {
        variables.push((name, "localhost,127.0.0.1,::1".into()));
    }
    // Node heeds the proxy's variables only if asked to.
    variables.push(("NODE_USE_ENV_PROXY", "1".into()));
    for name in [
        "SSL_CERT_FILE",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "NODE_EXTRA_CA_CERTS",
    ] {
        variables.push((name, ca.clone()));
    }
    variables
}

/// Lines for a POSIX shell.
pub(crate) fn exports(variables: &Variables) -> String {
    let mut lines = String::new();
    for (name, value) in variables {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "export {name}={}", quoted(value));
    }
    lines
}

/// A word as a POSIX shell takes it.
fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:,=@".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_gets_every_value_whole() {
        for (value, word) in [
            ("http://127.0.0.1:1/v5", "http://127.0.0.1:1/v5"),
            ("", "''"),
            ("a b", "'a b'"),
            ("a'b$c", "'a'\\''b$c'"),
        ] {
            assert_eq!(
                exports(&vec![("A", value.to_owned())]),
                format!("export A={word}\n")
            );
        }
    }
}
