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
    /** After fewer the rates still rise from round to round: the compiler of the virtual machine is not done. */
    private const val WARM_UP = 20_000
    private const val CALLS = 1_500
    private const val CALLS_IN_FLIGHT = 10_000
    private const val ROUNDS = 7

    private class Measurement(val calls: Int, val make: (Client, calls: Int) -> Unit) {
        fun rate(client: Client) = calls / measureTime { make(client, calls) }.toDouble(DurationUnit.SECONDS)
    }

    private val measurements =
        mapOf(
            "blocking" to Measurement(CALLS) { client, calls -> repeat(calls) { client.blocking() } },
            "suspending" to Measurement(CALLS) { client, calls ->
                runBlocking(Dispatchers.Default) { repeat(calls) { client.suspending() } }
            },
            "in_flight" to Measurement(CALLS_IN_FLIGHT, ::inFlight),
        )

    @JvmStatic
    fun main(arguments: Array<String>) {
        val clients = listOf("ours", "theirs").map { client(it, arguments.single()) }
        for (client in clients) inFlight(client, WARM_UP)
        for ((row, measurement) in measurements) {
            for (client in clients) measurement.rate(client)
            repeat(ROUNDS) {
                val rates = clients.map(measurement::rate)
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
