package pinterest.sdk

import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import pinterest.sdk.internal.CallQueue
import pinterest.sdk.internal.Peers
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime
import kotlin.time.measureTimedValue

/** Stores that throw, block, hang and lie. */
internal class OwnStoreTest {
    private val store = TextStore()
    private val heard = CopyOnWriteArrayList<TokenEvent>()
    private val options = TokenOptions { listener { heard += it } }

    @BeforeEach
    fun reset() = Managed.strict()

    @Test
    fun `a text is kept under the account's key`() = Managed.run { client ->
        TokenManager(client, store, "shop-1").use { tokens ->
            val token = tokens.adopt(Managed.answer())
            assertEquals(setOf("${Sandbox.address("http")}/v5 1234567 shop-1"), store.texts.keys)
            assertTrue(token in store.texts.values.single())
            assertEquals(TextStore::class.java.name, tokens.status().store)
            assertTrue(tokens.forget())
            assertEquals(0, store.texts.size)
        }
        assertEquals(0, store.held.get())
    }

    @Test
    fun `what is thrown is the cause of what comes of it`() = Managed.run { client ->
        val tokens = TokenManager(client, store, "shop-1")
        val words = IllegalStateException("no database: pina_canary000000000000 \uD800")
        for (thrown in listOf(words, StackOverflowError())) {
            for (method in listOf("load", "lock")) {
                store.first = { if (it == method) throw thrown }
                val failure = runCatching { tokens.accessToken() }.exceptionOrNull()
                val exception = assertInstanceOf(StoreException::class.java, failure)
                assertSame(thrown, exception.cause)
                assertEquals(Outcome.NOT_SENT, exception.outcome)
                val said = exception.message.orEmpty()
                assertTrue("`$method` failed: ${thrown.javaClass.name}" in said, said)
                assertFalse("canary" in exception.message.orEmpty(), exception.message)
                assertEquals(thrown.message != null, "no database" in exception.message.orEmpty(), exception.message)
            }
        }
        assertEquals(0, Sandbox.requests().size)
    }

    @Test
    fun `new tokens that are not taken are used, and kept when they are`() = Managed.run { client ->
        val tokens = TokenManager(client, store, "shop-1", options)
        val thrown = IllegalStateException("down")
        store.first = { if (it == "compareAndSwap") throw thrown }
        val answer = Managed.answer()
        val failure = runCatching { tokens.adopt(answer) }.exceptionOrNull()
        assertEquals(Outcome.UNKNOWN, assertInstanceOf(StoreException::class.java, failure).outcome)
        assertSame(thrown, generateSequence(failure) { it.cause }.last())
        assertEquals(answer.accessToken, tokens.accessToken())
        assertTrue(tokens.status().isUnsaved)
        until { TokenEventKind.NOT_KEPT in heard.map { it.kind } }
        store.first = {}
        assertTrue(tokens.close(5.seconds))
        assertTrue(answer.accessToken in store.texts.values.single())
        assertEquals(0, store.held.get())
    }

    @Test
    fun `one that blocks or hangs holds up nobody else`() = Managed.run { client ->
        store.first = { if (it == "load") withContext(Dispatchers.Unconfined) { Thread.sleep(600) } }
        val tokens = TokenManager(client, store, "shop-1")
        val waiting = launch(Dispatchers.Default) { runCatching { tokens.accessToken() } }
        until { CallQueue.size == 1 }
        val time = measureTime { Managed.answer() }
        assertTrue(time < 500.milliseconds, "took $time")
        waiting.join()
    }

    @Test
    fun `one that blocks for a minute holds a call as long as it is told`() = Managed.run { client ->
        val tokens = TokenManager(client, store, "shop-1", TokenOptions { wait(300.milliseconds) })
        tokens.adopt(Managed.short())
        Managed.nextSecond()
        val end = CountDownLatch(1)
        for (method in listOf("load", "lock", "compareAndSwap")) {
            store.first = { if (it == method) end.await(1, TimeUnit.MINUTES) }
            val (failure, time) = measureTimedValue { runCatching { tokens.accessToken() }.exceptionOrNull() }
            assertEquals(Phase.TIMEOUT, assertInstanceOf(NetworkException::class.java, failure).phase)
            assertTrue(time < 2.seconds, "$method took $time")
        }
        store.first = {}
        end.countDown()
        assertTrue(tokens.accessToken().startsWith("pina"))
        assertTrue(tokens.close(5.seconds))
        assertEquals(TokenState.FRESH, TokenManager(client, store, "shop-1").status().state)
    }

    @Test
    fun `what nobody waits for is cancelled`() = Managed.run { client ->
        val cancelled = CompletableDeferred<Unit>()
        store.first = {
            try {
                awaitCancellation()
            } finally {
                cancelled.complete(Unit)
            }
        }
        val tokens = TokenManager(client, store, "shop-1")
        val status = runCatching { withTimeout(100.milliseconds) { tokens.status() } }
        assertInstanceOf(TimeoutCancellationException::class.java, status.exceptionOrNull())
        withTimeout(2.seconds) { cancelled.await() }
    }

    @Test
    fun `texts that are none of ours are refused and left alone`() = Managed.run { client ->
        val tokens = TokenManager(client, store, "shop-1")
        val token = tokens.adopt(Managed.answer())
        val (key, kept) = store.texts.entries.single().toPair()
        for (text in listOf("", "pina_canary", "{}", "canary\uD800", kept.trim().dropLast(1))) {
            store.texts[key] = text
            val failure = runCatching { tokens.status() }.exceptionOrNull()
            val exception = assertInstanceOf(StoreException::class.java, failure)
            assertFalse("canary" in exception.message.orEmpty(), exception.message)
            assertEquals(text, store.texts[key])
        }
        // A database may put white space in.
        store.texts[key] = " $kept"
        assertEquals(TokenState.FRESH, tokens.status().state)
        Managed.nextSecond()
        assertNotEquals(token, tokens.refresh())
        store.texts[key] = "damaged"
        val failure = runCatching { tokens.status() }.exceptionOrNull()
        assertTrue("call `forget`" in failure?.message.orEmpty(), failure?.message)
        assertTrue(tokens.forget())
        assertTrue(store.texts.isEmpty())
    }

    @Test
    fun `nothing of a closed manager stays`() = Managed.run { client ->
        until {
            System.gc()
            Peers.size == 0
        }
        val tokens = TokenManager(client, store, "shop-1")
        tokens.adopt(Managed.answer())
        assertEquals(1, Peers.size)
        tokens.close()
        until { Peers.size == 0 }
    }
}
