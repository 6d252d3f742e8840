package pinterest.sdk

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import java.nio.file.Path
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** What tests of token managers do with the sandbox. */
internal object Managed {
    /** A sandbox that ends a refresh token once it is used. */
    fun strict() {
        Sandbox.reset()
        Sandbox.control("PATCH", "/_sandbox/switches", mapOf("rotation" to "invalidate_on_use"))
    }

    /** The answer to a code. */
    fun answer(): OauthAccessTokenResponse {
        val code = Sandbox.control("POST", "/_sandbox/codes", emptyMap<String, Any>()).asJsonObject["code"].asString
        return withApi { it.oauthTokenBlocking(AuthorizationCode(code, "http://localhost:8085/")) }
    }

    /** The same tokens, of which the access token ends in a second. */
    fun short(answer: OauthAccessTokenResponse = answer()): OauthAccessTokenResponse = OauthAccessTokenResponse(
        accessToken = answer.accessToken,
        expiresIn = 1,
        scope = answer.scope,
        refreshToken = answer.refreshToken,
        refreshTokenExpiresIn = answer.refreshTokenExpiresIn,
    )

    /** Waits until a second has passed, here and for the sandbox, which then gives other tokens. */
    fun nextSecond() {
        Sandbox.control("POST", "/_sandbox/clock", mapOf("advance_seconds" to 2))
        Thread.sleep(1_050)
    }

    /** How often a refresh token was sent. */
    fun renewals(): Int = Sandbox.requests().count { "grant_type=refresh" in "${it["body"]}" }

    /** Answers the next request after a while. */
    fun delayAnswer(milliseconds: Int) = Sandbox.respond(mapOf("pass" to true, "delay_ms" to milliseconds))

    /** Runs a block with a client, within twenty seconds. */
    fun run(block: suspend CoroutineScope.(ApiClient) -> Unit) = ApiClient(Sandbox.configuration()).use { client ->
        runBlocking { withTimeout(20.seconds) { block(client) } }
    }

    private val sealing = Random.nextBytes(32).let { key -> KeyFunction { listOf(key) } }

    /** Every kind of store, each in an empty place; a maker gives what another process would have of it. */
    fun stores(folder: Path): List<() -> Store> {
        val (memory, texts, locked) = Triple(MemoryStore(), TextStore(), LockedTextStore())
        val files = { FileStore(folder.resolve("tokens")) }
        return listOf({ memory }, { texts }, { locked }, files, { FileStore(folder.resolve("sealed"), sealing) })
    }
}

/** Waits, up to ten seconds, until something is so. */
internal suspend fun until(isSo: suspend () -> Boolean) = withTimeout(10.seconds) {
    while (!isSo()) delay(20.milliseconds)
}
