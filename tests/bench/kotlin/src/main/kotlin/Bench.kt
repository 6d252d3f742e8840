import java.io.File
import java.util.concurrent.TimeUnit
import java.util.zip.ZipFile
import kotlin.system.exitProcess

private const val STARTS = 15
private const val COST_ROUNDS = 3
private const val COST_CALLS = 20_000

/** How many calls strace counts, beside none: of fewer, what the JVM itself asks for at whim is more than theirs. */
private const val COUNTED = 20_000
private val WAYS = mapOf("one" to "one call after another, blocking", "many" to "64 calls in flight")

/** `BenchKt FILE`: measures the SDK beside OkHttp over TLS on loopback and writes the rows to the file. */
fun main(arguments: Array<String>) {
    val output = File(arguments.single())
    val authority = File.createTempFile("authority", ".pem").apply { deleteOnExit() }
    val server =
        ProcessBuilder(
            System.getenv("PINTEREST_SANDBOX") ?: "target/release/pinterest-sandbox",
            "--port=0",
            "--json",
            "--until-stdin-closes",
            "--log-limit=0",
            "--write-ca=$authority",
        ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    val addresses = server.inputStream.bufferedReader().readLine()
    val host = Regex("\"https\":\"([^\"]+)\"").find(addresses)?.groupValues?.get(1) ?: error(addresses)
    val virtualMachine = VirtualMachine(authority)

    val names = listOf("ours", "theirs")
    repeat(2) { names.forEach { virtualMachine.run("First", it, host) } }
    val first = List(STARTS) { names.map { virtualMachine.run("First", it, host).single().toDouble() } }
    val warm =
        virtualMachine.run("Warm", host).map {
            it.split(" ")
        }.groupBy({ it[0] }, { listOf(it[1].toDouble(), it[2].toDouble()) })
    val costs =
        WAYS.flatMap { (way, label) ->
            val time = List(COST_ROUNDS) { names.map { virtualMachine.cpuTime(it, way, host) } }
            val counts = names.mapNotNull { virtualMachine.systemCalls(it, way, host) }.takeIf { it.size == names.size }
            listOfNotNull(
                row("CPU time of $label, beside OkHttp", "µs each", time, lessIsBetter = true),
                counts?.let { row("system calls of $label, beside OkHttp", "each", listOf(it), lessIsBetter = true) },
            )
        }
    val tokens = virtualMachine.run("Tokens", host).map { it.split(" ").map(String::toDouble) }
    server.outputStream.close()

    val rows =
        listOf(
            row("first answer in a fresh JVM, beside OkHttp", "ms", first, "sooner", lessIsBetter = true),
            row("one call after another, blocking, beside OkHttp", "calls/s", warm.getValue("blocking")),
            row("one call after another, suspending, beside OkHttp", "calls/s", warm.getValue("suspending")),
            row("64 calls in flight, beside OkHttp", "calls/s", warm.getValue("in_flight")),
            alone("native library, stripped", "MiB", librarySize(), "under 4"),
            alone("a valid token from memory, suspending", "ns", tokens.map { it[0] }.median(), "under 1000"),
            alone("a valid token from memory, blocking", "ns", tokens.map { it[1] }.median(), "under 1000"),
        ) + costs
    output.writeText(rows.joinToString(",\n  ", "{\"rows\": [\n  ", "\n]}\n"))
    println(output.readText())
    exitProcess(0)
}

private fun row(
    name: String,
    unit: String,
    rounds: List<List<Double>>,
    target: String? = null,
    lessIsBetter: Boolean = false,
): String {
    val (ours, theirs) = List(2) { side -> rounds.map { it[side] }.median() }
    val ratio = if (lessIsBetter) theirs / ours else ours / theirs
    val asked = target?.let { "\"$it\"" }
    return """{"name":"$name","unit":"$unit","ours":$ours,"theirs":$theirs,"ratio":$ratio,"target":$asked}"""
}

/** A row of what has nobody beside it. */
private fun alone(name: String, unit: String, ours: Double, target: String): String =
    """{"name":"$name","unit":"$unit","ours":$ours,"theirs":null,"ratio":null,"target":"$target"}"""

private fun List<Double>.median(): Double = sorted()[size / 2]

/** MiB of the native library inside the jar. */
private fun librarySize(): Double {
    val jar = pinterest.sdk.ApiClient::class.java.protectionDomain.codeSource.location
    return ZipFile(File(jar.toURI())).use { zip ->
        zip.entries().asSequence().single { "pinterest_sdk_ffi." in it.name && !it.name.endsWith(".class") }.size /
            1048576.0
    }
}

/** Starts programs that trust the sandbox, in either client's own way. */
private class VirtualMachine(private val authority: File) {
    private val trustStore = File.createTempFile("trust", ".p12").apply { deleteOnExit() }
    private val home = System.getProperty("java.home")

    init {
        trustStore.delete()
        val import =
            listOf("$home/bin/keytool", "-importcert", "-noprompt", "-storetype", "PKCS12", "-storepass", "changeit")
        run(ProcessBuilder(import + listOf("-file", authority.path, "-keystore", trustStore.path)))
    }

    fun run(program: String, vararg arguments: String): List<String> =
        run(ProcessBuilder(command(program, arguments.asList())))

    private fun command(program: String, arguments: List<String>) = listOf(
        "$home/bin/java",
        "-Djavax.net.ssl.trustStore=$trustStore",
        "-Djavax.net.ssl.trustStorePassword=changeit",
        "-cp",
        System.getProperty("java.class.path"),
        program,
    ) + arguments

    /** Microseconds that each of many calls takes of the processors. */
    fun cpuTime(name: String, way: String, host: String): Double =
        run("Costs", name, way, host, "$COST_CALLS").single().toDouble()

    /** How many system calls each takes; null without strace. */
    fun systemCalls(name: String, way: String, host: String): Double? {
        val counts = File.createTempFile("strace", ".txt").apply { deleteOnExit() }
        val strace = listOf("strace", "-f", "-c", "-U", "calls,name", "-o", counts.path)
        if (runCatching { ProcessBuilder("strace", "-V").start().waitFor() }.isFailure) return null

        fun count(calls: Int): Int {
            run(ProcessBuilder(strace + command("Costs", listOf(name, way, host, "$calls"))))
            return counts.readLines().first { it.endsWith(" total") }.trim().substringBefore(' ').toInt()
        }
        return (count(COUNTED) - count(0)) / COUNTED.toDouble()
    }

    private fun run(builder: ProcessBuilder): List<String> {
        builder.environment()["SSL_CERT_FILE"] = authority.path
        val process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val lines = process.inputStream.bufferedReader().readLines()
        check(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0) { builder.command() }
        return lines
    }
}
