//! Work that may wait for a disk, on threads of the runtime or where it is asked for.

use super::token_store::Later;
use crate::error::Error;
use crate::runtime;

/// Work that may wait for a disk, where nothing else waits for it. Once begun it is done, whoever has
/// stopped waiting. Without `threads` it is done at once.
pub(super) fn blocking<T: Send + 'static>(
    threads: bool,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Later<'static, T> {
    Box::pin(async move {
        if !threads {
            return work();
        }
        let done = runtime::current()?.spawn_blocking(work).await;
        done.unwrap_or_else(|_| {
            Err(Error::store("the runtime ended while the disk was waited for")
                .with_hint("keep the tokio runtime until `close` has returned"))
        })
    })
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::super::file::FileStore;
    use super::blocking;

    #[tokio::test]
    async fn work_is_done_where_it_is_asked_for_or_on_another_thread() {
        let here = thread::current().id();
        for threads in [false, true] {
            let there = blocking(threads, || Ok(thread::current().id())).await.unwrap();
            assert_eq!(there != here, threads);
        }
        let store = FileStore::new("x");
        assert!(store.threads && !store.without_threads().threads);
    }
}
