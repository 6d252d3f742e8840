package pinterest.sdk

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.nio.charset.MalformedInputException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** A login on this machine, with a person whose browser comes back over a socket. */
internal class LoginTest {
    private val port = freePort()
    private val redirectUri = "http://localhost:$port/back"
    private val request = AuthorizationRequest(redirectUri, listOf(Scopes.USER_ACCOUNTS_READ))

    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `a person allows it`() {
        withClient { client ->
            val page = CompletableFuture<String>()
            val token = login(client, request) { url -> inBrowser(page) { decide(visit(url)).body() } }
            assertTrue(isFree(port))
            assertEquals(ResponseType.AUTHORIZATION_CODE, token.responseType)
            assertEquals("user_accounts:read", token.scope)
            assertTrue("connected" in page.get(5, TimeUnit.SECONDS))
        }
    }

    @Test
    fun `a person denies it`() {
        withClient { client ->
            val page = CompletableFuture<String>()
            val exception =
                assertInstanceOf(
                    AuthorizationException::class.java,
                    runCatching {
                        login(client, request) { url -> inBrowser(page) { decide(visit(url), "deny").body() } }
                    }.exceptionOrNull(),
                )
            assertTrue(isFree(port))
            assertEquals(Outcome.NOT_SENT, exception.outcome)
            assertTrue("access_denied" in exception.message.orEmpty(), exception.message)
            assertTrue("ask again" in exception.hint.orEmpty(), exception.hint)
            assertTrue("access_denied" in page.get(5, TimeUnit.SECONDS))
        }
    }

    @Test
    fun `cancelling it frees the port at once`() {
        withClient { client ->
            repeat(20) {
                val shown = CompletableDeferred<String>()
                val login = launch(Dispatchers.Default) { login(client, request) { shown.complete(it) } }
                withTimeout(5.seconds) { shown.await() }
                // Half of them in the middle of starting to wait, half of them long after.
                if (it % 2 == 0) assertEquals(404, Person().visit("http://localhost:$port/elsewhere").statusCode())
                val time = measureTime { login.cancelAndJoin() }
                assertTrue(isFree(port))
                assertTrue(time < 1.seconds, "took $time")
            }
        }
    }

    @Test
    fun `withTimeout frees the port at once`() {
        withClient { client ->
            val time =
                measureTime {
                    val exception =
                        runCatching { withTimeout(200.milliseconds) { login(client, request) { } } }.exceptionOrNull()
                    assertTrue(isFree(port))
                    assertInstanceOf(TimeoutCancellationException::class.java, exception)
                }
            assertTrue(time < 1.seconds, "took $time")
        }
    }

    @Test
    fun `interrupting a blocking login frees the port`() {
        val shown = CompletableFuture<String>()
        val ended = CompletableFuture<Pair<Throwable, Boolean>>()
        ApiClient(Sandbox.configuration(redirectUri)).use { client ->
            val caller =
                thread {
                    runCatching { loginBlocking(client, request, shown::complete) }
                        .onFailure { ended.complete(it to Thread.currentThread().isInterrupted) }
                }
            shown.get(5, TimeUnit.SECONDS)
            caller.interrupt()
            val (exception, interrupted) = ended.get(1, TimeUnit.SECONDS)
            assertTrue(isFree(port))
            assertInstanceOf(CancellationException::class.java, exception)
            assertTrue(interrupted)
        }
    }

    @Test
    fun `nobody comes`() {
        withClient { client ->
            val impatient = AuthorizationRequest(redirectUri, request.scopes, lifetime = 1.seconds)
            val exception = assertInstanceOf(NetworkException::class.java, failure(client, impatient))
            assertTrue(isFree(port))
            assertEquals(Phase.TIMEOUT to Outcome.NOT_SENT, exception.phase to exception.outcome)
        }
    }

    @Test
    fun `what show throws ends the login and comes out`() {
        withClient { client ->
            for (thrown in listOf(IllegalStateException("no screen"), MalformedInputException(1))) {
                val exception = runCatching { login(client, request) { throw thrown } }.exceptionOrNull()
                assertTrue(isFree(port))
                assertSame(thrown, exception)
            }
        }
    }

    @Test
    fun `a port in use is refused and the login that has it goes on`() {
        withClient { client ->
            val shown = CompletableDeferred<String>()
            val first = async(Dispatchers.Default) { login(client, request) { shown.complete(it) } }
            val url = withTimeout(5.seconds) { shown.await() }
            val exception = assertInstanceOf(InvalidInputException::class.java, failure(client, request))
            assertTrue("$port" in exception.message.orEmpty(), exception.message)
            withContext(Dispatchers.IO) { Person().run { decide(visit(url)) } }
            assertEquals("bearer", first.await().tokenType)
        }
    }

    @Test
    fun `redirect URIs elsewhere are refused`() {
        withClient { client ->
            for (uri in listOf("https://localhost:8085/", "http://localhost/", "http://example.com:8085/")) {
                val exception = failure(client, AuthorizationRequest(uri, request.scopes))
                assertInstanceOf(InvalidInputException::class.java, exception)
            }
        }
    }

    @Test
    fun `two at once on ports of their own`() {
        val ports = listOf(port, freePort())
        withClient(*ports.map { "http://localhost:$it/" }.toTypedArray()) { client ->
            val pages = CompletableFuture<String>()
            val tokens =
                ports.map { port ->
                    async(Dispatchers.Default) {
                        login(client, AuthorizationRequest("http://localhost:$port/", request.scopes)) { url ->
                            inBrowser(pages) { decide(visit(url)).body() }
                        }
                    }
                }
            assertEquals(listOf("bearer", "bearer"), tokens.map { it.await().tokenType })
            assertTrue(ports.all(::isFree))
        }
    }

    @Test
    fun `no text shows the code or the token`() {
        Sandbox.control("POST", "/_sandbox/codes", mapOf("code" to "canary", "redirect_uri" to redirectUri))
        Sandbox.respond(mapOf("status" to 401, "json" to mapOf("code" to 283, "message" to "canary")))
        ApiClient(Sandbox.configuration()).use { client ->
            val page = CompletableFuture<String>()
            val exception =
                assertThrows(InvalidGrantException::class.java) {
                    loginBlocking(client, request) { url ->
                        val state = url.substringAfter("state=")
                        inBrowser(page) { visit("$redirectUri?code=canary&state=$state").body() }
                    }
                }
            assertFalse("canary" in exception.everyText(), exception.everyText())
            assertFalse("canary" in page.get(5, TimeUnit.SECONDS))
        }
    }

    private suspend fun failure(client: ApiClient, request: AuthorizationRequest): Throwable? =
        runCatching { login(client, request) { } }.exceptionOrNull()

    /** Acts as the person, beside the login that waits for them. */
    private fun inBrowser(result: CompletableFuture<String>, act: Person.() -> String) {
        thread { runCatching { Person().act() }.fold(result::complete, result::completeExceptionally) }
    }

    /** Runs a block with a client, within ten seconds. */
    private fun withClient(
        vararg redirectUris: String = arrayOf(redirectUri),
        block: suspend CoroutineScope.(ApiClient) -> Unit,
    ) = ApiClient(Sandbox.configuration(*redirectUris)).use { client ->
        runBlocking { withTimeout(10.seconds) { block(client) } }
    }
}
