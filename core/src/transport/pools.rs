//! A pool of connections for each runtime: a connection lives, and is driven, on the runtime that
//! opened it.

use std::future::Future as _;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Waker};

use reqwest::Client;
use tokio::runtime::Id;
use tokio::task::AbortHandle;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::error::Error;
use crate::runtime;

/// Pools of living runtimes that are kept; beyond that the one used least recently gives way.
const MAX_POOLS: usize = 1024;

pub(crate) struct Pools {
    /// In the order of their last use.
    pools: Mutex<Vec<Pool>>,
    max: usize,
}

struct Pool {
    runtime: Id,
    client: Client,
    /// A task that never ends by itself: once it has ended, so has the runtime, and its connections.
    life: AbortHandle,
    timer: Timer,
}

/// A timer that nobody waits for. A runtime wakes itself, by two system calls, for each timer that ends
/// sooner than all that it has; one that stays after its call ends sooner than those of the calls to come.
#[derive(Default)]
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    /// Has one that ends at `deadline` or before, but not before `now`.
    fn cover(&mut self, now: Instant, deadline: Instant) {
        let covers = |timer: &Pin<Box<Sleep>>| (now..=deadline).contains(&timer.deadline());
        if !self.0.as_ref().is_some_and(covers) {
            let mut timer = Box::pin(sleep_until(deadline));
            // The runtime learns of a timer when it is asked first.
            let _ = timer.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            self.0 = Some(timer);
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.life.abort();
    }
}

impl Default for Pools {
    fn default() -> Self {
        Self::at_most(MAX_POOLS)
    }
}

impl Pools {
    fn at_most(max: usize) -> Self {
        Self {
            pools: Mutex::default(),
            max,
        }
    }

    /// The pool of the runtime that polls the calling future, made with `make` the first time, for a call
    /// that starts `now` and has a first `deadline`.
    ///
    /// # Errors
    ///
    /// `InvalidInput` without a runtime that can open connections, and those of `make`.
    pub(crate) fn here(
        &self,
        now: Instant,
        deadline: Instant,
        make: impl FnOnce() -> Result<Client, Error>,
    ) -> Result<Client, Error> {
        let id = runtime::current()?.id();
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        let known = pools
            .iter()
            .rposition(|pool| pool.runtime == id && !pool.life.is_finished());
        if let Some(position) = known {
            let mut pool = pools.remove(position);
            pool.timer.cover(now, deadline);
            let client = pool.client.clone();
            pools.push(pool);
            return Ok(client);
        }
        let handle = runtime::equipped()?;
        let client = make()?;
        pools.retain(|pool| !pool.life.is_finished());
        if pools.len() >= self.max {
            pools.remove(0);
        }
        pools.push(Pool {
            runtime: id,
            client: client.clone(),
            life: handle.spawn(std::future::pending::<()>()).abort_handle(),
            timer: Timer::default(),
        });
        Ok(client)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::runtime::{Builder, Runtime};
    use tokio::sync::oneshot;
    use tokio::time::{Instant, timeout_at};

    use super::{Client, Error, Pools};
    use crate::configuration::ConnectionSettings;
    use crate::transport::tls::client_config;

    fn runtime() -> Runtime {
        Builder::new_current_thread().enable_all().build().unwrap()
    }

    fn client() -> Result<Client, Error> {
        let tls = client_config(&ConnectionSettings::default())?;
        Ok(Client::builder().tls_backend_preconfigured(tls).build().unwrap())
    }

    /// Whether a call on `runtime` finds a pool that is there already.
    fn finds_one(pools: &Pools, runtime: &Runtime) -> bool {
        let mut made = false;
        runtime.block_on(async {
            let now = Instant::now();
            let found = pools.here(now, now, || {
                made = true;
                client()
            });
            assert!(found.is_ok());
        });
        !made
    }

    fn kept(pools: &Pools) -> usize {
        pools.pools.lock().unwrap().len()
    }

    #[test]
    fn each_runtime_has_one_until_it_ends() {
        let pools = Pools::default();
        let (one, other) = (runtime(), runtime());
        for runtime in [&one, &other] {
            assert!(!finds_one(&pools, runtime));
            assert!(finds_one(&pools, runtime));
        }
        assert_eq!(kept(&pools), 2);
        drop(other);
        assert!(!finds_one(&pools, &runtime()));
        assert!(finds_one(&pools, &one));
        assert_eq!(kept(&pools), 2, "a dead runtime's pool is dropped");
    }

    #[test]
    fn the_one_used_least_recently_gives_way() {
        let pools = Pools::at_most(3);
        let runtimes: Vec<_> = (0..4).map(|_| runtime()).collect();
        for runtime in &runtimes[..3] {
            assert!(!finds_one(&pools, runtime));
        }
        assert!(finds_one(&pools, &runtimes[0]));
        assert!(!finds_one(&pools, &runtimes[3]));
        assert_eq!(kept(&pools), 3);
        assert!(finds_one(&pools, &runtimes[0]), "it was used just now");
        assert!(!finds_one(&pools, &runtimes[1]), "it was used least recently");
    }

    #[test]
    fn nothing_of_a_pool_that_is_dropped_runs_on() {
        let runtime = runtime();
        let pools = Pools::default();
        assert!(!finds_one(&pools, &runtime));
        assert_eq!(runtime.metrics().num_alive_tasks(), 1);
        drop(pools);
        runtime.block_on(tokio::task::yield_now());
        assert_eq!(runtime.metrics().num_alive_tasks(), 0);
    }

    /// What another thread says after a while.
    fn elsewhere() -> oneshot::Receiver<()> {
        let (sender, said) = oneshot::channel();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(2));
            sender.send(())
        });
        said
    }

    /// How often a runtime's thread goes to sleep for 50 waits with a time limit, each followed by one without.
    fn sleeps(before: impl Fn(Instant, Instant)) -> u64 {
        let runtime = runtime();
        let start = runtime.metrics().worker_park_count(0);
        runtime.block_on(async {
            for _ in 0..50 {
                let now = Instant::now();
                let deadline = now + Duration::from_secs(60);
                before(now, deadline);
                assert_eq!(timeout_at(deadline, elsewhere()).await, Ok(Ok(())));
                assert_eq!(elsewhere().await, Ok(()));
            }
        });
        runtime.metrics().worker_park_count(0) - start
    }

    #[test]
    fn a_call_does_not_wake_its_runtime_for_a_timer() {
        let pools = Pools::default();
        let here = |now, deadline| {
            assert!(pools.here(now, deadline, client).is_ok());
        };
        let (ours, plain) = (sleeps(here), sleeps(|_, _| ()));
        assert!(
            ours + 25 <= plain,
            "{ours}, and {plain} without a timer that stays"
        );
    }
}
