//! `pinterest request`: any endpoint.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;

use serde_json::Value;

use super::arguments::Request;
use super::failure::Failure;
use super::input;
use super::screen::Screen;
use super::settings::Settings;
use super::text::VisibleLine;
use super::token;
use pinterest_sdk::{ApiClient, ApiRequest, ApiResponse, CallOptions, ErrorKind};

const CONTENT_TYPE: &str = "content-type";

/// Bytes of a file to send; more than Pinterest takes.
const MAX_DATA: u64 = 64 << 20;

/// Sends the request with the profile's token and prints the answer: indented for people, as it
/// came for programs. Or that of every page.
pub(crate) async fn send(settings: &Settings, options: &Request, screen: &Screen) -> Result<(), Failure> {
    let content = content(options)?;
    let mut bookmark: Option<String> = None;
    let mut seen = HashSet::new();
    let mut client = None;
    loop {
        let request = build(options, content.as_ref(), bookmark.as_deref())?;
        // A token may end between two pages; the connection goes on.
        let now = connected(client, settings, options, screen).await?;
        let answer = ask(&now, settings, options, request, screen).await?;
        client = Some(now);
        let json = serde_json::from_slice::<Value>(answer.body.as_bytes()).ok();
        show(&answer, json.as_ref(), options, screen)?;
        if !options.paginate {
            return Ok(());
        }
        let Some(next) = next_page(json.as_ref())? else {
            return Ok(());
        };
        if !seen.insert(next.clone()) {
            return Err(no_next_page("the page that came leads to one that came before"));
        }
        bookmark = Some(next);
    }
}

/// Where the next page begins; none after the last. What does not say is no last page.
fn next_page(page: Option<&Value>) -> Result<Option<String>, Failure> {
    let Some(page) = page else {
        return Err(no_next_page("the page that came is not JSON"));
    };
    match &page["bookmark"] {
        Value::Null => Ok(None),
        Value::String(next) => Ok((!next.is_empty()).then(|| next.clone())),
        _ => Err(no_next_page("the bookmark of the page that came is not a text")),
    }
}

fn no_next_page(what: &str) -> Failure {
    Failure::Found {
        kind: ErrorKind::Protocol,
        what: what.into(),
        hint: "what was printed so far is whole, and more may follow; ask again".into(),
    }
}

/// A client with a valid token, on the connections of the one before.
async fn connected(
    before: Option<ApiClient>,
    settings: &Settings,
    options: &Request,
    screen: &Screen,
) -> Result<ApiClient, Failure> {
    let client = token::bearer(settings, screen).await?;
    let mut configuration = client.configuration().clone();
    if let Some(bytes) = options.max_answer_bytes {
        configuration = configuration.with_max_answer_bytes(bytes);
    }
    Ok(before.unwrap_or(client).reconfigured(configuration)?)
}

async fn ask(
    client: &ApiClient,
    settings: &Settings,
    options: &Request,
    request: ApiRequest,
    screen: &Screen,
) -> Result<ApiResponse<()>, Failure> {
    let mut configuration = client.configuration().clone();
    let mut limits = CallOptions::default();
    for (name, value) in headers(options)? {
        if name.eq_ignore_ascii_case("user-agent") {
            value.clone_into(&mut configuration.user_agent);
        } else if !name.eq_ignore_ascii_case(CONTENT_TYPE) {
            limits = limits.with_header(name, value);
        }
    }
    let client = client.reconfigured(configuration)?;
    let answer = {
        let _spinner = screen.spinner("asking Pinterest");
        client.request_any(request, &limits).await
    };
    if let Err(error) = &answer
        && let (true, Some(status), Some(refusal)) = (options.include, error.status(), error.answer())
    {
        screen.print(head(status, &refusal.headers))?;
        screen.print_foreign(refusal.body.as_deref().unwrap_or_default().as_bytes())?;
    }
    answer.map_err(|error| token::name_login(settings, error))
}

fn show(
    answer: &ApiResponse<()>,
    json: Option<&Value>,
    options: &Request,
    screen: &Screen,
) -> Result<(), Failure> {
    if options.include {
        screen.print(head(answer.status, &answer.headers))?;
    }
    match json {
        Some(json) if screen.is_terminal() && !screen.is_json() => {
            screen.print_foreign(format!("{json:#}").as_bytes())
        }
        // Each page is a line, with its numbers as they came: in JSON line breaks are only space.
        Some(_) if options.paginate => {
            let mut line = answer.body.as_bytes().trim_ascii().to_vec();
            line.iter_mut()
                .filter(|byte| b"\r\n".contains(byte))
                .for_each(|byte| *byte = b' ');
            line.push(b'\n');
            screen.print_bytes(&line)
        }
        _ => screen.print_foreign(answer.body.as_bytes()),
    }
}

/// The status and the headers, with the empty line behind them.
fn head(status: u16, headers: &[(String, String)]) -> String {
    let mut lines = format!("HTTP {status}\n");
    for (name, value) in headers {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{}: {}", VisibleLine(name), VisibleLine(value));
    }
    lines
}

fn headers(options: &Request) -> Result<Vec<(&str, &str)>, Failure> {
    let mut headers = Vec::new();
    for header in &options.headers {
        let Some((name, value)) = header.split_once(':') else {
            return Err(Failure::usage(
                "a header has no name or no value",
                "write it as 'Name: value'",
            ));
        };
        let (name, value) = (name.trim(), value.trim());
        if name.eq_ignore_ascii_case("authorization") {
            return Err(Failure::usage(
                "the header Authorization carries the profile's token",
                "leave it out; for another token set PINTEREST_ACCESS_TOKEN",
            ));
        }
        headers.push((name, value));
    }
    Ok(headers)
}

/// What to send: its type, and its bytes.
fn content(options: &Request) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let headers = headers(options)?;
    let given = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(CONTENT_TYPE));
    let content_type = given.map_or("application/json", |(_, value)| value).to_owned();
    let bytes = match (&options.input, &options.data) {
        (Some(path), _) => {
            let hint = "name a file that can be read, or - for standard input";
            input::read(path, MAX_DATA, hint)?.to_vec()
        }
        (None, Some(data)) => json_of(options, data)?.to_string().into_bytes(),
        (None, None) if given.is_some() => {
            return Err(Failure::usage(
                "there is a Content-Type, and nothing to send",
                "name it with --data or --input",
            ));
        }
        (None, None) => return Ok(None),
    };
    Ok(Some((content_type, bytes)))
}

fn build(
    options: &Request,
    content: Option<&(String, Vec<u8>)>,
    bookmark: Option<&str>,
) -> Result<ApiRequest, Failure> {
    let (method, path) = target(options, content.is_some())?;
    if options.paginate && method != "GET" {
        return Err(Failure::usage("only GET has pages", "leave out --paginate"));
    }
    if is_url(path) {
        return Err(Failure::usage(
            "the path is a whole URL, and the token goes to the profile's own host only",
            "write the part after /v5, like /user_account",
        ));
    }
    let path = path.trim_start_matches('/');
    let path = path.strip_prefix("v5/").unwrap_or(path);
    let path = match bookmark {
        Some(_) => without_bookmark(path),
        None => path.into(),
    };
    let mut request = ApiRequest::new(method, format!("/{path}"));
    for parameter in &options.query {
        let (name, value) = parameter.split_once('=').ok_or_else(|| {
            Failure::usage(
                format!("the query parameter `{parameter}` has no value"),
                "write it as name=value",
            )
        })?;
        if name != "bookmark" || bookmark.is_none() {
            request = request.with_query(name, value);
        }
    }
    if let Some(bookmark) = bookmark {
        request = request.with_query("bookmark", bookmark);
    }
    match content {
        Some((content_type, bytes)) => Ok(request.with_content(content_type, bytes.clone())),
        None => Ok(request),
    }
}

/// The path without the page that it began with.
fn without_bookmark(path: &str) -> Cow<'_, str> {
    let Some((path, query)) = path.split_once('?') else {
        return path.into();
    };
    let others: Vec<&str> = query
        .split('&')
        .filter(|parameter| parameter.split('=').next() != Some("bookmark"))
        .collect();
    match others.join("&") {
        others if others.is_empty() => path.into(),
        others => format!("{path}?{others}").into(),
    }
}

/// The method and the path.
fn target(options: &Request, sends: bool) -> Result<(String, &str), Failure> {
    let usual = if sends { "POST" } else { "GET" };
    match (options.target.as_slice(), &options.method) {
        ([_, _], Some(_)) => Err(Failure::usage(
            "there are two methods",
            "write one, before the path or with -X",
        )),
        ([method, path], None) => Ok((method.to_ascii_uppercase(), path)),
        ([word], None) if is_method(word) => Err(Failure::usage(
            format!("there is no path after {word}"),
            "write both, like GET /user_account",
        )),
        ([path], method) => Ok((method.as_deref().unwrap_or(usual).to_ascii_uppercase(), path)),
        _ => Err(Failure::usage("there is no path", "write it like /user_account")),
    }
}

/// Whether it is a method, and no path that somebody wrote without a slash.
fn is_method(word: &str) -> bool {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(&word)
}

/// Whether a scheme stands before it (RFC 3986 section 3.1). An address in a query is only a value.
fn is_url(path: &str) -> bool {
    path.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

fn json_of(options: &Request, data: &str) -> Result<Value, Failure> {
    let hint = "give JSON, @ and the name of a file that holds it, or - for standard input";
    let refuse = |why: String| Failure::usage(format!("the data is not JSON{why}"), hint);
    let parse = |text: &str| {
        serde_json::from_str(text)
            .map_err(|error| refuse(format!(" (line {}, column {})", error.line(), error.column())))
    };
    match options.data_file() {
        Some(path) => {
            let bytes = input::read(path, MAX_DATA, hint)?;
            let text =
                input::decode(&bytes).map_err(|why| refuse(format!(": {} {why}", input::name(path))))?;
            parse(&text)
        }
        None => parse(data),
    }
}

#[cfg(test)]
mod tests {
    use super::without_bookmark;

    #[test]
    fn a_path_begins_with_no_page_of_its_own() {
        for (path, without) in [
            ("/pins", "/pins"),
            ("/pins?bookmark=x", "/pins"),
            ("/pins?a=1&bookmark=x&b=2", "/pins?a=1&b=2"),
            ("/pins?bookmarks=x", "/pins?bookmarks=x"),
        ] {
            assert_eq!(without_bookmark(path), without, "{path}");
        }
    }
}
