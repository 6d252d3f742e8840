//! Standard input and output as streams of bytes, each on a thread: whoever shares them may have set them not to wait, and
//! may not read what is written.

use std::io::{self, Read as _};
use std::thread;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::lines::Lines;
use crate::streams::{self, Input};

/// Bytes on their way.
const ROOM: usize = 64 << 10;

/// Both streams, and what tells when each has ended.
pub(super) struct Pipes {
    pub(super) input: DuplexStream,
    pub(super) output: DuplexStream,
    /// When the client has closed standard input.
    pub(super) closed: oneshot::Receiver<()>,
    /// When all that was written has been printed, or cannot be.
    pub(super) printed: oneshot::Receiver<io::Result<()>>,
}

impl Pipes {
    /// Begins to read. Needs the context of a runtime. The threads end with the program.
    pub(super) fn open() -> io::Result<Self> {
        let ((input, read), (output, written)) = (duplex(ROOM), duplex(ROOM));
        let (close, closed) = oneshot::channel();
        let (print, printed) = oneshot::channel();
        let runtime = Handle::current();
        let reading = runtime.clone();
        thread::Builder::new().spawn(move || {
            read_all(&reading, read);
            // Nobody may wait for it.
            let _ = close.send(());
        })?;
        thread::Builder::new().spawn(move || {
            let _ = print.send(print_all(&runtime, written));
        })?;
        Ok(Self {
            input,
            output,
            closed,
            printed,
        })
    }
}

/// Until the end of standard input, or until nobody reads.
fn read_all(runtime: &Handle, mut into: DuplexStream) {
    let mut bytes = vec![0; ROOM];
    let mut lines = Lines::default();
    while let Ok(count @ 1..) = Input::lock().read(&mut bytes) {
        let part = lines.take(bytes.get(..count).unwrap_or_default());
        if runtime.block_on(into.write_all(&part)).is_err() {
            return;
        }
    }
    // Whoever reads has gone, or it is no message.
    let _ = runtime.block_on(into.write_all(&lines.rest()));
}

fn print_all(runtime: &Handle, mut from: DuplexStream) -> io::Result<()> {
    let mut bytes = vec![0; ROOM];
    while let count @ 1.. = runtime.block_on(from.read(&mut bytes))? {
        streams::print(bytes.get(..count).unwrap_or_default())?;
    }
    Ok(())
}
