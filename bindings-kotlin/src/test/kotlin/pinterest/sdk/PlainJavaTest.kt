package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.net.URLClassLoader
import java.nio.file.Files
import java.nio.file.Path

/** The jar under a plain `java -cp`, in virtual machines of their own: variables are read at the start. */
internal class PlainJavaTest {
    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `production answers through the variables of a company's network`() {
        val output = PlainJava.run("HTTPS_PROXY" to Sandbox.address("http"), "SSL_CERT_FILE" to "${Sandbox.authority}")
        assertEquals("client_credentials 2592000", output)
        assertEquals("api.pinterest.com:443", Sandbox.requests().single()["connect_target"].asString)
    }

    @Test
    fun `a folder of authorities is trusted`(@TempDir folder: Path) {
        Files.copy(Sandbox.authority, folder.resolve("0a1b2c3d.0"))
        val output = PlainJava.run("ALL_PROXY" to Sandbox.address("http"), "SSL_CERT_DIR" to "$folder")
        assertEquals("client_credentials 2592000", output)
    }

    @Test
    fun `hosts can be left out of the proxy`() {
        val host = "PINTEREST_API_URI" to "https://does-not-exist.invalid/v5"
        val proxy = "HTTPS_PROXY" to "http://${Sandbox.address("refused")}"
        assertEquals("NetworkException CONNECT", PlainJava.run(host, proxy))
        assertEquals("NetworkException RESOLVE", PlainJava.run(host, proxy, "NO_PROXY" to "localhost,.invalid"))
    }

    @Test
    fun `authorities that other clients are given are trusted`() {
        for (variable in listOf("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE")) {
            val output = PlainJava.run("all_proxy" to Sandbox.address("http"), variable to "${Sandbox.authority}")
            assertEquals("client_credentials 2592000", output)
        }
    }

    @Test
    fun `a proxy that is not used does not matter`() {
        val host = "PINTEREST_API_URI" to "https://does-not-exist.invalid/v5"
        assertEquals(
            "NetworkException RESOLVE",
            PlainJava.run(
                host,
                "ALL_PROXY" to "socks5h://canary:1",
                "NO_PROXY" to "*",
            ),
        )
    }

    /** Frameworks look at every method of a class; what a program may bring along is in no class that it needs. */
    @Test
    fun `a token manager needs neither OkHttp nor Lettuce`() {
        val path = PlainJava.classpath()
        assertTrue(path.none { "okhttp" in it || "lettuce" in it }, "$path")
        assertEquals("none is missing", PlainJava.run(program = LookingProgram::class))
    }

    /** Tomcat's shared folder outlives its applications, and what a thread has it keeps. */
    @Test
    fun `no thread that the first call begins is the application's that made it`() {
        val host = "PINTEREST_API_URI" to "${Sandbox.address("http")}/v5"
        val output = PlainJava.run(host, program = ApplicationProgram::class)
        assertEquals("client_credentials 2592000\n[]", output)
    }

    @Test
    fun `what is tested is the jar`() {
        assertTrue(PlainJava.classpath().first().endsWith(".jar"), PlainJava.classpath().first())
    }
}

/** Looks at all that the classes around a token manager have. */
internal object LookingProgram {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val classes = listOf(TokenManager::class, RedisStore::class, FileStore::class, KeyStoreKey::class)
        classes.forEach { it.java.methods.size + it.java.declaredMethods.size + it.java.declaredFields.size }
        println("none is missing")
    }
}

/** An application of a server that has the jar: makes the first call, and says which threads are still its own. */
internal object ApplicationProgram {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val application = URLClassLoader(emptyArray(), javaClass.classLoader)
        Thread { PlainProgram.main(arguments) }.apply {
            contextClassLoader = application
            start()
            join()
        }
        println(Thread.getAllStackTraces().keys.filter { it.contextClassLoader === application })
    }
}
