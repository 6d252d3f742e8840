import kotlinx.coroutines.runBlocking
import pinterest.sdk.ApiClient
import pinterest.sdk.Configuration
import pinterest.sdk.MemoryStore
import pinterest.sdk.TokenManager
import pinterest.sdk.TokenOptions
import kotlin.time.DurationUnit
import kotlin.time.measureTime

/** `HOST`: nanoseconds of a valid token from memory; a line `SUSPENDING BLOCKING` a round. */
object Tokens {
    private const val CALLS = 2_000_000
    private const val WARM_UP = 3
    private const val ROUNDS = 7

    @JvmStatic
    fun main(arguments: Array<String>) {
        val client = ApiClient(Configuration("1234567", SECRET, host = "${arguments.single()}/v5"))
        val options = TokenOptions { clientCredentials(SCOPE) }
        TokenManager(client, MemoryStore(), "bench", options).use { tokens ->
            repeat(WARM_UP + ROUNDS) { round ->
                val suspending = measureTime { runBlocking { repeat(CALLS) { check(tokens.accessToken() != "") } } }
                val blocking = measureTime { repeat(CALLS) { check(tokens.accessTokenBlocking() != "") } }
                val each = listOf(suspending, blocking).map { it.toDouble(DurationUnit.NANOSECONDS) / CALLS }
                if (round >= WARM_UP) println("${each[0]} ${each[1]}")
            }
        }
        System.out.flush()
        Runtime.getRuntime().halt(0)
    }
}
