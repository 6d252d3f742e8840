//! The base URL, checked before anything is sent to it.

use url::{Host, Url};

use crate::credential::{self, Alphabet};
use crate::error::Error;
use crate::words::{Setting, words};

/// An API's base URL that is safe to send secrets to.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    base: String,
    /// Plain HTTP, which is for this machine alone.
    plain: bool,
    host: Host<String>,
    port: u16,
    origin: String,
}

impl Endpoint {
    /// # Errors
    ///
    /// `InvalidInput` for anything but https, or http to a loopback address, without userinfo,
    /// query and fragment, and for a character inside that nobody sees.
    pub(crate) fn parse(host: &str) -> Result<Self, Error> {
        Self::parse_as(Setting::Host, host)
    }

    /// The same for the URL in another setting.
    pub(crate) fn parse_as(setting: Setting, host: &str) -> Result<Self, Error> {
        let refuse = |why: &str| Error::invalid_input(words![setting, " ", why.to_owned()]);
        // The URL parser drops some characters that nobody sees silently; we refuse them all.
        credential::check(setting, host, Alphabet::Unspaced)?;
        let url = Url::parse(host).map_err(|error| {
            refuse(&format!(
                "is not a URL ({error}); it looks like https://api.pinterest.com/v5"
            ))
        })?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::invalid_input(words![
                setting,
                " holds a user name or password; set ",
                Setting::Username,
                " and ",
                Setting::Password,
                " instead"
            ]));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refuse(
                "holds a query or fragment; it is the base that paths are added to",
            ));
        }
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Err(refuse(
                "names no host; it looks like https://api.pinterest.com/v5",
            ));
        };
        let host = host.to_owned();
        let plain = match url.scheme() {
            "https" => false,
            "http" if is_loopback(&host) => true,
            "http" => return Err(refuse("is http, which would show secrets on the way; use https")),
            _ => return Err(refuse("is neither https nor http")),
        };
        Ok(Self {
            base: url.as_str().trim_end_matches('/').to_owned(),
            plain,
            host,
            port,
            origin: url.origin().ascii_serialization(),
        })
    }

    /// Scheme, host and port, for messages.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Who answers there, for messages: Pinterest at its own addresses, elsewhere the origin.
    pub(crate) fn party(&self) -> &str {
        if self.is_pinterests() {
            "Pinterest"
        } else {
            &self.origin
        }
    }

    /// Whether it is one of Pinterest's own addresses.
    pub(crate) fn is_pinterests(&self) -> bool {
        match &self.host {
            Host::Domain(name) => name == "pinterest.com" || name.ends_with(".pinterest.com"),
            _ => false,
        }
    }

    /// Whether it is on this machine, where no proxy is needed.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(&self.host)
    }

    /// Whether it is reached in plain HTTP. Then it is on this machine, and may be reached in no way
    /// that leaves it.
    pub(crate) fn is_plain(&self) -> bool {
        self.plain
    }

    pub(crate) fn host(&self) -> &Host<String> {
        &self.host
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The URL of `path`, which starts with a slash.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for a path that could lead to another host, or that is not part of a URL.
    pub(crate) fn url(&self, path: &str) -> Result<Url, Error> {
        if !path.starts_with('/') || path.chars().any(char::is_control) {
            return Err(Error::invalid_input(
                "the path does not start with a slash, or holds a control character",
            ));
        }
        Url::parse(&format!("{}{path}", self.base))
            .map_err(|error| Error::invalid_input(format!("the path is not part of a URL ({error})")))
    }
}

/// A loopback address, or the name that means one (RFC 6761 section 6.3) and is not looked up.
fn is_loopback(host: &Host<String>) -> bool {
    match host {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::Endpoint;
    use crate::error::{ErrorKind, Outcome};

    #[test]
    fn safe_hosts_are_taken_and_slashes_do_not_double() {
        for (host, url) in [
            (
                "https://api.pinterest.com/v5",
                "https://api.pinterest.com/v5/pins",
            ),
            (
                "https://api.pinterest.com/v5/",
                "https://api.pinterest.com/v5/pins",
            ),
            ("http://127.0.0.1:8080/v5//", "http://127.0.0.1:8080/v5/pins"),
            ("http://[::1]:8080", "http://[::1]:8080/pins"),
            ("http://localhost:1/v5", "http://localhost:1/v5/pins"),
        ] {
            assert_eq!(Endpoint::parse(host).unwrap().url("/pins").unwrap().as_str(), url);
        }
    }

    #[test]
    fn only_pinterests_own_hosts_are_called_pinterest() {
        for (host, party) in [
            ("https://api.pinterest.com/v5", "Pinterest"),
            ("https://API-sandbox.Pinterest.com", "Pinterest"),
            ("https://pinterest.com", "Pinterest"),
            ("https://notpinterest.com/v5", "https://notpinterest.com"),
            ("https://api.pinterest.com.test", "https://api.pinterest.com.test"),
            ("http://127.0.0.1:8080/v5", "http://127.0.0.1:8080"),
        ] {
            assert_eq!(Endpoint::parse(host).unwrap().party(), party);
        }
    }

    #[test]
    fn unsafe_hosts_are_refused_before_anything_is_sent() {
        for host in [
            "",
            "api.pinterest.com/v5",
            "http://api.pinterest.com/v5",
            "http://localhost.evil.com/v5",
            "http://127.0.0.1.evil.com/v5",
            "http://0.0.0.0/v5",
            "https://user@api.pinterest.com/v5",
            "https://user:canary@api.pinterest.com/v5",
            "https://api.pinterest.com/v5?x=1",
            "https://api.pinterest.com/v5#x",
            "ftp://api.pinterest.com",
            "file:///etc/passwd",
            "https://api.pinterest.com/v5\r\nX: y",
            "https://api.pinterest.com/\0",
            " https://api.pinterest.com/v5",
            "https://api.pinter\u{200b}est.com/v5",
            "https://api.pinterest.com/\u{ad}v5",
            "https://api.pinterest.com/v5 /x",
            "https://api.pinterest.com/\u{2800}/x",
            "https://user:ca\u{200b}nary@api.pinterest.com/v5",
        ] {
            let error = Endpoint::parse(host).unwrap_err();
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::InvalidInput, Outcome::NotSent),
                "{host}"
            );
            assert!(!format!("{error} {error:?}").contains("canary"));
        }
    }

    #[test]
    fn a_host_elsewhere_is_told_what_is_wrong_with_its_scheme() {
        for (host, says) in [
            (
                "http://api.pinterest.com/v5",
                "would show secrets on the way; use https",
            ),
            ("ftp://api.pinterest.com", "is neither https nor http"),
        ] {
            let error = Endpoint::parse(host).unwrap_err();
            assert!(error.message().contains(says), "{error}");
        }
    }

    #[test]
    fn what_nobody_sees_is_named() {
        let error = Endpoint::parse("https://api.pinter\u{200b}est.com/v5").unwrap_err();
        assert!(error.message().contains("U+200B (zero width space)"), "{error}");
    }

    #[test]
    fn a_path_cannot_lead_elsewhere() {
        let endpoint = Endpoint::parse("https://api.pinterest.com").unwrap();
        for path in ["@evil.com/", "pins", ".evil.com/", ":1/", "", "/a\r\nb"] {
            assert_eq!(
                endpoint.url(path).unwrap_err().kind(),
                ErrorKind::InvalidInput,
                "{path}"
            );
        }
        for path in ["/@evil.com/", "//evil.com/", "/../../x", "/a?b=c"] {
            assert_eq!(
                endpoint.url(path).unwrap().host_str(),
                Some("api.pinterest.com"),
                "{path}"
            );
        }
    }
}
