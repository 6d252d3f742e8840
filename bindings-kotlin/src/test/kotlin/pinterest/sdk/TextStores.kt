package pinterest.sdk

import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.withTimeout
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.seconds

/** Texts in memory, and how the store misbehaves. */
internal open class TextStore : TokenStore {
    val texts = ConcurrentHashMap<String, String>()
    val held = AtomicInteger()

    /** Comes before each method, by name. */
    @Volatile
    var first: suspend (String) -> Unit = {}

    private val locks = ConcurrentHashMap<String, Mutex>()

    override suspend fun load(key: String): String? {
        first("load")
        return texts[key]
    }

    override suspend fun compareAndSwap(key: String, expected: String?, new: String?): Boolean {
        first("compareAndSwap")
        return when {
            expected == null && new == null -> !texts.containsKey(key)
            expected == null -> texts.putIfAbsent(key, new!!) == null
            new == null -> texts.remove(key, expected)
            else -> texts.replace(key, expected, new)
        }
    }

    override suspend fun lock(key: String, seconds: Long): StoreLock {
        first("lock")
        val mutex = locks.computeIfAbsent(key) { Mutex() }
        withTimeout(seconds.seconds) { mutex.lock() }
        held.incrementAndGet()
        return object : StoreLock {
            override suspend fun release() {
                held.decrementAndGet()
                mutex.unlock()
            }
        }
    }
}

/** The same, whose lock reads and writes. */
internal class LockedTextStore : TokenStore {
    private val texts = TextStore()

    override suspend fun load(key: String): String? = texts.load(key)

    override suspend fun compareAndSwap(key: String, expected: String?, new: String?): Boolean =
        error("the lock does that")

    override suspend fun lock(key: String, seconds: Long): StoreLock {
        val lock = texts.lock(key, seconds)
        return object : LockedStore {
            override suspend fun load() = texts.load(key)

            override suspend fun compareAndSwap(expected: String?, new: String?) =
                texts.compareAndSwap(key, expected, new)

            override suspend fun release() = lock.release()
        }
    }
}
