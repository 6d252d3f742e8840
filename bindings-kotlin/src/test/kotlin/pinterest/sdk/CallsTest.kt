package pinterest.sdk

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import pinterest.sdk.internal.CallQueue
import java.net.InetAddress
import java.net.ServerSocket
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

internal class CallsTest {
    private val grant = ClientCredentials("user_accounts:read")

    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `blocking forms give what suspending ones give`() {
        Sandbox.control(
            "POST",
            "/_sandbox/tokens",
            mapOf(
                "kind" to "user",
                "scope" to "ads:write",
                "access_token" to "pina_ads",
            ),
        )
        Sandbox.control("POST", "/_sandbox/tokens", mapOf("kind" to "system", "access_token" to "pina_system"))
        val configuration =
            Configuration("1234567", SECRET, accessToken = "pina_ads", host = "${Sandbox.address("http")}/v5")
        withApi(configuration) { api ->
            val token = api.oauthTokenBlocking(grant)
            assertEquals(ResponseType.CLIENT_CREDENTIALS, token.responseType)
            assertEquals(2_592_000, token.expiresIn)
            val answer = api.oauthTokenWithHttpInfoBlocking(grant)
            assertEquals(200, answer.status)
            assertEquals(listOf("application/json"), answer.headers["content-type"])
            assertEquals("conversion", api.conversionTokenBlocking().tokenType)
            assertEquals(200, api.conversionTokenWithHttpInfoBlocking().status)
            api.revokeTokenBlocking("pina_system", TokenTypeHint.ACCESS_TOKEN)
            assertEquals(200, api.revokeTokenWithHttpInfoBlocking("pina_system").status)
        }
    }

    @Test
    fun `200 calls in flight, more than a batch, each get their answer`() {
        Sandbox.control("POST", "/_sandbox/standing", mapOf("pass" to true, "delay_ms" to 200))
        val time =
            measureTime {
                withApi { api ->
                    val tokens =
                        runBlocking(Dispatchers.Default) { List(200) { async { api.oauthToken(grant) } }.awaitAll() }
                    assertTrue(tokens.all { it.accessToken.startsWith("pin") })
                }
            }
        assertEquals(200, Sandbox.requests().size)
        assertTrue(time < 5.seconds, "200 calls of 200 ms took $time")
    }

    @Test
    fun `many threads share a client`() {
        withApi { api ->
            val results = List(16) { CompletableFuture.supplyAsync { List(10) { api.oauthTokenBlocking(grant) }.size } }
            assertEquals(160, results.sumOf { it.get(30, TimeUnit.SECONDS) })
        }
        assertEquals(160, Sandbox.requests().size)
    }

    @Test
    fun `all calls are made by one thread, which holds neither the program nor who called first`() {
        withApi { api ->
            val calls = List(4) { CompletableFuture.runAsync { api.oauthTokenBlocking(grant) } }
            for (call in calls) call.get(30, TimeUnit.SECONDS)
        }
        val ours = Thread.getAllStackTraces().keys.filter { it.name == "pinterest-sdk" }
        assertEquals(listOf(true to null), ours.map { it.isDaemon to it.contextClassLoader })
    }

    @Test
    fun `a cancelled call ends at once and closes its connection`() {
        HangingPeer().use { peer ->
            withApi(peer.configuration()) { api ->
                val time =
                    measureTime {
                        assertThrows(TimeoutCancellationException::class.java) {
                            runBlocking { withTimeout(200.milliseconds) { api.oauthToken(grant) } }
                        }
                    }
                assertTrue(time < 1.seconds, "took $time")
                assertTrue(peer.closedByClient.get(2, TimeUnit.SECONDS))
            }
        }
    }

    @Test
    fun `a cancelled future ends its call at once and closes its connection`() {
        HangingPeer().use { peer ->
            withApi(peer.configuration()) { api ->
                val call = api.oauthTokenAsync(grant)
                assertThrows(TimeoutException::class.java) { call.get(200, TimeUnit.MILLISECONDS) }
                assertTrue(call.cancel(true))
                assertTrue(peer.closedByClient.get(2, TimeUnit.SECONDS))
            }
        }
    }

    @Test
    fun `a cancelled call leaves the others alone`() {
        Sandbox.respond(mapOf("fault" to "hang"), mapOf("pass" to true, "delay_ms" to 300))
        withApi { api ->
            runBlocking {
                val hanging = launch(Dispatchers.Default) { api.oauthToken(grant) }
                while (Sandbox.requests().isEmpty()) Thread.sleep(5)
                val other = async(Dispatchers.Default) { api.oauthToken(grant) }
                while (Sandbox.requests().size < 2) Thread.sleep(5)
                hanging.cancel()
                assertEquals(ResponseType.CLIENT_CREDENTIALS, other.await().responseType)
                assertTrue(hanging.isCancelled)
            }
        }
    }

    @Test
    fun `calls cancelled at any moment leave nothing behind`() {
        withApi { api ->
            runBlocking(Dispatchers.Default) {
                for (microseconds in 0 until 2_000 step 4) {
                    withTimeoutOrNull(microseconds.microseconds) { api.oauthToken(grant) }
                    val call = launch { api.oauthToken(grant) }
                    delay(microseconds.microseconds)
                    call.cancelAndJoin()
                }
                assertEquals("bearer", api.oauthToken(grant).tokenType)
            }
        }
        assertEquals(0, CallQueue.size)
    }

    @Test
    fun `interrupting a blocking call ends it`() {
        HangingPeer().use { peer ->
            val ended = CompletableFuture<Throwable>()
            val caller =
                thread {
                    runCatching { withApi(peer.configuration()) { it.oauthTokenBlocking(grant) } }
                        .onFailure {
                            assertTrue(Thread.currentThread().isInterrupted)
                            ended.complete(it)
                        }
                }
            peer.requestArrived.get(5, TimeUnit.SECONDS)
            caller.interrupt()
            assertInstanceOf(CancellationException::class.java, ended.get(2, TimeUnit.SECONDS))
            assertTrue(peer.closedByClient.get(2, TimeUnit.SECONDS))
        }
    }

    @Test
    fun `a timeout says that the call may have taken effect`() {
        HangingPeer().use { peer ->
            val exception =
                assertThrows(NetworkException::class.java) {
                    withApi(peer.configuration(timeout = 200.milliseconds)) { it.oauthTokenBlocking(grant) }
                }
            assertEquals(Phase.TIMEOUT, exception.phase)
            assertEquals(Outcome.UNKNOWN, exception.outcome)
        }
    }

    @Test
    fun `a timeout that is over before the call ends it at once`() {
        HangingPeer().use { peer ->
            val exception =
                assertThrows(NetworkException::class.java) {
                    withApi(peer.configuration(timeout = 1.nanoseconds)) { it.oauthTokenBlocking(grant) }
                }
            assertEquals(Phase.TIMEOUT, exception.phase)
        }
    }

    @Test
    fun `an endless timeout is taken as one`() {
        val endless = kotlin.time.Duration.INFINITE
        val configuration =
            Configuration(
                "1234567",
                SECRET,
                host = "${Sandbox.address("http")}/v5",
                timeout = endless,
                connectTimeout = endless,
            )
        withApi(configuration) { assertEquals(2_592_000, it.oauthTokenBlocking(grant).expiresIn) }
    }

    @Test
    fun `a kept connection that the server closed is replaced unseen`() {
        Sandbox.control("POST", "/_sandbox/standing", mapOf("pass" to true, "then" to "close"))
        withApi { api ->
            repeat(100) {
                api.oauthTokenBlocking(grant)
                // Time for the closing to arrive: what crosses it on its way is lost, and rightly not sent again.
                Thread.sleep(10)
            }
        }
        val requests = Sandbox.requests()
        assertEquals(100, requests.size)
        assertEquals(100, requests.map { it["connection"].asInt }.distinct().size)
    }

    @Test
    fun `code that resumes on any thread may block there`() {
        withApi { api ->
            runBlocking {
                List(8) {
                    async(Dispatchers.Unconfined) {
                        api.oauthToken(grant)
                        api.oauthTokenBlocking(grant)
                    }
                }.awaitAll()
            }
        }
        assertEquals(16, Sandbox.requests().size)
    }

    @Test
    fun `an end that no number holds is none`() {
        val old =
            OauthAccessTokenResponse(
                "a",
                expiresIn = 60,
                refreshToken = "pinr.a",
                refreshTokenExpiresIn = Long.MAX_VALUE,
                expiresAt = 1060,
            )
        assertEquals(null, OauthAccessTokenResponse("b").mergedWith(old).refreshTokenExpiresAt)
    }

    @Test
    fun `what is closed says so`() {
        val client = ApiClient(Sandbox.configuration())
        val api = OauthApi(client)
        OauthApi(client).use { it.oauthTokenBlocking(grant) }
        assertEquals("bearer", api.oauthTokenBlocking(grant).tokenType)

        api.close()
        api.close()
        val apiClosed = assertThrows(IllegalStateException::class.java) { api.oauthTokenBlocking(grant) }
        assertEquals("this OauthApi is closed", apiClosed.message)

        val other = OauthApi(client)
        client.close()
        client.close()
        val clientClosed = assertThrows(IllegalStateException::class.java) { other.conversionTokenBlocking() }
        assertEquals("this ApiClient is closed", clientClosed.message)
        assertEquals(2, Sandbox.requests().size)
    }

    @Test
    fun `a call under way ends when its client is closed`() {
        Sandbox.respond(mapOf("pass" to true, "delay_ms" to 300))
        val client = ApiClient(Sandbox.configuration())
        val token = CompletableFuture.supplyAsync { OauthApi(client).oauthTokenBlocking(grant) }
        while (Sandbox.requests().isEmpty()) Thread.sleep(5)
        client.close()
        assertEquals("bearer", token.get(5, TimeUnit.SECONDS).tokenType)
    }
}

/** Accepts one connection, reads, and never answers. */
internal class HangingPeer : AutoCloseable {
    private val socket = ServerSocket(0, 1, InetAddress.getLoopbackAddress())
    val requestArrived = CompletableFuture<Boolean>()
    val closedByClient = CompletableFuture<Boolean>()

    init {
        thread(isDaemon = true) {
            runCatching {
                socket.accept().use { connection ->
                    val input = connection.getInputStream()
                    val buffer = ByteArray(4096)
                    while (input.read(buffer) >= 0) requestArrived.complete(true)
                }
            }
            closedByClient.complete(true)
        }
    }

    fun configuration(timeout: kotlin.time.Duration = 30.seconds) =
        Configuration("1234567", SECRET, host = "http://127.0.0.1:${socket.localPort}/v5", timeout = timeout)

    override fun close() = socket.close()
}
