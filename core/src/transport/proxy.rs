//! The URL of a proxy, taken apart so that no part of it but its address is ever shown.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::PROXY_AUTHORIZATION;
use http::{HeaderMap, HeaderValue};
use percent_encoding::percent_decode_str;
use url::Url;
use zeroize::Zeroizing;

use crate::configuration::ConnectionSettings;
use crate::credential::{Alphabet, trimmed};
use crate::error::Error;
use crate::headers;
use crate::redaction::Redactor;
use crate::secret::Secret;
use crate::words::{Word, words};

/// An HTTP proxy.
#[derive(Clone, PartialEq)]
pub(crate) struct Proxy {
    /// Without user name and password.
    url: String,
    /// Host and port, for messages.
    address: String,
    /// User name and password as they were written, and what is sent for them.
    user: Option<(Secret, HeaderValue)>,
    headers: HeaderMap,
}

impl Proxy {
    /// From a URL such as `http://user:password@host:3128`. The scheme is http or https; without one
    /// it is http, and there must be a port. User name and password are percent-encoded, and may hold `@` and `:`
    /// (in the password) as they are.
    ///
    /// # Errors
    ///
    /// `InvalidInput` that names the setting or variable, `named`, and shows nothing of the URL: which
    /// part of one that cannot be read is the password is anybody's guess.
    pub(crate) fn parse(named: &Word, text: &str) -> Result<Self, Error> {
        let refuse = || refuse(named, HINT);
        let text = trimmed(text);
        if !Alphabet::Unspaced.has_all_of(text) {
            return Err(self::refuse(named, UNSEEN));
        }
        let given = text.split_once("://");
        let (scheme, rest) = given.unwrap_or(("http", text));
        let scheme = scheme.to_ascii_lowercase();
        match scheme.as_str() {
            "http" | "https" => {}
            "socks" | "socks4" | "socks4a" | "socks5" | "socks5h" => {
                return Err(self::refuse(
                    named,
                    "SOCKS proxies are not supported; name an HTTP proxy",
                ));
            }
            _ => return Err(refuse()),
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains(['/', '?', '#', '\\']) {
            return Err(refuse());
        }
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user).filter(|user| !user.is_empty()), place),
            None => (None, rest),
        };
        // A lone word may be anything, a password among others.
        let has_port = || {
            place
                .rsplit_once(':')
                .is_some_and(|(_, port)| port.parse::<u16>().is_ok())
        };
        if given.is_none() && !has_port() {
            return Err(refuse());
        }
        let url = Url::parse(&format!("{scheme}://{place}/")).map_err(|_| refuse())?;
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Err(refuse());
        };
        Ok(Self {
            address: format!("{host}:{port}"),
            user: match user {
                Some(user) => Some((user.into(), authorization(user).map_err(|_| refuse())?)),
                None => None,
            },
            headers: HeaderMap::new(),
            url: url.into(),
        })
    }

    /// With the headers that the settings have for it.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for one that HTTP cannot carry.
    pub(crate) fn with_headers(mut self, settings: &ConnectionSettings) -> Result<Self, Error> {
        for (name, value) in &settings.proxy_headers {
            headers::insert(&mut self.headers, name, value.expose())?;
        }
        Ok(self)
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Hides what the proxy is told in confidence: an answer may be its own.
    pub(crate) fn hide_secrets(&self, redactor: &mut Redactor) {
        if let Some((user, authorization)) = &self.user {
            let (user, password) = user.expose().split_once(':').unwrap_or((user.expose(), ""));
            for secret in [user, password] {
                // Each also as it is meant: its own Base64 is made from that.
                redactor.hide(secret);
                redactor.hide(&percent_decode_str(secret).decode_utf8_lossy());
            }
            hide_header(redactor, PROXY_AUTHORIZATION.as_str(), authorization);
        }
        for (name, value) in &self.headers {
            hide_header(redactor, name.as_str(), value);
        }
    }

    /// For the HTTP library, to be used for every request.
    pub(crate) fn for_every_request(&self) -> reqwest::Result<reqwest::Proxy> {
        let mut proxy = reqwest::Proxy::all(&self.url)?;
        if let Some((_, authorization)) = &self.user {
            proxy = proxy.custom_http_auth(authorization.clone());
        }
        Ok(proxy.headers(self.headers.clone()))
    }
}

fn hide_header(redactor: &mut Redactor, name: &str, value: &HeaderValue) {
    redactor.hide_header(name, &String::from_utf8_lossy(value.as_bytes()));
}

const HINT: &str =
    "percent-encode the special characters of its user name and password: # is %23, / is %2F, ? is %3F";

const UNSEEN: &str =
    "it holds a space or a character that nobody sees: type it once more, or percent-encode what is meant";

/// What a proxy that cannot be used is answered with.
pub(crate) fn refuse(named: &Word, hint: &str) -> Error {
    Error::invalid_input(words![
        named.clone(),
        " is not the URL of an HTTP proxy, such as http://user:password@host:3128"
    ])
    .with_hint(format!("{hint}; nothing was sent"))
}

/// HTTP Basic (RFC 7617) from `user:password`, percent-decoded to whatever bytes were meant.
fn authorization(user: &str) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let (user, password) = user.split_once(':').unwrap_or((user, ""));
    let mut plain = Zeroizing::new(Vec::with_capacity(user.len() + 1 + password.len()));
    plain.extend(percent_decode_str(user));
    plain.push(b':');
    plain.extend(percent_decode_str(password));
    let encoded = Zeroizing::new(STANDARD.encode(&*plain));
    let mut value = HeaderValue::try_from(format!("Basic {}", *encoded))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::{Proxy, STANDARD};
    use crate::configuration::ConnectionSettings;
    use crate::error::{ErrorKind, Outcome};
    use crate::redaction::Redactor;
    use crate::words::Setting;
    use base64::Engine as _;

    /// What is shown, and what is sent as user and password.
    fn parsed(text: &str) -> (String, Option<String>) {
        let proxy = Proxy::parse(&Setting::Proxy.into(), text).unwrap();
        let sent = proxy.user.map(|(_, value)| {
            let encoded = value.to_str().unwrap().strip_prefix("Basic ").unwrap().to_owned();
            String::from_utf8_lossy(&STANDARD.decode(encoded).unwrap()).into_owned()
        });
        (proxy.address, sent)
    }

    #[test]
    fn every_common_spelling_is_read() {
        for (text, address, user) in [
            ("http://host:3128", "host:3128", None),
            ("http://host:3128/", "host:3128", None),
            ("HTTP://Host:3128", "host:3128", None),
            (" http://host:3128\n", "host:3128", None),
            ("\u{feff}http://host:3128\u{200b}\r\n", "host:3128", None),
            ("host:3128", "host:3128", None),
            ("host:80", "host:80", None),
            ("http://host", "host:80", None),
            ("https://host", "host:443", None),
            ("http://[::1]:3128", "[::1]:3128", None),
            ("user:secret@host:3128", "host:3128", Some("user:secret")),
            ("http://user@host:9", "host:9", Some("user:")),
            ("http://@host:9", "host:9", None),
            (
                "http://user:se%23c%2Fr%3Fet@host:9",
                "host:9",
                Some("user:se#c/r?et"),
            ),
            ("http://user:se@cr:et@host:9", "host:9", Some("user:se@cr:et")),
            ("http://user:100%@host:9", "host:9", Some("user:100%")),
            ("http://b%C3%BC:k\u{fc}@host:9", "host:9", Some("b\u{fc}:k\u{fc}")),
        ] {
            assert_eq!(
                parsed(text),
                (address.to_owned(), user.map(str::to_owned)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_a_proxy_is_told_is_hidden_in_every_form() {
        let settings = ConnectionSettings {
            proxy_headers: vec![("X-Ticket".into(), "canary-ticket".into())],
            ..ConnectionSettings::default()
        };
        let mut redactor = Redactor::new();
        Proxy::parse(
            &Setting::Proxy.into(),
            "http://canary%2Duser:canary%23p%FC%2F@host:9",
        )
        .and_then(|proxy| proxy.with_headers(&settings))
        .unwrap()
        .hide_secrets(&mut redactor);
        let pair = b"canary-user:canary#p\xfc/";
        for shown in [
            "canary-user".to_owned(),
            "canary%2Duser".to_owned(),
            "canary%2duser".to_owned(),
            STANDARD.encode("canary-user"),
            "canary%23p%FC%2F".to_owned(),
            "canary#p%fc/".to_owned(),
            format!("Basic {}", STANDARD.encode(pair)),
            "canary-ticket".to_owned(),
        ] {
            let text = format!("<{shown}>");
            let redacted = redactor.redact(&text, text.len());
            assert!(redacted.contains("[redacted]"), "{text}: {redacted}");
            assert!(
                !redacted.contains("canary") && !redacted.contains("Y2FuYXJ5"),
                "{redacted}"
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_by_name_and_not_shown() {
        for text in [
            "http://user:can#ary@host:9",
            "http://user:can/ary@host:9",
            "http://user:can?ary@host:9",
            "http://user:can\\ary@host:9",
            "http://user:can ary@host:9",
            "http://user:can\tary@host:9",
            "http://user:can\u{200b}ary@host:9",
            "http://canary\u{ad}:9",
            "http://can\u{2800}ary:9",
            "http://user:can\u{fffd}ary@host:9",
            "http://user:12#canary@host:9",
            "user:can#ary@host:9",
            "http://host:9/canary",
            "http://canary:99999",
            "http://user:canary@",
            "http://user:canary@[bad/",
            "http://",
            "canary",
            "user:canary@host",
            "canary:::",
            "canary://host:9",
            "socks5://user:canary@host:9",
            "SOCKS5h://canary:9",
            "",
        ] {
            let error = Proxy::parse(&"HTTPS_PROXY".into(), text).err().unwrap();
            let facts = (error.kind(), error.outcome());
            assert_eq!(facts, (ErrorKind::InvalidInput, Outcome::NotSent), "{text}");
            let shown = format!("{error} {error:?}");
            assert!(
                shown.contains("HTTPS_PROXY is not the URL of an HTTP proxy"),
                "{shown}"
            );
            assert!(!shown.contains("can") && !shown.contains("ary"), "{shown}");
            let is_socks = text.to_lowercase().starts_with("socks");
            assert_eq!(
                shown.contains("SOCKS proxies are not supported"),
                is_socks,
                "{shown}"
            );
        }
    }
}
