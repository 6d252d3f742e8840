//! Being asked to end: ends the command at once, but does not come between a request for a token
//! and its place on the disk.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use tokio::runtime;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

use super::failure::Failure;
use super::signals::{Signal, Signals};
use super::terminal::Terminal;

/// Signals so near to each other are one: a terminal, a starter and npm each pass the same Ctrl-C
/// on, and systemd sends SIGHUP after SIGTERM. It is also how long the work has to end by itself.
const TOGETHER: Duration = Duration::from_millis(100);
/// How long last words may take to be said; a reader may have stopped.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// Whether the program was asked to end, and whether that has to wait.
#[derive(Clone)]
pub(crate) struct Interruption(Arc<State>);

struct State {
    must_finish: AtomicBool,
    /// A part of the work ends by itself when the program is asked to: see [`Interruption::part`].
    in_part: AtomicBool,
    asked: watch::Sender<Option<Signal>>,
    /// Asked again: nothing has to be finished any more.
    insisted: AtomicBool,
    /// Somebody is ending the program already, and says how.
    ending: AtomicBool,
}

impl Default for Interruption {
    fn default() -> Self {
        Self(Arc::new(State {
            must_finish: AtomicBool::new(false),
            in_part: AtomicBool::new(false),
            asked: watch::Sender::new(None),
            insisted: AtomicBool::new(false),
            ending: AtomicBool::new(false),
        }))
    }
}

impl Interruption {
    /// Set while a stop would lose a token.
    pub(crate) fn must_finish(&self) -> &AtomicBool {
        &self.0.must_finish
    }

    /// Sets [`must_finish`](Self::must_finish) until it is dropped.
    pub(crate) fn finishing(&self) -> Finishing<'_> {
        self.0.must_finish.store(true, Ordering::Relaxed);
        Finishing(&self.0.must_finish)
    }

    /// Hears from now on what asks the program to end, on a thread of its own: it ends the program
    /// even while the command waits for an input or an output that never comes. `last_words` are
    /// said in that case.
    pub(crate) fn listen(&self, last_words: impl Fn(&Failure) + Send + 'static) -> io::Result<()> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let signals = {
            let _context = runtime.enter();
            Signals::new()?
        };
        let (interruption, terminal) = (self.clone(), Terminal::found());
        thread::Builder::new().spawn(move || {
            let signal = runtime.block_on(interruption.wait(signals));
            interruption.end(signal, &terminal, last_words);
        })?;
        Ok(())
    }

    /// Until the program is to be ended although the command goes on: it is asked again, or does not
    /// end although it may.
    async fn wait(&self, mut signals: Signals) -> Signal {
        let first = signals.next().await;
        self.0.asked.send_replace(Some(first));
        let together = Instant::now() + TOGETHER;
        while timeout_at(together, signals.next()).await.is_ok() {}
        tokio::select! {
            again = signals.next() => {
                self.0.insisted.store(true, Ordering::Relaxed);
                self.0.asked.send_replace(Some(again));
                sleep(TOGETHER).await;
                again
            }
            () = self.stuck() => first,
        }
    }

    /// Until nothing has to be finished, and for so long that the command would have ended by itself.
    async fn stuck(&self) {
        let mut stood = false;
        loop {
            let stands = !self.0.must_finish.load(Ordering::Relaxed);
            if stood && stands {
                return;
            }
            stood = stands;
            sleep(TOGETHER).await;
        }
    }

    fn end(&self, signal: Signal, terminal: &Terminal, last_words: impl Fn(&Failure) + Send + 'static) {
        let failure = Failure::Interrupted(signal);
        let code = failure.exit_code();
        if self.0.ending.swap(true, Ordering::Relaxed) {
            // The command has ended, and may be saying so.
            thread::sleep(LAST_WORDS);
        } else {
            terminal.restore();
            let (said, heard) = mpsc::channel();
            let saying = thread::Builder::new().spawn(move || {
                last_words(&failure);
                // Nobody waits for it any more.
                let _ = said.send(());
            });
            if saying.is_ok() {
                let _ = heard.recv_timeout(LAST_WORDS);
            }
        }
        process::exit(code.into());
    }

    /// Works until the work is done or the program is asked to end. Dropping the work frees ports and
    /// ends requests.
    pub(crate) async fn watch<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let result = self
            .until(
                || self.due().filter(|_| !self.0.in_part.load(Ordering::Relaxed)),
                pin!(work),
            )
            .await;
        if self.0.ending.swap(true, Ordering::Relaxed) {
            // Its last words are being said; then the program ends.
            loop {
                thread::park();
            }
        }
        result
    }

    /// A part of the work, after which something is done however it ends: asked to end, the program goes on behind it.
    pub(crate) async fn part<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        self.0.in_part.store(true, Ordering::Relaxed);
        let _part = Finishing(&self.0.in_part);
        self.until(|| self.due(), work).await
    }

    /// Works until the work is done or the program is to end.
    async fn until<T>(
        &self,
        due: impl Fn() -> Option<Signal>,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let (mut work, mut asked) = (pin!(work), self.0.asked.subscribe());
        let mut told = pin!(async move {
            // The sender lives as long as this.
            while asked.changed().await.is_ok() {}
        });
        poll_fn(|context| {
            // Only to be woken.
            let _: Poll<()> = told.as_mut().poll(context);
            if let Some(signal) = due() {
                return Poll::Ready(Err(Failure::Interrupted(signal)));
            }
            if let Poll::Ready(result) = work.as_mut().poll(context) {
                return Poll::Ready(result);
            }
            // What must be finished may be finished now.
            due().map_or(Poll::Pending, |signal| {
                Poll::Ready(Err(Failure::Interrupted(signal)))
            })
        })
        .await
    }

    /// What the program was asked, if nothing has to be finished before.
    fn due(&self) -> Option<Signal> {
        let insisted = self.0.insisted.load(Ordering::Relaxed);
        if self.0.must_finish.load(Ordering::Relaxed) && !insisted {
            return None;
        }
        *self.0.asked.borrow()
    }

    /// Does this part of the work; whoever wanted to stop meanwhile gets no result, but hears of a
    /// failure.
    pub(crate) async fn unless_wanted<T, E>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Failure>
    where
        Failure: From<E>,
    {
        let result = work.await?;
        match *self.0.asked.borrow() {
            Some(signal) => Err(Failure::Interrupted(signal)),
            None => Ok(result),
        }
    }
}

/// As long as this lives a stop waits, or ends a part of the work first.
pub(crate) struct Finishing<'a>(&'a AtomicBool);

impl Drop for Finishing<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::runtime::Builder;
    use tokio::time::{Instant, timeout};

    use super::{Interruption, TOGETHER};

    #[test]
    fn the_work_has_a_moment_to_end_by_itself() {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let interruption = Interruption::default();
        runtime.block_on(async {
            let started = Instant::now();
            interruption.stuck().await;
            assert!(started.elapsed() >= TOGETHER);
            let finishing = interruption.finishing();
            let waits = timeout(Duration::from_millis(500), interruption.stuck());
            assert!(waits.await.is_err(), "something has to be finished");
            drop(finishing);
            interruption.stuck().await;
        });
    }
}
