package pinterest.sdk

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import redis.clients.jedis.RedisClient
import java.io.File
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** Tokens in a Redis of the test's own, over a connection of Jedis. */
internal class RedisStoreTest {
    @BeforeEach
    fun reset() = Managed.strict()

    @Test
    fun `fifty managers on one Redis renew once`(@TempDir folder: Path) = withRedis(folder) { jedis ->
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

    private fun withRedis(folder: Path, block: (RedisClient) -> Unit) {
        val program = File("/usr/bin/redis-server")
        assumeTrue(program.canExecute(), "Redis is not installed")
        val port = freePort()
        val settings = listOf("--port", "$port", "--bind", "127.0.0.1", "--save", "", "--dir", "$folder")
        val server = ProcessBuilder(listOf(program.path) + settings).redirectErrorStream(true)
            .redirectOutput(File("/dev/null")).start()
        try {
            RedisClient.create("127.0.0.1", port).use { jedis ->
                eventually { jedis.ping() }
                block(jedis)
            }
        } finally {
            server.destroy()
            server.waitFor(5, TimeUnit.SECONDS)
        }
    }
}
