//! A sandbox that goes on by itself, for a shell that evaluates what is printed, as `ssh-agent` does.

use std::ffi::OsString;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};

/// What asks a program for the variables, and then to serve. Not for people.
pub(crate) const SERVE: &str = "--serve-env";

/// Starts this program once more with `arguments`, the first of which is its name with its subcommand,
/// prints the variables that the new one says, and leaves it running; or gives its exit code if it
/// does not come up.
pub(crate) fn start(arguments: &[OsString]) -> io::Result<u8> {
    let (name, options) = arguments.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let name = name.to_string_lossy();
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args(name.split(' ').skip(1))
        .args(options.iter().filter(|option| *option != "--env"))
        .arg(SERVE)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        // Whoever waits for the end of this program's output does not wait for the other's.
        .stderr(Stdio::piped());
    // Ctrl-C in the shell is not meant for it.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    let mut said = Vec::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            match line? {
                end if end.is_empty() => break,
                line => said.push(line),
            }
        }
    }
    if said.is_empty() {
        let mut why = String::new();
        if let Some(mut errors) = child.stderr.take() {
            errors.read_to_string(&mut why)?;
        }
        io::stderr().write_all(why.as_bytes())?;
        return Ok(child
            .wait()?
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .unwrap_or(1));
    }
    said.push(format!("export PINTEREST_SANDBOX_PID={}", child.id()));
    writeln!(io::stdout(), "{}", said.join("\n"))?;
    Ok(0)
}
