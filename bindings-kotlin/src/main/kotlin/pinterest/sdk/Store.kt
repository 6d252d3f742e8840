package pinterest.sdk

import pinterest.sdk.internal.NativeMemory
import pinterest.sdk.internal.blocking
import pinterest.sdk.internal.later
import pinterest.sdk.internal.sealAnew
import pinterest.sdk.internal.suspending
import pinterest.sdk.internal.withPinterestExceptions
import java.nio.file.Path
import java.util.concurrent.CompletableFuture

/**
 * Where a [TokenManager] keeps tokens: [MemoryStore], [FileStore], [RedisStore], or a [TokenStore] of its own; in Java, a
 * [BlockingTokenStore].
 */
public sealed interface Store

/**
 * Tokens that live as long as the process, and that no other process sees. Managers made on one object share
 * them; two objects share nothing.
 */
public class MemoryStore : Store {
    private val native = withPinterestExceptions { NativeMemory() }

    @get:JvmSynthetic
    internal val number: ULong = native.number()

    override fun toString(): String = "MemoryStore"
}

/**
 * Tokens in files, for their owner alone: one an account, in the form in which the command line keeps them and every
 * language reads them. Any number of processes of one machine may share a folder; a network drive may not have the
 * locks that this takes.
 *
 * @property folder where the files are; it is made when something is kept. Without one it is the command line's, and an
 *   account is its profile: who logged in with `pinterest login --profile shop-1` has the account `shop-1`. On
 *   Android, name one in `Context.getFilesDir()`.
 * @property keys what encrypts the files (ChaCha20-Poly1305); without keys they are plain. With keys, plain files are
 *   refused.
 */
public class FileStore private constructor(
    public val folder: Path?,
    public val keys: KeySource?,
    @Suppress("UNUSED_PARAMETER") made: Unit,
) : Store {
    /** Plain files. */
    @JvmOverloads
    public constructor(folder: Path? = null) : this(folder, null, Unit)

    /** Encrypted files. There have to be keys: what may be null is no wish for plain ones. */
    public constructor(folder: Path? = null, keys: KeySource) : this(folder, keys, Unit)

    /**
     * Encrypts the files of all accounts, or of one, with the first of the [keys]; gives the accounts that it changed. To
     * change the key, have [keys] give the new one first and the old one after it, call this, and take the old one away.
     * What is plain is encrypted as well; until then a store with keys refuses it. The keys are asked for anew. Each file
     * is replaced as a whole or not at all: after an interruption do it again. Managers may use the files meanwhile, if
     * they have both keys.
     *
     * @throws StoreException if there are no keys, a file cannot be decrypted with any of them, read or replaced, or an
     *   account is in use for longer than a minute; once the other accounts are done.
     * @throws InvalidInputException if [account] is no name.
     */
    public suspend fun reseal(account: String? = null): List<String> = suspending { sealAnew(account) }

    /**
     * [reseal] on the calling thread.
     *
     * @throws PinterestException as [reseal].
     */
    @JvmOverloads
    public fun resealBlocking(account: String? = null): List<String> = blocking { sealAnew(account) }

    /** [reseal] as a future. */
    @JvmOverloads
    public fun resealAsync(account: String? = null): CompletableFuture<List<String>> = later { reseal(account) }

    override fun equals(other: Any?): Boolean = other is FileStore && other.folder == folder && other.keys == keys

    override fun hashCode(): Int = folder.hashCode() * 31 + keys.hashCode()

    override fun toString(): String = describe("FileStore", "folder" to folder, "keys" to keys)
}
