import pinterest.sdk.ApiClient
import pinterest.sdk.ApiRequest
import pinterest.sdk.ApiResponse
import pinterest.sdk.AuthorizationRequest
import pinterest.sdk.Configuration
import pinterest.sdk.NetworkException
import pinterest.sdk.OauthApi
import pinterest.sdk.OperationCall
import pinterest.sdk.Outcome
import pinterest.sdk.PinterestException
import pinterest.sdk.RefreshToken
import pinterest.sdk.Scopes
import pinterest.sdk.login
import kotlin.time.Duration.Companion.seconds

/** Sends nothing: every host here is port 9 of this machine, which nobody listens on. */
suspend fun main() {
    val configuration =
        Configuration(username = "app id", password = "app secret", host = "http://127.0.0.1:9/v5", timeout = 5.seconds)
    ApiClient(configuration).use { client ->
        val pending = AuthorizationRequest("http://localhost:8085/", listOf(Scopes.PINS_READ)).start(client)
        check("pins:read" in pending.url || "pins%3Aread" in pending.url)
        val refused = runCatching { OauthApi(client).use { it.oauthToken(RefreshToken("pinr.1")) } }.exceptionOrNull()
        check(refused is PinterestException && refused.outcome == Outcome.NOT_SENT) { "$refused" }
        check(explained(refused) == "CONNECT null") { explained(refused) }
    }
}

fun explained(exception: PinterestException): String = when (exception) {
    is NetworkException -> "${exception.phase} ${exception.retryAfter}"
    else -> exception.message.orEmpty()
}

/** Only compiled. */
suspend fun more(client: ApiClient): String? {
    val page: ApiResponse<String?> = client.request(ApiRequest.get("/boards", listOf("page_size" to "25")))
    val token = login(client, AuthorizationRequest("http://localhost:8085/", listOf(Scopes.PINS_READ))) { println(it) }
    val board = client.call("boards/create", body = mapOf("name" to "Summer"))
    client.items(OperationCall("boards/list")).collect { println(it) }
    return board.data ?: page.data ?: page.rateLimit.reset?.toString() ?: token.refreshToken
}
