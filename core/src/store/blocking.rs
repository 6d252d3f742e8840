//! Work that may wait for a disk, on threads of the runtime or where it is asked for.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::token_store::Later;
use crate::error::Error;
use crate::runtime;

/// How many threads wait for one store's disk: enough for any that answers. One that hangs takes no more of the
/// runtime's, of which everything else needs some, such as looking up a host's address.
const PLACES: usize = 64;

/// Where a store waits for its disk. Clones share the threads.
#[derive(Debug, Clone)]
pub(super) struct Disk {
    threads: bool,
    places: Arc<Semaphore>,
}

impl Default for Disk {
    fn default() -> Self {
        Self {
            threads: true,
            places: Arc::new(Semaphore::new(PLACES)),
        }
    }
}

impl Disk {
    /// One that is waited for where it is asked.
    pub(super) fn without_threads() -> Self {
        Self {
            threads: false,
            ..Self::default()
        }
    }

    /// Work that may wait for the disk, where nothing else waits for it. Once begun it is done, whoever has
    /// stopped waiting. Without threads it is done at once.
    pub(super) fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Later<'static, T> {
        if self.threads {
            self.apart(work)
        } else {
            Box::pin(async move { work() })
        }
    }

    /// The same on a thread in any case.
    pub(super) fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Later<'static, T> {
        let places = Arc::clone(&self.places);
        Box::pin(async move {
            let runtime = runtime::current()?;
            // They are never closed.
            let place = places.acquire_owned().await;
            let work = move || {
                let _place = place;
                work()
            };
            runtime.spawn_blocking(work).await.unwrap_or_else(|_| {
                Err(Error::store("the runtime ended while the disk was waited for")
                    .with_hint("keep the tokio runtime until `close` has returned"))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, RwLock};
    use std::thread;
    use std::time::Duration;

    use tokio::runtime::Builder;
    use tokio::time::timeout;

    use super::super::account::Account;
    use super::super::file::FileStore;
    use super::super::key::StoreKey;
    use super::super::token_store::TokenStore as _;
    use super::{Disk, PLACES};

    #[tokio::test]
    async fn work_is_done_where_it_is_asked_for_or_on_another_thread() {
        let here = thread::current().id();
        for (disk, threads) in [(Disk::without_threads(), false), (Disk::default(), true)] {
            let there = disk.blocking(|| Ok(thread::current().id())).await.unwrap();
            assert_eq!(there != here, threads);
            let there = disk.apart(|| Ok(thread::current().id())).await.unwrap();
            assert_ne!(there, here);
        }
        let store = FileStore::new("x");
        assert!(store.disk.threads && !store.without_threads().disk.threads);
    }

    #[test]
    fn a_folder_that_hangs_takes_no_thread_that_others_need() {
        static HANGS: RwLock<()> = RwLock::new(());
        let folder = std::env::temp_dir().join(format!("pinterest-sdk-hangs-{}", std::process::id()));
        let mut store = FileStore::new(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        for name in ["a.json", "A.JSON"] {
            std::fs::write(folder.join(name), "").unwrap();
        }
        store.names = |_| {
            drop(HANGS.read());
            Vec::new()
        };
        let runtime = Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(PLACES + 1)
            .build()
            .unwrap();
        let hanging = HANGS.write().unwrap();
        runtime.block_on(async {
            let key = Arc::new(StoreKey::new("h", "1", Account::new("a").unwrap()));
            let asked: Vec<_> = (0..2 * PLACES)
                .map(|_| {
                    let (store, key) = (store.clone(), Arc::clone(&key));
                    tokio::spawn(async move { store.load(&key).await })
                })
                .collect();
            tokio::time::sleep(Duration::from_millis(200)).await;
            let another = timeout(Duration::from_secs(5), tokio::task::spawn_blocking(|| ()));
            assert!(another.await.is_ok(), "a thread for something else");
            drop(hanging);
            for load in asked {
                assert!(load.await.unwrap().is_err(), "it is not whole");
            }
        });
        std::fs::remove_dir_all(folder).unwrap();
    }
}
