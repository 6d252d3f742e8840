//! Calls come in one by one, from whichever thread makes them; what became of them goes out in batches, to one
//! thread of the virtual machine. That thread also makes the calls: nothing of ours runs while it is away, and
//! no thread but those that the virtual machine made itself ever enters it.

use std::collections::{HashMap, VecDeque};
use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

use tokio::runtime::{Builder, Runtime};
use tokio::task::AbortHandle;

/// The process's queue, once somebody takes from it.
pub(crate) static QUEUE: OnceLock<CallQueue> = OnceLock::new();

/// A call, up to its outcome's bytes.
pub(crate) type Call = Pin<Box<dyn Future<Output = Vec<u8>> + Send>>;

/// What became of a call; without bytes it was cancelled.
#[derive(Debug, PartialEq)]
pub(crate) struct Ended {
    pub(crate) call: u64,
    pub(crate) outcome: Option<Vec<u8>>,
}

enum Order {
    Begin(u64, Call),
    Cancel(u64),
}

#[derive(Default)]
struct State {
    orders: Vec<Order>,
    running: HashMap<u64, AbortHandle>,
    ended: VecDeque<Ended>,
    /// Wakes the thread that takes outcomes; absent while it is awake.
    waker: Option<Waker>,
}

/// See the module.
pub(crate) struct CallQueue {
    runtime: Runtime,
    state: Arc<Mutex<State>>,
    /// The outcome of a call that panicked.
    panicked: fn() -> Vec<u8>,
}

impl CallQueue {
    /// # Errors
    ///
    /// The system's, if it has no more files to give.
    pub(crate) fn new(panicked: fn() -> Vec<u8>) -> io::Result<Self> {
        Ok(Self {
            runtime: Builder::new_current_thread().enable_all().build()?,
            state: Arc::default(),
            panicked,
        })
    }

    /// Takes a call. Every number comes back once, from [`take`](Self::take).
    pub(crate) fn begin(&self, number: u64, call: Call) {
        self.order(Order::Begin(number, call));
    }

    /// Drops a call, if it has not ended.
    pub(crate) fn cancel(&self, number: u64) {
        self.order(Order::Cancel(number));
    }

    /// Hands out something that is no outcome, under a number that no call has.
    pub(crate) fn send(&self, number: u64, bytes: Vec<u8>) {
        let mut state = lock(&self.state);
        state.ended.push_back(Ended {
            call: number,
            outcome: Some(bytes),
        });
        wake(state);
    }

    /// Makes calls until some have ended, and gives those, `most` of them. For one thread at a time.
    pub(crate) fn take(&self, most: usize) -> Vec<Ended> {
        self.runtime.block_on(poll_fn(|context| self.turn(context, most)))
    }

    fn order(&self, order: Order) {
        let mut state = lock(&self.state);
        state.orders.push(order);
        wake(state);
    }

    fn turn(&self, context: &Context<'_>, most: usize) -> Poll<Vec<Ended>> {
        let mut state = lock(&self.state);
        while !state.orders.is_empty() {
            let orders = std::mem::take(&mut state.orders);
            drop(state); // A call that is dropped asks for it.
            for order in orders {
                self.follow(order);
            }
            state = lock(&self.state);
        }
        if state.ended.is_empty() {
            state.waker = Some(context.waker().clone());
            return Poll::Pending;
        }
        let count = most.min(state.ended.len());
        Poll::Ready(state.ended.drain(..count).collect())
    }

    fn follow(&self, order: Order) {
        match order {
            Order::Begin(number, call) => {
                let mut running = Running {
                    ended: Some(Ended {
                        call: number,
                        outcome: None,
                    }),
                    state: Arc::clone(&self.state),
                    panicked: self.panicked,
                };
                let task = self.runtime.spawn(async move {
                    let outcome = call.await;
                    running.end(Some(outcome));
                });
                lock(&self.state).running.insert(number, task.abort_handle());
            }
            Order::Cancel(number) => {
                let running = lock(&self.state).running.get(&number).cloned();
                if let Some(running) = running {
                    running.abort();
                }
            }
        }
    }
}

/// A call under way: however it ends, its end is told.
struct Running {
    ended: Option<Ended>,
    state: Arc<Mutex<State>>,
    panicked: fn() -> Vec<u8>,
}

impl Running {
    fn end(&mut self, outcome: Option<Vec<u8>>) {
        if let Some(ended) = self.ended.take() {
            let mut state = lock(&self.state);
            state.running.remove(&ended.call);
            state.ended.push_back(Ended { outcome, ..ended });
            wake(state);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let outcome = thread::panicking().then(self.panicked);
        self.end(outcome);
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Once for all that happens until the thread looks again: each waking is a system call.
fn wake(mut state: MutexGuard<'_, State>) {
    let waker = state.waker.take();
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;
    use std::sync::{Arc, mpsc};
    use std::thread;
    use std::time::Duration;

    use super::{CallQueue, Ended};

    fn queue() -> CallQueue {
        CallQueue::new(|| b"panicked".to_vec()).unwrap()
    }

    fn ended(call: u64, outcome: &[u8]) -> Ended {
        Ended {
            call,
            outcome: Some(outcome.to_vec()),
        }
    }

    #[test]
    fn what_ended_meanwhile_comes_in_batches() {
        let queue = queue();
        for number in 0..5 {
            queue.begin(number, Box::pin(async { b"done".to_vec() }));
        }
        let batches = [queue.take(3), queue.take(3)];
        assert_eq!(batches.each_ref().map(Vec::len), [3, 2]);
        let all: Vec<Ended> = batches.into_iter().flatten().collect();
        assert_eq!(
            all,
            (0..5).map(|number| ended(number, b"done")).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_call_wakes_the_thread_that_waits() {
        let queue = Arc::new(queue());
        let other = Arc::clone(&queue);
        let waiting = thread::spawn(move || other.take(8));
        thread::sleep(Duration::from_millis(50));
        let call = async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            b"later".to_vec()
        };
        queue.begin(7, Box::pin(call));
        assert_eq!(waiting.join().unwrap(), [ended(7, b"later")]);
    }

    #[test]
    fn what_is_no_outcome_comes_as_it_was_sent_and_wakes_the_thread() {
        let queue = Arc::new(queue());
        let other = Arc::clone(&queue);
        let waiting = thread::spawn(move || other.take(8));
        thread::sleep(Duration::from_millis(50));
        queue.send(9, b"news".to_vec());
        assert_eq!(waiting.join().unwrap(), [ended(9, b"news")]);
    }

    #[test]
    fn a_panic_ends_the_call_that_panicked() {
        let queue = queue();
        queue.begin(1, Box::pin(async { panic!("canary") }));
        assert_eq!(queue.take(8), [ended(1, b"panicked")]);
    }

    #[test]
    fn a_cancelled_call_is_dropped_and_says_so() {
        struct Signal(mpsc::Sender<()>);
        impl Drop for Signal {
            fn drop(&mut self) {
                self.0.send(()).unwrap();
            }
        }
        let (sender, dropped) = mpsc::channel();
        let signal = Signal(sender);
        let queue = queue();
        let call = async move {
            let _signal = signal;
            pending::<Vec<u8>>().await
        };
        queue.begin(1, Box::pin(call));
        queue.begin(2, Box::pin(async { Vec::new() }));
        assert_eq!(queue.take(8), [ended(2, b"")]);
        dropped.try_recv().unwrap_err();
        queue.cancel(1);
        queue.cancel(2); // It has ended.
        queue.cancel(3); // It never began.
        assert_eq!(
            queue.take(8),
            [Ended {
                call: 1,
                outcome: None
            }]
        );
        dropped.try_recv().unwrap();
    }
}
