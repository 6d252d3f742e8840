package pinterest.sdk

import kotlinx.coroutines.CancellationException
import pinterest.sdk.internal.AccountTokens
import pinterest.sdk.internal.CoreTokens
import pinterest.sdk.internal.NativeAccount
import pinterest.sdk.internal.begun
import pinterest.sdk.internal.begunLater
import pinterest.sdk.internal.blocking
import pinterest.sdk.internal.later
import pinterest.sdk.internal.outcome
import pinterest.sdk.internal.outcomeBlocking
import pinterest.sdk.internal.suspending
import pinterest.sdk.internal.toNanoseconds
import java.util.concurrent.CompletableFuture
import kotlin.time.Duration
import kotlin.time.toKotlinDuration

/**
 * Gives out valid access tokens of an account, and renews them in time.
 *
 * ```
 * val tokens = TokenManager(client, FileStore(folder), "shop-1")
 * tokens.adopt(login(client, request))      // once, also in another program
 * tokens.accessToken()                      // valid now
 * ```
 *
 * Of all processes that share a store one renews; it says in the store that it asks before it does, and keeps what it
 * got before anybody uses it. Cancelling a coroutine, or a `withTimeout` around a call, ends that wait and no renewal:
 * it goes on, and what comes of it is kept. A process that is killed meanwhile leaves a store that the next one can use.
 *
 * Safe to share between threads. The `…Blocking` forms hold the calling thread; interrupting it ends the wait, which
 * then throws [CancellationException]. The `…Async` forms are for Java. Close it when done: calls after that throw
 * [IllegalStateException].
 */
public class TokenManager private constructor(
    private val core: CoreTokens,
    private val own: AccountTokens,
    private val isFirst: Boolean,
) : AutoCloseable {
    private constructor(core: CoreTokens, account: String) : this(core, core.account(account), true)

    /**
     * The manager of an account. Nothing is read yet.
     *
     * @param client renews the tokens, with its app id and secret. It may be closed before the manager.
     * @param account the name that a program gives to one person's tokens, such as a user's id in its database: letters,
     *   digits, `-`, `_`, `@`, `+` and, not first, `.`; at most 64.
     * @throws InvalidInputException if the client has no app id, or that is no name.
     * @throws StoreException if the store has no place to be.
     */
    @JvmOverloads
    public constructor(
        client: ApiClient,
        store: Store,
        account: String,
        options: TokenOptions = TokenOptions.builder().build(),
    ) : this(CoreTokens(client, store, account, options), account)

    /** Whose tokens it gives out. */
    public val name: String get() = own.name

    /**
     * A valid access token: the one in memory, which takes no time; the store's; or a new one. While the old one is
     * valid it is given out, and renewed behind that.
     *
     * @throws ReauthorizationRequiredException if a person has to authorize.
     * @throws StoreException if the store fails.
     * @throws NetworkException if it takes longer than [TokenOptions.wait], with the phase [Phase.TIMEOUT].
     * @throws PinterestException as [OauthApi.oauthToken], if no valid token is left.
     */
    public suspend fun accessToken(): String = fresh() ?: open().suspending { accessToken(own) }

    /**
     * [accessToken] on the calling thread.
     *
     * @throws PinterestException as [accessToken].
     */
    public fun accessTokenBlocking(): String = fresh() ?: open().blocking { accessToken(own) }

    /** [accessToken] as a future. */
    public fun accessTokenAsync(): CompletableFuture<String> =
        fresh()?.let { CompletableFuture.completedFuture(it) } ?: later { accessToken() }

    /**
     * [accessToken] as the value of the header `Authorization`.
     *
     * @throws PinterestException as [accessToken].
     */
    public suspend fun authorizationHeader(): String = "Bearer ${accessToken()}"

    /**
     * [authorizationHeader] on the calling thread.
     *
     * @throws PinterestException as [accessToken].
     */
    public fun authorizationHeaderBlocking(): String = "Bearer ${accessTokenBlocking()}"

    /** [authorizationHeader] as a future. */
    public fun authorizationHeaderAsync(): CompletableFuture<String> = accessTokenAsync().thenApply { "Bearer $it" }

    /**
     * Says that the API refused a token: it is not given out again, and one renewal takes its place. A token that is
     * not the current one counts for nothing.
     */
    public fun invalidate(token: String): Unit = open().invalidate(own, token)

    /**
     * Says how the API answered a request with a token: whether the same request may do better with another one, which
     * [accessToken] gives then. The token was [invalidated][invalidate] in that case: a 401 is its fault, unless
     * Pinterest says that it lacks a scope or that the app may not do this, or it took a refused one's place within the
     * last minute. Nothing is asked for here.
     *
     * @param body the answer's; it need not be read for another status than 401.
     */
    public fun refused(token: String, status: Int, body: String): Boolean = open().refused(own, token, status, body)

    /**
     * A new token now. If somebody else has just renewed it, that one, and nothing is asked for.
     *
     * @throws PinterestException as [accessToken].
     */
    public suspend fun refresh(): String = open().run { begun { refresh(own) } }.outcome()

    /**
     * [refresh] on the calling thread.
     *
     * @throws PinterestException as [accessToken].
     */
    public fun refreshBlocking(): String = open().run { begun { refresh(own) } }.outcomeBlocking()

    /** [refresh] as a future. */
    public fun refreshAsync(): CompletableFuture<String> = begunLater { open().refresh(own) }

    /**
     * Keeps the tokens of an answer, in place of the account's, and gives the access token: for those of [login], of
     * [PendingAuthorization.complete], or of [OauthApi.oauthToken]. Tokens that came after them, by renewal or a later
     * login, stay, and it gives theirs: call [forget] before going back on purpose.
     *
     * @param response also as made of what a program kept of it; [OauthAccessTokenResponse.expiresIn] counts from now, and
     *   an end may be in milliseconds.
     * @throws InvalidInputException if there is no access token in it, or a refresh token in its place.
     * @throws StoreException with [Outcome.UNKNOWN] if they could not be kept; they are used all the same, and kept as
     *   soon as can be.
     */
    public suspend fun adopt(response: OauthAccessTokenResponse): String =
        open().run { begun { adopt(own, response) } }.outcome()

    /**
     * [adopt] on the calling thread.
     *
     * @throws StoreException as [adopt].
     */
    public fun adoptBlocking(response: OauthAccessTokenResponse): String =
        open().run { begun { adopt(own, response) } }.outcomeBlocking()

    /** [adopt] as a future. */
    public fun adoptAsync(response: OauthAccessTokenResponse): CompletableFuture<String> =
        begunLater { open().adopt(own, response) }

    /**
     * How the tokens stand in the store. It asks nobody else.
     *
     * @throws StoreException if the store fails.
     */
    public suspend fun status(): TokenStatus = open().suspending { status(own) }

    /**
     * [status] on the calling thread.
     *
     * @throws StoreException as [status].
     */
    public fun statusBlocking(): TokenStatus = open().blocking { status(own) }

    /** [status] as a future. */
    public fun statusAsync(): CompletableFuture<TokenStatus> = later { status() }

    /**
     * Ends the account's tokens at Pinterest, and forgets them. They stay if Pinterest refuses.
     *
     * @throws ReauthorizationRequiredException if there are none.
     * @throws PinterestException as [OauthApi.revokeToken].
     */
    public suspend fun revoke(): Unit = open().run { begun { revoke(own) } }.outcome()

    /**
     * [revoke] on the calling thread.
     *
     * @throws PinterestException as [revoke].
     */
    public fun revokeBlocking(): Unit = open().run { begun { revoke(own) } }.outcomeBlocking()

    /** [revoke] as a future; it brings null. */
    public fun revokeAsync(): CompletableFuture<Void?> = begunLater {
        open().revoke(own)
        null
    }

    /**
     * Forgets the account's tokens; whether there were any. Pinterest accepts them until they expire.
     *
     * @throws StoreException if the store fails.
     */
    public suspend fun forget(): Boolean = open().run { begun { forget(own) } }.outcome()

    /**
     * [forget] on the calling thread.
     *
     * @throws StoreException as [forget].
     */
    public fun forgetBlocking(): Boolean = open().run { begun { forget(own) } }.outcomeBlocking()

    /** [forget] as a future. */
    public fun forgetAsync(): CompletableFuture<Boolean> = begunLater { open().forget(own) }

    /**
     * The manager of another account, with the same client, store and options. It costs little: one for each request
     * will do. It ends with this one, and need not be closed itself.
     *
     * @throws InvalidInputException if that is no name.
     */
    public fun account(name: String): TokenManager = TokenManager(open(), core.account(name), false)

    /**
     * Ends the use, and waits, up to ten seconds as in every language, as [close] with a time does. Closing twice is fine:
     * the second waits for what the first does.
     */
    override fun close() {
        end(null)
    }

    /**
     * Ends the use, and waits, up to [timeout], until nothing of any account is being renewed, and everything is kept;
     * whether that is so. A store that fails is asked again until then. What is not by then goes on as long as the process
     * does. Of those that [account] gave, it ends nothing.
     *
     * @throws InvalidInputException if [timeout] is negative; the manager stays open.
     */
    @JvmSynthetic
    public fun close(timeout: Duration): Boolean = end(timeout)

    /** Ends the use, as Java's `close`. */
    public fun close(timeout: java.time.Duration): Boolean = close(timeout.toKotlinDuration())

    /** Shows whose tokens they are, and none of them. */
    override fun toString(): String = describe("TokenManager", "account" to name, "store" to core.store)

    /** Refuses an address that is not to have a token. */
    @JvmSynthetic
    internal fun checkAddress(url: String) = open().checkAddress(url)

    /** The account, as calls name it. */
    @JvmSynthetic
    internal fun toNative(): NativeAccount = open().toNative(own)

    /** The next who asks is told what the core knows. */
    @JvmSynthetic
    internal fun settle() {
        own.forget()
    }

    /** The same for all managers of one account that were made by [account] of one another. */
    @get:JvmSynthetic
    internal val whose: Any get() = own

    private fun end(timeout: Duration?): Boolean {
        val nanoseconds = timeout?.toNanoseconds("`timeout` is negative")
        return !isFirst || core.close(own, nanoseconds)
    }

    private fun fresh(): String? = if (core.isClosed) null else own.fresh()

    private fun open(): CoreTokens {
        check(!core.isClosed) { "this TokenManager is closed" }
        return core
    }
}
