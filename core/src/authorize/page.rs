//! What the loopback listener says: one small page.

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

/// Pinterest gave tokens, and the program is not done with them.
pub(crate) fn going_on() -> String {
    answer(
        200,
        "OK",
        "Pinterest has answered",
        "The program that opened this page still has to keep the answer, and says when that is done. \
         You can close this page.",
    )
}

/// The program gave the login up, or was ended.
pub(crate) fn ended() -> String {
    answer(
        200,
        "OK",
        "This login was ended",
        "The program that opened this page was ended, and says what became of the login. You can close this page.",
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

/// The head was larger than any browser's that other servers would answer.
pub(crate) fn too_large() -> String {
    answer(
        431,
        "Request Header Fields Too Large",
        "Your browser sent too much",
        "Delete its cookies for localhost, or open this page in a private window.",
    )
}

/// Not HTTP.
pub(crate) fn not_understood() -> String {
    answer(
        400,
        "Bad Request",
        "This is not a request that a browser makes",
        "",
    )
}

/// Another host's name led here.
pub(crate) fn for_this_machine_only() -> String {
    answer(400, "Bad Request", "This page is for this machine only", "")
}

/// Another method than `GET`.
pub(crate) fn only_to_be_read() -> String {
    answer(405, "Method Not Allowed", "This page can only be read", "")
}

/// The callback was fetched before a person was there to see the page.
pub(crate) fn not_in_advance() -> String {
    answer(
        503,
        "Service Unavailable",
        "This page is not to be loaded in advance",
        "Load it again.",
    )
}

/// The same answer to `HEAD`, which has no body (RFC 9110 section 9.3.2).
pub(crate) fn without_body(answer: &str) -> String {
    let end = answer.find("\r\n\r\n").map_or(answer.len(), |end| end + 4);
    answer[..end].to_owned()
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
    // RFC 9110 section 15.5.6 asks for the methods that are allowed.
    let allow = if status == 405 { "Allow: GET\r\n" } else { "" };
    format!(
        "HTTP/1.1 {status} {reason}\r\n{allow}Content-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
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
