package pinterest.sdk

import org.junit.jupiter.api.Assumptions.assumeTrue
import java.io.File
import java.nio.file.Files
import java.util.concurrent.TimeUnit

/** A PostgreSQL of the test's own, on loopback. As root it runs as the user that Debian's package makes for it. */
internal class Postgres : AutoCloseable {
    private val folder = Files.createTempDirectory("pinterest-postgres")
    private val port = freePort()
    private val server: Process

    /** Where Java finds it. */
    val url = "jdbc:postgresql://127.0.0.1:$port/postgres?user=test"

    init {
        val programs = programs()
        assumeTrue(programs != null, "PostgreSQL is not installed")
        if (isRoot) finish(ProcessBuilder("chown", "postgres", "$folder"))
        val data = "$folder/data"
        finish(program("$programs/initdb", "-D", data, "-A", "trust", "-U", "test", "--no-sync", "--locale=C"))
        val settings = listOf("listen_addresses=127.0.0.1", "port=$port", "unix_socket_directories=", "fsync=off")
        server = program("$programs/postgres", "-D", data, *settings.flatMap { listOf("-c", it) }.toTypedArray())
            .redirectErrorStream(true).redirectOutput(File("/dev/null")).start()
        eventually { query("select 1") }
    }

    /** The first column of the first row. */
    fun query(sql: String): String =
        finish(ProcessBuilder("psql", "-h", "127.0.0.1", "-p", "$port", "-U", "test", "-Atqc", sql, "postgres")).trim()

    override fun close() {
        server.destroy()
        if (!server.waitFor(5, TimeUnit.SECONDS)) server.destroyForcibly().waitFor()
        folder.toFile().deleteRecursively()
    }

    private fun program(vararg command: String): ProcessBuilder {
        val user = listOf("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--")
        return ProcessBuilder((if (isRoot) user else emptyList()) + command)
    }

    private fun finish(builder: ProcessBuilder): String {
        val process = builder.redirectErrorStream(true).directory(File("/")).start()
        val output = process.inputStream.bufferedReader().readText()
        check(process.waitFor() == 0) { output }
        return output
    }

    private companion object {
        val isRoot = System.getProperty("user.name") == "root"

        fun programs(): File? = File("/usr/lib/postgresql").listFiles().orEmpty().map { it.resolve("bin") }
            .firstOrNull { it.resolve("initdb").canExecute() }
    }
}

/** Tries again, for five seconds, until something does not throw. */
internal fun eventually(attempt: () -> Unit) {
    repeat(100) {
        if (runCatching(attempt).isSuccess) return
        Thread.sleep(50)
    }
    attempt()
}
