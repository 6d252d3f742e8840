package pinterest.sdk

import kotlinx.coroutines.delay
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import pinterest.sdk.internal.Peers
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.Duration.Companion.milliseconds

/** What a manager tells, and what none of it shows. */
internal class TokenEventsTest {
    private val heard = CopyOnWriteArrayList<TokenEvent>()
    private val options = TokenOptions { listener { heard += it } }
    private val refused =
        mapOf("status" to 401, "json" to mapOf("code" to 283, "message" to "The authorization grant is invalid"))

    @BeforeEach
    fun reset() = Managed.strict()

    @Test
    fun `what happens is told in order`() = Managed.run { client ->
        val tokens = TokenManager(client, MemoryStore(), "shop-1", options)
        tokens.adopt(Managed.short())
        Managed.nextSecond()
        tokens.invalidate(tokens.accessToken())
        Sandbox.control("POST", "/_sandbox/standing", refused)
        repeat(2) {
            val exception = runCatching { tokens.accessToken() }.exceptionOrNull()
            assertInstanceOf(ReauthorizationRequiredException::class.java, exception)
        }
        until { heard.size == 3 }
        val needed = TokenEventKind.REAUTHORIZATION_NEEDED
        assertEquals(listOf(TokenEventKind.REFRESHED, TokenEventKind.REFRESHED, needed), heard.map { it.kind })
        assertEquals(setOf("shop-1"), heard.map { it.account }.toSet())
        assertNull(heard[0].error)
        assertInstanceOf(ReauthorizationRequiredException::class.java, heard[2].error)
        val failure = tokens.status().failure
        assertEquals("ReauthorizationRequired", failure?.kind)
    }

    @Test
    fun `a person is announced to be needed soon`() = Managed.run { client ->
        val tokens = TokenManager(client, MemoryStore(), "shop-1", options)
        tokens.adopt(OauthAccessTokenResponse("pina_x", expiresIn = 6 * 86_400))
        until { heard.size == 2 }
        assertEquals(TokenEventKind.REAUTHORIZATION_SOON, heard[1].kind)
        assertEquals(tokens.status().accessLife?.expiresAt, heard[1].at)
    }

    @Test
    fun `a listener that throws, blocks or asks harms nobody`() = Managed.run { client ->
        lateinit var tokens: TokenManager
        val throwing = TokenOptions {
            listener {
                heard += it
                tokens.accessTokenBlocking()
                Thread.sleep(200)
                throw NoSuchElementException("a listener's own fault")
            }
        }
        tokens = TokenManager(client, MemoryStore(), "shop-1", throwing)
        tokens.adopt(Managed.short())
        Managed.nextSecond()
        tokens.accessToken()
        until { heard.size == 2 }
    }

    @Test
    fun `nothing of a closed manager stays`() = Managed.run { client ->
        // Those that other tests have left open, and of which some have tokens that their store has not taken yet.
        repeat(5) {
            System.gc()
            delay(100.milliseconds)
        }
        val left = Peers.size
        val tokens = TokenManager(client, MemoryStore(), "shop-1", options)
        assertTrue(Peers.size > 0)
        tokens.close()
        until { Peers.size <= left }
        // Nor of one that could not be made.
        runCatching { TokenManager(client, MemoryStore(), "a/b", options) }
        until { Peers.size <= left }
    }

    @Test
    fun `no text shows a token`() = Managed.run { client ->
        val store = MemoryStore()
        val tokens = TokenManager(client, store, "shop-1", options)
        val token = tokens.adopt(Managed.answer())
        Sandbox.control("POST", "/_sandbox/standing", refused)
        val exception = runCatching { tokens.refresh() }.exceptionOrNull()
        until { heard.size == 2 }
        val shown = listOf(tokens, store, options, tokens.status(), heard, exception?.everyText()).joinToString()
        assertTrue("shop-1" in shown)
        assertFalse(token in shown || "pinr" in shown, shown)
    }
}
