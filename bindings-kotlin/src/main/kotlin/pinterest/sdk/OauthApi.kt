package pinterest.sdk

import kotlinx.coroutines.CancellationException
import pinterest.sdk.internal.CoreClient
import pinterest.sdk.internal.blocking
import pinterest.sdk.internal.convert
import pinterest.sdk.internal.later
import pinterest.sdk.internal.revoke
import pinterest.sdk.internal.suspending
import pinterest.sdk.internal.token
import java.util.concurrent.CompletableFuture

/**
 * Pinterest's `oauth` operations.
 *
 * ```
 * val token = OauthApi(client).use { it.oauthToken(AuthorizationCode(code, redirectUri)) }
 * ```
 *
 * Each call is sent once. Cancelling its coroutine ends it at once and closes its connection; a code
 * that had left by then may be used up. The `…Blocking` forms are for Java and scripts: they hold the
 * calling thread. Interrupting it cancels the call, which then throws [CancellationException]. The `…Async`
 * forms are for Java: cancelling the future cancels the call, and whatever the call would throw fails the
 * future. What follows it runs on a thread for computations: hand over what blocks to an executor of yours.
 *
 * Every failure is a [PinterestException]; calls after [close] throw [IllegalStateException].
 *
 * @param client what the calls go through; closing this object does not close it.
 */
public class OauthApi private constructor(private val client: ApiClient, private val options: CallOptions?) :
    AutoCloseable {
    /** Calls that do nothing differently from [client]. */
    public constructor(client: ApiClient) : this(client, null)

    @Volatile
    private var closed = false

    /**
     * `POST /oauth/token`: a token for a grant.
     *
     * @throws PinterestException a refusal of a request that lacked a field says so in its hint.
     */
    public suspend fun oauthToken(request: OauthAccessTokenRequest): OauthAccessTokenResponse =
        oauthTokenWithHttpInfo(request).data

    /**
     * [oauthToken] with the answer's HTTP part.
     *
     * @throws PinterestException as [oauthToken].
     */
    public suspend fun oauthTokenWithHttpInfo(request: OauthAccessTokenRequest): ApiResponse<OauthAccessTokenResponse> =
        open().suspending { token(request, options) }

    /**
     * [oauthToken] on the calling thread.
     *
     * @throws PinterestException as [oauthToken].
     */
    public fun oauthTokenBlocking(request: OauthAccessTokenRequest): OauthAccessTokenResponse =
        oauthTokenWithHttpInfoBlocking(request).data

    /**
     * [oauthTokenWithHttpInfo] on the calling thread.
     *
     * @throws PinterestException as [oauthToken].
     */
    public fun oauthTokenWithHttpInfoBlocking(request: OauthAccessTokenRequest): ApiResponse<OauthAccessTokenResponse> =
        open().blocking { token(request, options) }

    /** [oauthToken] as a future. */
    public fun oauthTokenAsync(request: OauthAccessTokenRequest): CompletableFuture<OauthAccessTokenResponse> =
        later { oauthToken(request) }

    /** [oauthTokenWithHttpInfo] as a future. */
    public fun oauthTokenWithHttpInfoAsync(
        request: OauthAccessTokenRequest,
    ): CompletableFuture<ApiResponse<OauthAccessTokenResponse>> = later { oauthTokenWithHttpInfo(request) }

    /**
     * `POST /oauth/token/revoke`: ends a token at once. Success says that the token is not valid now,
     * even if it never was (RFC 7009 section 2.2).
     *
     * @throws ForbiddenException for tokens of ordinary users: Pinterest revokes those of system users.
     * @throws PinterestException for any other failure.
     */
    public suspend fun revokeToken(token: String, tokenTypeHint: TokenTypeHint? = null) {
        revokeTokenWithHttpInfo(token, tokenTypeHint)
    }

    /**
     * [revokeToken] with the answer's HTTP part.
     *
     * @throws PinterestException as [revokeToken].
     */
    public suspend fun revokeTokenWithHttpInfo(
        token: String,
        tokenTypeHint: TokenTypeHint? = null,
    ): ApiResponse<Unit> = open().suspending { revoke(token, tokenTypeHint, options) }

    /**
     * [revokeToken] on the calling thread.
     *
     * @throws PinterestException as [revokeToken].
     */
    @JvmOverloads
    public fun revokeTokenBlocking(token: String, tokenTypeHint: TokenTypeHint? = null) {
        revokeTokenWithHttpInfoBlocking(token, tokenTypeHint)
    }

    /**
     * [revokeTokenWithHttpInfo] on the calling thread.
     *
     * @throws PinterestException as [revokeToken].
     */
    @JvmOverloads
    public fun revokeTokenWithHttpInfoBlocking(
        token: String,
        tokenTypeHint: TokenTypeHint? = null,
    ): ApiResponse<Unit> = open().blocking { revoke(token, tokenTypeHint, options) }

    /** [revokeToken] as a future; it brings null. */
    @JvmOverloads
    public fun revokeTokenAsync(token: String, tokenTypeHint: TokenTypeHint? = null): CompletableFuture<Void?> = later {
        revokeToken(token, tokenTypeHint)
        null
    }

    /** [revokeTokenWithHttpInfo] as a future. */
    @JvmOverloads
    public fun revokeTokenWithHttpInfoAsync(
        token: String,
        tokenTypeHint: TokenTypeHint? = null,
    ): CompletableFuture<ApiResponse<Unit>> = later { revokeTokenWithHttpInfo(token, tokenTypeHint) }

    /**
     * `POST /oauth/conversion_token`: a long-lived token for sending conversions. Needs
     * [Configuration.accessToken] with the scope `ads:write`.
     *
     * @throws PinterestException when it fails.
     */
    public suspend fun conversionToken(): ConversionToken = conversionTokenWithHttpInfo().data

    /**
     * [conversionToken] with the answer's HTTP part.
     *
     * @throws PinterestException as [conversionToken].
     */
    public suspend fun conversionTokenWithHttpInfo(): ApiResponse<ConversionToken> =
        open().suspending { convert(options) }

    /**
     * [conversionToken] on the calling thread.
     *
     * @throws PinterestException as [conversionToken].
     */
    public fun conversionTokenBlocking(): ConversionToken = conversionTokenWithHttpInfoBlocking().data

    /**
     * [conversionTokenWithHttpInfo] on the calling thread.
     *
     * @throws PinterestException as [conversionToken].
     */
    public fun conversionTokenWithHttpInfoBlocking(): ApiResponse<ConversionToken> =
        open().blocking { convert(options) }

    /** [conversionToken] as a future. */
    public fun conversionTokenAsync(): CompletableFuture<ConversionToken> = later { conversionToken() }

    /** [conversionTokenWithHttpInfo] as a future. */
    public fun conversionTokenWithHttpInfoAsync(): CompletableFuture<ApiResponse<ConversionToken>> =
        later { conversionTokenWithHttpInfo() }

    /** The same calls, each with these options in place of any before; closed apart from this object. */
    public fun withOptions(options: CallOptions): OauthApi = OauthApi(client, options)

    /** Ends the use of this object; the [ApiClient] stays open. Calls under way still end. */
    override fun close() {
        closed = true
    }

    private fun open(): CoreClient {
        check(!closed) { "this OauthApi is closed" }
        return client.open()
    }
}
