//! `pinterest request`: any endpoint.

use std::borrow::Cow;

use super::arguments::Request;
use super::exchange::Exchange;
use super::failure::Failure;
use super::input;
use super::screen::Screen;
use super::settings::Settings;
use pinterest_sdk::ApiRequest;

const CONTENT_TYPE: &str = "content-type";

/// Sends the request with the profile's token and prints the answer, or that of every page.
pub(crate) async fn send(settings: &Settings, options: &Request, screen: &Screen) -> Result<(), Failure> {
    let content = content(options)?;
    let exchange = Exchange {
        settings,
        screen,
        operation: None,
        headers: headers(options)?
            .into_iter()
            .filter(|(name, _)| !name.eq_ignore_ascii_case(CONTENT_TYPE))
            .collect(),
        include: options.include,
        paginate: options.paginate,
        max_answer_bytes: options.max_answer_bytes,
    };
    exchange
        .run(|bookmark| build(options, content.as_ref(), bookmark))
        .await
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
        // Of two one would be passed over.
        if headers
            .iter()
            .any(|(known, _): &(&str, &str)| known.eq_ignore_ascii_case(name))
        {
            return Err(Failure::usage(
                format!("the header `{name}` is given twice"),
                "give it once, with all that it is to hold",
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
            input::read(path, input::MAX_DATA, hint)?.to_vec()
        }
        (None, Some(data)) => input::json_as_written("the data", data)?.1.into_bytes(),
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
