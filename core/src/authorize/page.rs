//! What the loopback listener hears and says: one request in, one small page out.

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

/// Bytes of a request's head (a callback is far smaller).
const MAX_HEAD: usize = 8 * 1024;

/// A request for a page.
pub(crate) struct Visit {
    /// Path and query.
    pub(crate) target: String,
}

/// Reads a request. Only `GET`, only to a loopback name with our port, so that no other site's
/// page can reach the listener through a name of its own (DNS rebinding).
///
/// # Errors
///
/// The answer to give instead.
pub(crate) async fn read(stream: &mut TcpStream, port: u16) -> Result<Visit, String> {
    let mut head = Vec::with_capacity(1024);
    loop {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(&head) {
            Ok(httparse::Status::Complete(_)) => {
                let host = request
                    .headers
                    .iter()
                    .find(|header| header.name.eq_ignore_ascii_case("host"))
                    .map(|header| String::from_utf8_lossy(header.value).into_owned());
                let ours = ["localhost", "127.0.0.1", "[::1]"]
                    .iter()
                    .any(|name| host.as_deref() == Some(&format!("{name}:{port}")));
                return match (request.method, ours) {
                    (Some("GET"), true) => Ok(Visit {
                        target: request.path.unwrap_or_default().to_owned(),
                    }),
                    (Some("GET"), false) => Err(answer(
                        400,
                        "Bad Request",
                        "This page is for this machine only",
                        "",
                    )),
                    _ => Err(answer(
                        405,
                        "Method Not Allowed",
                        "This page can only be read",
                        "",
                    )),
                };
            }
            Ok(httparse::Status::Partial) if head.len() < MAX_HEAD => {}
            _ => {
                return Err(answer(
                    400,
                    "Bad Request",
                    "This is not a request that a browser makes",
                    "",
                ));
            }
        }
        let mut chunk = [0; 1024];
        match stream.read(&mut chunk).await {
            Ok(read) if read > 0 => head.extend_from_slice(&chunk[..read]),
            _ => return Err(String::new()),
        }
    }
}

/// A target's path.
pub(crate) fn path(target: &str) -> &str {
    target.split('?').next().unwrap_or_default()
}

/// The login worked.
pub(crate) fn done() -> String {
    answer(
        200,
        "OK",
        "You are connected to Pinterest",
        "You can close this page.",
    )
}

/// The callback was ours and the login did not work.
pub(crate) fn failed(why: &str) -> String {
    let why = why.trim_end_matches('.');
    let text = format!("{why}. You can close this page; the program that opened it says what to do.");
    answer(200, "OK", "That did not work", &text)
}

/// A callback of somebody else.
pub(crate) fn refused(why: &str) -> String {
    answer(
        400,
        "Bad Request",
        "This is not the answer that was waited for",
        why,
    )
}

/// Not the redirect URI.
pub(crate) fn not_found() -> String {
    answer(404, "Not Found", "There is nothing here", "")
}

const STYLE: &str = ":root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;margin:0;padding:0 1rem;color:light-dark(#111,#eee);background:light-dark(#f3f2f0,#161617)}\
main{max-width:24rem;margin:12vh auto;padding:1.5rem 2rem;border-radius:1.25rem;background:light-dark(#fff,#232325)}\
h1{font-size:1.35rem;line-height:1.3;margin:.5rem 0}p{overflow-wrap:anywhere}";

/// A page without scripts that no cache keeps and no other site learns of.
fn answer(status: u16, reason: &str, headline: &str, text: &str) -> String {
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Pinterest login</title><style>{STYLE}</style><main><h1>{headline}</h1><p>{}</p></main></html>",
        escape(text)
    );
    format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n\
         Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
