package pinterest.sdk

import com.google.gson.JsonObject
import com.google.gson.JsonParser
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import pinterest.sdk.internal.toNative
import java.util.Base64
import java.util.concurrent.CompletableFuture
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/** Calls of endpoints that have no method of their own. */
internal class RequestTest {
    private val account = ApiRequest.get("/user_account")

    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `boards are paged by their bookmark`() {
        val names =
            withClient("boards:read") { client ->
                runBlocking {
                    buildList {
                        var bookmark: String? = null
                        do {
                            val query = listOf("page_size" to "25", "bookmark" to bookmark)
                            val page = parsed(client.request(ApiRequest.get("/boards", query)).data)
                            page["items"].asJsonArray.forEach { add(it.asJsonObject["name"].asString) }
                            bookmark = page["bookmark"].takeUnless { it.isJsonNull }?.asString
                        } while (bookmark != null)
                    }
                }
            }
        assertEquals(List(60) { "Board ${it + 1}" }, names)
        val queries = listOf("page_size=25", "page_size=25&bookmark=after-25", "page_size=25&bookmark=after-50")
        assertEquals(queries, Sandbox.requests().map { it["query"].asString })
    }

    @Test
    fun `an answer has its status, headers and rate limit`() {
        val answer = withClient("user_accounts:read") { it.requestBlocking(account) }
        assertEquals(200, answer.status)
        assertEquals("sandbox_user", parsed(answer.data)["username"].asString)
        assertEquals(listOf("1000"), answer.headers["x-ratelimit-limit"])
        assertEquals(1000L to 999L, answer.rateLimit.limit to answer.rateLimit.remaining)
        assertEquals(answer.headers["x-ratelimit-reset"]?.single()?.toLong(), answer.rateLimit.resetSeconds)
        assertEquals(answer.rateLimit.reset, answer.rateLimit.resetSeconds?.seconds)
    }

    @Test
    fun `an answer is the text that came, or none`() {
        val digits = """ {"id": 12345678901234567890123, "name": "é\n"} """
        Sandbox.respond(
            mapOf("body" to digits),
            mapOf("status" to 204),
            mapOf("body" to " "),
            mapOf("body" to "null"),
        )
        val responses = withClient { client -> List(4) { client.requestBlocking(account) } }
        assertEquals(listOf(digits.trim(), null, null, "null"), responses.map { it.data })
        assertEquals(RateLimit(), responses[0].rateLimit)
    }

    @Test
    fun `JSON, forms and queries arrive as they should`() {
        Sandbox.control("POST", "/_sandbox/standing", mapOf("json" to emptyMap<String, String>()))
        val json = """{"name":"Sommer & Wärme","ids":[1,2]}"""
        val pairs = listOf("name" to "a b&c=é", "left_out" to null, "id" to "1", "id" to "2")
        val requests =
            listOf(
                ApiRequest.postJson("/boards", json),
                ApiRequest.postForm("/boards", pairs),
                ApiRequest("PATCH", "/boards/1", pairs, ApiRequest.Json("{}")),
                ApiRequest("DELETE", "/boards/1?a=b", listOf("c" to "d"), auth = Auth.BASIC),
                ApiRequest("GET", "/boards", auth = Auth.NONE),
            )
        withClient { client -> requests.forEach { assertEquals("{}", client.requestBlocking(it).data) } }

        val encoded = "name=a+b%26c%3D%C3%A9&id=1&id=2"
        val inQuery = encoded.replace("+", "%20")
        val basic = "Basic " + Base64.getEncoder().encodeToString("1234567:$SECRET".toByteArray())
        val form = "application/x-www-form-urlencoded"
        val arrived =
            listOf(
                listOf("POST", "/v5/boards", "", json, "application/json", "Bearer pina_test"),
                listOf("POST", "/v5/boards", "", encoded, form, "Bearer pina_test"),
                listOf("PATCH", "/v5/boards/1", inQuery, "{}", "application/json", "Bearer pina_test"),
                listOf("DELETE", "/v5/boards/1", "a=b&c=d", "", null, basic),
                listOf("GET", "/v5/boards", "", "", null, null),
            )
        assertEquals(
            arrived,
            Sandbox.requests().map { request ->
                listOf("method", "path", "query", "body").map { request[it].asString } +
                    listOf("content-type", "authorization").map { request.header(it) }
            },
        )
    }

    @Test
    fun `a missing scope is named`() {
        withClient("boards:read") { client ->
            val exception = assertThrows(ScopeException::class.java) { client.requestBlocking(account) }
            assertEquals(3L, exception.code)
            assertTrue("scope" in exception.hint.orEmpty(), exception.hint)
        }
        val unknown = Configuration(accessToken = "pina_unknown", host = "${Sandbox.address("http")}/v5")
        ApiClient(unknown).use { client ->
            val refused = assertThrows(AuthenticationException::class.java) { client.requestBlocking(account) }
            assertEquals(401, refused.status)
        }
        ApiClient(Sandbox.configuration()).use { client ->
            val exception = assertThrows(InvalidInputException::class.java) { client.requestBlocking(account) }
            assertTrue("accessToken" in exception.message.orEmpty(), exception.message)
        }
        assertEquals(2, Sandbox.requests().size)
    }

    @Test
    fun `too many requests say how many and for how long`() {
        Sandbox.control("PATCH", "/_sandbox/switches", mapOf("rate_limit" to 1, "enforce_rate_limit" to true))
        Sandbox.control("POST", "/_sandbox/clock", mapOf("frozen" to true))
        withClient("user_accounts:read") { client ->
            assertEquals(0L, client.requestBlocking(account).rateLimit.remaining)
            val exception = assertThrows(RateLimitedException::class.java) { client.requestBlocking(account) }
            assertEquals(RateLimit(1, 0, exception.retryAfter), exception.rateLimit)
            assertTrue(checkNotNull(exception.rateLimit.resetSeconds) in 1..60, exception.rateLimit.toString())
        }
        Sandbox.respond(mapOf("status" to 429, "body" to ""))
        withClient { client ->
            val bare = assertThrows(RateLimitedException::class.java) { client.requestBlocking(account) }
            assertEquals(RateLimit(), bare.rateLimit)
            assertNull(bare.rateLimit.reset)
        }
    }

    @Test
    fun `what cannot be sent is refused`() {
        val bad =
            listOf("", "pins", "@evil.com/", ".evil.com/", "https://evil.com/", "/a\r\nb", "/a\u0000", "/canary\uD800")
                .map { ApiRequest.get(it) } +
                listOf("", "GE T", "GET\r\n").map { ApiRequest(it, "/pins") } +
                ApiRequest.get("/pins", listOf("canary" to "canary\uD800")) +
                ApiRequest.postJson("/pins", "\"canary\uD800\"") +
                ApiRequest.postForm("/pins", listOf("a" to "canary\r\nb"))
        withClient { client ->
            for (request in bad) {
                val exception =
                    assertInstanceOf(
                        InvalidInputException::class.java,
                        runCatching { client.requestBlocking(request) }.exceptionOrNull(),
                        request.toString(),
                    )
                assertEquals(Outcome.NOT_SENT, exception.outcome)
                assertFalse("canary" in exception.everyText(), exception.everyText())
            }
        }
        assertEquals(0, Sandbox.requests().size)
    }

    @Test
    fun `what leads nowhere else is the same host's`() {
        val request =
            withClient { client ->
                assertThrows(PinterestException::class.java) { client.requestBlocking(ApiRequest.get("//evil.com/")) }
                Sandbox.requests().single()
            }
        assertEquals(Sandbox.address("http").removePrefix("http://"), request.header("host"))
    }

    @Test
    fun `an answer that is not JSON is an exception without it`() {
        Sandbox.respond(mapOf("body" to "<html>canary"), mapOf("body" to "{\"canary\":"))
        withClient { client ->
            repeat(2) {
                val exception = assertThrows(ProtocolException::class.java) { client.requestBlocking(account) }
                assertFalse("canary" in exception.everyText(), exception.everyText())
            }
        }
    }

    @Test
    fun `cancelling and interrupting end a call and close its connection`() {
        val request = ApiRequest("GET", "/user_account", auth = Auth.BASIC)
        HangingPeer().use { peer ->
            ApiClient(peer.configuration()).use { client ->
                assertThrows(TimeoutCancellationException::class.java) {
                    runBlocking { withTimeout(200.milliseconds) { client.request(request) } }
                }
                assertTrue(peer.closedByClient.get(2, TimeUnit.SECONDS))
            }
        }
        HangingPeer().use { peer ->
            ApiClient(peer.configuration()).use { client ->
                val ended = CompletableFuture<Throwable?>()
                val caller =
                    thread {
                        ended.complete(runCatching { client.requestBlocking(request) }.exceptionOrNull())
                    }
                peer.requestArrived.get(5, TimeUnit.SECONDS)
                caller.interrupt()
                assertInstanceOf(CancellationException::class.java, ended.get(2, TimeUnit.SECONDS))
                assertTrue(peer.closedByClient.get(2, TimeUnit.SECONDS))
            }
        }
    }

    @Test
    fun `many calls share a client, which says when it is closed`() {
        val client = ApiClient(configuration("user_accounts:read"))
        runBlocking(Dispatchers.Default) {
            val answers = List(64) { async { client.request(account) } }.awaitAll()
            assertTrue(answers.all { parsed(it.data)["username"].asString == "sandbox_user" })
        }
        client.close()
        val closed = assertThrows(IllegalStateException::class.java) { client.requestBlocking(account) }
        assertEquals("this ApiClient is closed", closed.message)
        assertThrows(IllegalStateException::class.java) { runBlocking { client.request(account) } }
        assertEquals(64, Sandbox.requests().size)
    }

    @Test
    fun `no text form shows a value`() {
        val pairs = listOf("token" to "canary")
        val requests =
            listOf(
                ApiRequest.get("/pins?token=canary", pairs),
                ApiRequest.postForm("/pins", pairs),
                ApiRequest.postJson("/pins", "canary"),
            )
        val shown =
            requests.flatMap { listOf(it, it.body ?: it, it.toNative(false)) } + ApiResponse("canary", 200, emptyMap())
        shown.forEach { assertFalse("canary" in it.toString(), it.toString()) }
        assertEquals("ApiRequest(method=GET, path=/pins, query=[token], auth=BEARER)", shown[0].toString())
        assertEquals("ApiResponse(data=[redacted], status=200)", shown.last().toString())

        Sandbox.respond(mapOf("status" to 400, "json" to mapOf("code" to 1, "message" to "pina_test $SECRET")))
        withClient { client ->
            val exception = assertThrows(ApiException::class.java) { client.requestBlocking(requests[1]) }
            val texts = exception.everyText()
            listOf("pina_test", SECRET).forEach { assertFalse(it in texts, texts) }
        }
    }

    /** With the access token `pina_test`, which is one if it has a scope. */
    private fun configuration(scope: String? = null): Configuration {
        val token = mapOf("kind" to "user", "scope" to scope, "access_token" to "pina_test")
        if (scope != null) Sandbox.control("POST", "/_sandbox/tokens", token)
        return Configuration("1234567", SECRET, "pina_test", host = "${Sandbox.address("http")}/v5")
    }

    private fun <T> withClient(scope: String? = null, block: (ApiClient) -> T): T =
        ApiClient(configuration(scope)).use(block)

    private fun parsed(json: String?): JsonObject = JsonParser.parseString(checkNotNull(json)).asJsonObject

    private fun JsonObject.header(name: String): String? = this["headers"]
        .asJsonArray
        .map { it.asJsonArray }
        .firstOrNull { it[0].asString.equals(name, true) }
        ?.get(1)
        ?.asString
}
