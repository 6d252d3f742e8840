package pinterest.sdk

import org.junit.jupiter.api.Assumptions.assumeTrue
import redis.clients.jedis.RedisClient
import java.io.File
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** A Redis of the test's own, on loopback, which keeps what it has when it is stopped. */
internal class Redis(folder: Path, private vararg val options: String) : AutoCloseable {
    val port = freePort()
    private val place = listOf("--port", "$port", "--bind", "127.0.0.1", "--dir", "$folder")

    // Otherwise a write may wait seconds for the disk, and is gone with a server that is killed.
    private val settings = place + listOf("--appendonly", "yes", "--appendfsync", "always")
    private var server = start()

    private fun start(): Process {
        val program = File("/usr/bin/redis-server")
        assumeTrue(program.canExecute(), "Redis is not installed")
        val server = ProcessBuilder(listOf(program.path) + settings + options).redirectErrorStream(true)
            .redirectOutput(File("/dev/null")).start()
        RedisClient.create("127.0.0.1", port).use { jedis -> eventually { jedis.ping() } }
        return server
    }

    fun stop() {
        server.destroy()
        if (!server.waitFor(5, TimeUnit.SECONDS)) server.destroyForcibly().waitFor()
    }

    fun startAgain() {
        server = start()
    }

    override fun close() = stop()
}
