//! Outcomes and words that wait for a JavaScript thread, which is woken once for all of a batch.

use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use napi::bindgen_prelude::{Function, Result};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use crate::answer_json::{ENDED, Text};
use crate::lock::lock;

/// Wakes the JavaScript thread, which then takes every outcome that waits. As long as there is one, the
/// process does not end by itself.
type Wake = ThreadsafeFunction<(), (), (String,), napi::Status, false>;

/// Stands in a call's place before what is no outcome.
const NO_CALL: u32 = 0;

/// Outcomes that JavaScript has not taken yet, and the calls that are under way.
#[derive(Default)]
pub(crate) struct Mailbox {
    waiting: Mutex<Waiting>,
    running: Mutex<HashMap<u32, AbortHandle>>,
    /// There while calls are pending: a program that is idle has no open handle.
    wake: Mutex<Option<Wake>>,
}

#[derive(Default)]
struct Waiting {
    /// An open JSON array: number, outcome, number, outcome …
    text: Text,
    numbers: Vec<u32>,
}

impl Mailbox {
    /// Readies it for a call. `deliver` finds the function that outcomes are handed to.
    pub(crate) fn open<'env>(
        self: &Arc<Self>,
        deliver: impl FnOnce() -> Result<Function<'env, (String,), ()>>,
    ) -> Result<()> {
        let mut wake = lock(&self.wake);
        if wake.is_none() {
            // Of calls that were dropped: nobody waits for them.
            self.forget_waiting();
            let source = Arc::clone(self);
            let function = deliver()?;
            let function = function.build_threadsafe_function::<()>();
            *wake = Some(function.build_callback(move |_| Ok((source.take(),)))?);
        }
        Ok(())
    }

    /// Lets the process end: no call is pending.
    pub(crate) fn close(&self) {
        let wake = lock(&self.wake).take();
        drop(wake);
        self.forget_waiting();
    }

    /// What will deliver a call's outcome.
    pub(crate) fn ticket(self: &Arc<Self>, number: u32) -> Ticket {
        Ticket {
            number,
            mailbox: Arc::clone(self),
            outcome: Text::new(ENDED.to_owned()),
        }
    }

    /// A word, as JSON, that is no call's outcome; false if the thread does not listen, as while it has no
    /// call pending.
    pub(crate) fn post(self: &Arc<Self>, word: &str) -> bool {
        let listens = lock(&self.wake).is_some();
        if listens && self.add(NO_CALL, word) {
            self.wake_soon();
        }
        listens
    }

    /// Wakes JavaScript for what waits.
    fn wake_soon(self: &Arc<Self>) {
        let alarm = Alarm(Arc::clone(self));
        if let Ok(runtime) = Handle::try_current() {
            // Whatever else is ready to run may end as well, and then comes along.
            runtime.spawn(async move {
                behind_the_others().await;
                drop(alarm);
            });
        }
    }

    pub(crate) fn running(&self, number: u32, task: AbortHandle) {
        lock(&self.running).insert(number, task);
    }

    /// Ends a call. Its outcome is delivered even so.
    pub(crate) fn cancel(&self, number: u32) {
        if let Some(task) = lock(&self.running).remove(&number) {
            task.abort();
        }
    }

    pub(crate) fn cancel_all(&self) {
        for (_, task) in lock(&self.running).drain() {
            task.abort();
        }
    }

    /// Adds an outcome; true if none was waiting, so that JavaScript must be woken.
    fn add(&self, number: u32, outcome: &str) -> bool {
        let mut waiting = lock(&self.waiting);
        let first = waiting.numbers.is_empty();
        waiting.numbers.push(number);
        waiting.text.push(if first { '[' } else { ',' });
        waiting.text.push_str(&number.to_string());
        waiting.text.push(',');
        waiting.text.push_str(outcome);
        first
    }

    /// Takes what waits, as a JSON array.
    fn take(&self) -> String {
        let mut waiting = self.forget_waiting();
        if waiting.numbers.is_empty() {
            return "[]".to_owned();
        }
        waiting.text.push(']');
        // From here on the text is JavaScript's, which has no means to wipe it.
        std::mem::take(&mut *waiting.text)
    }

    fn forget_waiting(&self) -> Waiting {
        let waiting = std::mem::take(&mut *lock(&self.waiting));
        let mut running = lock(&self.running);
        for number in &waiting.numbers {
            running.remove(number);
        }
        waiting
    }
}

/// Delivers one outcome whatever happens to its call, a panic included: no promise stays pending.
pub(crate) struct Ticket {
    number: u32,
    mailbox: Arc<Mailbox>,
    outcome: Text,
}

impl Ticket {
    pub(crate) fn deliver(mut self, outcome: Text) {
        self.outcome = outcome;
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if self.mailbox.add(self.number, &self.outcome) {
            self.mailbox.wake_soon();
        }
    }
}

/// Wakes JavaScript when it is dropped, be it because the runtime ends.
struct Alarm(Arc<Mailbox>);

impl Drop for Alarm {
    fn drop(&mut self) {
        if let Some(wake) = &*lock(&self.0.wake) {
            // Fails only while the thread is ending, when nobody waits.
            wake.call((), ThreadsafeFunctionCallMode::NonBlocking);
        }
    }
}

/// Lets every task run that is ready now. Unlike tokio's own, it does not look for more first, which
/// would be a system call.
async fn behind_the_others() {
    let mut waited = false;
    poll_fn(|context| {
        if waited {
            return Poll::Ready(());
        }
        waited = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
