package pinterest.sdk

import com.google.gson.JsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.nio.file.Files
import java.nio.file.Path

internal class ConnectionsTest {
    private val grant = ClientCredentials("user_accounts:read")

    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `a private authority is trusted when configured`() {
        val request = requestOf(tls(sslCaCert = Sandbox.authority))
        assertTrue(request["tls"].asBoolean)
    }

    @Test
    fun `a private authority is not trusted otherwise`() {
        val exception = assertThrows(NetworkException::class.java) { requestOf(tls()) }
        assertEquals(Phase.TLS, exception.phase)
        assertEquals(Outcome.NOT_SENT, exception.outcome)
        assertTrue("`sslCaCert`" in checkNotNull(exception.hint))
    }

    @Test
    fun `a client certificate is shown`() {
        val request = requestOf(tls(sslCaCert = Sandbox.authority, certFile = Sandbox.clientCertificate))
        val certificate =
            Files
                .readString(Sandbox.clientCertificate)
                .substringAfter("-----BEGIN CERTIFICATE-----")
                .substringBefore("-----END")
                .filterNot(Char::isWhitespace)
        assertEquals(certificate, request["client_certificate"].asString)
    }

    @Test
    fun `production is reached through a proxy with a password`() {
        Sandbox.control("PATCH", "/_sandbox/switches", mapOf("proxy_requires_authentication" to true))
        val proxy = Sandbox.address("http").replace("http://", "http://user:canary@")
        val request =
            requestOf(Configuration("1234567", SECRET, proxy = proxy, sslCaCert = Sandbox.authority))
        assertEquals("api.pinterest.com:443", request["connect_target"].asString)
        assertTrue(request["proxy_authorization"].asString.startsWith("Basic "))
    }

    @Test
    fun `the sandbox environment has its own host`() {
        val request =
            requestOf(
                Configuration(
                    "1234567",
                    SECRET,
                    environment = Environment.SANDBOX,
                    proxy = Sandbox.address("http"),
                    sslCaCert = Sandbox.authority,
                ),
            )
        assertEquals("api-sandbox.pinterest.com:443", request["connect_target"].asString)
    }

    @Test
    fun `what could not be sent is sent again, with pauses`() {
        val nowhere = Configuration("1234567", SECRET, host = "http://127.0.0.1:1/v5", retries = 2)
        val started = System.nanoTime()
        val exception = assertThrows(NetworkException::class.java) { requestOf(nowhere) }
        assertEquals(Outcome.NOT_SENT, exception.outcome)
        // Between the three attempts are pauses of 100 and 200 ms.
        assertTrue(System.nanoTime() - started >= 300_000_000)
    }

    @Test
    fun `the user agent can be set`() {
        val request =
            requestOf(
                Configuration("1234567", SECRET, host = "${Sandbox.address("http")}/v5", userAgent = "mine/1"),
            )
        val agent = request["headers"].asJsonArray.first { it.asJsonArray[0].asString.equals("user-agent", true) }
        assertEquals("mine/1", agent.asJsonArray[1].asString)
    }

    @Test
    fun `plain http is never sent through a proxy`() {
        val proxy = "http://${Sandbox.address("refused")}"
        requestOf(Configuration("1234567", SECRET, host = "${Sandbox.address("http")}/v5", proxy = proxy))
    }

    @Test
    fun `a dead proxy is named, whatever others are reached without`() {
        val refused = Sandbox.address("refused")
        val proxy = "http://user:canary@$refused"
        val configuration = Configuration("1234567", SECRET, proxy = proxy, noProxy = "localhost,.example")
        val exception = assertThrows(NetworkException::class.java) { requestOf(configuration) }
        assertTrue("through the proxy $refused" in exception.message.orEmpty(), exception.message)
        assertFalse("canary" in exception.stackTraceToString())
    }

    @Test
    fun `a proxy that cannot be used is named, and nothing of it is shown`() {
        val unusable = listOf("se#canary", "se/canary", "se?canary").map { "http://user:$it@host:9" } +
            listOf("socks5h://user:canary@host:9", "canary")
        for (proxy in unusable) {
            val exception =
                assertThrows(InvalidInputException::class.java) { ApiClient(Configuration("a", "b", proxy = proxy)) }
            assertTrue("is not the URL of an HTTP proxy" in exception.message.orEmpty(), exception.message)
            assertFalse("canary" in exception.stackTraceToString() + exception.hint)
        }
    }

    @Test
    fun `answers have the limit that the caller sets`() {
        val large = mapOf("json" to mapOf("text" to "x".repeat(1_100_000)))
        for ((limit, fits) in listOf(null to true, 2_000_000L to true, 1_000_000L to false, -1L to false)) {
            Sandbox.respond(large)
            val configuration = Configuration(
                accessToken = "pina_x",
                host = "${Sandbox.address("http")}/v5",
                maxAnswerBytes = limit,
            )
            ApiClient(configuration).use { client ->
                val result = runCatching { client.requestBlocking(ApiRequest.get("/x")) }
                assertEquals(fits, result.isSuccess, "$limit: $result")
                val exception = result.exceptionOrNull() as ProtocolException? ?: return@use
                assertTrue("maxAnswerBytes" in exception.hint.orEmpty(), exception.hint)
            }
        }
    }

    @Test
    fun `settings that cannot be used are named`() {
        val missing = Path.of("/does/not/exist.pem")
        val cases =
            mapOf(
                "sslCaCert" to Configuration(sslCaCert = missing),
                "certFile" to Configuration(certFile = missing),
                "keyFile" to Configuration(certFile = Sandbox.clientCertificate, keyFile = missing),
                "proxy" to Configuration(proxy = "not a URL"),
                "host" to Configuration(host = "http://api.pinterest.com/v5"),
            )
        for ((setting, configuration) in cases) {
            val exception = assertThrows(InvalidInputException::class.java) { ApiClient(configuration) }
            assertTrue(setting in exception.message.orEmpty(), exception.message)
            assertEquals(Outcome.NOT_SENT, exception.outcome)
        }
    }

    private fun tls(sslCaCert: Path? = null, certFile: Path? = null) = Configuration(
        "1234567",
        SECRET,
        host = "${Sandbox.address("https")}/v5",
        sslCaCert = sslCaCert,
        certFile = certFile,
    )

    private fun requestOf(configuration: Configuration): JsonObject {
        withApi(configuration) { it.oauthTokenBlocking(grant) }
        return Sandbox.requests().single()
    }
}
