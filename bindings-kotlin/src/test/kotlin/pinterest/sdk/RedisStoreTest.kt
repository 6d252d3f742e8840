package pinterest.sdk

import io.lettuce.core.api.async.RedisScriptingAsyncCommands
import io.lettuce.core.cluster.RedisClusterClient
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import redis.clients.jedis.RedisClient
import java.nio.file.Path
import kotlin.time.Duration.Companion.milliseconds

/** Tokens in a Redis of the test's own, over connections of Jedis and Lettuce. */
internal class RedisStoreTest {
    @BeforeEach
    fun reset() = Managed.strict()

    @Test
    fun `fifty managers on one Redis renew once`(@TempDir folder: Path) = withJedis(folder) { jedis ->
        Managed.run { client ->
            val managers = List(50) {
                TokenManager(client, RedisStore { script, keys, args -> jedis.eval(script, keys, args) }, "shop-1")
            }
            val first = managers.first().adopt(Managed.short())
            Managed.nextSecond()
            val given = managers.map { async(Dispatchers.Default) { it.accessToken() } }.awaitAll()
            assertEquals(1, given.toSet().size)
            assertNotEquals(first, given.first())
            assertEquals(1, Managed.renewals())
            assertEquals("Redis", managers.first().status().store)
            val bytes = RedisStore { script, keys, args ->
                val answer = jedis.eval(script, keys, args)
                if (answer is String) answer.encodeToByteArray() else answer
            }
            assertEquals(given.first(), TokenManager(client, bytes, "shop-1").accessToken())
            assertTrue(managers.last().forget())
            managers.forEach(TokenManager::close)
        }
    }

    @Test
    fun `what a connection throws or gives wrongly is the cause`() = Managed.run { client ->
        val thrown = IllegalStateException("NOPERM this user has no permissions to run the 'eval' command")
        val refused = TokenManager(client, RedisStore { _, _, _ -> throw thrown }, "shop-1")
        val failure = assertInstanceOf(StoreException::class.java, runCatching { refused.status() }.exceptionOrNull())
        assertSame(thrown, generateSequence<Throwable>(failure) { it.cause }.last())
        assertTrue("NOPERM" in failure.message.orEmpty(), failure.message)
        assertTrue(failure.hint.orEmpty().isNotEmpty())
        val odd = TokenManager(client, RedisStore { _, _, _ -> listOf(1) }, "shop-1")
        assertInstanceOf(StoreException::class.java, runCatching { odd.status() }.exceptionOrNull())
    }

    @Test
    fun `a thousand coroutines over one connection of Lettuce renew once`(@TempDir folder: Path) =
        Redis(folder).use { redis ->
            val lettuce = io.lettuce.core.RedisClient.create("redis://127.0.0.1:${redis.port}")
            lettuce.use { renewOnce(it.connect().async()) }
        }

    @Test
    fun `and over one to a cluster`(@TempDir folder: Path) {
        // Unless told, a cluster's nodes talk at 10,000 above the port: among those that the system gives connections.
        val options = arrayOf("--cluster-enabled", "yes", "--cluster-port", "${freePort()}")
        Redis(folder, *options).use { redis ->
            val uri = "redis://127.0.0.1:${redis.port}"
            io.lettuce.core.RedisClient.create(uri).use { it.connect().sync().clusterAddSlots(*IntArray(SLOTS) { it }) }
            RedisClusterClient.create(uri).use {
                eventually { check("cluster_state:ok" in it.connect().sync().clusterInfo()) }
                renewOnce(it.connect().async())
            }
        }
    }

    private fun renewOnce(commands: RedisScriptingAsyncCommands<String, String>) = Managed.run { client ->
        val managers = List(50) { TokenManager(client, RedisStore(LettuceConnection(commands)), "shop-1") }
        assertNull(managers.first().status().accessLife)
        val first = managers.first().adopt(Managed.short())
        Managed.nextSecond()
        val given = List(1000) { async(Dispatchers.Default) { managers[it % 50].accessToken() } }.awaitAll()
        assertEquals(1, given.toSet().size)
        assertNotEquals(first, given.first())
        assertEquals(1, Managed.renewals())
        assertTrue(managers.last().forget())
        managers.forEach(TokenManager::close)
    }

    @Test
    fun `a Redis that is started again has what was kept`(@TempDir folder: Path) = Redis(folder).use { redis ->
        val lettuce = io.lettuce.core.RedisClient.create("redis://127.0.0.1:${redis.port}")
        lettuce.use { _ ->
            val store = RedisStore(LettuceConnection(lettuce.connect().async()))
            Managed.run { client ->
                val tokens = TokenManager(client, store, "shop-1")
                tokens.adopt(Managed.short())
                Managed.nextSecond()
                redis.stop()
                // What is asked for meanwhile waits for it.
                val waiting = async(Dispatchers.Default) { tokens.accessToken() }
                delay(500.milliseconds)
                assertFalse(waiting.isCompleted)
                redis.startAgain()
                val given = waiting.await()
                assertEquals(1, Managed.renewals())
                assertEquals(given, TokenManager(client, store, "shop-1").accessToken())
            }
        }
    }

    private fun withJedis(folder: Path, block: (RedisClient) -> Unit) =
        Redis(folder).use { redis -> RedisClient.create("127.0.0.1", redis.port).use(block) }

    private companion object {
        const val SLOTS = 16_384
    }
}
