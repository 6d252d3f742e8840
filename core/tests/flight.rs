//! One renewal at a time, in whatever order threads meet: the core's own file, on loom's ground.

// Helpers of a test may fail it.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "../src/session/flight.rs"]
#[allow(dead_code, missing_docs)]
mod flight;

use std::sync::Arc;

use access_token::AccessToken;
use flight::Runway;
use ground::Handle;
use loom::future::block_on;
use loom::sync::atomic::{AtomicU32, Ordering::SeqCst};
use loom::thread;
use need::Need;

mod access_token {
    pub type AccessToken = u32;
}

mod need {
    /// How much.
    #[derive(Debug, Clone, Copy)]
    pub struct Need(pub u8);

    impl Need {
        pub fn serves(self, other: Self) -> bool {
            self.0 >= other.0
        }
    }
}

mod error {
    #[derive(Debug, Clone)]
    pub struct Error;
}

/// Loom's lock; a thread for each task; and tokio's `watch`, as far as flights use it.
mod ground {
    pub use std::sync::PoisonError;

    use loom::future::block_on;
    pub use loom::sync::Mutex;
    use loom::thread::{self, JoinHandle};

    /// A runtime that runs what it is given, or has ended and drops it.
    #[derive(Clone)]
    pub struct Handle {
        pub has_ended: bool,
    }

    impl Handle {
        pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
            let has_ended = self.has_ended;
            thread::spawn(move || {
                if has_ended {
                    drop(task);
                } else {
                    block_on(task);
                }
            })
        }
    }

    pub mod watch {
        use std::future::poll_fn;
        use std::ops::Deref;
        use std::task::{Poll, Waker};

        use loom::sync::{Arc, Mutex, MutexGuard};

        #[derive(Debug)]
        struct Channel<T> {
            value: T,
            is_sent: bool,
            is_closed: bool,
            waiting: Vec<Waker>,
        }

        #[derive(Debug)]
        pub struct Sender<T>(Arc<Mutex<Channel<T>>>);
        #[derive(Debug)]
        pub struct Receiver<T>(Arc<Mutex<Channel<T>>>);
        pub struct Ref<'a, T>(MutexGuard<'a, Channel<T>>);

        pub fn channel<T>(value: T) -> (Sender<T>, Receiver<T>) {
            let channel = Channel {
                value,
                is_sent: false,
                is_closed: false,
                waiting: Vec::new(),
            };
            let channel = Arc::new(Mutex::new(channel));
            (Sender(Arc::clone(&channel)), Receiver(channel))
        }

        impl<T> Deref for Ref<'_, T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.0.value
            }
        }

        impl<T> Clone for Receiver<T> {
            fn clone(&self) -> Self {
                Self(Arc::clone(&self.0))
            }
        }

        fn change<T>(channel: &Mutex<Channel<T>>, change: impl FnOnce(&mut Channel<T>)) {
            let waiting = {
                let mut channel = channel.lock().unwrap();
                change(&mut channel);
                std::mem::take(&mut channel.waiting)
            };
            waiting.into_iter().for_each(Waker::wake);
        }

        impl<T> Sender<T> {
            #[allow(clippy::unnecessary_wraps)] // As tokio's, which fails where nobody waits.
            pub fn send(&self, value: T) -> Result<(), ()> {
                change(&self.0, |channel| {
                    channel.value = value;
                    channel.is_sent = true;
                });
                Ok(())
            }
        }

        impl<T> Drop for Sender<T> {
            fn drop(&mut self) {
                change(&self.0, |channel| channel.is_closed = true);
            }
        }

        impl<T> Receiver<T> {
            pub fn borrow(&self) -> Ref<'_, T> {
                Ref(self.0.lock().unwrap())
            }

            pub fn has_changed(&self) -> Result<bool, ()> {
                let channel = self.0.lock().unwrap();
                if channel.is_closed {
                    Err(())
                } else {
                    Ok(channel.is_sent)
                }
            }

            pub async fn wait_for(&mut self, so: impl Fn(&T) -> bool) -> Result<Ref<'_, T>, ()> {
                poll_fn(|context| {
                    let mut channel = self.0.lock().unwrap();
                    if so(&channel.value) {
                        return Poll::Ready(Ok(()));
                    }
                    if channel.is_closed {
                        return Poll::Ready(Err(()));
                    }
                    channel.waiting.push(context.waker().clone());
                    Poll::Pending
                })
                .await?;
                Ok(self.borrow())
            }
        }
    }
}

/// What flights do, told to everybody.
#[derive(Default)]
struct Sky {
    runway: Runway,
    begun: AtomicU32,
    in_the_air: AtomicU32,
}

impl Sky {
    /// A flight that somebody waits for: the number that it brings.
    fn fly(self: &Arc<Self>, on: &Handle) -> Option<AccessToken> {
        self.fly_for(Need(0), on)
    }

    fn fly_for(self: &Arc<Self>, need: Need, on: &Handle) -> Option<AccessToken> {
        let sky = Arc::clone(self);
        let flight = self.runway.join(need, on, || async move {
            let number = sky.begun.fetch_add(1, SeqCst) + 1;
            assert_eq!(sky.in_the_air.fetch_add(1, SeqCst), 0, "two at a time");
            sky.in_the_air.fetch_sub(1, SeqCst);
            Ok(number)
        });
        block_on(flight.landed()).map(Result::unwrap)
    }
}

const RUNS: Handle = Handle { has_ended: false };
const HAS_ENDED: Handle = Handle { has_ended: true };

/// Every order in which the scheduler takes a thread's turn away so many times at most.
fn in_every_order(run: impl Fn() + Send + Sync + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(run);
}

#[test]
fn two_who_come_together_get_what_was_begun_for_them_and_never_two_at_a_time() {
    in_every_order(|| {
        let sky = Arc::new(Sky::default());
        let other = Arc::clone(&sky);
        let other = thread::spawn(move || other.fly(&RUNS));
        let mine = sky.fly(&RUNS).unwrap();
        let others = other.join().unwrap().unwrap();
        let begun = sky.begun.load(SeqCst);
        // One for both, or one after the other.
        assert_eq!(begun, mine.max(others));
        assert!(begun == 1 || mine.min(others) == 1);
        assert!(sky.runway.current().is_none());
    });
}

#[test]
fn who_needs_more_has_the_next_turn_also_behind_a_runtime_that_ends() {
    for (first, most) in [(RUNS, 2), (HAS_ENDED, 1)] {
        in_every_order(move || {
            let sky = Arc::new(Sky::default());
            let other = Arc::clone(&sky);
            let on = first.clone();
            let other = thread::spawn(move || other.fly(&on));
            let mine = sky.fly_for(Need(1), &RUNS).unwrap();
            let others = other.join().unwrap();
            let begun = sky.begun.load(SeqCst);
            assert!(begun <= most && begun == mine.max(others.unwrap_or_default()));
            assert!(sky.runway.current().is_none());
        });
    }
}

#[test]
fn a_runtime_that_ends_leaves_nobody_waiting_and_the_next_begins_again() {
    in_every_order(|| {
        let sky = Arc::new(Sky::default());
        let other = Arc::clone(&sky);
        let other = thread::spawn(move || other.fly(&HAS_ENDED));
        // Mine may be the one that was lost.
        let mine = sky.fly(&RUNS).or_else(|| sky.fly(&RUNS));
        let others = other.join().unwrap();
        assert_eq!(mine, Some(1));
        assert!(others.is_none() || others == Some(1));
        assert_eq!(sky.begun.load(SeqCst), 1);
    });
}
