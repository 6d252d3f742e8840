// Login on this machine. Not part of the Android archive: an app is told of a callback by an App Link and
// needs no listener. There, open `AuthorizationRequest.start(…).url` in a Custom Tab.

@file:JvmName("Login")

package pinterest.sdk

import kotlinx.coroutines.CancellationException
import pinterest.sdk.internal.CallQueue
import pinterest.sdk.internal.CoreClient
import pinterest.sdk.internal.NativeCall
import pinterest.sdk.internal.NativeOutcome
import pinterest.sdk.internal.interruptibly
import pinterest.sdk.internal.laterElsewhere
import pinterest.sdk.internal.openBrowser
import pinterest.sdk.internal.suspending
import pinterest.sdk.internal.toNative
import pinterest.sdk.internal.toToken
import pinterest.sdk.internal.withPinterestExceptions
import java.util.concurrent.CompletableFuture
import java.util.function.Consumer

/**
 * Logs a person in on this machine: listens on the loopback port of the request's redirect URI, shows the
 * authorization URL, waits for the callback and exchanges its code (RFC 8252). The person's browser ends
 * on a page that says how it went.
 *
 * The port is free again after every exit. Cancelling the coroutine ends the wait at once, as does a
 * `withTimeout` around it.
 *
 * @param show gets the URL, once the port is open, on the thread of the caller; unless given, it prints
 *   the URL and opens a browser. What it throws ends the login.
 * @throws InvalidInputException if the redirect URI is not on this machine or its port is taken, and as
 *   [AuthorizationRequest.start].
 * @throws AuthorizationException if the person does not allow it.
 * @throws NetworkException if nobody comes before [AuthorizationRequest.lifetime] ends.
 * @throws PinterestException as [OauthApi.oauthToken].
 */
public suspend fun login(
    client: ApiClient,
    request: AuthorizationRequest,
    show: (String) -> Unit = ::showInBrowser,
): OauthAccessTokenResponse {
    val core = client.open()
    return withPinterestExceptions { core.native.startLogin(request.toNative()) }.use { login ->
        show(login.url())
        core.suspending { finish(login.number()) }
    }
}

private suspend fun CoreClient.finish(login: ULong): OauthAccessTokenResponse {
    val outcome = CallQueue.makeToItsEnd(number, NativeCall.FinishLogin(login)) as NativeOutcome.Token
    return outcome.token.toToken()
}

/**
 * [login] on the calling thread. Interrupting it cancels the login, which then throws
 * [CancellationException].
 *
 * @throws PinterestException as [login].
 */
@JvmOverloads
public fun loginBlocking(
    client: ApiClient,
    request: AuthorizationRequest,
    show: Consumer<String> = Consumer(::showInBrowser),
): OauthAccessTokenResponse = interruptibly { login(client, request, show::accept) }

/**
 * [login] as a future, which fails as [login] throws. Cancelling it cancels the login.
 *
 * @param show as for [login], on a thread of the SDK's.
 */
@JvmOverloads
public fun loginAsync(
    client: ApiClient,
    request: AuthorizationRequest,
    show: Consumer<String> = Consumer(::showInBrowser),
): CompletableFuture<OauthAccessTokenResponse> = laterElsewhere { login(client, request, show::accept) }

/**
 * Prints a URL to standard error and opens it in the browser that `BROWSER` names, or in the system's own.
 * Returns within a second.
 */
public fun showInBrowser(url: String) {
    // Always: a system may say that it has opened a browser where there is none.
    System.err.println("Opening Pinterest in your browser. If nothing opens, go to: $url")
    try {
        withPinterestExceptions { openBrowser(url) }
    } catch (_: AuthorizationException) {
        // The line above is enough.
    }
}
