package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.time.Instant

/** Rows of a program's own database: what is adopted from one, and what a store gives for another. */
internal class TokenRowsTest {
    @BeforeEach
    fun reset() = Managed.strict()

    @Test
    fun `a row that has the end alone is adopted`() = Managed.run { client ->
        val end = Instant.ofEpochSecond(4_000_000_000)
        val rows = listOf(
            OauthAccessTokenResponse(
                "pina_row",
                refreshToken = "pinr.row",
                refreshTokenExpiresAt = 4_100_000_000,
                expiresAt = end.epochSecond,
            ),
            OauthAccessTokenResponse("pina_row", refreshToken = "pinr.row", refreshTokenExpiresAt = 4_100_000_000)
                .expiringAt(end),
            // As `System.currentTimeMillis()` counts.
            OauthAccessTokenResponse(
                "pina_row",
                refreshToken = "pinr.row",
                refreshTokenExpiresAt = 4_100_000_000_000,
                expiresAt = end.toEpochMilli(),
            ),
        )
        TokenManager(client, MemoryStore(), "row").use { tokens ->
            for (row in rows) {
                assertEquals("pina_row", tokens.adopt(row))
                val status = tokens.status()
                assertEquals(4_000_000_000, status.accessLife?.expiresAt)
                assertEquals(4_100_000_000, status.refreshLife?.expiresAt)
                assertEquals(TokenState.FRESH, status.state)
            }
        }
    }

    @Test
    fun `a refresh token in the place of an access token is not adopted`() = Managed.run { client ->
        TokenManager(client, MemoryStore(), "row").use { tokens ->
            val refusal = assertThrows(InvalidInputException::class.java) {
                tokens.adoptBlocking(OauthAccessTokenResponse("pinr.canary"))
            }
            assertEquals(Outcome.NOT_SENT, refusal.outcome)
            assertTrue("the access token to adopt is a refresh token" in refusal.message.orEmpty())
            assertTrue("canary" !in refusal.everyText())
        }
    }

    @Test
    fun `two accounts that are one to a store do not get each other's tokens`() = Managed.run { client ->
        val store = object : TextStore() {
            override suspend fun load(key: String) = super.load(key.lowercase())

            override suspend fun compareAndSwap(key: String, expected: String?, new: String?) =
                super.compareAndSwap(key.lowercase(), expected, new)
        }
        TokenManager(client, store, "shop").use { tokens ->
            tokens.adopt(Managed.answer())
            val kept = store.texts.toMap()
            val refusal = assertThrows(StoreException::class.java) { tokens.account("Shop").accessTokenBlocking() }
            assertTrue("1234567 Shop` the store gave what it keeps for" in refusal.message.orEmpty(), refusal.message)
            assertEquals(kept, store.texts.toMap())
        }
    }
}
