package pinterest.sdk

/**
 * [TokenStore] with methods that hold their thread, for programs in Java. They are called on threads of the SDK's; who
 * takes longer than half a minute, or is waited for by nobody any more, is interrupted.
 */
public interface BlockingTokenStore : Store {
    /** As [TokenStore.load]. */
    @Throws(Exception::class)
    public fun load(key: String): String?

    /** As [TokenStore.compareAndSwap]. */
    @Throws(Exception::class)
    public fun compareAndSwap(key: String, expected: String?, new: String?): Boolean

    /** As [TokenStore.lock]; one that was interrupted holds no lock. */
    @Throws(Exception::class)
    public fun lock(key: String, seconds: Long): BlockingStoreLock
}

/** As [StoreLock]. */
public interface BlockingStoreLock {
    /** As [StoreLock.release]; it is not interrupted. */
    @Throws(Exception::class)
    public fun release()
}

/** As [LockedStore]. */
public interface BlockingLockedStore : BlockingStoreLock {
    /** As [LockedStore.load]. */
    @Throws(Exception::class)
    public fun load(): String?

    /** As [LockedStore.compareAndSwap]. */
    @Throws(Exception::class)
    public fun compareAndSwap(expected: String?, new: String?): Boolean
}

/** [RedisConnection] with a method that holds its thread, for programs in Java: [RedisStore.blocking]. */
public fun interface BlockingRedisConnection {
    /** As [RedisConnection.eval]; who is waited for by nobody any more is interrupted. */
    @Throws(Exception::class)
    public fun eval(script: String, keys: List<String>, args: List<String>): Any?
}
