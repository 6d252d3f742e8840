// Logs you in with your browser and greets you.
//
// Reads PINTEREST_APP_ID and PINTEREST_APP_SECRET, and where they differ from the defaults
// PINTEREST_REDIRECT_URI, which is registered for the app, PINTEREST_API_URI and PINTEREST_OAUTH_URI.

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import pinterest.sdk.ApiClient
import pinterest.sdk.ApiRequest
import pinterest.sdk.AuthorizationRequest
import pinterest.sdk.Configuration
import pinterest.sdk.PinterestException
import pinterest.sdk.Scopes
import pinterest.sdk.login
import kotlin.system.exitProcess

suspend fun main() {
    val app = Configuration.fromEnv()
    val redirectUri = System.getenv("PINTEREST_REDIRECT_URI") ?: "http://localhost:8085/"
    try {
        val request = AuthorizationRequest(redirectUri, listOf(Scopes.USER_ACCOUNTS_READ))
        val token = ApiClient(app).use { login(it, request) }
        ApiClient(app.copy { accessToken(token.accessToken) }).use { person ->
            val account = person.request(ApiRequest.get("/user_account")).data.orEmpty()
            val username = Json.parseToJsonElement(account).jsonObject["username"]?.jsonPrimitive?.content
            println("Hello, ${username ?: "stranger"}")
        }
    } catch (exception: PinterestException) {
        System.err.println(exception.message)
        exitProcess(1)
    }
}
