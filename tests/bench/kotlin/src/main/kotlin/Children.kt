import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.DurationUnit
import kotlin.time.TimeSource
import kotlin.time.measureTime

private const val IN_FLIGHT = 64

/** `ours|theirs HOST`: milliseconds from the start of a program to its first answer. */
object First {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val start = TimeSource.Monotonic.markNow()
        val (name, host) = arguments
        client(name, host).blocking()
        println(start.elapsedNow().toDouble(DurationUnit.MILLISECONDS))
        // OkHttp's threads would keep the program for a minute.
        System.out.flush()
        Runtime.getRuntime().halt(0)
    }
}

/** `HOST`: calls a second in one warmed-up program, ours and theirs by turns; a line `ROW OURS THEIRS` a round. */
object Warm {
    private const val WARM_UP = 3_000
    private const val CALLS = 1_500
    private const val ROUNDS = 7

    private val measurements: Map<String, (Client) -> Unit> =
        mapOf(
            "blocking" to { client -> repeat(CALLS) { client.blocking() } },
            "suspending" to { client -> runBlocking(Dispatchers.Default) { repeat(CALLS) { client.suspending() } } },
            "in_flight" to { client -> inFlight(client, CALLS) },
        )

    @JvmStatic
    fun main(arguments: Array<String>) {
        val clients = listOf("ours", "theirs").map { client(it, arguments.single()) }
        for (client in clients) inFlight(client, WARM_UP)
        for ((row, measure) in measurements) {
            for (client in clients) measure(client)
            repeat(ROUNDS) {
                val rates = clients.map { CALLS / measureTime { measure(it) }.toDouble(DurationUnit.SECONDS) }
                println("$row ${rates[0]} ${rates[1]}")
            }
        }
        clients.forEach(Client::close)
        Runtime.getRuntime().halt(0)
    }
}

/** So many calls, 64 at a time. */
fun inFlight(client: Client, calls: Int) = runBlocking(Dispatchers.Default) {
    val left = AtomicInteger(calls)
    List(IN_FLIGHT) { async { while (left.getAndDecrement() > 0) client.suspending() } }.awaitAll()
}
