//! Calls an operation, or shows what would be sent.

use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::{Map, Value, json};

use super::tree::written;
use super::{flags, values};
use crate::arguments::file_of;
use crate::exchange::Exchange;
use crate::failure::Failure;
use crate::input;
use crate::schema;
use crate::screen::Screen;
use crate::settings::Settings;
use pinterest_sdk::operations::{Checks, Operation};
use pinterest_sdk::{ApiRequest, OperationCall};

/// Calls an operation with the flags that were given, and prints the answer.
pub(crate) async fn call(
    settings: &Settings,
    operation: Operation,
    matches: &ArgMatches,
    screen: &Screen,
) -> Result<(), Failure> {
    let is_set = |name: &str| is_set(matches, name);
    let call = built(operation, matches)?.with_checks(if is_set("unchecked") {
        Checks::Off
    } else {
        Checks::Usual
    });
    if is_set("dry-run") {
        return show(settings, &call, screen).await;
    }
    let exchange = Exchange {
        settings,
        screen,
        operation: Some(call.operation()),
        headers: Vec::new(),
        include: is_set("include"),
        paginate: is_set("paginate"),
        max_answer_bytes: None,
    };
    exchange
        .run(|bookmark| match bookmark {
            Some(bookmark) => requested(&call.clone().with("bookmark", bookmark)),
            None => requested(&call),
        })
        .await
}

/// Whether only what the operation takes is asked for, and not its answer.
pub(crate) fn is_schema_wanted(matches: &ArgMatches) -> bool {
    is_set(matches, "schema")
}

/// Prints what an operation takes. Nothing is asked of Pinterest.
pub(crate) fn tell_schema(operation: &Operation, screen: &Screen) -> Result<(), Failure> {
    let schema = Value::Object(schema::arguments(operation, None));
    screen.print(format_args!("{schema:#}"))
}

fn is_set(matches: &ArgMatches, name: &str) -> bool {
    let flag = matches.try_get_one::<bool>(name).ok().flatten();
    flag.copied().unwrap_or_default()
}

fn requested(call: &OperationCall) -> Result<ApiRequest, Failure> {
    call.request().map_err(|error| Failure::Advised {
        error,
        advice: format!(
            "`pinterest api {} --help` says what it takes",
            written(call.operation())
        ),
    })
}

fn built(operation: Operation, matches: &ArgMatches) -> Result<OperationCall, Failure> {
    let (mut body, mut written) = match given(matches, "body") {
        Some(text) => {
            let (body, written) = input::json_as_written("--body", text)?;
            (Some(body), Some(written))
        }
        None => (None, None),
    };
    let flags = flags::of(&operation);
    let mut call = OperationCall::of(operation);
    for flag in flags {
        let Some(text) = given(matches, flag.name) else {
            continue;
        };
        let value = values::value(&flags::long(flag.name), flag.kind, text)?;
        if !flag.in_body {
            call = call.with(flag.name, value);
            continue;
        }
        let Value::Object(fields) = body.get_or_insert_with(|| Value::Object(Map::new())) else {
            let what = format!(
                "--{} is a property, and --body is no object",
                flags::long(flag.name)
            );
            return Err(Failure::usage(
                what,
                "give the whole body with --body, or flags alone",
            ));
        };
        fields.insert(flag.name.to_owned(), value);
        written = None;
    }
    match (written, body) {
        (Some(written), _) => Ok(call.with_json_body(written)?),
        (None, Some(body)) => Ok(call.with_body(&body)?),
        (None, None) => Ok(call),
    }
}

fn given<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    matches
        .try_get_one::<String>(name)
        .ok()
        .flatten()
        .map(String::as_str)
}

/// The files that flags name, and the flags.
pub(crate) fn files(operation: &Operation, matches: &ArgMatches) -> impl Iterator<Item = (String, PathBuf)> {
    let takes_files = |flag: &flags::Flag| !flags::is_plain(flag.kind);
    let flags = flags::of(operation).into_iter().filter(takes_files);
    let names = flags.map(|flag| flag.name).chain(["body"]);
    names.filter_map(|name| {
        let path = given(matches, name).and_then(file_of)?;
        Some((format!("--{}", flags::long(name)), path.to_owned()))
    })
}

/// What would be sent, without its credential.
async fn show(settings: &Settings, call: &OperationCall, screen: &Screen) -> Result<(), Failure> {
    let request = requested(call)?;
    let url = format!("{}{}", settings.destination(screen).await?, request.target());
    if screen.is_json() {
        return screen.print(json!({"method": request.method(), "url": url, "body": call.body()}));
    }
    screen.print(format_args!("{} {url}", request.method()))?;
    match call.body() {
        Some(body) => screen.print(format_args!("{body:#}")),
        None => Ok(()),
    }
}
