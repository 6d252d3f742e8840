// Greets the account that a token belongs to, and lists its boards page by page.
//
// Reads PINTEREST_ACCESS_TOKEN (scopes user_accounts:read and boards:read), and PINTEREST_API_URI if
// it differs from the default.

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import pinterest.sdk.ApiClient
import pinterest.sdk.ApiRequest
import pinterest.sdk.Configuration
import pinterest.sdk.PinterestException
import kotlin.system.exitProcess

suspend fun main() {
    try {
        ApiClient(Configuration.fromEnv()).use { client ->
            val account = client.get("/user_account")
            println("Hello, ${account.text("username") ?: "stranger"}")
            var bookmark: String? = null
            do {
                val page = client.get("/boards", "page_size" to "25", "bookmark" to bookmark)
                page["items"]?.jsonArray?.forEach { println(it.jsonObject.text("name")) }
                bookmark = page.text("bookmark")
            } while (bookmark != null)
        }
    } catch (exception: PinterestException) {
        fail(exception.message)
    }
}

/** The object at a path; parameters that are null are left out. */
private suspend fun ApiClient.get(path: String, vararg query: Pair<String, String?>): JsonObject {
    val answer = request(ApiRequest.get(path, query.asList()))
    return Json.parseToJsonElement(answer.data ?: fail("$path: an empty answer")).jsonObject
}

private fun JsonObject.text(name: String): String? = get(name)?.jsonPrimitive?.contentOrNull

private fun fail(message: String?): Nothing {
    System.err.println(message)
    exitProcess(1)
}
