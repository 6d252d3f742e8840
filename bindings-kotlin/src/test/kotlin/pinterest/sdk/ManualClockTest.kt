package pinterest.sdk

import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.URI
import java.nio.file.Path
import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset
import kotlin.time.Duration
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** A clock that a test moves: tokens age by it, and so do authorizations. */
internal class ManualClockTest {
    private val clock = ManualClock()

    @BeforeEach
    fun reset() = Managed.strict()

    private fun run(block: suspend (ApiClient) -> Unit) =
        ApiClient(Sandbox.configuration().copy { clock(this@ManualClockTest.clock) }).use { client ->
            runBlocking { withTimeout(20.seconds) { block(client) } }
        }

    @Test
    fun `a token ages by it and is renewed once each time`(@TempDir folder: Path) = run { client ->
        for (store in Managed.stores(folder)) {
            Managed.strict()
            clock.set(Instant.now())
            TokenManager(client, store(), "shop-1").use { ages(it) }
        }
    }

    private suspend fun ages(tokens: TokenManager) {
        val first = tokens.adopt(Managed.answer())
        otherToken()
        clock.advance(28.days)
        assertEquals(listOf(first, TokenState.FRESH), listOf(tokens.accessToken(), tokens.status().state))
        // Within its last day the old one is given out, and renewed behind that.
        clock.advance(1.85.days)
        assertEquals(TokenState.STALE, tokens.status().state)
        assertEquals(first, tokens.accessTokenBlocking())
        until { tokens.accessToken() != first }
        val second = tokens.accessToken()
        assertEquals(1, Managed.renewals())
        otherToken()
        clock.advance(java.time.Duration.ofHours(30 * 24 + 2))
        assertEquals(TokenState.EXPIRED, tokens.status().state)
        val given = runBlocking { List(20) { async { tokens.accessToken() } }.awaitAll() }
        assertEquals(1, given.toSet().size)
        assertTrue(given.first() !in listOf(first, second))
        assertEquals(given.first(), tokens.accessTokenAsync().get())
        assertEquals(2, Managed.renewals())
        val end = clock.instant().epochSecond + 30.days.inWholeSeconds
        assertEquals(end, tokens.status().accessLife?.expiresAt)
        clock.advance(61.days)
        val over = runCatching { tokens.accessToken() }.exceptionOrNull()
        assertTrue(over is ReauthorizationRequiredException, "$over")
        assertTrue("expired by this machine's clock" in over?.message.orEmpty(), over?.message)
        assertEquals(2, Managed.renewals())
    }

    /** Lets the sandbox give another access token than in the second before. */
    private fun otherToken() = Sandbox.control("POST", "/_sandbox/clock", mapOf("advance_seconds" to 2))

    @Test
    fun `one that is set back gives the token that there is`() = run { client ->
        TokenManager(client, MemoryStore(), "shop-1").use { tokens ->
            val token = tokens.adopt(Managed.answer())
            for (moment in listOf(clock.instant().minusSeconds(86_400), Instant.EPOCH, Instant.MIN)) {
                clock.set(moment)
                assertEquals(token, tokens.accessToken())
            }
            assertEquals(0, Managed.renewals())
        }
    }

    @Test
    fun `all that has an end goes by it`() = run { client ->
        clock.set(Instant.ofEpochSecond(2_000_000_000))
        val token = OauthApi(client).use { it.oauthToken(ClientCredentials("ads:read")) }
        assertEquals(2_000_000_000 + checkNotNull(token.expiresIn), token.expiresAt)
        val callback = "http://localhost:8085/"
        val started = AuthorizationRequest(callback, listOf("ads:read")).start(client)
        clock.advance(601.seconds)
        val state = URI(started.url).rawQuery.split("&").single { it.startsWith("state=") }
        val late = runCatching { started.complete(client, "$callback?code=x&$state") }.exceptionOrNull()
        assertEquals(AuthorizationReason.LATE, (late as PinterestException).reason)
    }

    @Test
    fun `what it takes and gives`() {
        val end = Instant.parse("9999-12-31T23:59:59.999Z")
        val other = ManualClock(Instant.ofEpochMilli(5))
        assertEquals(5, other.millis())
        assertEquals("ManualClock(1970-01-01T00:00:00.005Z)", "$other")
        for (by in listOf(Duration.INFINITE, 1.milliseconds)) {
            other.advance(by)
            assertEquals(end, other.instant())
        }
        other.advance(java.time.Duration.ofSeconds(Long.MAX_VALUE))
        other.set(Instant.MAX)
        assertEquals(end, other.instant())
        assertThrows(IllegalArgumentException::class.java) { other.advance((-1).seconds) }
        val there = other.withZone(ZoneId.of("Asia/Tokyo"))
        assertEquals(listOf(ZoneOffset.UTC, ZoneId.of("Asia/Tokyo")), listOf(other.zone, there.zone))
        other.set(Instant.ofEpochMilli(7))
        assertEquals(listOf(7L, 7L), listOf(there.millis(), there.withZone(ZoneOffset.UTC).instant().toEpochMilli()))
        assertNotEquals(other, ManualClock(Instant.ofEpochMilli(7)))
        assertTrue("clock=ManualClock(1970" in "${Configuration().copy { clock(other) }}")
    }
}
