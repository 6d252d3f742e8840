// Greets the account that a token belongs to, and lists its boards, asking for them page by page.
//
// Reads PINTEREST_ACCESS_TOKEN (scopes user_accounts:read and boards:read), and PINTEREST_API_URI if
// it differs from the default.

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import pinterest.sdk.ApiClient
import pinterest.sdk.Configuration
import pinterest.sdk.OperationCall
import pinterest.sdk.PinterestException
import kotlin.system.exitProcess

suspend fun main() {
    try {
        ApiClient(Configuration.fromEnv()).use { client ->
            val account = client.call("user_account/get")
            println("Hello, ${account.data?.text("username") ?: "stranger"}")
            client.items(OperationCall("boards/list", mapOf("page_size" to 25))).collect { board ->
                println(board.text("name"))
            }
        }
    } catch (exception: PinterestException) {
        System.err.println(exception.message)
        exitProcess(1)
    }
}

/** A text of the object that this JSON holds. */
private fun String.text(name: String): String? =
    Json.parseToJsonElement(this).jsonObject[name]?.jsonPrimitive?.contentOrNull
