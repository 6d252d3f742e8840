//! The program: starts a sandbox, prints its address, serves until it is ended.

use std::ffi::OsString;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Parser;
use tokio::runtime;
use tokio::sync::oneshot;

use crate::options::Options;
use crate::server::Sandbox;

/// Pinterest's authorization server on loopback, for tests.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// The port on loopback; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Print every address as one line of JSON.
    #[arg(long)]
    json: bool,
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
}

/// Runs the program with its arguments, the first of which is its name, and gives its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help is asked for and no failure; whoever closed the output does not want it.
            let _ = error.print();
            return if error.use_stderr() { 2 } else { 0 };
        }
    };
    let served = runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .and_then(|runtime| runtime.block_on(serve(arguments)));
    match served {
        Ok(()) => 0,
        Err(error) => {
            // Nobody may read it.
            let _ = writeln!(io::stderr(), "pinterest-sandbox: {error}");
            1
        }
    }
}

async fn serve(arguments: Arguments) -> io::Result<()> {
    let options = Options {
        port: arguments.port,
        log_limit: arguments.log_limit,
        codes: arguments.codes,
    };
    let sandbox = Sandbox::start(options)
        .await
        .map_err(|error| describe(&format!("port {}", arguments.port), &error))?;
    write(arguments.write_ca.as_deref(), sandbox.ca_pem())?;
    write(
        arguments.write_client_certificate.as_deref(),
        sandbox.client_certificate_pem(),
    )?;

    // Whoever has read the address may end the program.
    let told_to_end = told_to_end()?;
    let addresses = sandbox.addresses();
    let line = if arguments.json {
        serde_json::to_string(addresses).map_err(io::Error::other)?
    } else {
        format!("{}\n{}", addresses.http, addresses.https)
    };
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()?;
    drop(output);

    tokio::select! {
        () = told_to_end => {}
        () = stdin_closed(), if arguments.until_stdin_closes => {}
    }
    Ok(())
}

fn write(path: Option<&Path>, text: &str) -> io::Result<()> {
    match path {
        Some(path) => {
            std::fs::write(path, text).map_err(|error| describe(&path.display().to_string(), &error))
        }
        None => Ok(()),
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
    Ok(async move {
        tokio::select! {
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
