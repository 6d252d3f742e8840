//! `pinterest request`: any endpoint.

use serde_json::Value;

use super::arguments::Request;
use super::failure::Failure;
use super::input;
use super::screen::Screen;
use super::settings::Settings;
use super::token;
use pinterest_sdk::{ApiRequest, CallOptions};

/// Bytes of a file to send; more than Pinterest takes.
const MAX_DATA: u64 = 64 << 20;

/// Sends the request with the profile's token and prints the answer: indented for people, as it
/// came for programs.
pub(crate) async fn send(settings: &Settings, options: &Request, screen: &Screen) -> Result<(), Failure> {
    let request = build(options)?;
    let stored = token::fresh(settings, screen).await?;
    let mut client = settings.bearer(&stored)?;
    if let Some(bytes) = options.max_answer_bytes {
        client = client.reconfigured(client.configuration().clone().with_max_answer_bytes(bytes))?;
    }
    let answer = {
        let _spinner = screen.spinner("asking Pinterest");
        client.request_any(request, &CallOptions::default()).await?
    };
    let readable = screen.is_terminal() && !screen.is_json();
    match serde_json::from_slice::<Value>(answer.body.as_bytes()) {
        Ok(json) if readable => screen.print_foreign(format!("{json:#}").as_bytes()),
        _ => screen.print_foreign(answer.body.as_bytes()),
    }
}

fn build(options: &Request) -> Result<ApiRequest, Failure> {
    let (method, path) = match options.target.as_slice() {
        [method, path] => (method.to_ascii_uppercase(), path.as_str()),
        [word] if is_method(word) => {
            return Err(Failure::usage(
                format!("there is no path after {word}"),
                "write both, like GET /user_account",
            ));
        }
        [path] if options.data.is_some() => ("POST".to_owned(), path.as_str()),
        [path] => ("GET".to_owned(), path.as_str()),
        _ => return Err(Failure::usage("there is no path", "write it like /user_account")),
    };
    if is_url(path) {
        return Err(Failure::usage(
            "the path is a whole URL, and the token goes to the profile's own host only",
            "write the part after /v5, like /user_account",
        ));
    }
    let path = path.trim_start_matches('/');
    let path = path.strip_prefix("v5/").unwrap_or(path);
    let mut request = ApiRequest::new(method, format!("/{path}"));
    for parameter in &options.query {
        let (name, value) = parameter.split_once('=').ok_or_else(|| {
            Failure::usage(
                format!("the query parameter `{parameter}` has no value"),
                "write it as name=value",
            )
        })?;
        request = request.with_query(name, value);
    }
    match &options.data {
        Some(data) => Ok(request.with_json(&json_of(options, data)?)?),
        None => Ok(request),
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
