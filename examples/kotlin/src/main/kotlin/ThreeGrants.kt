// All three grants, one after another.
//
// Reads PINTEREST_APP_ID, PINTEREST_APP_SECRET and PINTEREST_CODE, the one-time code from your
// redirect URI; PINTEREST_REDIRECT_URI and PINTEREST_API_URI if they differ from the defaults.

import pinterest.sdk.ApiClient
import pinterest.sdk.AuthorizationCode
import pinterest.sdk.ClientCredentials
import pinterest.sdk.Configuration
import pinterest.sdk.OauthAccessTokenRequest
import pinterest.sdk.OauthAccessTokenResponse
import pinterest.sdk.OauthApi
import pinterest.sdk.PinterestException
import pinterest.sdk.RefreshToken
import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.seconds
import kotlin.time.DurationUnit
import kotlin.time.measureTimedValue

suspend fun main() {
    val redirectUri = System.getenv("PINTEREST_REDIRECT_URI") ?: "http://localhost:8085/"
    try {
        ApiClient(Configuration.fromEnv()).use { client ->
            OauthApi(client).use { api ->
                val token = api.run(AuthorizationCode(setting("PINTEREST_CODE"), redirectUri))
                val refreshToken = token.refreshToken ?: fail("no refresh token came with the code's answer")
                api.run(RefreshToken(refreshToken))
                api.run(ClientCredentials("user_accounts:read,pins:read,boards:read"))
            }
        }
    } catch (exception: PinterestException) {
        fail(exception.message)
    }
}

/** Makes one call and prints one row about it. */
private suspend fun OauthApi.run(request: OauthAccessTokenRequest): OauthAccessTokenResponse {
    val (token, time) = measureTimedValue { oauthToken(request) }
    println(
        "%-8s %-20s %-20s %-8s %-10s %8.1f".format(
            "kotlin",
            request.grantType,
            token.responseType ?: "none",
            token.accessToken.take(5) + "…",
            token.expiresIn?.let { "${it.seconds.inWholeDays} days" } ?: "unknown",
            time.toDouble(DurationUnit.MILLISECONDS),
        ),
    )
    return token
}

private fun setting(name: String): String = System.getenv(name) ?: fail("set $name")

private fun fail(message: String?): Nothing {
    System.err.println(message)
    exitProcess(1)
}
