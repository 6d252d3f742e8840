//! `pinterest request`: any endpoint.

use std::fs;
use std::io::{self, Read as _};

use serde_json::Value;

use super::arguments::Request;
use super::failure::Failure;
use super::screen::Screen;
use super::settings::Settings;
use super::token;
use pinterest_sdk::{ApiRequest, CallOptions};

/// Sends the request with the profile's token and prints the answer: indented for people, as it
/// came for programs.
pub(crate) async fn send(settings: &Settings, options: &Request, screen: &Screen) -> Result<(), Failure> {
    let request = build(options)?;
    let stored = token::fresh(settings, screen).await?;
    let client = settings.bearer(&stored)?;
    let answer = {
        let _spinner = screen.spinner("asking Pinterest");
        client.request_any(request, &CallOptions::default()).await?
    };
    let readable = screen.is_terminal() && !screen.is_json();
    match serde_json::from_slice::<Value>(answer.body.as_bytes()) {
        Ok(json) if readable => screen.print(format_args!("{json:#}")),
        _ => screen.print_bytes(answer.body.as_bytes()),
    }
}

fn build(options: &Request) -> Result<ApiRequest, Failure> {
    let (method, path) = match options.target.as_slice() {
        [method, path] => (method.to_ascii_uppercase(), path.as_str()),
        [path] if options.data.is_some() => ("POST".to_owned(), path.as_str()),
        [path] => ("GET".to_owned(), path.as_str()),
        _ => return Err(Failure::usage("there is no path", "write it like /user_account")),
    };
    if path.contains("://") {
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
        Some(data) => Ok(request.with_json(&json_of(data)?)?),
        None => Ok(request),
    }
}

fn json_of(data: &str) -> Result<Value, Failure> {
    let text = match data.strip_prefix('@') {
        Some(path) => fs::read(path).map_err(|error| {
            Failure::usage(format!("{path} cannot be read: {error}"), "name a file with JSON")
        })?,
        None if data == "-" => {
            let mut text = Vec::new();
            io::stdin().lock().read_to_end(&mut text)?;
            text
        }
        None => data.as_bytes().to_vec(),
    };
    serde_json::from_slice(&text).map_err(|error| {
        Failure::usage(
            format!(
                "the data is not JSON (line {}, column {})",
                error.line(),
                error.column()
            ),
            "give JSON, @ and the name of a file that holds it, or - for standard input",
        )
    })
}
