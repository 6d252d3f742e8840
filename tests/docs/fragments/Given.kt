// What the fragments of the pages take for granted.

package fragments

import pinterest.sdk.ApiClient
import pinterest.sdk.AuthorizationCode
import pinterest.sdk.AuthorizationRequest
import pinterest.sdk.Configuration
import pinterest.sdk.OauthAccessTokenResponse
import pinterest.sdk.OauthApi
import pinterest.sdk.FileStore
import pinterest.sdk.TokenManager
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files

/** A person's session in a web server. */
class Session {
    var pending: String? = null
}

class Given {
    val redirectUri = "http://localhost:8085/"
    val client = ApiClient(Configuration.fromEnv().copy { accessToken("pina_of_a_page") })
    val api = OauthApi(client)
    val request = AuthorizationRequest(redirectUri, listOf("boards:read"))
    val session = Session()
    val folder = Files.createTempDirectory("fragments")
    val tokens = TokenManager(client, FileStore(folder), "shop-2")
    val token = "pina_of_a_page"
    val bookmark: String? = null
    val source = mapOf("source_type" to "image_url", "url" to "https://example.com/a.png")
    val board: String
    lateinit var callbackUrl: String

    init {
        val scope = "boards:read boards:write pins:read pins:write"
        control("tokens", """{"kind": "user", "access_token": "$token", "scope": "$scope"}""")
        board = named("id", client.callBlocking(pinterest.sdk.OperationCall("boards/create", body = mapOf("name" to "Given"))).data)
    }

    /** A person allows it. */
    fun redirect(url: String) {
        val state = Regex("[?&]state=([^&]+)").find(url)!!.groupValues[1]
        callbackUrl = "$redirectUri?code=${code()}&state=$state"
    }

    /** The same without a browser. */
    suspend fun login(client: ApiClient, request: AuthorizationRequest): OauthAccessTokenResponse =
        OauthApi(client).oauthToken(AuthorizationCode(code(), request.redirectUri))

    fun code() = named("code", control("codes", """{"redirect_uri": "$redirectUri"}"""))

    /** The sandbox is its own proxy. */
    private fun control(what: String, body: String): String {
        val target = URI("${System.getenv("HTTPS_PROXY")}/_sandbox/$what")
        val sent = HttpRequest.newBuilder(target).POST(HttpRequest.BodyPublishers.ofString(body)).build()
        return HttpClient.newHttpClient().send(sent, HttpResponse.BodyHandlers.ofString()).body()
    }

    private fun named(name: String, json: String?) = Regex("\"$name\": ?\"([^\"]+)\"").find(json.orEmpty())!!.groupValues[1]
}
