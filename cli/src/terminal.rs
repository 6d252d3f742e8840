//! The terminal as it was found: a prompt that is cut off leaves it without echo.

/// How the terminal was when the program began; nothing without one.
#[cfg(unix)]
pub(crate) struct Terminal(Option<(std::fs::File, rustix::termios::Termios)>);

#[cfg(unix)]
impl Terminal {
    pub(crate) fn found() -> Self {
        let found = || {
            let terminal = std::fs::File::open("/dev/tty").ok()?;
            let how = rustix::termios::tcgetattr(&terminal).ok()?;
            Some((terminal, how))
        };
        Self(found())
    }

    /// Makes it so again. A program in the background leaves it alone: it has another's now, and who
    /// changes it from there is stopped.
    pub(crate) fn restore(&self) {
        use rustix::termios::{OptionalActions, tcgetpgrp, tcsetattr};
        if let Some((terminal, how)) = &self.0
            && tcgetpgrp(terminal).is_ok_and(|group| group == rustix::process::getpgrp())
        {
            // It may be gone.
            let _ = tcsetattr(terminal, OptionalActions::Now, how);
        }
    }
}

/// Windows gives each window's next program what it needs.
#[cfg(not(unix))]
pub(crate) struct Terminal;

#[cfg(not(unix))]
impl Terminal {
    pub(crate) fn found() -> Self {
        Self
    }

    #[allow(clippy::unused_self)]
    pub(crate) fn restore(&self) {}
}
