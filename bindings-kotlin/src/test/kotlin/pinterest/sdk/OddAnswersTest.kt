package pinterest.sdk

import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test

/** Answers that are not as they are described: each is given as it came, and the call has taken effect. */
internal class OddAnswersTest {
    private val list = OperationCall("boards/list", mapOf("page_size" to 250))

    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `what a POST answers is given whatever it is`() = withClient { client ->
        val seen = mapOf(
            "new_enum_value" to Regex(""""privacy": ?"NEW_IN_2027""""),
            "unknown_field" to Regex(""""new_in_2027":"""),
            "nulls" to Regex(""""name": ?null"""),
            "missing_fields" to Regex("""^\{(?!.*"name":)"""),
            "other_shape" to Regex("""^\["""),
        )
        for ((odd, shape) in seen) {
            val data = client.made(odd)
            assertTrue(data != null && shape.containsMatchIn(data), "$odd: $data")
        }
        listOf("204_with_body", "no_body").forEach { assertNull(client.made(it), it) }
        // Each took effect, once.
        val boards = client.itemsBlocking(list).toList()
        for (odd in seen.keys + listOf("204_with_body", "no_body")) {
            assertEquals(1, boards.count { "\"$odd\"" in it }, "$odd of $boards")
        }
    }

    @Test
    fun `half a character of an answer spoils nothing`() = withClient { client ->
        val half = """{"items":[{"data":{"name":"a\ud83d"},"exceptions":[{"code":1}]}]}"""
        Sandbox.respond(mapOf("status" to 200, "body" to half))
        val body = listOf(mapOf("ad_account_id" to "1", "name" to "a", "objective_type" to "AWARENESS"))
        val answer = client.callBlocking(OperationCall("campaigns/create", mapOf("ad_account_id" to "1"), body))
        assertEquals(half, answer.data)
        assertEquals(listOf(1L), answer.failures.map { it.code })
    }

    @Test
    fun `neither does a number that is too large, nor depth`() = withClient { client ->
        for (odd in listOf("1e400", "[".repeat(3000) + "]".repeat(3000))) {
            val answer = """{"items":[{"data":{"name":$odd},"exceptions":[{"code":2}]}],"bookmark":"b"}"""
            Sandbox.respond(mapOf("status" to 200, "body" to answer))
            val body = listOf(mapOf("ad_account_id" to "1", "name" to "a", "objective_type" to "AWARENESS"))
            val made = client.callBlocking(OperationCall("campaigns/create", mapOf("ad_account_id" to "1"), body))
            assertEquals(answer, made.data)
            assertEquals(listOf(2L), made.failures.map { it.code })
            Sandbox.respond(
                mapOf("body" to """{"items":[1,$odd],"bookmark":"b"}"""),
                mapOf("body" to """{"items":[2]}"""),
            )
            assertEquals(listOf("1", odd, "2"), client.itemsBlocking(list).toList())
        }
    }

    @Test
    fun `what is no JSON at all comes with the exception`() = withClient { client ->
        Sandbox.respond(mapOf("status" to 201, "body" to "<html>made</html>"))
        val create = OperationCall("boards/create", body = mapOf("name" to "a"))
        val exception = assertThrows(ProtocolException::class.java) { client.callBlocking(create) }
        assertEquals(listOf(201, "<html>made</html>"), listOf(exception.status, exception.body))
        assertFalse("made" in exception.message.orEmpty() + exception)
    }

    @Test
    fun `pages end with an exception where they cannot go on`() = withClient { client ->
        val one = OperationCall("boards/list", mapOf("page_size" to 1))
        val again = mapOf("json" to mapOf("items" to listOf(1), "bookmark" to "again"))
        for ((odd, pages) in listOf("same_bookmark" to 2, "other_shape" to 1, "no_body" to 1)) {
            val answers = listOf(mapOf("pass" to true, "odd" to odd), again).take(pages).toTypedArray()
            Sandbox.respond(*answers)
            val all = client.pagesBlocking(one).iterator()
            repeat(pages) { assertEquals(2, all.next().status / 100, odd) }
            assertThrows(ProtocolException::class.java, { all.hasNext() }, odd)
            Sandbox.respond(*answers)
            assertThrows(ProtocolException::class.java, { runBlocking { client.items(one).toList() } }, odd)
        }
        for (whole in listOf("nulls", "missing_fields")) {
            oddly(whole)
            assertEquals(1, client.pagesBlocking(list).toList().size, whole)
        }
    }

    private fun ApiClient.made(odd: String): String? {
        oddly(odd)
        return callBlocking(OperationCall("boards/create", body = mapOf("name" to odd, "privacy" to "PUBLIC"))).data
    }

    private fun oddly(vararg odd: String) =
        Sandbox.respond(*odd.map { mapOf("pass" to true, "odd" to it) }.toTypedArray())

    private fun withClient(block: (ApiClient) -> Unit) {
        val token = mapOf("kind" to "user", "scope" to "boards:read boards:write", "access_token" to "pina_test")
        Sandbox.control("POST", "/_sandbox/tokens", token)
        ApiClient(Sandbox.configuration().copy { accessToken("pina_test") }).use(block)
    }
}
