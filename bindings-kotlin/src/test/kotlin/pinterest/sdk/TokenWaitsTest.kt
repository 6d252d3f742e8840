package pinterest.sdk

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** Who waits for a token manager, where, and who had stopped before. */
internal class TokenWaitsTest {
    @BeforeEach
    fun reset() = Managed.strict()

    @Test
    fun `whoever waited too little has the token that came later, and not the old one`() = Managed.run { client ->
        val options = TokenOptions.builder().wait(300.milliseconds).build()
        TokenManager(client, MemoryStore(), "shop-1", options).use { tokens ->
            val old = tokens.adopt(Managed.answer())
            Managed.nextSecond()
            Managed.delayAnswer(900)
            assertThrows(NetworkException::class.java) { tokens.refreshBlocking() }
            assertEquals(old, tokens.accessToken())
            until { tokens.accessToken() != old }
            assertEquals(1, Managed.renewals())
        }
    }

    @Test
    fun `a token that the API refused is given to nobody while an operation has another asked for`() =
        Managed.run { client ->
            TokenManager(client, MemoryStore(), "shop-1").use { tokens ->
                val old = tokens.adopt(Managed.answer())
                Managed.nextSecond()
                assertEquals(old, tokens.accessToken())
                val refusal = mapOf("code" to 2, "message" to "Authentication failed.")
                val late = mapOf("pass" to true, "delay_ms" to 1500)
                Sandbox.respond(mapOf("status" to 401, "json" to refusal), late)
                val call = async { client.call(OperationCall("user_account/get").withTokens(tokens)) }
                until { Managed.renewals() == 1 }
                assertNotEquals(old, tokens.accessToken())
                assertEquals(200, call.await().status)
                assertEquals(1, Managed.renewals())
            }
        }

    @Test
    fun `what is adopted in a coroutine that was cancelled before is adopted`() = Managed.run { client ->
        TokenManager(client, MemoryStore(), "shop-1").use { tokens ->
            val answer = Managed.answer()
            launch {
                cancel()
                tokens.adopt(answer)
            }.join()
            until { tokens.status().state == TokenState.FRESH }
            assertEquals(answer.accessToken, tokens.accessToken())
            // And by a future that is cancelled at once.
            Managed.nextSecond()
            val next = Managed.answer()
            tokens.adoptAsync(next).cancel(true)
            until { tokens.accessToken() == next.accessToken }
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    fun `threads that wait do not wait for one another, though it is all of a dispatcher`() = Managed.run { client ->
        val all = mapOf(Dispatchers.Default to 4 * Runtime.getRuntime().availableProcessors(), Dispatchers.IO to 80)
        TokenManager(client, MemoryStore(), "shop-1").use { tokens ->
            for ((dispatcher, many) in all) {
                val answer = Managed.answer()
                val waits: List<() -> Unit> = listOf(
                    { tokens.adoptBlocking(answer) },
                    { tokens.adoptAsync(answer).get() },
                    // What a future's next step waits for.
                    { tokens.adoptAsync(answer).thenApply { tokens.adoptBlocking(answer) }.get() },
                    { tokens.refreshBlocking() },
                    { tokens.refreshAsync().get() },
                    { tokens.statusAsync().get() },
                    { runBlocking { tokens.status() } },
                    { runBlocking { tokens.accessToken() } },
                    { tokens.forgetAsync().get() },
                    { tokens.forgetBlocking() },
                )
                for (wait in waits) List(many) { async(dispatcher) { wait() } }.awaitAll()
            }
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    fun `steps that follow many futures at once may wait for other calls`() = Managed.run { client ->
        TokenManager(client, MemoryStore(), "shop-1").use { tokens ->
            tokens.adopt(Managed.answer())
            val steps: List<() -> Any> = listOf(
                { tokens.statusAsync().get() },
                { tokens.statusAsync().thenApply { it.state }.get() },
                { runBlocking { tokens.status() } },
            )
            for (step in steps) {
                Managed.nextSecond()
                // They all wait for one renewal, and go on at the same time.
                Managed.delayAnswer(500)
                val all = List(100) { tokens.refreshAsync().thenApply { step() } }
                for (each in all) each.get(15, TimeUnit.SECONDS)
            }
        }
    }

    @Test
    fun `a store that comes back in time has what it missed, and a second close says what the first did`() {
        val isDown = AtomicBoolean()
        val store = object : TextStore() {
            override suspend fun compareAndSwap(key: String, expected: String?, new: String?): Boolean {
                check(!isDown.get()) { "the database is gone" }
                return super.compareAndSwap(key, expected, new)
            }
        }
        ApiClient(Sandbox.configuration()).use { client ->
            for (isBackInTime in listOf(true, false)) {
                val tokens = TokenManager(client, store, "shop-$isBackInTime")
                isDown.set(true)
                assertThrows(StoreException::class.java) { tokens.adoptBlocking(Managed.answer()) }
                val repair = thread {
                    Thread.sleep(600)
                    if (isBackInTime) isDown.set(false)
                }
                assertEquals(isBackInTime, tokens.close(1500.milliseconds))
                assertEquals(isBackInTime, tokens.close(1.seconds))
                repair.join()
            }
            // What was not kept by then is kept later.
            isDown.set(false)
            runBlocking { until { store.texts.size == 2 } }
        }
    }

    @Test
    fun `a close that is not told how long waits ten seconds`() {
        val store = object : TextStore() {
            override suspend fun compareAndSwap(key: String, expected: String?, new: String?): Boolean =
                error("the database is gone")
        }
        ApiClient(Sandbox.configuration()).use { client ->
            val tokens = TokenManager(client, store, "shop-1")
            assertThrows(StoreException::class.java) { tokens.adoptBlocking(Managed.answer()) }
            val waited = measureTime { tokens.close() }
            assertTrue(waited in 9900.milliseconds..12.seconds, "$waited")
        }
    }

    @Test
    fun `an exception that cannot say what it is is a store's failure as any`() = Managed.run { client ->
        class Mute : IllegalStateException() {
            override val message: String get() = error("no words")
        }
        val store = object : TextStore() {
            override suspend fun load(key: String): String = throw Mute()
        }
        TokenManager(client, store, "shop-1").use { tokens ->
            val exception = assertThrows(StoreException::class.java) { tokens.statusBlocking() }
            assertTrue("load" in exception.message.orEmpty(), exception.message)
        }
    }
}
