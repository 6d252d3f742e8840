package pinterest.sdk.internal

import kotlinx.coroutines.runInterruptible
import pinterest.sdk.BlockingLockedStore
import pinterest.sdk.BlockingStoreLock
import pinterest.sdk.BlockingTokenStore
import pinterest.sdk.LockedStore
import pinterest.sdk.StoreLock
import pinterest.sdk.TokenStore

/**
 * Does what holds the thread, which is interrupted if nobody waits for it any more. What it throws comes out as it is:
 * coroutines copy exceptions when they are debugged.
 */
internal suspend fun <T> holding(work: () -> T): T = runInterruptible { runCatching(work) }.getOrThrow()

/** The store, whose methods hold the threads that they are called on. */
internal class SuspendingStore(private val store: BlockingTokenStore) : TokenStore {
    override suspend fun load(key: String): String? = holding { store.load(key) }

    override suspend fun compareAndSwap(key: String, expected: String?, new: String?): Boolean =
        holding { store.compareAndSwap(key, expected, new) }

    override suspend fun lock(key: String, seconds: Long): StoreLock {
        var had: BlockingStoreLock? = null
        try {
            holding { had = store.lock(key, seconds) }
        } catch (failure: Throwable) {
            // It came too late for who asked.
            had?.let { runCatching(it::release) }
            throw failure
        }
        val lock = checkNotNull(had) { "a lock is not null" }
        return if (lock is BlockingLockedStore) SuspendingLockedStore(lock) else SuspendingLock(lock)
    }
}

private open class SuspendingLock(private val lock: BlockingStoreLock) : StoreLock {
    override suspend fun release() = lock.release()
}

private class SuspendingLockedStore(private val lock: BlockingLockedStore) :
    SuspendingLock(lock),
    LockedStore {
    override suspend fun load(): String? = holding { lock.load() }

    override suspend fun compareAndSwap(expected: String?, new: String?): Boolean =
        holding { lock.compareAndSwap(expected, new) }
}
