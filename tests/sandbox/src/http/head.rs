//! Makes sense of a request's head.

use std::mem::MaybeUninit;

/// More than any client sends, and few enough for the stack.
const MAX_HEADERS: usize = 256;

/// A whole request.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// As it came; what a `CONNECT` names, for that.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The host that the target named, as it does for a proxy (RFC 9112 section 3.2.2).
    pub(crate) target_host: Option<String>,
    /// HTTP/1.0, where connections end unless agreed otherwise.
    pub(crate) is_old: bool,
}

/// How the body of a request is delimited (RFC 9112 section 6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    Bytes(usize),
    Chunked,
}

/// A request without its body yet.
pub(crate) struct Head {
    pub(crate) request: Request,
    /// How many bytes it took.
    pub(crate) size: usize,
    pub(crate) body: Length,
    /// The client waits for a 100 before it sends the body (RFC 9110 section 10.1.1).
    pub(crate) expects_continue: bool,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// The host that is asked, without its port: the target's before the header's (RFC 9112 section
    /// 3.2.2).
    pub(crate) fn host(&self) -> &str {
        let authority = self.target_host.as_deref().or_else(|| self.header("host"));
        let authority = authority.unwrap_or_default();
        match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
            _ => authority,
        }
    }

    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |(header, _)| header.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// What comes after this word in `Authorization` (RFC 9110 section 11.4).
    pub(crate) fn credentials(&self, scheme: &str) -> Option<&str> {
        let (given, credentials) = self.header("authorization")?.split_once(' ')?;
        given
            .eq_ignore_ascii_case(scheme)
            .then_some(credentials.trim_start())
    }

    /// Whether the connection ends after the answer (RFC 9112 section 9.3).
    pub(crate) fn wants_close(&self) -> bool {
        let says = |option: &str| {
            self.all("connection")
                .flat_map(|value| value.split(','))
                .any(|given| given.trim().eq_ignore_ascii_case(option))
        };
        says("close") || (self.is_old && !says("keep-alive"))
    }

    /// RFC 9110 section 9.3.2: the answer has no body.
    pub(crate) fn is_head(&self) -> bool {
        self.method == "HEAD"
    }
}

/// The head at the start of a buffer; `None` until all of it is there.
pub(crate) fn parse(buffer: &[u8]) -> Result<Option<Head>, &'static str> {
    let mut headers = [const { MaybeUninit::uninit() }; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut []);
    let size = match parsed.parse_with_uninit_headers(buffer, &mut headers) {
        Ok(httparse::Status::Complete(size)) => size,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err("there are too many headers"),
        Err(_) => return Err("this is not HTTP/1.1"),
    };
    let method = parsed.method.unwrap_or_default();
    let target = parsed.path.unwrap_or_default();
    let absolute = split_host(target).filter(|_| method != "CONNECT");
    let (path, query) = match absolute.map_or(target, |(_, local)| local) {
        whole if method == "CONNECT" => (whole, ""),
        local => local.split_once('?').unwrap_or((local, "")),
    };
    let request = Request {
        method: method.to_owned(),
        path: if path.is_empty() { "/" } else { path }.to_owned(),
        query: query.to_owned(),
        headers: parsed
            .headers
            .iter()
            .map(|header| {
                (
                    header.name.to_owned(),
                    String::from_utf8_lossy(header.value).into_owned(),
                )
            })
            .collect(),
        body: Vec::new(),
        target_host: absolute.map(|(host, _)| host.to_owned()),
        is_old: parsed.version == Some(0),
    };
    let body = length(&request)?;
    let expects_continue = request
        .header("expect")
        .is_some_and(|value| value.eq_ignore_ascii_case("100-continue"));
    Ok(Some(Head {
        request,
        size,
        body,
        expects_continue,
    }))
}

/// An absolute target's host, and the part that an origin server gets.
fn split_host(target: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = target.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    Some(rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len())))
}

/// Two opinions on where a body ends are an attack (RFC 9112 section 11.2).
fn length(request: &Request) -> Result<Length, &'static str> {
    let mut lengths = request.all("content-length");
    let mut codings = request.all("transfer-encoding");
    match (lengths.next(), codings.next()) {
        (Some(_), Some(_)) => Err("the body has a length and a transfer coding"),
        (None, None) => Ok(Length::Bytes(0)),
        (None, Some(coding)) if coding.trim().eq_ignore_ascii_case("chunked") && codings.next().is_none() => {
            Ok(Length::Chunked)
        }
        (None, Some(_)) => Err("the only transfer coding is chunked"),
        (Some(first), None) if lengths.all(|other| other == first) => {
            // A sign is a number to Rust and not to HTTP.
            if first.is_empty() || !first.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err("the content length is not a number");
            }
            first
                .parse()
                .map(Length::Bytes)
                .map_err(|_| "the body is too large")
        }
        (Some(_), None) => Err("there are two content lengths"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Head {
        parse(text.as_bytes())
            .unwrap()
            .unwrap_or_else(|| panic!("not whole: {text}"))
    }

    #[test]
    fn targets() {
        for (target, path, query, host) in [
            ("/v5/x?a=b?c", "/v5/x", "a=b?c", "other"),
            ("http://h:1/v5/x?a", "/v5/x", "a", "h"),
            ("http://h?a", "/", "a", "h"),
            ("HTTPS://h", "/", "", "h"),
            ("http://[::1]/", "/", "", "[::1]"),
            ("/v5/x?u=http://h/", "/v5/x", "u=http://h/", "other"),
        ] {
            let request = head(&format!("GET {target} HTTP/1.1\r\nHost: other:80\r\n\r\n")).request;
            assert_eq!(
                (&*request.path, &*request.query, request.host()),
                (path, query, host),
                "{target}"
            );
        }
        assert_eq!(head("CONNECT h:443 HTTP/1.1\r\n\r\n").request.path, "h:443");
    }

    #[test]
    fn connections_end_when_one_side_says_so() {
        for (rest, close) in [
            ("1.1\r\n\r\n", false),
            ("1.1\r\nConnection: x, Close\r\n\r\n", true),
            ("1.0\r\n\r\n", true),
            ("1.0\r\nConnection: Keep-Alive\r\n\r\n", false),
        ] {
            let request = head(&format!("GET / HTTP/{rest}")).request;
            assert_eq!(request.wants_close(), close, "{rest}");
        }
    }

    #[test]
    fn lengths() {
        for (headers, expected) in [
            ("", Some(Length::Bytes(0))),
            ("Content-Length: 7\r\n", Some(Length::Bytes(7))),
            (
                "Content-Length: 7\r\nContent-Length: 7\r\n",
                Some(Length::Bytes(7)),
            ),
            ("Content-Length: 7\r\nContent-Length: 8\r\n", None),
            ("Content-Length: +7\r\n", None),
            ("Content-Length: \r\n", None),
            ("Content-Length: 99999999999999999999999\r\n", None),
            ("Transfer-Encoding: Chunked\r\n", Some(Length::Chunked)),
            ("Transfer-Encoding: gzip, chunked\r\n", None),
            ("Transfer-Encoding: chunked\r\nContent-Length: 7\r\n", None),
        ] {
            let parsed = parse(format!("POST / HTTP/1.1\r\n{headers}\r\n").as_bytes());
            assert_eq!(
                parsed.ok().flatten().map(|head| head.body),
                expected,
                "{headers:?}"
            );
        }
    }
}
