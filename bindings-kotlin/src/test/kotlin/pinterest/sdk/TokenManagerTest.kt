package pinterest.sdk

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import pinterest.sdk.internal.CallQueue
import java.nio.file.Path
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** One renewal for everybody who asks, whatever they do meanwhile. */
internal class TokenManagerTest {
    @BeforeEach
    fun reset() = Managed.strict()

    @Test
    fun `a token is given out and renewed in every store`(@TempDir folder: Path) = Managed.run { client ->
        for (store in Managed.stores(folder)) {
            Managed.strict()
            val tokens = TokenManager(client, store(), "shop-1")
            val other = TokenManager(client, store(), "shop-1")
            assertInstanceOf(ReauthorizationRequiredException::class.java, failure { tokens.accessToken() })
            val answer = Managed.short()
            assertEquals(answer.accessToken, tokens.adopt(answer))
            // Another second for the sandbox, so that a renewal behind this gives another token.
            Sandbox.control("POST", "/_sandbox/clock", mapOf("advance_seconds" to 2))
            assertTrue(other.authorizationHeader().startsWith("Bearer pina"))
            Managed.nextSecond()
            val second = tokens.accessToken()
            assertNotEquals(answer.accessToken, second)
            assertEquals(second, other.accessToken())
            assertEquals(second, tokens.accessTokenBlocking())
            assertEquals(1, Managed.renewals())
            val status = tokens.status()
            assertEquals(TokenState.FRESH, status.state)
            assertEquals(status, other.statusBlocking())
            assertTrue(checkNotNull(status.accessLife?.expiresAt) > System.currentTimeMillis() / 1000)
            assertEquals(listOf(false, false, null), listOf(status.isAsked, status.isUnsaved, status.failure))
            assertTrue(tokens.forget())
            assertFalse(tokens.forgetBlocking())
            assertInstanceOf(ReauthorizationRequiredException::class.java, failure { tokens.accessToken() })
            assertTrue(tokens.close(5.seconds))
            other.close()
        }
    }

    @Test
    fun `a thousand coroutines renew once`(@TempDir folder: Path) = Managed.run { client ->
        for (store in Managed.stores(folder)) {
            Managed.strict()
            TokenManager(client, store(), "shop-1").use { tokens ->
                tokens.adopt(Managed.short())
                Managed.nextSecond()
                val given = List(1000) { async(Dispatchers.Default) { tokens.accessToken() } }.awaitAll()
                assertEquals(1, given.toSet().size)
                assertEquals(1, Managed.renewals())
            }
        }
    }

    @Test
    fun `fifty managers on one file renew once`(@TempDir folder: Path) = Managed.run { client ->
        val managers = List(50) { TokenManager(client, FileStore(folder), "shop-1") }
        managers.first().adopt(Managed.short())
        Managed.nextSecond()
        val given = managers.map { async(Dispatchers.Default) { it.accessToken() } }.awaitAll()
        assertEquals(1, given.toSet().size)
        assertEquals(1, Managed.renewals())
        managers.forEach(TokenManager::close)
    }

    @Test
    fun `nobody who stops waiting cancels a renewal`(@TempDir folder: Path) = Managed.run { client ->
        val tokens = TokenManager(client, FileStore(folder), "shop-1")
        tokens.adopt(Managed.short())
        Managed.nextSecond()
        Managed.delayAnswer(600)
        val waiting = launch(Dispatchers.Default) { tokens.accessToken() }
        val bounded = runCatching { withTimeout(200.milliseconds) { tokens.accessToken() } }
        assertInstanceOf(TimeoutCancellationException::class.java, bounded.exceptionOrNull())
        waiting.cancelAndJoin()
        // A second manager looks at what was kept, and asks for nothing.
        val other = TokenManager(client, FileStore(folder), "shop-1")
        until { other.status().state == TokenState.FRESH }
        assertEquals(other.accessToken(), tokens.accessToken())
        assertEquals(1, Managed.renewals())
    }

    @Test
    fun `a coroutine cancelled at any moment loses no token`(@TempDir folder: Path) = Managed.run { client ->
        for ((at, store) in Managed.stores(folder).withIndex()) {
            Managed.strict()
            val tokens = TokenManager(client, store(), "shop-$at")
            tokens.adopt(Managed.answer())
            repeat(40) { round ->
                Sandbox.control("POST", "/_sandbox/clock", mapOf("advance_seconds" to 2))
                val calls = listOf(tokens::refresh, tokens::accessToken, tokens::status)
                    .map { launch(Dispatchers.Default) { it() } }
                delay((round * 250).microseconds)
                calls.forEach { it.cancelAndJoin() }
            }
            tokens.refresh()
            assertEquals(TokenState.FRESH, tokens.status().state)
            assertTrue(tokens.close(5.seconds))
            assertTrue(Managed.renewals() > 1)
        }
        assertEquals(0, CallQueue.size)
    }

    @Test
    fun `what a cancelled call asked for is done and known`() = Managed.run { client ->
        val tokens = TokenManager(client, MemoryStore(), "shop-1")
        val first = tokens.adopt(Managed.answer())
        Managed.nextSecond()
        Managed.delayAnswer(400)
        val cut = runCatching { withTimeout(100.milliseconds) { tokens.refresh() } }
        assertInstanceOf(TimeoutCancellationException::class.java, cut.exceptionOrNull())
        assertEquals(first, tokens.accessToken())
        until { tokens.accessToken() != first }
        assertEquals(1, Managed.renewals())
    }

    @Test
    fun `a call waits as long as it is told and the renewal goes on`() = Managed.run { client ->
        val tokens = TokenManager(client, MemoryStore(), "shop-1", TokenOptions { wait(200.milliseconds) })
        tokens.adopt(Managed.short())
        Managed.nextSecond()
        Managed.delayAnswer(600)
        val exception = assertInstanceOf(NetworkException::class.java, failure { tokens.accessToken() })
        assertEquals(Phase.TIMEOUT to Outcome.UNKNOWN, exception.phase to exception.outcome)
        assertTrue(tokens.close(5.seconds))
        assertEquals(1, Managed.renewals())
    }

    @Test
    fun `a token that the API refused is renewed once for everybody`() = Managed.run { client ->
        val tokens = TokenManager(client, MemoryStore(), "shop-1")
        val first = tokens.adopt(Managed.answer())
        val same = tokens.account("shop-1")
        assertEquals(first, same.accessToken())
        Managed.nextSecond()
        repeat(3) {
            same.invalidate(first)
            val second = tokens.accessToken()
            assertNotEquals(first, second)
            assertEquals(second, same.accessToken())
        }
        tokens.invalidate("pina_another")
        assertEquals(tokens.accessToken(), same.accessToken())
        assertEquals(1, Managed.renewals())
        Managed.nextSecond()
        val third = tokens.refresh()
        assertEquals(third, same.accessToken())
        assertEquals(2, Managed.renewals())
    }

    @Test
    fun `a missing scope is not the token's fault, nor a refusal of the next one`() = Managed.run { client ->
        val tokens = TokenManager(client, MemoryStore(), "shop-1")
        val first = tokens.adopt(Managed.answer())
        Managed.nextSecond()
        assertFalse(tokens.refused(first, 401, """{"code":3,"message":"Your token lacks a scope."}"""))
        assertFalse(tokens.refused(first, 403, ""))
        assertFalse(tokens.refused(first, -1, ""))
        assertEquals(first, tokens.accessToken())
        assertTrue(tokens.refused(first, 401, ""))
        val second = tokens.accessToken()
        assertNotEquals(first, second)
        assertFalse(tokens.refused(second, 401, ""))
        assertEquals(second, tokens.accessToken())
        assertEquals(1, Managed.renewals())
    }

    @Test
    fun `accounts have tokens of their own`(@TempDir folder: Path) = Managed.run { client ->
        val tokens = TokenManager(client, FileStore(folder), "shop-1")
        val first = tokens.adopt(Managed.answer())
        Managed.nextSecond()
        val other = tokens.account("shop-2")
        val exception = assertInstanceOf(ReauthorizationRequiredException::class.java, failure { other.accessToken() })
        assertTrue("shop-2" in exception.message.orEmpty(), exception.message)
        assertNotEquals(first, other.adopt(Managed.answer()))
        assertEquals(first, tokens.account("shop-1").accessToken())
        for (name in listOf("", ".x", "a/b", "a b", "x".repeat(65))) {
            assertThrows(InvalidInputException::class.java) { tokens.account(name) }
            assertThrows(InvalidInputException::class.java) { TokenManager(client, MemoryStore(), name) }
        }
        val another = ApiClient(Sandbox.configuration().copy { username("7654321") })
        val mixed = failure { TokenManager(another, FileStore(folder), "shop-1").accessToken() }
        assertTrue("7654321" in assertInstanceOf(StoreException::class.java, mixed).message.orEmpty())
        // Those that it gave end with it, and not the other way.
        other.close()
        assertEquals(first, tokens.accessToken())
        tokens.close()
        for (closed in listOf(tokens, other)) {
            assertThrows(IllegalStateException::class.java) { closed.accessTokenBlocking() }
            assertThrows(IllegalStateException::class.java) { closed.invalidate(first) }
        }
        tokens.close()
    }

    @Test
    fun `an app's own tokens are asked for again`() = Managed.run { client ->
        val options = TokenOptions { clientCredentials("ads:read") }
        TokenManager(client, MemoryStore(), "app", options).use { tokens ->
            val first = tokens.accessToken()
            assertEquals("ads:read", tokens.status().scope)
            tokens.invalidate(first)
            Managed.nextSecond()
            assertNotEquals(first, tokens.accessToken())
        }
    }

    @Test
    fun `a closed client does not end its managers, and a client without an app makes none`() {
        val client = ApiClient(Sandbox.configuration())
        val tokens = TokenManager(client, MemoryStore(), "shop-1")
        client.close()
        tokens.adoptBlocking(Managed.answer())
        tokens.refreshAsync().get()
        tokens.close()
        val nobody = ApiClient(Configuration(accessToken = "pina_x"))
        assertThrows(InvalidInputException::class.java) { TokenManager(nobody, MemoryStore(), "shop-1") }
        assertThrows(IllegalStateException::class.java) { TokenManager(client, MemoryStore(), "shop-1") }
    }

    @Test
    fun `an interrupted thread waits no longer`() = Managed.run { client ->
        val tokens = TokenManager(client, MemoryStore(), "shop-1")
        tokens.adopt(Managed.short())
        Managed.nextSecond()
        Managed.delayAnswer(500)
        val waiting = Thread { runCatching { tokens.accessTokenBlocking() } }.apply { start() }
        delay(100.milliseconds)
        waiting.interrupt()
        withContext(Dispatchers.IO) { waiting.join(200) }
        assertFalse(waiting.isAlive)
        tokens.accessToken()
        assertEquals(1, Managed.renewals())
    }

    private suspend fun failure(call: suspend () -> Any?): Throwable? = runCatching { call() }.exceptionOrNull()
}
