package pinterest.sdk

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.Path
import kotlin.random.Random

private const val ROUNDS = 20

/** Virtual machines that share a folder, and what is left of those that are killed. */
internal class TokenProcessesTest {
    @BeforeEach
    fun reset() = Managed.strict()

    @Test
    fun `five processes renew once`(@TempDir folder: Path) = Managed.run { client ->
        val tokens = TokenManager(client, FileStore(folder), "shop-1")
        val programs = List(5) { Program("once", folder) }
        programs.forEach(Program::ready)
        val first = tokens.adopt(Managed.short())
        Managed.nextSecond()
        programs.forEach(Program::go)
        val given = withContext(Dispatchers.IO) { programs.map(Program::line) }
        assertEquals(1, given.toSet().size)
        assertEquals(given.first(), tokens.accessToken())
        assertNotEquals(first, tokens.accessToken())
        assertEquals(1, Managed.renewals())
        assertEquals(listOf(0), programs.map(Program::status).distinct())
    }

    /** A killed process loses a token at most in the moment between Pinterest's answer and the disk, and says so. */
    @Test
    @Timeout(value = 120)
    fun `whoever comes after a process that was killed goes on`(@TempDir folder: Path) {
        val client = ApiClient(Sandbox.configuration())
        var lost = 0
        repeat(ROUNDS) {
            TokenManager(client, FileStore(folder), "shop-1").use { tokens ->
                if (it == 0) tokens.adoptBlocking(Managed.answer())
                val program = Program("always", folder)
                program.ready()
                Thread.sleep(Random.nextLong(150))
                program.kill()
                tokens.statusBlocking()
                try {
                    tokens.refreshBlocking()
                } catch (exception: ReauthorizationRequiredException) {
                    assertTrue("was cut off" in exception.message.orEmpty(), exception.message)
                    lost++
                    tokens.adoptBlocking(Managed.answer())
                }
                assertEquals(TokenState.FRESH, tokens.statusBlocking().state)
            }
        }
        assertTrue(lost < ROUNDS, "all were lost")
        assertTrue(Managed.renewals() > ROUNDS)
    }

    /** [TokenProgram] in a virtual machine of its own. */
    private class Program(mode: String, folder: Path) {
        private val process = ProcessBuilder(
            "${System.getProperty("java.home")}/bin/java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            PlainJava.classpath().joinToString(File.pathSeparator),
            TokenProgram::class.java.name,
            mode,
            "$folder",
            "${Sandbox.address("http")}/v5",
        ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        private val output = process.inputStream.bufferedReader()

        fun ready() = assertEquals("ready", line())

        fun line(): String? = output.readLine()

        fun go() = process.outputStream.close()

        fun status(): Int {
            assertTrue(process.waitFor(10, TimeUnit.SECONDS))
            return process.exitValue()
        }

        fun kill() {
            process.destroyForcibly().waitFor()
        }
    }
}

/** `once|always FOLDER HOST`: a token once the input closes, or a new one again and again. */
internal object TokenProgram {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val (mode, folder, host) = arguments
        ApiClient(Configuration("1234567", SECRET, host = host)).use { client ->
            TokenManager(client, FileStore(Path(folder)), "shop-1").use { tokens ->
                // All that is slow at first has been done.
                tokens.statusBlocking()
                println("ready")
                if (mode == "once") {
                    System.`in`.read()
                    println(tokens.accessTokenBlocking())
                } else {
                    while (true) tokens.refreshBlocking()
                }
            }
        }
    }
}
