package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.File
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.writeText

/** `examples/kotlin`, as `make build-kotlin-example` leaves it. */
internal class ExamplesTest {
    private val java = "${System.getProperty("java.home")}/bin/java"

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
    fun `tokens are kept`(@TempDir folder: Path) {
        for (program in listOf("KeptTokensKt", "WithOkHttpKt")) {
            val none = finished(kept(folder, program = program))
            assertEquals(1 to 1, none.first to none.second.size)
            assertTrue("authorization" in none.second.single(), none.second.single())
        }
        Sandbox.control("POST", "/_sandbox/codes", mapOf("code" to "a-code"))
        for (variables in listOf(arrayOf("PINTEREST_CODE" to "a-code"), emptyArray())) {
            val (status, lines) = finished(kept(folder, *variables))
            assertEquals(0 to "Fresh", status to lines.last())
            assertFalse(lines.any { "pina" in it }, "$lines")
        }
        // One that is refused, and its successor.
        Managed.nextSecond()
        Sandbox.respond(mapOf("status" to 401, "body" to """{"code":2,"message":"Authentication failed."}"""))
        val (status, lines) = finished(kept(folder, program = "WithOkHttpKt"))
        assertTrue(status == 0 && "sandbox_user" in lines.single(), "$lines")
        assertEquals(1, Managed.renewals())
    }

    @Test
    @Timeout(value = 60)
    fun `tokens are kept in PostgreSQL and renewed once`() = Postgres().use { database ->
        Managed.strict()
        database.query("create table pinterest_tokens (key text primary key, text text not null)")
        Sandbox.control("POST", "/_sandbox/codes", mapOf("code" to "a-code"))
        val first = finished(kept(database, "PINTEREST_CODE" to "a-code"))
        assertEquals(0 to "Fresh", first.first to first.second.last())
        // As if a month had passed.
        val end = """("expires_at": ?)\d+"""
        database.query("update pinterest_tokens set text = regexp_replace(text, '$end', '\\1 1700000000')")
        Managed.nextSecond()
        val all = List(4) { kept(database) }.map(::finished)
        assertEquals(setOf(0 to "Fresh"), all.map { (status, lines) -> status to lines.last() }.toSet(), "$all")
        assertEquals(1, Managed.renewals())
        assertEquals("1", database.query("select count(*) from pinterest_tokens"))
        assertEquals("0", database.query("select count(*) from pg_locks where locktype = 'advisory'"))
    }

    @Test
    fun `a refusal is one line`() {
        val (status, lines) = boards()
        assertEquals(1 to 1, status to lines.size)
    }

    @Test
    fun `a person logs in with their browser and is greeted`(@TempDir folder: Path) {
        val classpath = listOf(AllowingBrowser::class, Unit::class).joinToString(File.pathSeparator) {
            File(it.java.protectionDomain.codeSource.location.toURI()).path
        }
        val browser = folder.resolve("browser")
        // The program's own secret is none of the browser's business.
        val alone = "env | grep -i '^PINTEREST_' && exit 1"
        browser.writeText("#!/bin/sh\n$alone\nexec $java -cp '$classpath' ${AllowingBrowser::class.java.name} \"$1\"\n")
        browser.toFile().setExecutable(true)
        val (status, lines) = finished(login("BROWSER" to "$browser"))
        assertEquals(0 to "Hello, sandbox_user", status to lines.last())
    }

    @ParameterizedTest
    @ValueSource(strings = ["/does/not/exist", "true"])
    fun `where no browser opens the page's address is printed`(browser: String) {
        val path = if (browser == "true") System.getenv("PATH") else "/does/not/exist"
        val process = login("BROWSER" to browser, "PATH" to path)
        val output = process.inputStream.bufferedReader()
        val url = output.readLine().substringAfter("go to: ")
        Person().run { decide(visit(url)) }
        assertEquals("Hello, sandbox_user", output.readLine())
    }

    private fun kept(database: Postgres, vararg variables: Pair<String, String>) = start(
        "PostgresTokensKt",
        "PINTEREST_API_URI" to Sandbox.address("http"),
        "PINTEREST_APP_ID" to "1234567",
        "PINTEREST_APP_SECRET" to SECRET,
        "DATABASE_URL" to database.url,
        *variables,
    )

    private fun kept(folder: Path, vararg variables: Pair<String, String>, program: String = "KeptTokensKt") = start(
        program,
        "PINTEREST_API_URI" to Sandbox.address("http"),
        "PINTEREST_APP_ID" to "1234567",
        "PINTEREST_APP_SECRET" to SECRET,
        "TOKENS" to "${folder.resolve("tokens")}",
        *variables,
    )

    private fun boards(): Pair<Int, List<String>> = finished(
        start(
            "BoardsKt",
            "PINTEREST_API_URI" to Sandbox.address("http"),
            "PINTEREST_ACCESS_TOKEN" to "pina_test",
        ),
    )

    private fun login(vararg variables: Pair<String, String>): Process {
        val redirectUri = "http://localhost:${freePort()}/"
        val app = Sandbox.configuration(redirectUri)
        return start(
            "LoginKt",
            "PINTEREST_APP_ID" to app.username,
            "PINTEREST_APP_SECRET" to app.password,
            "PINTEREST_REDIRECT_URI" to redirectUri,
            "PINTEREST_API_URI" to app.host,
            "PINTEREST_OAUTH_URI" to app.authorizationUrl,
            *variables,
        )
    }

    private fun start(program: String, vararg variables: Pair<String, String?>): Process {
        val builder = ProcessBuilder(java, "-cp", "../build/examples/kotlin/*", program)
        builder.environment() += variables
        return builder.redirectErrorStream(true).start()
    }

    private fun finished(process: Process): Pair<Int, List<String>> {
        val lines = process.inputStream.bufferedReader().readLines()
        process.waitFor(10, TimeUnit.SECONDS)
        return process.exitValue() to lines
    }
}
