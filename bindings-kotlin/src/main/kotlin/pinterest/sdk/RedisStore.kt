package pinterest.sdk

import pinterest.sdk.internal.holding

/**
 * Tokens in Redis, or what else runs its scripts, shared by processes of many machines. Whoever renews an account's
 * tokens has a lease of ten seconds, which it renews; one that lost it, because it was stopped for longer, overwrites
 * nothing. What Redis evicts is lost: the policy `noeviction` or a `volatile-` one keeps the tokens.
 *
 * ```
 * val jedis = RedisClient.create("redis://…")
 * val tokens = TokenManager(client, RedisStore { script, keys, args -> jedis.eval(script, keys, args) }, "shop-1")
 * ```
 *
 * Over Lettuce it is `RedisStore(LettuceConnection(connection.async()))`, on a server.
 *
 * @property connection a connection of the program's own: its addresses, TLS, user, cluster and reconnecting are the
 *   program's.
 */
public class RedisStore(public val connection: RedisConnection) : Store {
    override fun toString(): String = "RedisStore"

    /** For Java. */
    public companion object {
        /** Over a connection that holds its thread: `RedisStore.blocking(jedis::eval)`. */
        @JvmStatic
        public fun blocking(connection: BlockingRedisConnection): RedisStore =
            RedisStore { script, keys, args -> holding { connection.eval(script, keys, args) } }
    }
}

/** Runs scripts in Redis. */
public fun interface RedisConnection {
    /**
     * `EVAL script numkeys key… arg…`, to be sent to where is written and not to a replica. The keys of one call are in
     * one hash slot. It may be made a second time when an answer was lost. Called on threads that may be blocked, for
     * some seconds each time; what it throws is the cause of the [StoreException] that comes of it.
     *
     * @return the answer: null, a number, or a text as [String] or [ByteArray].
     */
    public suspend fun eval(script: String, keys: List<String>, args: List<String>): Any?
}
