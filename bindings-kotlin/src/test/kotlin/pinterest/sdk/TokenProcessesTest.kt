package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import redis.clients.jedis.RedisClient
import java.io.File
import java.nio.file.Path
import java.util.Base64
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlin.io.path.Path
import kotlin.io.path.writeText
import kotlin.random.Random
import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.seconds

/** 500 are tried by hand. */
private val rounds = System.getenv("PINTEREST_ROUNDS")?.toInt() ?: 20

/** Virtual machines that share a folder, and what is left of those that are killed. */
internal class TokenProcessesTest {
    @BeforeEach
    fun reset() = Managed.strict()

    /** Virtual machines are heavy: twenty, each with a manager on every store that processes can share. */
    @Test
    @Timeout(value = 120)
    fun `twenty processes renew once in each store`(@TempDir folder: Path) = Redis(folder).use { redis ->
        ApiClient(Sandbox.configuration()).use { client ->
            folder.resolve("key").writeText(Base64.getEncoder().encodeToString(Random.nextBytes(32)))
            val stores = TokenProgram.shared(folder, redis.port)
            val programs = List(20) { Program("shared", folder, "${redis.port}") }
            programs.forEach(Program::ready)
            val managers = stores.map { TokenManager(client, it, "shop-1") }
            val first = managers.map { it.adoptBlocking(Managed.short()) }
            Managed.nextSecond()
            programs.forEach(Program::go)
            val given = programs.map { program -> List(stores.size) { program.line() } }
            assertEquals(managers.map { it.accessTokenBlocking() }, given.distinct().single())
            assertEquals(emptySet<String>(), first.intersect(given.first().toSet()))
            assertEquals(stores.size, Managed.renewals())
            assertEquals(listOf(0), programs.map(Program::status).distinct())
            managers.forEach(TokenManager::close)
        }
    }

    /** A killed process loses a token at most in the moment between Pinterest's answer and the disk, and says so. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    fun `whoever comes after a process that was killed goes on`(@TempDir folder: Path) =
        survives(folder, rounds, Program::kill)

    /** An exit ends what is under way as a kill does, but for what is written at that moment. */
    @Test
    @Timeout(value = 60)
    fun `whoever comes after a process that exited meanwhile goes on`(@TempDir folder: Path) = survives(folder, 8) {
        it.go()
        assertEquals(3, it.status())
    }

    private fun survives(folder: Path, rounds: Int, end: (Program) -> Unit) {
        val client = ApiClient(Sandbox.configuration())
        var lost = 0
        repeat(rounds) {
            TokenManager(client, FileStore(folder), "shop-1").use { tokens ->
                if (it == 0) tokens.adoptBlocking(Managed.answer())
                val program = Program("always", folder)
                program.ready()
                Thread.sleep(Random.nextLong(150))
                end(program)
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
        assertTrue(lost < rounds, "all were lost")
        assertTrue(Managed.renewals() > rounds)
    }

    /** Mounted in a name space of its own, which needs no root where the system permits that. */
    @ParameterizedTest
    @ValueSource(strings = ["ro", "size=256k"])
    fun `a disk that is full or read-only loses no token that was had`(options: String, @TempDir folder: Path) {
        val mounting = listOf("unshare", "--map-root-user", "--mount", "sh", "-c")
        val mount = "mount -t tmpfs -o mode=700,$options none '$folder'"
        val isPermitted = ProcessBuilder(mounting + mount).start().waitFor() == 0
        assumeTrue(isPermitted, "no name spaces here")
        val program = Program("disk", folder, before = mounting + "$mount && exec \"\$@\"" + "sh")
        program.ready()
        val answer = Managed.answer()
        program.say(answer.accessToken, answer.refreshToken.orEmpty())
        val isFull = options != "ro"
        val why = program.line().orEmpty()
        assertTrue((if (isFull) "no space left" else "read-only file system") in why.lowercase(), why)
        assertEquals("UNKNOWN, given out: true, unsaved: true, kept in the end: $isFull", program.line())
        assertEquals("NOT_SENT", program.line())
        assertEquals(0, program.status())
        assertEquals(0, Managed.renewals())
    }

    /** [TokenProgram] in a virtual machine of its own. */
    private class Program(mode: String, folder: Path, redis: String = "0", before: List<String> = emptyList()) {
        private val command = before + listOf(
            "${System.getProperty("java.home")}/bin/java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            (PlainJava.classpath() + jedis).joinToString(File.pathSeparator),
            TokenProgram::class.java.name,
            mode,
            "$folder",
            "${Sandbox.address("http")}/v5",
            redis,
        )
        private val process = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        private val output = process.inputStream.bufferedReader()

        fun ready() = assertEquals("ready", line())

        fun line(): String? = output.readLine()

        fun say(vararg lines: String) = process.outputStream.write(lines.joinToString("\n").encodeToByteArray()).also {
            go()
        }

        fun go() = process.outputStream.close()

        fun status(): Int {
            assertTrue(process.waitFor(10, TimeUnit.SECONDS))
            return process.exitValue()
        }

        fun kill() {
            process.destroyForcibly().waitFor()
        }

        private companion object {
            val jedis = System.getProperty("java.class.path").split(File.pathSeparator)
                .filter {
                    Regex("/(jedis|commons-pool2|slf4j-api|gson|json|redis-authx-core)-[^/]*").containsMatchIn(it)
                }
        }
    }
}

/** `shared|always|disk FOLDER HOST REDIS`. */
internal object TokenProgram {
    /** What processes can share. */
    fun shared(folder: Path, redis: Int): List<Store> {
        val jedis = RedisClient.create("127.0.0.1", redis)
        return listOf(
            FileStore(folder.resolve("plain")),
            FileStore(folder.resolve("sealed"), KeyFile(folder.resolve("key"))),
            RedisStore { script, keys, args -> jedis.eval(script, keys, args) },
        )
    }

    @JvmStatic
    fun main(arguments: Array<String>) {
        val (mode, folder, host, redis) = arguments
        ApiClient(Configuration("1234567", SECRET, host = host)).use { client ->
            val stores = if (mode == "shared") shared(Path(folder), redis.toInt()) else listOf(FileStore(Path(folder)))
            val managers = stores.map { TokenManager(client, it, "shop-1") }
            // All that is slow at first has been done.
            managers.forEach { it.statusBlocking() }
            println("ready")
            when (mode) {
                "shared" -> {
                    System.`in`.read()
                    managers.map { it.accessTokenAsync() }.forEach { println(it.get()) }
                }

                "always" -> always(managers.single())

                "disk" -> keep(managers.single(), Path(folder))
            }
            managers.forEach(TokenManager::close)
        }
        // Jedis holds on.
        exitProcess(0)
    }

    /** A new token again and again, until the input closes. */
    private fun always(tokens: TokenManager) {
        thread {
            System.`in`.read()
            exitProcess(3)
        }
        while (true) tokens.refreshBlocking()
    }

    /** Adopts tokens where there is no room, and says what came of it; then makes some. */
    private fun keep(tokens: TokenManager, folder: Path) {
        val filler = folder.resolve("filler").toFile()
        runCatching { filler.outputStream().use { while (true) it.write(ByteArray(1024)) } }
        val (access, refresh) = generateSequence(::readlnOrNull).toList()
        val answer = OauthAccessTokenResponse(access, refreshToken = refresh, expiresIn = 1)
        val adopting = runCatching { tokens.adoptBlocking(answer) }.exceptionOrNull() as StoreException
        val isGiven = runCatching { tokens.accessTokenBlocking() }.getOrNull() == access
        val isUnsaved = tokens.statusBlocking().isUnsaved
        // The token has ended; nothing is asked for that could not be kept.
        Thread.sleep(1_100)
        val asking = runCatching { tokens.accessTokenBlocking() }.exceptionOrNull() as StoreException
        filler.delete()
        val isKept = tokens.close(20.seconds)
        println(adopting.message)
        println("${adopting.outcome}, given out: $isGiven, unsaved: $isUnsaved, kept in the end: $isKept")
        println(asking.outcome)
    }
}
