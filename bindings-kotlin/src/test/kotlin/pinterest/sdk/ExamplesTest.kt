package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.util.concurrent.TimeUnit

/** `examples/kotlin`, as `make build-kotlin` leaves it. */
internal class ExamplesTest {
    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `boards are listed`() {
        val scopes = "user_accounts:read,boards:read"
        val token = mapOf("kind" to "user", "scope" to scopes, "access_token" to "pina_test")
        Sandbox.control("POST", "/_sandbox/tokens", token)
        assertEquals(0 to listOf("Hello, sandbox_user") + List(60) { "Board ${it + 1}" }, boards())
        assertEquals(4, Sandbox.requests().size)
    }

    @Test
    fun `a refusal is one line`() {
        val (status, lines) = boards()
        assertEquals(1 to 1, status to lines.size)
    }

    private fun boards(): Pair<Int, List<String>> {
        val java = "${System.getProperty("java.home")}/bin/java"
        val program = ProcessBuilder(java, "-cp", "../build/kotlin/*", "BoardsKt")
        program.environment()["PINTEREST_API_URI"] = "${Sandbox.address("http")}/v5"
        program.environment()["PINTEREST_ACCESS_TOKEN"] = "pina_test"
        val process = program.redirectErrorStream(true).start()
        val lines = process.inputStream.bufferedReader().readLines()
        process.waitFor(10, TimeUnit.SECONDS)
        return process.exitValue() to lines
    }
}
