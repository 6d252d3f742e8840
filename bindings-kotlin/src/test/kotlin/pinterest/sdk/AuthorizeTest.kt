package pinterest.sdk

import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.io.File
import java.net.http.HttpClient
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes

/** Authorization as a web server does it; what a callback may be is in `tests/vectors/authorize.json`. */
internal class AuthorizeTest {
    private val redirectUri = "http://localhost:8085/"
    private val request = AuthorizationRequest(redirectUri, listOf(Scopes.PINS_READ, "new:scope"))

    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `a person allows it and the callback becomes a token`() {
        val request = AuthorizationRequest(redirectUri, request.scopes, pkce = true, continuousRefresh = true)
        withClient(Sandbox.configuration(redirectUri)) { client ->
            val pending = PendingAuthorization.fromJson(request.start(client).toJson())
            val answer = Person(HttpClient.Redirect.NEVER).run { decide(visit(pending.url)) }
            val callback = answer.headers().firstValue("location").get()
            val token = runBlocking { pending.complete(client, callback) }
            assertEquals(listOf("new:scope", "pins:read"), token.scope?.split(" ")?.sorted())
            assertTrue(token.refreshToken.orEmpty().startsWith("pinr."))
            val sent = Sandbox.requests().last()["body"].asString
            assertTrue("code_verifier=" in sent && "continuous_refresh=true" in sent, sent)
        }
    }

    @Test
    fun `what is pending survives a session`() {
        withClient { client ->
            val pending = request.start(client)
            val restored = PendingAuthorization.fromJson(pending.toJson())
            assertEquals(pending, restored)
            assertEquals(pending.hashCode(), restored.hashCode())
            assertEquals(pending.toJson(), restored.toJson())
            assertEquals(redirectUri, restored.redirectUri)
            assertTrue(pending.state in pending.url && pending.state.length > 40, pending.url)
            assertNotEquals(pending, request.start(client))
            for (text in listOf(null, "", "canary", pending.toJson().replace("\"version\":1", "\"version\":2"))) {
                val exception =
                    assertThrows(InvalidInputException::class.java) { PendingAuthorization.fromJson(text) }
                assertFalse("canary" in exception.everyText())
                assertEquals(AuthorizationReason.NOT_PENDING, exception.reason)
                assertTrue("start the authorization again" in exception.hint.orEmpty(), exception.hint)
            }
        }
    }

    @Test
    fun `a callback of another session changes nothing`() {
        Sandbox.control("POST", "/_sandbox/codes", mapOf("code" to "c"))
        withClient { client ->
            val mine = request.start(client)
            val other = request.start(client)
            val exception =
                assertThrows(AuthorizationException::class.java) {
                    mine.completeBlocking(client, "$redirectUri?code=c&state=${other.state}")
                }
            assertEquals(Outcome.NOT_SENT, exception.outcome)
            assertEquals(0, Sandbox.requests().size)
            assertEquals("bearer", mine.completeBlocking(client, "?code=c&state=${mine.state}").tokenType)
        }
    }

    @Test
    fun `a cancelled exchange ends at once and closes its connection`() {
        HangingPeer().use { peer ->
            withClient(peer.configuration()) { client ->
                val pending = request.start(client)
                assertThrows(TimeoutCancellationException::class.java) {
                    runBlocking {
                        withTimeout(200.milliseconds) { pending.complete(client, "?code=c&state=${pending.state}") }
                    }
                }
                assertTrue(peer.closedByClient.get(2, TimeUnit.SECONDS))
                // The code may have left.
                val exception =
                    assertThrows(AuthorizationException::class.java) {
                        pending.completeBlocking(client, "?code=c&state=${pending.state}")
                    }
                assertTrue("used already" in exception.everyText())
            }
        }
    }

    @Test
    fun `a code that did not leave can be sent again`() {
        // It waits for the other side of the TLS handshake.
        val mute = Configuration("1234567", SECRET, host = "https://${Sandbox.address("silent")}/v5")
        withClient(mute) { client ->
            val pending = request.start(client)
            repeat(3) {
                assertThrows(TimeoutCancellationException::class.java) {
                    runBlocking {
                        withTimeout(200.milliseconds) { pending.complete(client, "?code=c&state=${pending.state}") }
                    }
                }
            }
        }
    }

    @Test
    fun `a code that is left can be sent again`() {
        Sandbox.control("POST", "/_sandbox/codes", mapOf("code" to "c"))
        val refusals = listOf(429 to 8, 401 to 2)
        Sandbox.respond(
            *refusals
                .map { (status, code) -> mapOf("status" to status, "json" to mapOf("code" to code, "message" to "m")) }
                .toTypedArray(),
        )
        withClient { client ->
            val pending = request.start(client)
            val callback = "?code=c&state=${pending.state}"
            for ((status, _) in refusals) {
                val exception =
                    assertThrows(PinterestException::class.java) { pending.completeBlocking(client, callback) }
                assertEquals(status to Outcome.REFUSED, exception.status to exception.outcome)
            }
            assertEquals("bearer", pending.completeBlocking(client, callback).tokenType)
            val exception =
                assertThrows(AuthorizationException::class.java) { pending.completeBlocking(client, callback) }
            assertTrue("used already" in exception.everyText())
        }
    }

    @Test
    fun `settings are used`() {
        withClient(Configuration("an id", authorizationUrl = "http://127.0.0.1:1/page/")) { client ->
            val now = System.currentTimeMillis() / 1000
            val pending = AuthorizationRequest(redirectUri, listOf("a", "b"), lifetime = 2.minutes).start(client)
            assertTrue(pending.url.startsWith("http://127.0.0.1:1/page/?client_id=an%20id&"), pending.url)
            assertTrue("&scope=a%20b&" in pending.url, pending.url)
            assertTrue(pending.expiresAt - now in 119..130, "${pending.expiresAt - now}")
        }
        assertThrows(InvalidInputException::class.java) {
            withClient(Configuration("id", authorizationUrl = "http://example.com/")) { request.start(it) }
        }
    }

    @Test
    fun `what is closed says so`() {
        val client = ApiClient(Sandbox.configuration())
        val pending = request.start(client)
        client.close()
        assertThrows(IllegalStateException::class.java) { request.start(client) }
        assertThrows(IllegalStateException::class.java) { pending.completeBlocking(client, "?code=c") }
    }

    @Test
    fun `scopes are those of the core`() {
        val core = File("../core/src/scope.rs").readText()
        val wanted =
            Regex("""^ {4}([A-Z_]+) = "([^"]+)", """, RegexOption.MULTILINE)
                .findAll(core)
                .map { it.groupValues[1] to it.groupValues[2] }
                .toMap()
        val fields = Scopes::class.java.declaredFields.filter { it.type == String::class.java }
        assertEquals(wanted, fields.associate { it.name to it.get(null) })
        assertTrue(wanted.size >= 19)
    }

    private fun withClient(configuration: Configuration = Sandbox.configuration(), block: (ApiClient) -> Unit) =
        ApiClient(configuration).use(block)
}
