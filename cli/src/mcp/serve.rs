//! Serves a client until it goes.

use std::future::pending;
use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use rmcp::service::ServiceExt as _;
use rmcp::transport::async_rw::AsyncRwTransport;
use tokio::sync::{Mutex, mpsc};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::calls::{Asked, Calls};
use super::choice::Choice;
use super::lines::LONGEST;
use super::pipes::Pipes;
use super::server::Server;
use super::tools::Toolbox;
use crate::arguments::Mcp;
use crate::failure::Failure;
use crate::screen::Screen;
use crate::settings::Settings;
use pinterest_sdk::operations::Operation;

/// Calls at a time; more wait.
const AT_A_TIME: usize = 4;
/// How long calls that have begun may take when the client has gone.
const LAST_ANSWERS: Duration = Duration::from_millis(500);
/// How long the client may take to read the last of them.
const LAST_WORDS: Duration = Duration::from_millis(200);
/// How often is looked whether a new token is where it belongs.
const LOOK: Duration = Duration::from_millis(20);

/// Serves the client at standard input and output until it closes one of them.
pub(crate) async fn serve(
    settings: &Settings,
    choice: Choice,
    options: &Mcp,
    screen: &Screen,
) -> Result<(), Failure> {
    if io::stdin().is_terminal() {
        screen.say("An assistant's program starts this and speaks to it; Ctrl-C ends it. docs/mcp.md says how to set it up.");
    }
    // Not every client reads what is said beside its answers.
    let _beside = screen.say_beside();
    let instructions = instructions(settings, &choice, options);
    let Pipes {
        input,
        output,
        mut closed,
        mut printed,
    } = Pipes::open().map_err(Failure::System)?;
    let (ask, mut asked) = mpsc::channel::<Asked>(AT_A_TIME);
    let server = Server {
        tools: Arc::new(Toolbox {
            choice,
            most_pages: options.max_pages,
        }),
        instructions,
        calls: ask,
    };
    // Until the client has introduced itself nothing comes of it; it has gone if it does not.
    let mut running = tokio::spawn(async move {
        let transport = AsyncRwTransport::new(input, output).with_max_line_length(LONGEST);
        if let Ok(service) = server.serve(transport).await {
            // How it ended, those who hold the other ends of the streams know.
            let _ = service.waiting().await;
        }
    });
    let calls = Calls {
        settings,
        screen,
        dry_run: options.dry_run,
        most_bytes: usize::try_from(options.max_result_bytes).unwrap_or(usize::MAX),
        connection: Mutex::default(),
    };
    let mut busy = FuturesUnordered::new();
    let mut keeping = Box::pin(calls.keep_behind());
    let mut end: Option<Instant> = None;
    let serving = Box::pin(async {
        Ok(loop {
            tokio::select! {
                biased;
                Some(()) = busy.next() => {}
                Some(one) = asked.recv(), if busy.len() < AT_A_TIME => busy.push(calls.answer(one)),
                result = &mut printed => break Some(result),
                _ = &mut running => break None,
                _ = &mut closed, if end.is_none() => end = Some(Instant::now() + LAST_ANSWERS),
                () = until(end) => break None,
                () = &mut keeping => {}
            }
        })
    });
    let output = screen.interruption().part(serving).await;
    let must_finish = screen.interruption().must_finish();
    while must_finish.load(Ordering::Relaxed) {
        tokio::select! {
            Some(()) = busy.next() => {}
            () = sleep(LOOK) => {}
        }
    }
    drop((busy, asked, keeping));
    running.abort();
    calls.end().await;
    let output = match output? {
        Some(output) => Some(output),
        None => timeout(LAST_WORDS, printed).await.ok(),
    };
    match output {
        Some(Ok(Err(error))) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}

async fn until(end: Option<Instant>) {
    match end {
        Some(end) => sleep_until(end).await,
        None => pending().await,
    }
}

/// What an assistant is told at the start.
fn instructions(settings: &Settings, choice: &Choice, options: &Mcp) -> String {
    let whose = if settings.is_token_given() {
        "the token in PINTEREST_ACCESS_TOKEN".to_owned()
    } else {
        format!("the profile `{}`", settings.profile)
    };
    let mut text = format!(
        "Pinterest's API {}, called for the account of {whose}.",
        Operation::version()
    );
    if choice.tools.is_none() {
        text.push_str(" list_operations finds an operation, describe_operation says what it takes, call_operation calls it.");
    }
    text.push_str(if choice.writes() {
        " What changes something at Pinterest may be called only where it was allowed."
    } else {
        " Nothing can be changed: only what reads is allowed."
    });
    if options.dry_run {
        text.push_str(" This is a dry run: requests are shown, and none is sent.");
    }
    text
}
