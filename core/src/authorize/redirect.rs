//! Where a login on this machine listens.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

use crate::error::Error;
use crate::words::{Setting, words};

/// A redirect URI that leads to this machine.
#[derive(Debug, Clone)]
pub(super) struct Redirect {
    addresses: Vec<SocketAddr>,
    port: u16,
    path: String,
}

impl Redirect {
    /// # Errors
    ///
    /// `InvalidInput` for one that leads elsewhere, or nowhere.
    pub(super) fn parse(uri: &str) -> Result<Self, Error> {
        let refuse = |why: &str| {
            Error::invalid_input(words![Setting::RedirectUri, format!(" {why}")])
                .with_hint("register http://localhost:8085/ for the app and use it here, byte for byte")
        };
        let url = Url::parse(uri).map_err(|_| refuse("is not a URL"))?;
        if url.scheme() != "http" {
            return Err(refuse(
                "is not http, so a login on this machine cannot listen for it",
            ));
        }
        // Port 80 is hidden where it is written, too.
        let written = url.port_or_known_default().filter(|port| {
            let authority = uri.split(['/', '?']).nth(2).unwrap_or_default();
            authority.ends_with(&format!(":{port}"))
        });
        let port = url.port().or(written).ok_or_else(|| refuse("names no port"))?;
        let (v4, v6) = (Ipv4Addr::LOCALHOST, Ipv6Addr::LOCALHOST);
        let addresses = match url.host() {
            Some(Host::Domain("localhost")) => vec![(v4, port).into(), (v6, port).into()],
            Some(Host::Ipv4(address)) if address == v4 => vec![(v4, port).into()],
            Some(Host::Ipv6(address)) if address == v6 => vec![(v6, port).into()],
            _ => return Err(refuse("does not lead to this machine")),
        };
        Ok(Self {
            addresses,
            port,
            path: url.path().to_owned(),
        })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Listens on every address that the name can lead to; a machine without IPv6 has only one.
    pub(super) fn listen(&self) -> Result<Vec<std::net::TcpListener>, Error> {
        let mut listeners = Vec::new();
        let mut failure = None;
        for address in &self.addresses {
            match listen_on(address) {
                Ok(listener) => listeners.push(listener),
                Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                    return Err(Error::invalid_input(format!("port {} is in use", self.port))
                        .with_hint("end the program that uses it, or register another redirect URI")
                        .with_source(error));
                }
                Err(error) => failure = Some(error),
            }
        }
        match (listeners.is_empty(), failure) {
            (true, Some(error)) => Err(self.cannot_open(error)),
            _ => Ok(listeners),
        }
    }

    pub(super) fn cannot_open(&self, error: std::io::Error) -> Error {
        let hint = match error.kind() {
            std::io::ErrorKind::PermissionDenied => {
                "a port below 1024 takes rights that few programs have: register a redirect URI with a higher one"
            }
            std::io::ErrorKind::AddrNotAvailable => {
                "this machine has no such address: register a redirect URI with `localhost`"
            }
            _ => "register a redirect URI with another port, or paste the address that the browser ends at",
        };
        Error::invalid_input(format!("port {} cannot be opened: {error}", self.port))
            .with_hint(hint)
            .with_source(error)
    }
}

fn listen_on(address: &SocketAddr) -> std::io::Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::Redirect;

    /// A machine without IPv6 has one address less; with none there is nothing to listen on.
    #[test]
    fn an_address_that_is_not_here_is_missed_only_if_there_is_no_other() {
        let elsewhere = "192.0.2.1:0".parse().unwrap();
        let here = "127.0.0.1:0".parse().unwrap();
        let redirect = |addresses| Redirect {
            addresses,
            port: 8085,
            path: "/".to_owned(),
        };
        for addresses in [vec![elsewhere, here], vec![here, elsewhere]] {
            assert_eq!(redirect(addresses).listen().unwrap().len(), 1);
        }
        let error = redirect(vec![elsewhere]).listen().unwrap_err();
        assert!(
            error.message().starts_with("port 8085 cannot be opened: "),
            "{error}"
        );

        let taken = std::net::TcpListener::bind(here).unwrap();
        let error = redirect(vec![taken.local_addr().unwrap()]).listen().unwrap_err();
        assert_eq!(error.message(), "port 8085 is in use");
    }

    #[test]
    fn a_port_that_cannot_be_opened_says_what_to_do() {
        let redirect = Redirect::parse("http://localhost:80/").unwrap();
        for (kind, says) in [
            (ErrorKind::PermissionDenied, "a higher one"),
            (ErrorKind::AddrNotAvailable, "with `localhost`"),
            (ErrorKind::Other, "another port"),
        ] {
            let error = redirect.cannot_open(kind.into());
            assert!(
                error.message().starts_with("port 80 cannot be opened: "),
                "{error}"
            );
            assert!(error.hint().is_some_and(|hint| hint.contains(says)), "{error}");
        }
    }

    #[test]
    fn the_port_is_the_one_that_is_written() {
        for (uri, port, path, addresses) in [
            ("http://localhost:8085/", 8085, "/", 2),
            ("http://LOCALHOST:8085/a%2Fb?c=d", 8085, "/a%2Fb", 2),
            ("http://127.0.0.1:8085", 8085, "/", 1),
            ("http://[::1]:8085/a", 8085, "/a", 1),
            ("http://localhost:80/", 80, "/", 2),
            ("http://[::1]:80?a", 80, "/", 1),
        ] {
            let redirect = Redirect::parse(uri).unwrap();
            assert_eq!((redirect.port(), redirect.path()), (port, path), "{uri}");
            assert_eq!(redirect.addresses.len(), addresses, "{uri}");
            assert!(
                redirect
                    .addresses
                    .iter()
                    .all(|address| address.ip().is_loopback() && address.port() == port)
            );
        }
        for (uri, says) in [
            ("http://localhost/", "names no port"),
            ("http://localhost/:80", "names no port"),
            ("http://[::1]/?:80", "names no port"),
            ("https://localhost:443/", "not http"),
            ("http://127.0.0.2:8085/", "this machine"),
            ("http://[::2]:8085/", "this machine"),
            ("http://[::]:8085/", "this machine"),
            ("http://localhost.example:8085/", "this machine"),
            ("localhost:8085", "not http"),
            ("//localhost:8085", "not a URL"),
        ] {
            let error = Redirect::parse(uri).unwrap_err();
            assert!(error.message().contains(says), "{uri}: {error}");
        }
    }
}
