//! What the loopback listener hears: the head of one request.

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use url::{Host, Url};

use super::page;

/// Bytes of a request's head. Cookies ignore ports: a developer's browser sends those of every
/// server that ever ran at `localhost`, and browsers keep up to 180 of 4 KiB for a name. Servers take
/// less, so browsers that work send less.
const MAX_HEAD: usize = 128 * 1024;
/// Lines of a head.
const MAX_HEADERS: usize = 1024;
/// Bytes of a head that come at once.
const CHUNK: usize = 8 * 1024;

/// A request for a page.
pub(super) struct Visit {
    /// Path and query.
    pub(super) target: String,
}

/// Reads a request. Only `GET`, only to a loopback name with our port, so that no other site's
/// page can reach the listener through a name of its own (DNS rebinding).
///
/// # Errors
///
/// The answer to give instead.
pub(super) async fn read(stream: &mut TcpStream, port: u16) -> Result<Visit, String> {
    let mut head = Vec::with_capacity(CHUNK);
    loop {
        let before = head.len();
        let room = (MAX_HEAD - before).min(CHUNK) as u64;
        match (&mut *stream).take(room).read_buf(&mut head).await {
            Ok(read) if read > 0 => {}
            _ => return Err(String::new()),
        }
        // A head can only end with a line, and what is no request shows in its first line: whoever
        // sends byte by byte does not make us read it all again each time.
        if before > CHUNK && head.len() < MAX_HEAD && !head[before..].contains(&b'\n') {
            continue;
        }
        let mut headers = vec![httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(&head) {
            Ok(httparse::Status::Complete(_)) => return judge(&request, port),
            Ok(httparse::Status::Partial) if head.len() < MAX_HEAD => {}
            Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
                return Err(page::too_large());
            }
            Err(_) => return Err(page::not_understood()),
        }
    }
}

fn judge(request: &httparse::Request<'_, '_>, port: u16) -> Result<Visit, String> {
    let values = |name: &'static str| {
        request
            .headers
            .iter()
            .filter(move |header| header.name.eq_ignore_ascii_case(name))
            .map(|header| String::from_utf8_lossy(header.value).trim().to_owned())
    };
    let mut target = request.path.unwrap_or_default().to_owned();
    let mut hosts: Vec<String> = values("host").collect();
    // The absolute form, in which the target's authority counts (RFC 9112 section 3.2.2).
    if let Some((authority, rest)) = absolute(&target) {
        (hosts, target) = (vec![authority], rest);
    }
    let [host] = hosts.as_slice() else {
        return Err(page::for_this_machine_only());
    };
    if !is_ours(host, port) {
        return Err(page::for_this_machine_only());
    }
    match request.method {
        Some("GET") => {}
        Some("HEAD") => return Err(page::without_body(&page::only_to_be_read())),
        _ => return Err(page::only_to_be_read()),
    }
    // Nobody sees a page that is loaded in advance; the browser asks again when somebody does.
    if ["sec-purpose", "purpose", "x-purpose", "x-moz"]
        .into_iter()
        .flat_map(values)
        .any(|purpose| {
            ["prefetch", "preview", "prerender"]
                .iter()
                .any(|early| purpose.contains(early))
        })
    {
        return Err(page::not_in_advance());
    }
    Ok(Visit { target })
}

/// Authority, path and query of a target in absolute form.
fn absolute(target: &str) -> Option<(String, String)> {
    let scheme = target.get(..7)?;
    if !scheme.eq_ignore_ascii_case("http://") {
        return None;
    }
    let rest = &target[7..];
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let slash = if path.starts_with('/') { "" } else { "/" };
    Some((authority.to_owned(), format!("{slash}{path}")))
}

/// Whether a host, as browsers and other programs write it, is this machine at our port.
fn is_ours(host: &str, port: u16) -> bool {
    if host.contains(|c: char| "/?#@\\".contains(c) || c.is_control()) {
        return false;
    }
    let Ok(url) = Url::parse(&format!("http://{host}/")) else {
        return false;
    };
    let named = match url.host() {
        Some(Host::Domain(name)) => name.strip_suffix('.').unwrap_or(name) == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    named && url.port_or_known_default() == Some(port)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::AsyncWriteExt;
    use tokio::net::{TcpListener, TcpStream};
    use tokio::time::{sleep, timeout};

    use super::{MAX_HEAD, Visit, absolute, is_ours, read};
    use crate::authorize::page;

    /// What is made of a request that comes in pieces, a moment apart, and then ends.
    async fn heard(pieces: &[&str]) -> Result<Visit, String> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut visitor = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (mut stream, _) = listener.accept().await.unwrap();
        let speak = async {
            for piece in pieces {
                visitor.write_all(piece.as_bytes()).await.unwrap();
                sleep(Duration::from_millis(50)).await;
            }
            visitor.shutdown().await.unwrap();
        };
        let listen = timeout(Duration::from_secs(3), read(&mut stream, 8085));
        tokio::join!(speak, listen).1.expect("an end")
    }

    #[tokio::test]
    async fn who_leaves_within_a_request_gets_no_answer() {
        for pieces in [&[][..], &["GET / HTTP/1.1\r\n"], &["GET /", "?code=x"]] {
            assert_eq!(heard(pieces).await.err().as_deref(), Some(""), "{pieces:?}");
        }
    }

    #[tokio::test]
    async fn a_head_may_have_its_size_and_no_byte_more() {
        let end = "\r\n\r\n";
        let start = "GET / HTTP/1.1\r\nHost: localhost:8085\r\nX: ";
        let fill = "x".repeat(MAX_HEAD - start.len() - end.len());
        assert_eq!(heard(&[start, &fill, end]).await.unwrap().target, "/");
        let error = heard(&[start, &fill, "x", end]).await.err();
        assert_eq!(error, Some(page::too_large()));
    }

    #[test]
    fn this_machine_under_every_name_and_no_other() {
        for host in [
            "localhost:8085",
            "LOCALHOST:8085",
            "localhost.:8085",
            "127.0.0.1:8085",
            "[::1]:8085",
            "[0:0:0:0:0:0:0:1]:8085",
        ] {
            assert!(is_ours(host, 8085), "{host}");
            assert!(!is_ours(host, 8086), "{host}");
        }
        assert!(is_ours("localhost", 80) && is_ours("localhost:80", 80) && is_ours("[::1]", 80));
        for host in [
            "",
            "localhost",
            "evil.example:8085",
            "localhost.evil.example:8085",
            "evil.localhost:8085",
            "localhost..:8085",
            "user@localhost:8085",
            "localhost:8085@evil.example",
            "evil.example#localhost:8085",
            "localhost:8085/",
            "127.0.0.1.evil.example:8085",
            "128.0.0.1:8085",
            "0.0.0.0:8085",
            "[::]:8085",
            "::1:8085",
            "localhost :8085",
            "local\thost:8085",
            "local\u{1}host:8085",
            "\u{a0}localhost:8085",
            "localhost:port",
        ] {
            assert!(!is_ours(host, 8085), "{host}");
        }
    }

    #[test]
    fn a_target_in_absolute_form_names_its_host() {
        let read = |target| absolute(target).unwrap();
        let text = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(read("http://localhost:1/a?b"), text("localhost:1", "/a?b"));
        assert_eq!(read("HTTP://localhost:1?b"), text("localhost:1", "/?b"));
        assert_eq!(read("http://localhost:1"), text("localhost:1", "/"));
        for target in ["/", "/http://x/", "*", "https://localhost:1/", "http:/é"] {
            assert_eq!(absolute(target), None);
        }
    }
}
