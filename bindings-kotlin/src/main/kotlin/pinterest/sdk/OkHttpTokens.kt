@file:JvmName("OkHttpTokens")

package pinterest.sdk

import okhttp3.Authenticator
import okhttp3.Call
import okhttp3.HttpUrl
import okhttp3.Interceptor
import okhttp3.Request
import okhttp3.Response
import okhttp3.Route
import java.io.IOException
import java.io.InterruptedIOException
import java.util.concurrent.ExecutionException
import java.util.concurrent.Future
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/**
 * Puts a valid access token on OkHttp's requests to the API. One to another server fails with an [IOException] before it
 * is sent, for whoever has a token can act for the person: send that with another client, which `newBuilder` makes over
 * the same connections. What the API redirects to another server goes without the token, and a request that has an
 * `Authorization` header keeps it.
 *
 * ```
 * OkHttpClient.Builder().addInterceptor(tokens.interceptor()).authenticator(tokens.authenticator()).build()
 * ```
 *
 * It needs OkHttp 4.12 or newer, which a program brings along. A call that gets no token fails with an [IOException],
 * whose cause is what [TokenManager.accessToken] throws. A call that is cancelled, or takes longer than its own timeout,
 * waits no longer; the renewal goes on.
 */
public fun TokenManager.interceptor(): Interceptor {
    return object : Interceptor {
        override fun intercept(chain: Interceptor.Chain): Response {
            val request = chain.request()
            if (request.header(AUTHORIZATION) != null) return chain.proceed(request)
            val call = chain.call()
            val foreign = foreign(request.url)
            // A network's interceptor sees what a redirection leads to.
            if (foreign != null && foreign(call.request().url) == null) return chain.proceed(request)
            if (foreign != null) throw IOException(foreign.message, foreign)
            val token = wait(call, accessTokenAsync())
            return chain.proceed(request.with(Given(whose, call, token, true)))
        }
    }
}

/**
 * Has a token renewed that the API refused (401), and the request sent once more if its body can be. A refusal that
 * another token would not change, such as for a scope that it lacks, is the call's answer. It is for the requests that
 * [interceptor] gave a token of this account of this manager to; others it leaves alone.
 */
public fun TokenManager.authenticator(): Authenticator {
    return object : Authenticator {
        override fun authenticate(route: Route?, response: Response): Request? {
            val request = response.request
            val given = request.tag(Given::class.java)
            if (given == null || given.whose != whose) return null
            // A redirection may have led elsewhere, and something else may have set another header.
            if (request.header(AUTHORIZATION) != given.header || foreign(request.url) != null) return null
            val token = if (isToBeRepeated(given, response)) another(given) else null
            return token?.let { request.with(Given(whose, given.call, it, false)) }
        }
    }
}

private fun TokenManager.isToBeRepeated(given: Given, response: Response): Boolean {
    val body = response.peekBody(READ_BYTES).bytes().decodeToString()
    val mayHelp = try {
        refused(given.token, response.code, body)
    } catch (_: IllegalStateException) {
        // Closed meanwhile.
        false
    }
    return mayHelp && given.isFirst && response.request.isRepeatable()
}

private fun TokenManager.another(given: Given): String? = try {
    wait(given.call, accessTokenAsync()).takeIf { it != given.token }
} catch (cancelled: InterruptedIOException) {
    throw cancelled
} catch (_: IOException) {
    // Who asks for a token next hears why.
    null
}

private const val AUTHORIZATION = "Authorization"

/** Refusals are short. */
private const val READ_BYTES = 65_536L

/** How often a call that waits looks whether it was cancelled: OkHttp tells nobody. */
private const val LOOK_MILLISECONDS = 20L

/** A token on a request, so that who reads the answer knows whose it is. */
private class Given(val whose: Any, val call: Call, val token: String, val isFirst: Boolean) {
    val header get() = "Bearer $token"
}

/** Why an address is not to have a token; null if it is. A manager that was closed has none to give. */
private fun TokenManager.foreign(url: HttpUrl): Exception? = try {
    checkAddress("$url")
    null
} catch (refusal: InvalidInputException) {
    refusal
} catch (closed: IllegalStateException) {
    closed
}

private fun Request.with(given: Given): Request =
    newBuilder().header(AUTHORIZATION, given.header).tag(Given::class.java, given).build()

private fun Request.isRepeatable(): Boolean = body?.run { !isOneShot() && !isDuplex() } ?: true

/** What is thrown in an interceptor ends an Android app, unless it is an [IOException]. */
private fun wait(call: Call, token: Future<String>): String {
    try {
        while (!call.isCanceled()) {
            try {
                return token.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)
            } catch (_: TimeoutException) {
                continue
            }
        }
        throw InterruptedIOException("Canceled")
    } catch (failure: ExecutionException) {
        throw IOException(failure.cause?.message, failure.cause)
    } catch (interruption: InterruptedException) {
        Thread.currentThread().interrupt()
        throw InterruptedIOException("interrupted").initCause(interruption)
    } finally {
        token.cancel(true)
    }
}
