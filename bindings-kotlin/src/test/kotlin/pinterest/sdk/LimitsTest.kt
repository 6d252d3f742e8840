package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import kotlin.time.Duration
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds

/** Limits that are none, and those that Pinterest sets. */
internal class LimitsTest {
    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `no time below zero is a limit`() {
        val request = AuthorizationRequest("http://localhost:8085/", listOf("a"), lifetime = (-1).seconds)
        val mistakes =
            mapOf<String, (ApiClient) -> Unit>(
                "lifetime" to { request.start(it) },
                "timeout" to { ApiClient(it.configuration.copy { timeout((-1).seconds) }) },
                "connectTimeout" to { ApiClient(it.configuration.copy { connectTimeout((-1).seconds) }) },
            )
        ApiClient(Sandbox.configuration()).use { client ->
            for ((name, mistake) in mistakes) {
                val exception = assertThrows(InvalidInputException::class.java) { mistake(client) }
                assertTrue("`$name`" in exception.message.orEmpty(), exception.message)
                assertEquals(Outcome.NOT_SENT, exception.outcome)
            }
        }
        assertEquals(0, Sandbox.requests().size)
    }

    @Test
    fun `a manager is not closed by a time below zero`() {
        ApiClient(Sandbox.configuration()).use { client ->
            TokenManager(client, MemoryStore(), "shop-1").use { tokens ->
                for (manager in listOf(tokens, tokens.account("shop-2"))) {
                    for (time in listOf((-1).nanoseconds, -Duration.INFINITE)) {
                        val exception = assertThrows(InvalidInputException::class.java) { manager.close(time) }
                        assertTrue("`timeout`" in exception.message.orEmpty(), exception.message)
                    }
                }
                tokens.statusBlocking()
                assertTrue(tokens.close(Duration.INFINITE))
            }
        }
    }

    @Test
    fun `what a limit said is the same after serialization`() {
        val answer = mapOf("retry-after" to "7", "x-ratelimit-limit" to "10", "x-ratelimit-reset" to "5")
        Sandbox.respond(mapOf("status" to 429, "headers" to answer, "body" to ""))
        ApiClient(Sandbox.configuration().copy { accessToken("pina_x") }).use { client ->
            val sent =
                assertThrows(RateLimitedException::class.java) {
                    client.requestBlocking(ApiRequest.get("/user_account"))
                }
            val bytes = ByteArrayOutputStream().also { ObjectOutputStream(it).writeObject(sent) }.toByteArray()
            val read = ObjectInputStream(ByteArrayInputStream(bytes)).readObject() as RateLimitedException
            assertEquals(7.seconds, read.retryAfter)
            assertEquals(sent.rateLimit, read.rateLimit)
            assertEquals(10L, read.rateLimit.limit)
            assertEquals(sent.headers, read.headers)
            assertEquals(sent.message, read.message)
        }
    }
}
