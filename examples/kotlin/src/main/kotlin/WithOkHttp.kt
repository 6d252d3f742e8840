// Reads the account whose tokens KeptTokens.kt keeps, with OkHttp: each request has a valid token.
//
// Reads PINTEREST_APP_ID and PINTEREST_APP_SECRET, TOKENS (a folder; the command line's unless set) and
// PINTEREST_API_URI if it differs from the default.

import okhttp3.OkHttpClient
import okhttp3.Request
import pinterest.sdk.ApiClient
import pinterest.sdk.Configuration
import pinterest.sdk.FileStore
import pinterest.sdk.TokenManager
import pinterest.sdk.authenticator
import pinterest.sdk.interceptor
import java.io.IOException
import kotlin.io.path.Path
import kotlin.system.exitProcess

fun main() {
    val client = ApiClient(Configuration.fromEnv())
    val tokens = TokenManager(client, FileStore(System.getenv("TOKENS")?.let(::Path)), "shop-1")
    val http = OkHttpClient.Builder().addInterceptor(tokens.interceptor()).authenticator(tokens.authenticator()).build()
    val api = client.configuration.host ?: "https://api.pinterest.com/v5"
    try {
        http.newCall(Request.Builder().url("$api/user_account").build()).execute().use { println(it.body.string()) }
    } catch (exception: IOException) {
        // Also where there is no token; what happened and what to do.
        System.err.println(exception.message)
        exitProcess(1)
    } finally {
        tokens.close()
    }
}
