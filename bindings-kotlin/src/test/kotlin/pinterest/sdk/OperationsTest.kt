package pinterest.sdk

import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.math.BigInteger
import java.time.LocalDate
import java.util.concurrent.TimeUnit
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

/** Pinterest's operations by name: what each takes, answers as they came, pages. */
internal class OperationsTest {
    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `an operation says what it takes`() {
        val analytics = Operation.find("pins/analytics")
        assertEquals("pins/analytics: GET /pins/{pin_id}/analytics", "$analytics")
        assertEquals("org_analytics", analytics.rateCategory)
        val pin = analytics.parameters.first()
        assertEquals(listOf("pin_id", true, true), listOf(pin.name, pin.isInPath, pin.isRequired))
        assertEquals("25", Operation.find("boards_list").parameters.single { it.name == "page_size" }.default)
        val create = Operation.find("pins/create")
        assertEquals(listOf(true, false, "PinCreate"), create.body?.run { listOf(isRequired, isForm, type) })
        assertEquals(
            listOf("boards:read", "boards:write", "pins:read", "pins:write"),
            create.credentials.first { it.kind == Operation.CredentialKind.USER }.scopes.sorted(),
        )
        val all = Operation.all()
        assertTrue(all.size > 200 && Operation.version.startsWith("5."), "${all.size} ${Operation.version}")
        assertEquals(all.size, all.map { it.name }.toSet().size)
        assertFalse(all.any { one -> one.credentials.any { it.kind == Operation.CredentialKind.OTHER } })
        val exception = assertThrows(InvalidInputException::class.java) { Operation.find("boards/fly") }
        assertTrue("`boards/fly`" in exception.message.orEmpty(), exception.message)
    }

    @Test
    fun `a text that was cut in the middle of a character makes no answer unreadable`() {
        val cut = """{"items":[{"name":"\ud83d","exceptions":[{"code":7,"message":"\ud83d"}]}],"bookmark":null}"""
        Sandbox.respond(*Array(2) { mapOf("body" to cut) })
        withClient { client ->
            val campaign = mapOf("ad_account_id" to "1", "name" to "n", "objective_type" to "AWARENESS")
            val call = OperationCall("campaigns/create", mapOf("ad_account_id" to "1"), listOf(campaign))
            val created = client.callBlocking(call)
            assertEquals(cut, created.data)
            assertEquals(7L, created.failures.single().code)
            val item = client.itemsBlocking(OperationCall("boards/list")).single()
            assertTrue(item.startsWith("""{"name":"\ud83d","""), item)
        }
    }

    @Test
    fun `arguments go where the table says`() {
        Sandbox.respond(*Array(4) { mapOf("json" to emptyMap<String, Any>()) })
        withClient { client ->
            val ads = mapOf(
                "campaign_ids" to arrayOf("1", "2"),
                "page_size" to 5L,
                "ad_account_id" to "5",
                "order" to null,
            )
            client.callBlocking(OperationCall("ads/list", ads))
            val analytics = mapOf(
                "pin_id" to "1 2é",
                "start_date" to "2026-01-01",
                "end_date" to "2026-01-31",
                "metric_types" to setOf("IMPRESSION", "SAVE"),
            )
            client.callAsync(OperationCall("pins_analytics", analytics)).join()
            runBlocking {
                val board = mapOf("name" to "\"é\"\n\\", "new_in_2027" to listOf(null, true, 1.5, 12.toBigDecimal()))
                client.call("boards/create", body = board)
                client.call("boards/create", body = """{ "name": "n", "number": 123456789012345678901234567890 }""")
            }
        }
        val arrived = Sandbox.requests()
        assertEquals(
            listOf("/v5/ad_accounts/5/ads?campaign_ids=1&campaign_ids=2&page_size=5"),
            arrived.take(1).map { "${it["path"].asString}?${it["query"].asString}" },
        )
        assertEquals("/v5/pins/1%202%C3%A9/analytics", arrived[1]["path"].asString)
        assertTrue("metric_types=IMPRESSION%2CSAVE" in arrived[1]["query"].asString)
        assertEquals("""{"name":"\"é\"\u000a\\","new_in_2027":[null,true,1.5,12]}""", arrived[2]["body"].asString)
        assertTrue("123456789012345678901234567890" in arrived[3]["body"].asString)
    }

    @Test
    fun `an answer is given as it came, also after a POST took effect`() {
        val board = """{"id": 5, "privacy": "HOLOGRAPHIC", "name": null, "number": 12345678901234567890123}"""
        val odd = listOf(board, "[1]", "\"text\"", "null")
        val create = OperationCall("boards/create", body = mapOf("name" to "n"))
        withClient { client ->
            for (answer in odd) {
                Sandbox.respond(mapOf("status" to 201, "body" to answer))
                val given = client.callBlocking(create)
                assertEquals(answer to 201, given.data to given.status)
                assertEquals(emptyList<ItemFailure>(), given.failures)
            }
            Sandbox.respond(mapOf("status" to 204, "body" to ""))
            assertNull(client.callBlocking(OperationCall("boards/delete", mapOf("board_id" to "1"))).data)
        }
    }

    @Test
    fun `an answer of success says which of its items failed`() {
        val exceptions = listOf(mapOf("code" to 2676, "message" to "no"))
        val items = listOf(mapOf("exceptions" to emptyList<Any>()), mapOf("exceptions" to exceptions))
        Sandbox.respond(mapOf("json" to mapOf("items" to items)))
        val campaign = mapOf("ad_account_id" to "5", "name" to "c", "objective_type" to "AWARENESS")
        val create = OperationCall("campaigns/create", mapOf("ad_account_id" to "5"), listOf(campaign))
        val failure = withClient { it.callBlocking(create.withChecks(Checks.OFF)) }.failures.single()
        assertEquals(
            listOf("items[1].exceptions[0]", 1, 2676L, "no"),
            listOf(failure.place, failure.item, failure.code, failure.message),
        )
        assertEquals("""{"code":2676,"message":"no"}""", failure.json)
    }

    @Test
    fun `what does not fit is refused before anything is sent`() {
        val cyclic = mutableMapOf<String, Any?>("name" to "canary")
        cyclic["parent"] = listOf(cyclic)
        val deep = (1..200).fold(emptyList<Any>()) { inner, _ -> listOf(inner) }
        fun list(vararg arguments: Pair<String, Any?>) = OperationCall("boards/list", mapOf(*arguments))
        fun get(id: Any?) = OperationCall("boards/get", mapOf("board_id" to id))
        fun create(body: Any?) = OperationCall("boards/create", body = body)
        val bad = mapOf(
            get(null) to "`board_id` of boards/get is missing",
            get("12a") to "is not of the form",
            get("..").withChecks(Checks.OFF) to "cannot be a part of a path",
            get("1/2").withChecks(Checks.OFF) to "cannot be a part of a path",
            OperationCall("boards/get", mapOf("id" to "1")) to "boards/get has no parameter `id`",
            list("page_size" to 251) to "`page_size` of boards/list is above 250",
            list("page_size" to "5") to "is a text, not a whole number",
            list("page_size" to Double.NaN) to "`arguments.page_size` is NaN, which JSON has not",
            list("bookmark" to "a\nb") to "holds a control character",
            list("bookmark" to "canary\uD800") to "lone surrogate",
            list("page_size" to BigInteger.TEN.pow(400)) to "holds a number that is too large, which cannot be sent",
            list("privacy" to "NEW").withChecks(Checks.STRICT) to "is none of the values that are known",
            list("created" to LocalDate.EPOCH) to "`arguments.created` is of the class java.time.LocalDate",
            create(null) to "`body` of boards/create is missing",
            create(emptyMap<String, Any>()) to "`body.name` of boards/create is missing",
            create(cyclic) to "`body.parent[0]` holds itself",
            create(deep) to "is nested more than 100 deep",
            create(mapOf("name" to Float.POSITIVE_INFINITY)) to "`body.name` is Infinity",
            create(mapOf("name" to mapOf(1 to 2))) to "`body.name` has a key that is not a text",
            create("{\"name\": canary") to "the body of the call is not JSON",
            create(5) to "is a number, not an object",
            OperationCall("pins/create", body = mapOf("media_source" to listOf(1))) to "is a list, not an object",
            OperationCall("boards/list", body = "{}") to "`body` of boards/list is given, and it takes none",
            OperationCall("boards/fly") to "there is no operation `boards/fly`",
        )
        withClient { client ->
            for ((call, said) in bad) {
                for (refused in listOf(runCatching { client.callBlocking(call) }, firstPage(client, call))) {
                    val exception = assertInstanceOf(InvalidInputException::class.java, refused.exceptionOrNull(), said)
                    assertEquals(Outcome.NOT_SENT, exception.outcome)
                    assertTrue(said in exception.message.orEmpty(), exception.message)
                    assertFalse("canary" in exception.everyText(), exception.everyText())
                }
            }
            val refused = firstPage(client, get("1"))
            val exception = assertInstanceOf(InvalidInputException::class.java, refused.exceptionOrNull())
            assertTrue("boards/get does not answer in pages" in exception.message.orEmpty(), exception.message)
        }
        assertEquals(0, Sandbox.requests().size)
    }

    @Test
    fun `pages and items follow each other to the end`() = withClient { client ->
        val call = OperationCall("boards/list", mapOf("page_size" to 25))
        runBlocking {
            val pages = client.pages(call)
            assertEquals(listOf(200, 200, 200), pages.toList().map { it.status })
            assertEquals(3, Sandbox.requests().size)
            // Anew.
            val items = client.items(call).toList()
            assertEquals(60, items.toSet().size)
            assertEquals(items, client.itemsBlocking(call).toList())
            assertEquals(9, Sandbox.requests().size)
            assertEquals(pages.first().data, client.pagesBlocking(call).first().data)
            assertEquals(11, Sandbox.requests().size)
        }
        val item = """{"id": "1", "number": 12345678901234567890123 }"""
        Sandbox.respond(mapOf("body" to """{"items": [$item,[1.10] ], "bookmark": null}"""))
        assertEquals(listOf(item, "[1.10]"), client.itemsBlocking(call).toList())
    }

    @Test
    fun `a bookmark that comes again is an exception behind its page`() {
        withClient { client -> bookmarkComesAgain(client) }
    }

    private fun bookmarkComesAgain(client: ApiClient) {
        fun page(item: Int, bookmark: String) = mapOf("json" to mapOf("items" to listOf(item), "bookmark" to bookmark))
        val call = OperationCall("boards/list")
        val ways = listOf<suspend (MutableList<String?>) -> Unit>(
            { seen -> client.items(call).collect { seen += it } },
            { seen -> client.pages(call).collect { seen += Regex("\\d").find(it.data.orEmpty())?.value } },
            { seen -> client.itemsBlocking(call).forEach { seen += it } },
        )
        for (way in ways) {
            Sandbox.respond(page(1, "a"), page(2, "b"), page(3, "a"))
            val seen = mutableListOf<String?>()
            assertThrows(ProtocolException::class.java) { runBlocking { way(seen) } }
            assertEquals(listOf<String?>("1", "2", "3"), seen)
        }
        assertEquals(9, Sandbox.requests().size)
        Sandbox.respond(mapOf("json" to mapOf("items" to null)))
        assertThrows(ProtocolException::class.java) { client.itemsBlocking(call).toList() }
    }

    @Test
    fun `who stops collecting ends the call`() {
        HangingPeer().use { peer ->
            ApiClient(peer.configuration().copy { accessToken("pina_test") }).use { client ->
                assertThrows(TimeoutCancellationException::class.java) {
                    val items = client.items(OperationCall("boards/list"))
                    runBlocking { withTimeout(200.milliseconds) { items.toList() } }
                }
                assertTrue(peer.closedByClient.get(2, TimeUnit.SECONDS))
            }
        }
    }

    @Test
    fun `a manager's token is a call's credential`() {
        Managed.strict()
        Managed.run { client ->
            val tokens = TokenManager(client, MemoryStore(), "shop-1")
            val call = OperationCall("boards/create", body = mapOf("name" to "n")).withTokens(tokens)
            val lacking = runCatching { client.call(call) }.exceptionOrNull()
            assertInstanceOf(ReauthorizationRequiredException::class.java, lacking)
            val first = tokens.adopt(Managed.answer())
            Managed.nextSecond()
            val refused = mapOf("status" to 401, "json" to mapOf("code" to 2, "message" to "no"))
            Sandbox.respond(refused, mapOf("pass" to true), mapOf("status" to 201, "body" to "{}"))
            assertEquals("{}", client.call(call).data)
            assertEquals(1, Managed.renewals())
            assertNotEquals(first, tokens.accessToken())

            Sandbox.respond(mapOf("json" to mapOf("items" to listOf(1))))
            assertEquals(listOf("1"), client.items(OperationCall("boards/list").withTokens(tokens)).toList())
            tokens.close()
            assertThrows(IllegalStateException::class.java) { client.callBlocking(call) }
        }
    }

    @Test
    fun `a call waits where its category is used up, and fails at once where that takes too long`() {
        val headers = mapOf("x-ratelimit-remaining" to "0", "x-ratelimit-reset" to "67150")
        val call = OperationCall("boards/list")
        withClient { client ->
            Sandbox.respond(mapOf("json" to emptyMap<String, Any>(), "headers" to headers))
            client.callBlocking(call)
            val exception = assertThrows(RateLimitedException::class.java) { client.callBlocking(call) }
            assertEquals(Outcome.NOT_SENT, exception.outcome)
            assertTrue(exception.isRetryable && checkNotNull(exception.retryAfterSeconds) > 67_000, "$exception")
            assertEquals(1, Sandbox.requests().size)
            ApiClient(client.configuration.copy { keepRateLimits(false) }).use { it.callBlocking(call) }
            assertEquals(2, Sandbox.requests().size)
        }
    }

    @Test
    fun `a wait for a category is no longer than it may be`() {
        val call = OperationCall("boards/list")
        val usedUp = { seconds: Int ->
            val headers = mapOf("x-ratelimit-remaining" to "0", "x-ratelimit-reset" to "$seconds")
            Sandbox.respond(mapOf("json" to emptyMap<String, Any>(), "headers" to headers))
        }
        val patient = { wait: Duration ->
            val settings = Sandbox.configuration().copy { accessToken("pina_test") }
            ApiClient(settings.copy { timeout(Duration.ZERO).rateLimitWait(wait) })
        }
        withClient {
            patient(5.seconds).use { client ->
                usedUp(1)
                client.callBlocking(call)
                val waited = measureTime { client.callBlocking(call) }
                assertTrue(waited > 800.milliseconds, "$waited")
                usedUp(60)
                client.callBlocking(call)
                val exception = assertThrows(RateLimitedException::class.java) { client.callBlocking(call) }
                assertEquals(Outcome.NOT_SENT, exception.outcome)
            }
            patient(Duration.ZERO).use { client ->
                usedUp(1)
                client.callBlocking(call)
                assertThrows(RateLimitedException::class.java) { client.callBlocking(call) }
            }
            val negative = assertThrows(InvalidInputException::class.java) { patient((-1).seconds) }
            assertTrue("rateLimitWait" in "${negative.message}", "$negative")
        }
    }

    @Test
    fun `no text form shows a value`() {
        val call = OperationCall("boards/list", mapOf("bookmark" to "canary"), "canary")
        val answer = OperationAnswer("canary", 200, mapOf("cookie" to listOf("canary")))
        listOf(call, answer).forEach { assertFalse("canary" in "$it", "$it") }
        val options = CallOptions { header("x", "canary") }
        val shown = call.withChecks(Checks.STRICT).withOptions(options).toString()
        assertTrue("checks=STRICT" in shown && "canary" !in shown, shown)
    }

    private fun firstPage(client: ApiClient, call: OperationCall) =
        runCatching { runBlocking { client.pages(call).first() } }

    private fun <T> withClient(block: (ApiClient) -> T): T {
        val scope = "ads:read ads:write boards:read boards:write pins:read pins:write"
        val token = mapOf("kind" to "user", "scope" to scope, "access_token" to "pina_test")
        Sandbox.control("POST", "/_sandbox/tokens", token)
        return ApiClient(Sandbox.configuration().copy { accessToken("pina_test") }).use(block)
    }
}
