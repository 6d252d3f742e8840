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
        done.unwrap_or_else(|_| Err(Error::store("the runtime ended while the disk was waited for")))
    })
}
