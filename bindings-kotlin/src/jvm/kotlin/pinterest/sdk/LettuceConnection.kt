package pinterest.sdk

import io.lettuce.core.ScriptOutputType
import io.lettuce.core.api.async.RedisScriptingAsyncCommands
import kotlinx.coroutines.future.await

/**
 * A connection of Lettuce's to one Redis or to a cluster, for a [RedisStore]:
 *
 * ```
 * val tokens = TokenManager(client, RedisStore(LettuceConnection(connection.async())), "shop-1")
 * ```
 *
 * It needs Lettuce, which a program brings along (7.7 was tried), and is not closed with the manager.
 *
 * @param commands those of a connection whose keys and values are text: of `RedisClient.connect()` or
 *   `RedisClusterClient.connect()`, which other parts of the program may use as well.
 */
public class LettuceConnection(private val commands: RedisScriptingAsyncCommands<String, String>) : RedisConnection {
    override suspend fun eval(script: String, keys: List<String>, args: List<String>): Any? {
        // Its other types are for one kind of answer each; this gives any, in a list.
        val type = ScriptOutputType.MULTI
        val answer = commands.eval<List<Any?>?>(script, type, keys.toTypedArray(), *args.toTypedArray()).await()
        return answer?.single()
    }

    override fun toString(): String = "LettuceConnection"
}
