package pinterest.sdk.internal

import kotlinx.coroutines.future.await
import pinterest.sdk.ApiClient
import pinterest.sdk.BlockingTokenStore
import pinterest.sdk.FileStore
import pinterest.sdk.KeyFile
import pinterest.sdk.KeyFunction
import pinterest.sdk.KeySource
import pinterest.sdk.KeyVariable
import pinterest.sdk.ManualClock
import pinterest.sdk.MemoryStore
import pinterest.sdk.OauthAccessTokenResponse
import pinterest.sdk.RedisStore
import pinterest.sdk.Store
import pinterest.sdk.TokenOptions
import pinterest.sdk.TokenStatus
import pinterest.sdk.TokenStore
import java.lang.ref.WeakReference
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicBoolean

/** A token manager of the core, and what is known of its accounts without asking it. */
internal class CoreTokens(client: ApiClient, val store: Store, account: String, options: TokenOptions) {
    private val accounts = ConcurrentHashMap<String, AccountTokens>()
    private val native = withPinterestExceptions {
        CallQueue.start()
        val own = store.takeIf { it.isAsked }?.let(::OwnStore)
        val peer = Peers.keep(Peer(options.listener, own, forgetting(accounts)))
        runCatching { NativeTokens(client.open().native, store.toNative(), account, options.toNative(peer)) }
            .onFailure { Peers.end(peer) }
            .getOrThrow()
    }
    private val number = native.number()
    private val clock = client.configuration.clock
    private val client = native.clientNumber().toLong()
    private val closed = AtomicBoolean()
    private val closing = CompletableFuture<Boolean>()

    val isClosed: Boolean get() = closed.get()

    /** Refuses an address that is not to have a token. */
    fun checkAddress(url: String) = withPinterestExceptions { native.checkAddress(url) }

    /** An account, as calls name it. */
    fun toNative(own: AccountTokens): NativeAccount = NativeAccount(number, own.name)

    /** What is known of an account; all who ask for one get the same. */
    fun account(name: String): AccountTokens = accounts[name] ?: accounts.computeIfAbsent(name) {
        withPinterestExceptions { checkAccount(name) }
        AccountTokens(name, clock)
    }

    suspend fun accessToken(own: AccountTokens): String {
        val generation = own.generation
        val given = ask<NativeOutcome.AccessToken>(own, NativeTokenAct.AccessToken).token
        own.remember(given, generation)
        return given.token.text
    }

    suspend fun refresh(own: AccountTokens): String = own.replace(NativeTokenAct.Refresh)

    suspend fun adopt(own: AccountTokens, response: OauthAccessTokenResponse): String =
        own.replace(NativeTokenAct.Adopt(response.toNative()))

    private suspend fun AccountTokens.replace(act: NativeTokenAct): String {
        val asked = forget()
        var given: NativeAccessToken? = null
        try {
            given = ask<NativeOutcome.AccessToken>(this, act).token
            return given.token.text
        } finally {
            settle(given, asked)
        }
    }

    suspend fun status(own: AccountTokens): TokenStatus =
        ask<NativeOutcome.TokenStatus>(own, NativeTokenAct.Status).status.toStatus()

    suspend fun revoke(own: AccountTokens) {
        own.whileForgetting { ask<NativeOutcome.Done>(own, NativeTokenAct.Revoke) }
    }

    suspend fun forget(own: AccountTokens): Boolean =
        own.whileForgetting { ask<NativeOutcome.Done>(own, NativeTokenAct.Forget).done }

    fun invalidate(own: AccountTokens, token: String) = own.whileForgetting {
        withPinterestExceptions { native.invalidate(own.name, HiddenText(token)) }
    }

    fun refused(own: AccountTokens, token: String, status: Int, body: String): Boolean =
        withPinterestExceptions { native.refused(own.name, HiddenText(token), status, body) }
            .also { if (it) own.forget() }

    /** Waits for what is under way, as long as the core does without a limit, and ends the use. Whoever comes later hears what came of it. */
    fun close(own: AccountTokens, nanoseconds: ULong?): Boolean {
        if (closed.getAndSet(true)) return interruptibly { closing.await() }
        native.use {
            try {
                closing.complete(blocking { ask<NativeOutcome.Done>(own, NativeTokenAct.Drain(nanoseconds)).done })
            } finally {
                closing.complete(false)
            }
        }
        return closing.join()
    }

    private suspend inline fun <reified T : NativeOutcome> ask(own: AccountTokens, act: NativeTokenAct): T =
        CallQueue.make(client, NativeCall.Tokens(number, own.name, act)) as T
}

/** Forgets an account's last token. */
private fun forgetting(accounts: ConcurrentHashMap<String, AccountTokens>): (String) -> Unit {
    // A manager that nobody has any more is not kept by what it hears.
    val known = WeakReference(accounts)
    return { account -> known.get()?.get(account)?.forget() }
}

/** The last token of an account, as long as it can be given out without asking the core. */
internal class AccountTokens(val name: String, private val clock: ManualClock?) {
    private class Snapshot(val token: String, val freshUntil: Long)

    @Volatile
    private var snapshot: Snapshot? = null

    /** Counts what may have made a token that is on its way the wrong one. */
    @get:Synchronized
    var generation: Int = 0
        private set

    fun fresh(): String? {
        val known = snapshot ?: return null
        val now = if (clock == null) System.currentTimeMillis() else clock.millis()
        return known.token.takeIf { now / MILLISECONDS < known.freshUntil }
    }

    /** Keeps what was asked for at a generation, if that is the present one. */
    @Synchronized
    fun remember(given: NativeAccessToken, asked: Int) {
        if (asked == generation) snapshot = Snapshot(given.token.text, given.freshUntil)
    }

    /** The next generation, which knows nothing. */
    @Synchronized
    fun forget(): Int {
        snapshot = null
        return ++generation
    }

    /** Ends what began with [forget], which gave [asked]: what others asked for meanwhile may be the old token. */
    @Synchronized
    fun settle(given: NativeAccessToken?, asked: Int) {
        val isLast = asked == generation
        val next = forget()
        if (isLast && given != null) remember(given, next)
    }

    inline fun <T> whileForgetting(work: () -> T): T = try {
        work()
    } finally {
        forget()
    }

    private companion object {
        const val MILLISECONDS = 1000
    }
}

/** Seals an account's files with the current key, or everybody's; the accounts whose it changed. */
internal suspend fun FileStore.sealAnew(account: String?): List<String> {
    val peer = Peers.keep(Peer(null, takeIf { it.isAsked }?.let(::OwnStore)) {})
    val outcome = CallQueue.make { number -> beginReseal(number.toULong(), toNative(), account, peer) }
    return (outcome as NativeOutcome.Accounts).names
}

private fun Store.toNative(): NativeStore = when (this) {
    is MemoryStore -> NativeStore.Memory(number)
    is FileStore -> NativeStore.File(toNative())
    is RedisStore -> NativeStore.Redis
    is TokenStore, is BlockingTokenStore -> NativeStore.Own(javaClass.name)
}

private fun FileStore.toNative() = NativeFiles(folder?.toString(), keys?.toNative())

private fun KeySource.toNative(): NativeKeys = when (this) {
    is KeyFile -> NativeKeys.File("$path")
    is KeyVariable -> NativeKeys.Variable(name)
    is KeyFunction -> NativeKeys.Own
}

/** Whether something of it is the program's own. */
private val Store.isAsked: Boolean
    get() = when (this) {
        is MemoryStore -> false
        is FileStore -> keys is KeyFunction
        is RedisStore, is TokenStore, is BlockingTokenStore -> true
    }
