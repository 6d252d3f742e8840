//! The program: starts a sandbox, prints its address, serves until it is ended.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Parser;
use tokio::runtime;
use tokio::sync::oneshot;

use crate::authority_file::AuthorityFile;
use crate::options::Options;
use crate::server::Sandbox;
use crate::{background, command, environment, front_door};

/// What a port that another program has ends with.
const PORT_IN_USE: u8 = 7;

/// Pinterest's authorization server and API on loopback, for tests.
// Each is an option of its own.
#[allow(clippy::struct_excessive_bools)]
#[derive(Parser)]
#[command(
    version,
    about = "Pinterest's authorization server and API on loopback, for tests",
    after_help = "\
Exit codes: 0 ended when asked to, 1 failed, 2 not asked for rightly, 7 the port is in use.
After `-- COMMAND` that of the command; 127 if there is none, 128 and a signal's number.

Examples:
  pinterest sandbox                   # on a terminal it says what to copy
  pinterest sandbox -- python app.py  # finds the sandbox at Pinterest's addresses
  eval \"$(pinterest sandbox --env)\"   # so does this shell, until
  kill $PINTEREST_SANDBOX_PID"
)]
struct Arguments {
    /// The port on loopback; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Print every address as one line of JSON.
    #[arg(long)]
    json: bool,
    /// Print the variables that lead programs here, for a POSIX shell, and serve in the background.
    #[arg(long, conflicts_with_all = ["json", "until_stdin_closes"])]
    env: bool,
    #[arg(long, hide = true)]
    serve_env: bool,
    /// The id and secret of the app that is there from the start.
    #[arg(long, value_name = "ID:SECRET", value_parser = app)]
    app: Option<(String, String)>,
    /// Register this redirect URI for it, before the usual ones; may be given several times.
    #[arg(long = "redirect-uri", value_name = "URI")]
    redirect_uris: Vec<String>,
    /// Write the certificate authority to trust to this file (PEM).
    #[arg(long, value_name = "FILE")]
    write_ca: Option<PathBuf>,
    /// Write a client certificate with its key to this file (PEM).
    #[arg(long, value_name = "FILE")]
    write_client_certificate: Option<PathBuf>,
    /// How many requests to remember.
    #[arg(long, default_value_t = 100_000)]
    log_limit: usize,
    /// Issue this code for the first app; may be given several times.
    #[arg(long = "code", value_name = "CODE")]
    codes: Vec<String>,
    /// End when standard input does.
    #[arg(long)]
    until_stdin_closes: bool,
    /// Run this command where it finds the sandbox instead of Pinterest, and end with it.
    #[arg(last = true, value_name = "COMMAND", conflicts_with_all = ["json", "env", "until_stdin_closes"])]
    command: Vec<OsString>,
}

fn app(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once(':') {
        Some((id, secret)) if !id.is_empty() && !secret.is_empty() => Ok((id.into(), secret.into())),
        _ => Err("it is an app's id and secret with a colon between them"),
    }
}

/// Runs the program with its arguments, the first of which is its name, and gives its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let raw: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&raw) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help is asked for and no failure; whoever closed the output does not want it.
            let _ = error.print();
            return if error.use_stderr() { 2 } else { 0 };
        }
    };
    let ended = if arguments.env {
        background::start(&raw)
    } else {
        runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .and_then(|runtime| runtime.block_on(serve(arguments)))
    };
    match ended {
        Ok(code) => code,
        Err(error) => {
            // Nobody may read it.
            let _ = writeln!(io::stderr(), "pinterest-sandbox: {error}");
            if error.kind() == io::ErrorKind::AddrInUse {
                PORT_IN_USE
            } else {
                1
            }
        }
    }
}

fn options(arguments: &mut Arguments) -> Options {
    let mut options = Options {
        port: arguments.port,
        log_limit: arguments.log_limit,
        codes: std::mem::take(&mut arguments.codes),
        ..Options::default()
    };
    options
        .redirect_uris
        .splice(0..0, std::mem::take(&mut arguments.redirect_uris));
    if let Some(app) = arguments.app.take() {
        (options.app_id, options.app_secret) = app;
    }
    options
}

async fn serve(mut arguments: Arguments) -> io::Result<u8> {
    let options = options(&mut arguments);
    let sandbox = Sandbox::start(options.clone())
        .await
        .map_err(|error| describe(&port(arguments.port, &error), &error))?;
    if let Some(path) = &arguments.write_client_certificate {
        std::fs::write(path, sandbox.client_certificate_pem())
            .map_err(|error| describe(&path.display().to_string(), &error))?;
    }
    let runs_command = !arguments.command.is_empty();
    let is_plain = !arguments.json && !arguments.serve_env && !runs_command;
    let greets = is_plain && io::stdout().is_terminal();
    // A program takes its authorities by the name of a file.
    let authority = if greets || arguments.serve_env || runs_command || arguments.write_ca.is_some() {
        let written = AuthorityFile::write(arguments.write_ca.as_deref(), sandbox.ca_pem());
        let named = arguments.write_ca.as_ref();
        let name = named.map_or_else(
            || "the certificate authority".into(),
            |path| path.display().to_string(),
        );
        Some(written.map_err(|error| describe(&name, &error))?)
    } else {
        None
    };
    let ca = authority.as_ref().map_or(Path::new(""), AuthorityFile::path);
    let addresses = sandbox.addresses();
    let mut variables = environment::of_app(&options, addresses);
    variables.extend(environment::of_proxy(addresses, ca));
    if runs_command {
        if io::stderr().is_terminal() {
            // The command's output is its own.
            eprintln!(
                "pinterest-sandbox: the dashboard is at {}/_sandbox/",
                addresses.http
            );
        }
        return command::run(&arguments.command, &variables).await;
    }

    // Whoever has read the address may end the program.
    let told_to_end = told_to_end()?;
    let text = if arguments.json {
        serde_json::to_string(addresses).map_err(io::Error::other)?
    } else if arguments.serve_env {
        // First: the shell may have another app's.
        format!(
            "unset {}\n{}",
            environment::REDIRECT_URI,
            environment::exports(&variables)
        )
    } else if greets {
        front_door::text(&options, addresses, ca)
    } else {
        format!("{}\n{}", addresses.http, addresses.https)
    };
    let mut output = io::stdout().lock();
    writeln!(output, "{text}")?;
    output.flush()?;
    drop(output);

    tokio::select! {
        () = told_to_end => {}
        () = stdin_closed(), if arguments.until_stdin_closes => {}
    }
    Ok(0)
}

/// What to call a port that could not be had, and what to do.
fn port(port: u16, error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::AddrInUse && port != 0 {
        format!("port {port} is another program's (name another with --port, or none for a free one)")
    } else {
        format!("port {port}")
    }
}

fn describe(what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{what}: {error}"))
}

/// A thread of its own: the runtime waits for its blocking reads, and would not end before the input.
async fn stdin_closed() {
    let (closed, heard) = oneshot::channel();
    std::thread::spawn(move || {
        let mut ignored = [0; 256];
        let mut input = io::stdin().lock();
        while matches!(input.read(&mut ignored), Ok(read) if read > 0) {}
        // Nobody hears it if the program is ending for another reason.
        let _ = closed.send(());
    });
    let _ = heard.await;
}

/// Heeds signals from now on; the future ends with the first that asks the program to.
#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    // A terminal that closes.
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = hangup.recv() => {}
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without signals there is nothing to wait for but the input.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
