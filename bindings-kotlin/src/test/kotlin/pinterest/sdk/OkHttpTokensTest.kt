package pinterest.sdk

import com.google.gson.JsonObject
import okhttp3.Call
import okhttp3.Callback
import okhttp3.MediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody
import okhttp3.RequestBody.Companion.toRequestBody
import okhttp3.Response
import okio.BufferedSink
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.io.IOException
import java.io.InterruptedIOException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** OkHttp with an account's tokens. */
internal class OkHttpTokensTest {
    private val client = ApiClient(Sandbox.configuration())
    private val tokens = TokenManager(client, MemoryStore(), "shop-1")
    private val http = OkHttpClient.Builder()
        .addInterceptor(tokens.interceptor())
        .authenticator(tokens.authenticator())
        .build()
    private val account = "${Sandbox.address("http")}/v5/user_account"
    private val refusal = mapOf("status" to 401, "body" to """{"code":2,"message":"Authentication failed."}""")

    @BeforeEach
    fun reset() = Managed.strict()

    @AfterEach
    fun end() {
        tokens.close()
        client.close()
        http.dispatcher.executorService.shutdown()
        http.connectionPool.evictAll()
    }

    @Test
    fun `a token is put on what goes to the API`() {
        val token = tokens.adoptBlocking(Managed.answer())
        assertEquals(200, get().code)
        val own = http.newCall(Request.Builder().url(account).header("Authorization", "Bearer pina_own").build())
        assertEquals(401, own.execute().use { it.code })
        assertEquals(listOf("Bearer $token", "Bearer pina_own"), sent().map(::authorization))
        assertEquals(0, Managed.renewals())
        assertEquals(token, tokens.accessTokenBlocking())
    }

    @Test
    fun `what goes elsewhere is refused before it is sent`() {
        tokens.adoptBlocking(Managed.answer())
        val elsewhere = account.replace("127.0.0.1", "localhost")
        assertNotEquals(account, elsewhere)
        for (address in listOf(elsewhere, account.replace("http:", "https:"), "http://127.0.0.1:1/v5")) {
            val refusal = assertThrows(IOException::class.java) { get(address) }
            assertInstanceOf(InvalidInputException::class.java, refusal.cause)
            assertTrue("the token is for http://127.0.0.1" in refusal.message.orEmpty(), refusal.message)
            assertTrue("send it to" in refusal.message.orEmpty(), refusal.message)
        }
        assertEquals(0, sent().size)
        // Of its own credential each request knows best.
        val own = Request.Builder().url(elsewhere).header("Authorization", "Bearer pina_own").build()
        assertEquals(401, http.newCall(own).execute().use { it.code })
    }

    @Test
    fun `a token that is refused is renewed and what was asked for sent again`() {
        val first = tokens.adoptBlocking(Managed.answer())
        Managed.nextSecond()
        Sandbox.respond(refusal)
        val post = Request.Builder().url(account).post("kept=1".toRequestBody()).build()
        http.newCall(post).execute().use { assertEquals(401, it.priorResponse?.code) }
        val second = tokens.accessTokenBlocking()
        assertNotEquals(first, second)
        assertEquals(listOf("Bearer $first", "Bearer $second"), sent().map(::authorization))
        assertEquals(listOf("kept=1", "kept=1"), sent().map { it["body"].asString })
        assertEquals(1, Managed.renewals())
    }

    @Test
    fun `another account's request is not repeated with this one's token`() {
        tokens.adoptBlocking(Managed.answer())
        tokens.account("shop-2").adoptBlocking(Managed.answer())
        val mixed = http.newBuilder().authenticator(tokens.account("shop-2").authenticator()).build()
        Sandbox.respond(refusal)
        assertEquals(401, mixed.newCall(Request.Builder().url(account).build()).execute().use { it.code })
        assertEquals(0, Managed.renewals())
    }

    @Test
    fun `many whose token is refused renew it once`() {
        val good = Managed.answer()
        tokens.adoptBlocking(OauthAccessTokenResponse("pina_ended", refreshToken = good.refreshToken, expiresIn = 9999))
        val threads = Executors.newFixedThreadPool(20)
        val codes = List(20) { threads.submit<Int> { get().code } }.map { it.get(10, TimeUnit.SECONDS) }
        threads.shutdown()
        assertEquals(setOf(200), codes.toSet())
        assertEquals(1, Managed.renewals())
    }

    @Test
    fun `a scope that is missing is no fault of the token`() {
        val token = tokens.adoptBlocking(Managed.answer())
        Sandbox.respond(mapOf("status" to 401, "body" to """{"code":3,"message":"Missing: ['pins:read']"}"""))
        http.newCall(Request.Builder().url(account).build()).execute().use {
            assertEquals(401, it.code)
            assertTrue("pins:read" in it.body?.string().orEmpty())
        }
        assertEquals(token, tokens.accessTokenBlocking())
        assertEquals(1 to 0, sent().size to Managed.renewals())
    }

    @Test
    fun `a new token that is refused as well is the answer and not renewed by the next either`() {
        tokens.adoptBlocking(Managed.answer())
        Managed.nextSecond()
        Sandbox.respond(refusal, mapOf("pass" to true), refusal, refusal)
        assertEquals(listOf(401, 401), List(2) { get().code })
        assertEquals(3 to 1, sent().size to Managed.renewals())
    }

    @Test
    fun `what can be sent once is not sent again and the next has another token`() {
        tokens.adoptBlocking(Managed.answer())
        Managed.nextSecond()
        Sandbox.respond(refusal)
        val once = object : RequestBody() {
            override fun contentType(): MediaType? = null

            override fun isOneShot() = true

            override fun writeTo(sink: BufferedSink) {
                sink.writeUtf8("once")
            }
        }
        assertEquals(401, http.newCall(Request.Builder().url(account).post(once).build()).execute().use { it.code })
        assertEquals(1 to 0, sent().size to Managed.renewals())
        assertEquals(200, get().code)
        assertEquals(1, Managed.renewals())
    }

    @Test
    fun `a redirection elsewhere does not have the token`() {
        val token = tokens.adoptBlocking(Managed.answer())
        val elsewhere = account.replace("127.0.0.1", "localhost")
        val network = OkHttpClient.Builder().addNetworkInterceptor(tokens.interceptor()).build()
        for (client in listOf(http, network)) {
            val before = sent().size
            Sandbox.respond(mapOf("status" to 302, "headers" to mapOf("location" to elsewhere), "body" to ""))
            assertEquals(401, client.newCall(Request.Builder().url(account).build()).execute().use { it.code })
            assertEquals(listOf("Bearer $token", null), sent().drop(before).map(::authorization))
        }
        assertEquals(0, Managed.renewals())
    }

    @Test
    fun `no token is a failure that OkHttp knows with the reason behind it`() {
        assertInstanceOf(
            ReauthorizationRequiredException::class.java,
            assertThrows(IOException::class.java, ::get).cause,
        )
        // Any other exception would end the thread, and on Android the app.
        val failed = CompletableFuture<IOException>()
        http.newCall(Request.Builder().url(account).build()).enqueue(object : Callback {
            override fun onFailure(call: Call, e: IOException) {
                failed.complete(e)
            }

            override fun onResponse(call: Call, response: Response) = response.close()
        })
        assertInstanceOf(ReauthorizationRequiredException::class.java, failed.get(5, TimeUnit.SECONDS).cause)
        tokens.adoptBlocking(Managed.answer())
        Managed.nextSecond()
        Sandbox.respond(refusal + mapOf("delay_ms" to 300))
        val answer = CompletableFuture.supplyAsync { get().code }
        Thread.sleep(100)
        tokens.close()
        assertEquals(401, answer.get(5, TimeUnit.SECONDS))
        assertInstanceOf(IllegalStateException::class.java, assertThrows(IOException::class.java, ::get).cause)
    }

    @Test
    fun `a call's own limit ends its wait and not the renewal`() {
        tokens.adoptBlocking(Managed.short())
        Managed.nextSecond()
        Managed.delayAnswer(900)
        val impatient = http.newBuilder().callTimeout(150, TimeUnit.MILLISECONDS).build()
        val call = impatient.newCall(Request.Builder().url(account).build())
        val time = measureTime { assertThrows(InterruptedIOException::class.java) { call.execute() } }
        assertTrue(time < 600.milliseconds, "$time")
        val interrupted = CompletableFuture<Throwable?>()
        thread { interrupted.complete(runCatching(::get).exceptionOrNull()) }.run {
            Thread.sleep(100)
            interrupt()
        }
        assertInstanceOf(InterruptedIOException::class.java, interrupted.get(1, TimeUnit.SECONDS))
        assertEquals(200, get().code)
        assertTrue(tokens.close(5.seconds))
        assertEquals(1, Managed.renewals())
    }

    private fun get(url: String = account): Response =
        http.newCall(Request.Builder().url(url).build()).execute().also(Response::close)

    private fun sent(): List<JsonObject> = Sandbox.requests().filter { it["path"].asString == "/v5/user_account" }

    private fun authorization(request: JsonObject): String? = request["headers"].asJsonArray.map { it.asJsonArray }
        .firstOrNull { it[0].asString.equals("authorization", ignoreCase = true) }?.get(1)?.asString
}
