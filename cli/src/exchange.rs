//! A request with the profile's token, or one for every page, and what came printed.

use std::fmt::Write as _;

use serde_json::Value;

use super::failure::Failure;
use super::screen::Screen;
use super::settings::Settings;
use super::text::VisibleLine;
use super::token::{self, Held};
use pinterest_sdk::operations::{Bookmarks, ItemFailure, Operation, read_answer};
use pinterest_sdk::{ApiClient, ApiRequest, ApiResponse, CallOptions, ErrorKind};

/// How many of the items that failed are told of; the answer has all of them.
const TOLD: usize = 3;

/// How to ask, and what to print.
pub(crate) struct Exchange<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) screen: &'a Screen,
    /// What is called, if it is one of the table's: it knows where its answers say what failed.
    pub(crate) operation: Option<&'a Operation>,
    /// More headers, as name and value.
    pub(crate) headers: Vec<(&'a str, &'a str)>,
    /// Whether status and headers are printed too.
    pub(crate) include: bool,
    /// Whether every page is asked for.
    pub(crate) paginate: bool,
    /// The largest answer, in bytes after decompression, in place of the usual.
    pub(crate) max_answer_bytes: Option<usize>,
}

impl Exchange<'_> {
    /// Sends what `build` makes for a page's bookmark, none for the first, and prints the answer: indented for people,
    /// as it came for programs. An answer of success whose items failed is a failure all the same, if they were to be
    /// changed; otherwise it is said.
    pub(crate) async fn run(
        &self,
        build: impl Fn(Option<&str>) -> Result<ApiRequest, Failure>,
    ) -> Result<(), Failure> {
        let mut held = None;
        let pages = Box::pin(self.pages(build, &mut held));
        let done = self.screen.interruption().part(pages).await;
        Held::keep_at_the_end(held, self.settings, self.screen).await;
        done
    }

    async fn pages(
        &self,
        build: impl Fn(Option<&str>) -> Result<ApiRequest, Failure>,
        held: &mut Option<Held>,
    ) -> Result<(), Failure> {
        let mut bookmark: Option<String> = None;
        let mut bookmarks: Option<Bookmarks> = None;
        let mut client = None;
        let mut failures = Vec::new();
        loop {
            let request = build(bookmark.as_deref())?;
            let is_safe = self.operation.map_or(request.is_safe(), Operation::is_safe);
            let bookmarks =
                bookmarks.get_or_insert_with(|| Bookmarks::from(request.query_value("bookmark").as_deref()));
            // A token may end between two pages; the connection goes on.
            let now = self.connected(client, held).await?;
            // A stop waits until a token is printed, which nobody else has.
            let gives_token = request.target().starts_with("/oauth/");
            let _finishing = gives_token.then(|| self.screen.interruption().finishing());
            let answer = self.ask(&now, request).await?;
            if !is_safe {
                self.screen.print_the_only_copy();
            }
            let json = read_answer::<Value>(answer.body.as_bytes()).ok();
            self.show(&answer, json.as_ref())?;
            if let Some(operation) = self.operation {
                check_is_json(&now, &answer, json.as_ref())?;
                failures.extend(json.iter().flat_map(|json| operation.failures_in(json)));
            }
            // No page is asked for that nobody reads.
            if !self.paginate || self.screen.is_unread() {
                return self.told(&failures, &now);
            }
            let Some(next) = bookmarks.after(json.as_ref().unwrap_or(&Value::Null))? else {
                return self.told(&failures, &now);
            };
            client = Some(now);
            bookmark = Some(next);
        }
    }

    fn told(&self, failures: &[ItemFailure], client: &ApiClient) -> Result<(), Failure> {
        if failures.is_empty() {
            return Ok(());
        }
        let some = failures.iter().take(TOLD).map(|one| match &one.message {
            Some(message) => format!("{}: {message}", one.place),
            None => format!("{}: {}", one.place, one.value),
        });
        let some: Vec<String> = some.collect();
        let more = if failures.len() > TOLD { "; …" } else { "" };
        let what = format!(
            "the answer says what failed ({}): {}{more}",
            failures.len(),
            some.join("; ")
        );
        // What is said of an answer is logged where the answer is not.
        let what = client.without_secrets(&what);
        if self.operation.is_some_and(Operation::is_safe) {
            self.screen.say(format_args!("note: {}", VisibleLine(&what)));
            return Ok(());
        }
        Err(Failure::Found {
            kind: ErrorKind::Api,
            what,
            hint: "the call succeeded, so the other items are done: send those that failed once more, mended"
                .to_owned(),
        })
    }

    /// A client with a valid token, on the connections of the one before. A token that could not be kept is `held` for
    /// the other pages.
    async fn connected(
        &self,
        before: Option<ApiClient>,
        held: &mut Option<Held>,
    ) -> Result<ApiClient, Failure> {
        let client = token::bearer_held(self.settings, self.screen, held).await?;
        token::check_goes_on(self.settings, before.as_ref(), &client)?;
        let mut configuration = client.configuration().clone();
        if let Some(bytes) = self.max_answer_bytes {
            configuration = configuration.with_max_answer_bytes(bytes);
        }
        Ok(before.unwrap_or(client).reconfigured(configuration)?)
    }

    async fn ask(&self, client: &ApiClient, request: ApiRequest) -> Result<ApiResponse<()>, Failure> {
        let mut configuration = client.configuration().clone();
        let mut limits = CallOptions::default();
        for (name, value) in &self.headers {
            if name.eq_ignore_ascii_case("user-agent") {
                (*value).clone_into(&mut configuration.user_agent);
            } else {
                limits = limits.with_header(*name, *value);
            }
        }
        let client = client.reconfigured(configuration)?;
        let answer = {
            let _spinner = self.screen.spinner("asking Pinterest");
            client.request_any(request, &limits).await
        };
        if let Err(error) = &answer
            && let (true, Some(status), Some(refusal)) = (self.include, error.status(), error.answer())
        {
            self.screen.print(head(status, &refusal.headers))?;
            self.screen
                .print_foreign(refusal.body.as_deref().unwrap_or_default().as_bytes())?;
        }
        answer.map_err(|error| token::name_login(self.settings, error))
    }

    fn show(&self, answer: &ApiResponse<()>, json: Option<&Value>) -> Result<(), Failure> {
        let screen = self.screen;
        if self.include {
            screen.print(head(answer.status, &answer.headers))?;
        }
        match json {
            Some(json) if screen.is_terminal() && !screen.is_json() => {
                screen.print_foreign(format!("{json:#}").as_bytes())
            }
            // Each page is a line, with its numbers as they came: in JSON line breaks are only space.
            Some(_) if self.paginate => {
                let mut line = answer.body.as_bytes().trim_ascii().to_vec();
                line.iter_mut()
                    .filter(|byte| b"\r\n".contains(byte))
                    .for_each(|byte| *byte = b' ');
                screen.print_foreign_line(line)
            }
            _ => screen.print_foreign(answer.body.as_bytes()),
        }
    }
}

/// Refuses what no operation answers, as a proxy's page: that the status is one of success says nothing then.
fn check_is_json(client: &ApiClient, answer: &ApiResponse<()>, json: Option<&Value>) -> Result<(), Failure> {
    if json.is_some() || answer.body.as_bytes().trim_ascii().is_empty() {
        return Ok(());
    }
    Err(Failure::Found {
        kind: ErrorKind::Protocol,
        what: format!(
            "the answer of {} (HTTP {}) is not JSON: whether the call was made is not known",
            client.party(),
            answer.status
        ),
        hint: "check PINTEREST_API_URI, and whether a proxy or a gateway answers in its place".to_owned(),
    })
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
