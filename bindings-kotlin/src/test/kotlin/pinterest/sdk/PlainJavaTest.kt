package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.io.File
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** The jar under a plain `java -cp`, in virtual machines of their own: variables are read at the start. */
internal class PlainJavaTest {
    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `production answers through the variables of a company's network`() {
        val output = run("HTTPS_PROXY" to Sandbox.address("http"), "SSL_CERT_FILE" to "${Sandbox.authority}")
        assertEquals("client_credentials 2592000", output)
        assertEquals("api.pinterest.com:443", Sandbox.requests().single()["connect_target"].asString)
    }

    @Test
    fun `a folder of authorities is trusted`(@TempDir folder: Path) {
        Files.copy(Sandbox.authority, folder.resolve("0a1b2c3d.0"))
        val output = run("ALL_PROXY" to Sandbox.address("http"), "SSL_CERT_DIR" to "$folder")
        assertEquals("client_credentials 2592000", output)
    }

    @Test
    fun `hosts can be left out of the proxy`() {
        val host = "PINTEREST_API_URI" to "https://does-not-exist.invalid/v5"
        val proxy = "HTTPS_PROXY" to "http://${Sandbox.address("refused")}"
        assertEquals("NetworkException CONNECT", run(host, proxy))
        assertEquals("NetworkException RESOLVE", run(host, proxy, "NO_PROXY" to "localhost,.invalid"))
    }

    @Test
    fun `authorities that other clients are given are trusted`() {
        for (variable in listOf("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE")) {
            val output = run("all_proxy" to Sandbox.address("http"), variable to "${Sandbox.authority}")
            assertEquals("client_credentials 2592000", output)
        }
    }

    @Test
    fun `a proxy that is not used does not matter`() {
        val host = "PINTEREST_API_URI" to "https://does-not-exist.invalid/v5"
        assertEquals("NetworkException RESOLVE", run(host, "ALL_PROXY" to "socks5h://canary:1", "NO_PROXY" to "*"))
    }

    @Test
    fun `a library that does not load is an exception each time`() {
        val option = "-Duniffi.component.pinterest_sdk_ffi.libraryOverride=/does/not/exist.so"
        val withoutJna = classpath().filterNot { "jna" in it }
        for (output in listOf(run(options = listOf(option)), run(classpath = withoutJna))) {
            assertEquals(2, output.lines().size, output)
            for (line in output.lines()) {
                assertTrue(line.startsWith("UnexpectedException the SDK's native library does not load on Linux"), line)
            }
        }
    }

    private fun run(
        vararg variables: Pair<String, String>,
        options: List<String> = emptyList(),
        classpath: List<String> = classpath(),
    ): String {
        val java = "${System.getProperty("java.home")}/bin/java"
        val path = classpath.joinToString(File.pathSeparator)
        val program = ProcessBuilder(listOf(java) + options + listOf("-cp", path, "pinterest.sdk.PlainProgram"))
        program.environment().apply {
            val ours = Regex("(?i).*_proxy|SSL_CERT_.*|.*_CA_BUNDLE|PINTEREST_API.*")
            keys.removeAll(keys.filter(ours::matches).toSet())
            putAll(variables)
        }
        val process = program.redirectErrorStream(true).start()
        val output = process.inputStream.bufferedReader().readText().trim()
        assertTrue(process.waitFor(10, TimeUnit.SECONDS))
        assertEquals(0, process.exitValue(), output)
        return output
    }

    /** The jar, what it depends on, and the program; nothing of the test's own. */
    private fun classpath(): List<String> = listOf(
        ApiClient::class,
        com.sun.jna.Native::class,
        kotlin.Unit::class,
        kotlinx.coroutines.Job::class,
        PlainProgram::class,
    ).map { File(it.java.protectionDomain.codeSource.location.toURI()).path }

    @Test
    fun `what is tested is the jar`() {
        assertTrue(classpath().first().endsWith(".jar"), classpath().first())
    }
}

/** What such a program may be: one call, or two tries of it when the first fails. */
internal object PlainProgram {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val configuration = Configuration("app-id", "app-secret", host = System.getenv("PINTEREST_API_URI"))
        repeat(2) {
            try {
                val token = withApi(configuration) { it.oauthTokenBlocking(ClientCredentials("user_accounts:read")) }
                println("${token.responseType} ${token.expiresIn}")
                return
            } catch (exception: NetworkException) {
                println("NetworkException ${exception.phase}")
                return
            } catch (exception: PinterestException) {
                println("${exception.javaClass.simpleName} ${exception.message}")
            }
        }
    }
}
