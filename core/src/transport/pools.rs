//! A pool of connections for each runtime: a connection lives, and is driven, on the runtime that
//! opened it.

use std::sync::{Mutex, PoisonError};

use reqwest::Client;
use tokio::runtime::Id;
use tokio::task::AbortHandle;

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

    /// The pool of the runtime that polls the calling future, made with `make` the first time.
    ///
    /// # Errors
    ///
    /// `InvalidInput` without a runtime that can open connections, and those of `make`.
    pub(crate) fn here(&self, make: impl FnOnce() -> Result<Client, Error>) -> Result<Client, Error> {
        let id = runtime::current()?.id();
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        let known = pools
            .iter()
            .rposition(|pool| pool.runtime == id && !pool.life.is_finished());
        if let Some(position) = known {
            let pool = pools.remove(position);
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
        });
        Ok(client)
    }
}

#[cfg(test)]
mod tests {
    use tokio::runtime::{Builder, Runtime};

    use super::Pools;
    use crate::configuration::ConnectionSettings;
    use crate::transport::tls::client_config;

    fn runtime() -> Runtime {
        Builder::new_current_thread().enable_all().build().unwrap()
    }

    /// Whether a call on `runtime` finds a pool that is there already.
    fn finds_one(pools: &Pools, runtime: &Runtime) -> bool {
        let mut made = false;
        runtime.block_on(async {
            let found = pools.here(|| {
                made = true;
                Ok(reqwest::Client::builder()
                    .tls_backend_preconfigured(client_config(&ConnectionSettings::default())?)
                    .build()
                    .unwrap())
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
}
