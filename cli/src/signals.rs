//! How a program is asked to end: by a key, by another program, by a terminal that closes.

use std::future::poll_fn;
use std::io;
use std::task::{Context, Poll};

/// One way of being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Signal(u8);

impl Signal {
    /// Ctrl-C.
    pub(crate) const INTERRUPT: Self = Self(2);

    /// What shells give for a program that a signal ended.
    pub(crate) fn exit_code(self) -> u8 {
        self.0.saturating_add(128)
    }
}

/// Heard from now on, instead of ending the program.
pub(crate) struct Signals(Vec<(Signal, platform::Stream)>);

impl Signals {
    /// Needs the context of a runtime. What the program was started to ignore, it goes on to ignore:
    /// `nohup` relies on it.
    pub(crate) fn new() -> io::Result<Self> {
        let ignored = platform::ignored();
        platform::streams(|signal| ignored >> (signal.0 - 1) & 1 == 1).map(Self)
    }

    /// The next one. Waits for ever if there is none.
    pub(crate) async fn next(&mut self) -> Signal {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Signal> {
        for (signal, stream) in &mut self.0 {
            if let Poll::Ready(Some(())) = stream.poll_recv(context) {
                return Poll::Ready(*signal);
            }
        }
        Poll::Pending
    }
}

#[cfg(unix)]
mod platform {
    use std::io;

    use rustix::process::Signal as Kind;
    pub(super) use tokio::signal::unix::Signal as Stream;
    use tokio::signal::unix::{SignalKind, signal};

    use super::Signal;

    /// Those that end a program unless it hears them: whoever sends one asks for that. Left out are
    /// SIGKILL, which nobody hears, and what the processor sends to a program that is broken
    /// (SIGILL, SIGBUS, SIGFPE, SIGSEGV): it would be sent again and again.
    const ENDING: &[Kind] = &[
        Kind::INT,
        Kind::TERM,
        Kind::HUP,
        Kind::QUIT,
        Kind::ALARM,
        Kind::USR1,
        Kind::USR2,
        // The C library's `abort` ends the program all the same.
        Kind::ABORT,
        Kind::VTALARM,
        Kind::PROF,
        Kind::XCPU,
        Kind::XFSZ,
        Kind::SYS,
        // Elsewhere it is what a broken program gets.
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Kind::TRAP,
        #[cfg(target_os = "linux")]
        Kind::IO,
        #[cfg(target_os = "linux")]
        Kind::POWER,
        #[cfg(all(target_os = "linux", not(any(target_arch = "mips", target_arch = "mips64"))))]
        Kind::STKFLT,
    ];

    /// Real-time signals, which only Linux has as numbers for all; the C library keeps the first ones
    /// for itself.
    #[cfg(target_os = "linux")]
    const REAL_TIME: std::ops::RangeInclusive<u8> = 32..=64;
    #[cfg(not(target_os = "linux"))]
    const REAL_TIME: std::ops::Range<u8> = 0..0;

    /// A stream of each that the program was not started to ignore.
    pub(super) fn streams(is_ignored: impl Fn(Signal) -> bool) -> io::Result<Vec<(Signal, Stream)>> {
        let heard = |of_kind: Signal| Ok((of_kind, signal(SignalKind::from_raw(of_kind.0.into()))?));
        let ending = ENDING
            .iter()
            .filter_map(|kind| u8::try_from(kind.as_raw()).ok().map(Signal));
        let mut streams: Vec<_> = ending
            .filter(|kind| !is_ignored(*kind))
            .map(heard)
            .collect::<io::Result<_>>()?;
        let real_time = REAL_TIME.map(Signal).filter(|kind| !is_ignored(*kind));
        // What cannot be heard is the C library's; tokio has no place for the very last either.
        streams.extend(real_time.filter_map(|kind| heard(kind).ok()));
        Ok(streams)
    }

    /// What the program was started to ignore, one bit a signal. Only Linux tells.
    pub(super) fn ignored() -> u64 {
        std::fs::read_to_string("/proc/self/status")
            .ok()
            .and_then(|status| {
                let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
                u64::from_str_radix(line.trim(), 16).ok()
            })
            .unwrap_or_default()
    }
}

#[cfg(windows)]
mod platform {
    use std::io;
    use std::task::{Context, Poll};

    use tokio::signal::windows::{
        CtrlBreak, CtrlC, CtrlClose, CtrlLogoff, CtrlShutdown, ctrl_break, ctrl_c, ctrl_close, ctrl_logoff,
        ctrl_shutdown,
    };

    use super::Signal;

    pub(super) enum Stream {
        C(CtrlC),
        Break(CtrlBreak),
        Close(CtrlClose),
        Logoff(CtrlLogoff),
        Shutdown(CtrlShutdown),
    }

    impl Stream {
        pub(super) fn poll_recv(&mut self, context: &mut Context<'_>) -> Poll<Option<()>> {
            match self {
                Self::C(stream) => stream.poll_recv(context),
                Self::Break(stream) => stream.poll_recv(context),
                Self::Close(stream) => stream.poll_recv(context),
                Self::Logoff(stream) => stream.poll_recv(context),
                Self::Shutdown(stream) => stream.poll_recv(context),
            }
        }
    }

    /// Numbered as elsewhere: a closed window hangs up, the end of a session terminates. Windows
    /// itself ends a program some seconds after these.
    pub(super) fn streams(_is_ignored: impl Fn(Signal) -> bool) -> io::Result<Vec<(Signal, Stream)>> {
        Ok(vec![
            (Signal::INTERRUPT, Stream::C(ctrl_c()?)),
            (Signal::INTERRUPT, Stream::Break(ctrl_break()?)),
            (Signal(1), Stream::Close(ctrl_close()?)),
            (Signal(15), Stream::Logoff(ctrl_logoff()?)),
            (Signal(15), Stream::Shutdown(ctrl_shutdown()?)),
        ])
    }

    /// Tokio's handlers come before whatever was inherited.
    pub(super) fn ignored() -> u64 {
        0
    }
}
