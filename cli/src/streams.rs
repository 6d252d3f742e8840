//! Standard input and output, also where they do not wait: whoever started this program shares them
//! and may have set that for itself, as Node does.

use std::io::{self, BufRead, ErrorKind, Read, StdinLock, Write as _};

#[cfg(unix)]
use anstream::{AutoStream, ColorChoice, adapter::strip_str};

/// Standard input; who reads waits until something comes, or its end.
pub(crate) struct Input(StdinLock<'static>);

impl Input {
    pub(crate) fn lock() -> Self {
        Self(io::stdin().lock())
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.0.read(buffer) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => platform::readable(&self.0)?,
                read => return read,
            }
        }
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        loop {
            match self.0.fill_buf() {
                Err(error) if error.kind() == ErrorKind::WouldBlock => platform::readable(&self.0)?,
                Err(error) => return Err(error),
                // A terminal's end is told once.
                Ok([]) => return Ok(&[]),
                Ok(_) => break,
            }
        }
        self.0.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.0.consume(bytes);
    }
}

/// Prints a text, in colours where they are seen.
pub(crate) fn print_in_colours(text: &str) -> io::Result<()> {
    #[cfg(unix)]
    return match AutoStream::choice(&io::stdout()) {
        ColorChoice::Never => print(strip_str(text).to_string().as_bytes()),
        _ => print(text.as_bytes()),
    };
    #[cfg(not(unix))]
    {
        let mut output = anstream::stdout().lock();
        output.write_all(text.as_bytes())?;
        output.flush()
    }
}

/// Writes all of it to standard output, however slowly that is read.
pub(crate) fn print(bytes: &[u8]) -> io::Result<()> {
    let mut output = platform::output();
    output.write_all(bytes)?;
    output.flush()
}

#[cfg(unix)]
mod platform {
    use std::io;
    use std::os::fd::AsFd;

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;

    /// Without the standard library's buffer, which cannot tell what of it was written.
    pub(super) struct Output(io::Stdout);

    pub(super) fn output() -> Output {
        Output(io::stdout())
    }

    impl io::Write for Output {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            loop {
                match rustix::io::write(&self.0, bytes) {
                    Err(Errno::AGAIN) => wait(&self.0, PollFlags::OUT)?,
                    written => return Ok(written?),
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    pub(super) fn readable(stream: &impl AsFd) -> io::Result<()> {
        wait(stream, PollFlags::IN)
    }

    fn wait(stream: &impl AsFd, until: PollFlags) -> io::Result<()> {
        match poll(&mut [PollFd::new(stream, until)], None) {
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Elsewhere they always wait.
#[cfg(not(unix))]
mod platform {
    use std::io;

    /// As it is.
    pub(super) fn output() -> io::Stdout {
        io::stdout()
    }

    pub(super) fn readable<T>(_: &T) -> io::Result<()> {
        Err(io::ErrorKind::WouldBlock.into())
    }
}
