//! The thread that requests run on: started with the first call, kept until the process ends.

use std::future::Future;
use std::io;
use std::sync::OnceLock;

use pinterest_sdk::Error;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use crate::error::NativeError;

/// One carries over 20,000 calls a second; with two, each call hops between them and takes longer.
const THREADS: usize = 1;

static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();

/// Runs a call to its end on our own thread. Whoever waits is woken once, when there is a result:
/// each waking crosses into the virtual machine. Dropping the future ends the call.
///
/// # Errors
///
/// The call's own; `Unexpected` if it panicked or the thread could not be started.
pub(crate) async fn run<T: Send + 'static>(
    call: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, NativeError> {
    let mut task = EndsWithItsWaiter(runtime()?.spawn(call));
    match (&mut task.0).await {
        Ok(result) => Ok(result?),
        Err(_) => Err(panicked()),
    }
}

/// Starts it the first time.
///
/// # Errors
///
/// `Unexpected` if the system gives no thread.
#[allow(clippy::result_large_err)] // It crosses the border field by field; a box would not.
pub(crate) fn runtime() -> Result<&'static Runtime, NativeError> {
    RUNTIME
        .get_or_init(|| {
            Builder::new_multi_thread()
                .worker_threads(THREADS)
                .thread_name("pinterest-sdk")
                .enable_all()
                .build()
        })
        .as_ref()
        .map_err(|error| NativeError::unexpected(format!("the SDK's thread cannot be started: {error}")))
}

/// The panic's own text is left out: it may quote anything.
pub(crate) fn panicked() -> NativeError {
    NativeError::unexpected("the SDK's native code panicked")
}

struct EndsWithItsWaiter<T>(JoinHandle<T>);

impl<T> Drop for EndsWithItsWaiter<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::sync::mpsc;
    use std::task::{Context, Waker};
    use std::time::Duration;

    use super::{Builder, NativeError, run};

    #[test]
    fn a_panic_becomes_an_error_that_does_not_quote_it() {
        let call = run(async { panic!("canary") });
        let waiter = Builder::new_current_thread().build().unwrap();
        let result: Result<(), _> = waiter.block_on(call);
        let Err(NativeError::Unexpected { text }) = result else {
            panic!("not `Unexpected`: {result:?}");
        };
        assert!(text.contains("panicked") && !text.contains("canary"), "{text}");
    }

    #[test]
    fn dropping_the_future_ends_the_call() {
        struct Signal(mpsc::Sender<()>);
        impl Drop for Signal {
            fn drop(&mut self) {
                self.0.send(()).unwrap();
            }
        }
        let (sender, ended) = mpsc::channel();
        let signal = Signal(sender);
        let mut waiting = Box::pin(run(async move {
            let _signal = signal;
            pending::<Result<(), _>>().await
        }));
        let mut context = Context::from_waker(Waker::noop());
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        assert!(ended.recv_timeout(Duration::from_millis(50)).is_err());
        drop(waiting);
        ended.recv_timeout(Duration::from_secs(5)).unwrap();
    }
}
