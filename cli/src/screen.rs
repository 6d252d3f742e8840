//! The person or program at the other end: results on standard output, everything else on standard
//! error, and whether it asks to end.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

use super::failure::{Failure, advised};
use super::interruption::Interruption;
use super::paint::{BAD, DIM, painted};
use super::phrases::phrase;
use super::streams;
use super::text::{Visible, VisibleLine};
use pinterest_sdk::Error;

/// How long the spinner shows one of its signs.
const TURN: Duration = Duration::from_millis(100);

/// Lines that wait for a thread to say them.
const LINES: usize = 64;
/// How long the last of them may take.
const LAST_LINES: Duration = Duration::from_millis(100);

/// What a spinner says while another program has the lock.
const LOCKED: &str = "waiting for another program that is changing this profile (Ctrl-C stops)";

/// Where a command's words go. Colour and movement are for terminals only.
pub(crate) struct Screen {
    json: bool,
    interruption: Interruption,
    /// Set while another program's lock is waited for.
    locked: Arc<AtomicBool>,
    /// Set once what is printed cannot be had again.
    prints_the_only_copy: AtomicBool,
    /// Set once whoever reads the results has gone.
    is_unread: AtomicBool,
    /// Where a thread hears what it is to say, while there is one.
    beside: Mutex<Option<SyncSender<String>>>,
}

// What a command prints goes through the screen that it was given, whatever that needs of it.
#[allow(clippy::unused_self)]
impl Screen {
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            interruption: Interruption::default(),
            locked: Arc::default(),
            prints_the_only_copy: AtomicBool::default(),
            is_unread: AtomicBool::default(),
            beside: Mutex::default(),
        }
    }

    /// To be set while another program's lock is waited for: a spinner says so.
    pub(crate) fn locked(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.locked)
    }

    /// Whether the program was asked to end.
    pub(crate) fn interruption(&self) -> &Interruption {
        &self.interruption
    }

    /// From here on what is printed cannot be had again: a reader that has gone is a failure.
    pub(crate) fn print_the_only_copy(&self) {
        self.prints_the_only_copy.store(true, Ordering::Relaxed);
    }

    /// Whether whoever reads the results has gone: what comes now is for nobody.
    pub(crate) fn is_unread(&self) -> bool {
        self.is_unread.load(Ordering::Relaxed)
    }

    /// Whether the result is to be JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Prints a result; what could steer a terminal is shown instead.
    pub(crate) fn print(&self, text: impl Display) -> Result<(), Failure> {
        let text = text.to_string();
        // JSON has no colours.
        let text = if self.json {
            Visible(&text).to_string()
        } else {
            painted(&text)
        };
        self.written(streams::print_in_colours(&(text + "\n")))
    }

    /// Prints help, in its own colours.
    pub(crate) fn print_help(&self, help: impl Display) -> Result<(), Failure> {
        self.written(streams::print_in_colours(&help.to_string()))
    }

    /// Prints bytes as they are.
    pub(crate) fn print_bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.written(streams::print(bytes))
    }

    /// Prints somebody else's bytes: as they are for a program, as text that steers nothing on a
    /// terminal.
    pub(crate) fn print_foreign(&self, bytes: &[u8]) -> Result<(), Failure> {
        if self.is_terminal() {
            let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
            // With a style's marks in it, it would be painted.
            return self.written(streams::print(format!("{}\n", Visible(&text)).as_bytes()));
        }
        self.print_bytes(bytes)
    }

    /// The same on a line of its own.
    pub(crate) fn print_foreign_line(&self, mut bytes: Vec<u8>) -> Result<(), Failure> {
        // On a terminal they have one anyway.
        if !self.is_terminal() {
            bytes.push(b'\n');
        }
        self.print_foreign(&bytes)
    }

    /// A reader that has seen enough is no failure, where what it leaves can be had again.
    fn written(&self, result: io::Result<()>) -> Result<(), Failure> {
        let may_go = !self.prints_the_only_copy.load(Ordering::Relaxed);
        match result {
            Err(error) if may_go && error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_unread.store(true, Ordering::Relaxed);
                Ok(())
            }
            result => result.map_err(Failure::Output),
        }
    }

    /// Tells the person something on the way; nobody needs to hear it.
    pub(crate) fn say(&self, text: impl Display) {
        let line = painted(&text.to_string());
        match &*self.beside() {
            // What is too much for whoever reads is left out.
            Some(beside) => drop(beside.try_send(line)),
            None => written_beside(&line),
        }
    }

    /// Until what it gives is dropped, a thread says what there is to say: who serves others does not wait for a reader
    /// that has stopped. Without a thread it does.
    pub(crate) fn say_beside(&self) -> Beside<'_> {
        let (send, lines) = mpsc::sync_channel::<String>(LINES);
        let (done, ended) = mpsc::channel();
        let saying = thread::Builder::new().spawn(move || {
            for line in lines {
                written_beside(&line);
            }
            // Nobody waits for it any more.
            let _ = done.send(());
        });
        *self.beside() = saying.is_ok().then_some(send);
        Beside { screen: self, ended }
    }

    fn beside(&self) -> MutexGuard<'_, Option<SyncSender<String>>> {
        self.beside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a person reads the results.
    pub(crate) fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Shows on a terminal that something goes on, until it is dropped.
    pub(crate) fn spinner(&self, what: &'static str) -> Spinner {
        Spinner::start(what, self.locked())
    }

    pub(crate) fn failure(&self, failure: &Failure) {
        if self.json {
            self.say(describe(failure));
            return;
        }
        let (what, hint) = match failure {
            Failure::Core(error) => (error.message_in(phrase) + &error.facts(), error.hint_in(phrase)),
            Failure::Advised { error, advice } => (
                error.message_in(phrase) + &error.facts(),
                Some(advised(error, advice)),
            ),
            Failure::Usage { what, hint } | Failure::Found { what, hint, .. } => {
                (what.clone(), Some(hint.clone()))
            }
            failure => (failure.to_string(), None),
        };
        self.say(format_args!("{BAD}error:{BAD:#} {}", VisibleLine(&what)));
        if let Some(hint) = hint {
            self.say(format_args!("{DIM}hint:{DIM:#}  {}", VisibleLine(&hint)));
        }
    }
}

/// Says on a thread what there is to say, until it is dropped.
pub(crate) struct Beside<'a> {
    screen: &'a Screen,
    ended: Receiver<()>,
}

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        *self.screen.beside() = None;
        let _ = self.ended.recv_timeout(LAST_LINES);
    }
}

fn written_beside(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

fn describe(failure: &Failure) -> Value {
    json!({"error": facts(failure), "exit_code": failure.exit_code()})
}

/// What happened and what to do, for programs.
pub(crate) fn facts(failure: &Failure) -> Value {
    match failure {
        Failure::Core(error) => facts_of(error, error.hint_in(phrase).as_deref()),
        Failure::Advised { error, advice } => facts_of(error, Some(&advised(error, advice))),
        Failure::Usage { what, hint } => json!({"kind": "InvalidInput", "message": what, "hint": hint}),
        Failure::Found { kind, what, hint } => json!({"kind": kind.name(), "message": what, "hint": hint}),
        Failure::Output(error) => json!({"kind": "Output", "message": error.to_string()}),
        Failure::System(_) => json!({"kind": "System", "message": failure.to_string()}),
        Failure::Interrupted(_) => json!({"kind": "Interrupted", "message": failure.to_string()}),
    }
}

fn facts_of(error: &Error, hint: Option<&str>) -> Value {
    json!({
        "kind": error.kind().name(),
        "outcome": error.outcome().name(),
        "message": error.message_in(phrase),
        "hint": hint,
        "status": error.status(),
        "code": error.code(),
        "phase": error.phase().map(pinterest_sdk::Phase::name),
        "retry_after": error.retry_after().map(|wait| wait.as_secs()),
        "request_id": error.request_id(),
    })
}

/// Leaves no trace on the terminal when it is dropped.
pub(crate) struct Spinner {
    bar: ProgressBar,
    turning: Option<Turning>,
}

/// What turns it, until its sender is dropped.
struct Turning {
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

impl Spinner {
    /// Nothing is shown where standard error is no terminal, or where nothing can turn it: the
    /// bar's own ticker panics where the system has no thread left.
    fn start(what: &'static str, locked: Arc<AtomicBool>) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
            .with_style(ProgressStyle::default_spinner())
            .with_message(what);
        let turning = (!bar.is_hidden())
            .then(|| Turning::new(bar.clone(), what, locked))
            .flatten();
        if turning.is_none() {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        Self { bar, turning }
    }

    /// Hides it while something else has the terminal.
    pub(crate) fn rest<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.suspend(work)
    }
}

impl Turning {
    /// What draws is this thread alone: a terminal that takes nothing stops nobody else.
    fn new(bar: ProgressBar, what: &'static str, locked: Arc<AtomicBool>) -> Option<Self> {
        let (stop, stopped) = mpsc::channel();
        let turn = move || {
            let mut said = false;
            bar.tick();
            while stopped.recv_timeout(TURN) == Err(RecvTimeoutError::Timeout) {
                let waits = locked.load(Ordering::Relaxed);
                if waits != said {
                    said = waits;
                    bar.set_message(if waits { LOCKED } else { what });
                }
                bar.tick();
            }
            bar.finish_and_clear();
        };
        let thread = thread::Builder::new().spawn(turn).ok()?;
        Some(Self { stop, thread })
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        if let Some(Turning { stop, thread }) = self.turning.take() {
            drop(stop);
            // Nothing is drawn after it; it cannot panic.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}
