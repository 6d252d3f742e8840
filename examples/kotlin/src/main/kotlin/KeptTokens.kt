// Gives a valid access token of an account every time it is run, renewed when it is time.
//
// Reads PINTEREST_APP_ID and PINTEREST_APP_SECRET, PINTEREST_CODE the first time, TOKENS (a folder; the
// command line's unless set) and PINTEREST_API_URI if it differs from the default.

import pinterest.sdk.ApiClient
import pinterest.sdk.AuthorizationCode
import pinterest.sdk.Configuration
import pinterest.sdk.FileStore
import pinterest.sdk.OauthApi
import pinterest.sdk.PinterestException
import pinterest.sdk.TokenManager
import kotlin.io.path.Path
import kotlin.system.exitProcess

suspend fun main() {
    val store = FileStore(System.getenv("TOKENS")?.let(::Path))
    try {
        ApiClient(Configuration.fromEnv()).use { client ->
            TokenManager(client, store, "shop-1").use { tokens ->
                System.getenv("PINTEREST_CODE")?.let { code ->
                    tokens.adopt(OauthApi(client).oauthToken(AuthorizationCode(code, "http://localhost:8085/")))
                }
                println("a token of ${tokens.accessToken().length} characters")
                println(tokens.status().state)
            }
        }
    } catch (exception: PinterestException) {
        // What happened and what to do; never a token.
        System.err.println(exception.message)
        exitProcess(1)
    }
}
