package pinterest.sdk

/**
 * A store of a program's own, such as a table of its database. It keeps one text a key and decides nothing: what a text
 * means, and when one is replaced, is [TokenManager]'s to know. A text holds tokens: who can read it can act for a person.
 * A key is the API's address, the app's id and the account's name, with spaces between; accounts that differ in any of
 * these share nothing.
 *
 * All is called on threads of the SDK's that may be blocked, for half a minute each time; then the coroutine is
 * cancelled, and the call failed. What a method throws is the cause of the [StoreException] that comes of it.
 */
public interface TokenStore : Store {
    /** What is kept for a key, whoever has it locked; null for nothing. */
    public suspend fun load(key: String): String?

    /**
     * Keeps [new] durably, or nothing for null, if [expected] is what is kept, to the letter; null is nothing. Otherwise
     * it changes nothing, and gives false.
     */
    public suspend fun compareAndSwap(key: String, expected: String?, new: String?): Boolean

    /**
     * Waits, up to so many seconds, until nobody else has the key locked, in any process. Throws if that is not to be
     * had. A lock of a process that has died must not last for ever; nor must one whose coroutine was cancelled while
     * it was being had.
     */
    public suspend fun lock(key: String, seconds: Long): StoreLock
}

/** A key that nobody else changes meanwhile. */
public interface StoreLock {
    /** Gives the lock up; called once. It runs to its end, also where nobody waits for it. */
    public suspend fun release()
}

/** A lock that reads and writes by itself, such as the connection to a database that holds it. */
public interface LockedStore : StoreLock {
    /** As [TokenStore.load]. */
    public suspend fun load(): String?

    /**
     * As [TokenStore.compareAndSwap], and durable when it returns: a transaction that [release] commits would forget, if
     * the process were killed, that new tokens had been asked for.
     */
    public suspend fun compareAndSwap(expected: String?, new: String?): Boolean
}
