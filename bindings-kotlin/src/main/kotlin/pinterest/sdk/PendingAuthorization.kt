package pinterest.sdk

import kotlinx.coroutines.CancellationException
import pinterest.sdk.internal.NativePendingAuthorization
import pinterest.sdk.internal.blocking
import pinterest.sdk.internal.complete
import pinterest.sdk.internal.later
import pinterest.sdk.internal.restoreAuthorization
import pinterest.sdk.internal.suspending
import pinterest.sdk.internal.withPinterestExceptions
import java.util.concurrent.CompletableFuture

/**
 * What to remember while a person is at Pinterest. Keep [toJson] in their session (it holds no secret)
 * and nowhere that another person's session can reach.
 */
public class PendingAuthorization internal constructor(private val native: NativePendingAuthorization) {
    /** Where to send the person. Holds no secret. */
    public val url: String get() = native.url

    /** The state that the callback must bring back. */
    public val state: String get() = native.state

    /** The redirect URI, byte for byte as it will be sent with the code. */
    public val redirectUri: String get() = native.redirectUri

    /** When it ends, in seconds since 1970. */
    public val expiresAt: Long get() = native.expiresAt

    /** Everything as JSON text, for a session. No secret is in it. */
    public fun toJson(): String = native.json

    /**
     * Checks the callback and exchanges its code. A callback counts once in this process, and others know nothing
     * of it; one that is not ours changes nothing, so the right one can still come. Cancelling the coroutine ends the
     * exchange at once; the code may be used up by then.
     *
     * @param callback the URL that the person came back to, or its query.
     * @param options what the exchange does differently from [client].
     * @throws AuthorizationException for a wrong, missing or repeated state, a late or used callback, a
     *   refusal by the person; its [reason][PinterestException.reason] tells which.
     * @throws PinterestException as [OauthApi.oauthToken].
     */
    public suspend fun complete(
        client: ApiClient,
        callback: String,
        options: CallOptions? = null,
    ): OauthAccessTokenResponse = client.open().suspending { complete(toJson(), callback, options) }

    /**
     * [complete] on the calling thread. Interrupting it cancels the call, which then throws
     * [CancellationException].
     *
     * @throws PinterestException as [complete].
     */
    @JvmOverloads
    public fun completeBlocking(
        client: ApiClient,
        callback: String,
        options: CallOptions? = null,
    ): OauthAccessTokenResponse = client.open().blocking { complete(toJson(), callback, options) }

    /** [complete] as a future, which fails as [complete] throws. Cancelling it cancels the call. */
    @JvmOverloads
    public fun completeAsync(
        client: ApiClient,
        callback: String,
        options: CallOptions? = null,
    ): CompletableFuture<OauthAccessTokenResponse> = later { complete(client, callback, options) }

    override fun equals(other: Any?): Boolean = other is PendingAuthorization && other.native == native

    override fun hashCode(): Int = native.hashCode()

    /** Leaves the state out: it is no secret, and nobody else's business. */
    override fun toString(): String =
        describe("PendingAuthorization", "redirectUri" to withoutSecrets(redirectUri), "expiresAt" to expiresAt)

    /** Restores one. */
    public companion object {
        /**
         * Restores what [toJson] gave. Remove it from the session before [complete]: a callback then counts once,
         * whichever process it comes to.
         *
         * @throws InvalidInputException for any other text, with the reason [AuthorizationReason.NOT_PENDING].
         */
        @JvmStatic
        public fun fromJson(text: String?): PendingAuthorization =
            PendingAuthorization(withPinterestExceptions { restoreAuthorization(text.orEmpty()) })
    }
}
