import java.lang.management.ManagementFactory

/** `ours|theirs one|many HOST CALLS`: makes so many calls, and prints the microseconds of CPU time that each took. */
object Costs {
    private const val WARM_UP = 10_000

    @JvmStatic
    fun main(arguments: Array<String>) {
        val (name, way, host, number) = arguments
        val calls = number.toInt()
        client(name, host).use { client ->
            val make: (Int) -> Unit = when (way) {
                "one" -> { times -> repeat(times) { client.blocking() } }
                else -> { times -> inFlight(client, times) }
            }
            make(WARM_UP)
            val before = cpuNanoseconds()
            make(calls)
            println((cpuNanoseconds() - before) / 1000.0 / calls)
        }
        System.out.flush()
        Runtime.getRuntime().halt(0)
    }

    private fun cpuNanoseconds() =
        (ManagementFactory.getOperatingSystemMXBean() as com.sun.management.OperatingSystemMXBean).processCpuTime
}
