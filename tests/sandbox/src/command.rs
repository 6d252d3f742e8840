//! A command that runs inside the sandbox, and is heard while it does.

use std::ffi::OsString;
use std::io;
use std::process::{Child, Command, ExitStatus};

use tokio::sync::oneshot;

use crate::environment::{REDIRECT_URI, Variables};

/// As shells have it: there is no such command, or it cannot be run.
const NOT_FOUND: u8 = 127;
const NOT_RUN: u8 = 126;

/// Runs a command with these variables added, passes on what asks it to end, and gives its exit code:
/// 128 and the signal's number if a signal ended it.
pub(crate) async fn run(command: &[OsString], variables: &Variables) -> io::Result<u8> {
    let Some((program, arguments)) = command.split_first() else {
        return Ok(NOT_FOUND);
    };
    // Before it starts, so that none that comes early is lost.
    let mut signals = signals::Signals::listen()?;
    let started = Command::new(program)
        .args(arguments)
        .env_remove(REDIRECT_URI)
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .spawn();
    let child = match started {
        Ok(child) => child,
        Err(error) => {
            eprintln!("pinterest-sandbox: {}: {error}", program.display());
            let is_missing = error.kind() == io::ErrorKind::NotFound;
            return Ok(if is_missing { NOT_FOUND } else { NOT_RUN });
        }
    };
    let target = signals::Target::of(&child);
    let mut end = ended(child);
    loop {
        tokio::select! {
            biased;
            status = &mut end => {
                let status = status.map_err(io::Error::other)??;
                return Ok(code(status));
            }
            signal = signals.next() => target.send(signal),
        }
    }
}

/// A thread of its own: the runtime waits for its blocking calls, and would not end before the child.
fn ended(mut child: Child) -> oneshot::Receiver<io::Result<ExitStatus>> {
    let (tell, heard) = oneshot::channel();
    std::thread::spawn(move || {
        // Nobody hears it if the program is ending for another reason.
        let _ = tell.send(child.wait());
    });
    heard
}

fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(128 + signal).unwrap_or(u8::MAX);
    }
    // What does not fit is a failure all the same.
    status.code().map_or(1, |code| u8::try_from(code).unwrap_or(1))
}

#[cfg(unix)]
mod signals {
    use std::fs::File;
    use std::io;
    use std::process::Child;

    use rustix::process::{Pid, Signal, getpgrp, kill_process};
    use rustix::termios::tcgetpgrp;
    use tokio::signal::unix::{self, SignalKind};

    pub(super) struct Signals {
        interrupt: unix::Signal,
        quit: unix::Signal,
        terminate: unix::Signal,
        hangup: unix::Signal,
        first: unix::Signal,
        second: unix::Signal,
    }

    impl Signals {
        pub(super) fn listen() -> io::Result<Self> {
            Ok(Self {
                interrupt: unix::signal(SignalKind::interrupt())?,
                quit: unix::signal(SignalKind::quit())?,
                terminate: unix::signal(SignalKind::terminate())?,
                hangup: unix::signal(SignalKind::hangup())?,
                first: unix::signal(SignalKind::user_defined1())?,
                second: unix::signal(SignalKind::user_defined2())?,
            })
        }

        pub(super) async fn next(&mut self) -> Signal {
            tokio::select! {
                _ = self.interrupt.recv() => Signal::INT,
                _ = self.quit.recv() => Signal::QUIT,
                _ = self.terminate.recv() => Signal::TERM,
                _ = self.hangup.recv() => Signal::HUP,
                _ = self.first.recv() => Signal::USR1,
                _ = self.second.recv() => Signal::USR2,
            }
        }
    }

    pub(super) struct Target(Pid);

    impl Target {
        pub(super) fn of(child: &Child) -> Self {
            Self(Pid::from_child(child))
        }

        pub(super) fn send(&self, signal: Signal) {
            // A terminal's keys reach every process in its foreground, the command as well.
            if [Signal::INT, Signal::QUIT].contains(&signal) && is_in_foreground() {
                return;
            }
            // It may have ended just now.
            let _ = kill_process(self.0, signal);
        }
    }

    fn is_in_foreground() -> bool {
        File::open("/dev/tty").is_ok_and(|terminal| tcgetpgrp(terminal).is_ok_and(|group| group == getpgrp()))
    }
}

#[cfg(not(unix))]
mod signals {
    use std::io;
    use std::process::Child;

    /// A console's keys reach every process of it; there is nothing to pass on, but not to end by.
    pub(super) struct Signals;

    impl Signals {
        // Listening may fail elsewhere.
        #[allow(clippy::unnecessary_wraps)]
        pub(super) fn listen() -> io::Result<Self> {
            Ok(Self)
        }

        pub(super) async fn next(&mut self) {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    pub(super) struct Target;

    impl Target {
        pub(super) fn of(_: &Child) -> Self {
            Self
        }

        pub(super) fn send(&self, (): ()) {}
    }
}
