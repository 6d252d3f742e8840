package pinterest.sdk

import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.READ
import java.nio.file.StandardOpenOption.WRITE
import java.security.GeneralSecurityException
import java.security.KeyStore
import java.security.SecureRandom
import javax.crypto.Cipher
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import kotlin.io.path.absolute
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.readBytes

/**
 * A key in a file, itself encrypted by an AES key that need not leave its key store, such as a PKCS #12 file's, a hardware
 * module's or Android's. The file is made, with a new key, where there is none. Where the key store has lost its key
 * the file cannot be read any more, nor can the tokens: remove both, and let the person authorize again.
 *
 * @property path the file.
 */
public class KeyStoreKey internal constructor(
    public val path: Path,
    private val alias: String,
    private val find: () -> SecretKey?,
    private val make: () -> SecretKey?,
) : KeyFunction {
    /**
     * @param store has been loaded.
     * @param alias the AES key's name there.
     * @param password what protects the AES key, if anything does.
     */
    @JvmOverloads
    public constructor(path: Path, store: KeyStore, alias: String, password: CharArray? = null) :
        this(path, alias, { store.getKey(alias, password) as SecretKey? }, { null })

    override fun keys(): List<ByteArray> {
        if (!path.exists()) alone(::ensure)
        return listOf(unwrap())
    }

    private fun ensure() {
        if (!path.exists()) wrap(find() ?: make() ?: error("the key store has no AES key `$alias`"))
    }

    private fun unwrap(): ByteArray {
        val key = find() ?: error("the key store has lost the AES key `$alias`, which encrypted $path")
        val bytes = path.readBytes()
        try {
            val cipher = Cipher.getInstance(CIPHER)
            cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES))
            return cipher.doFinal(bytes, NONCE_BYTES, bytes.size - NONCE_BYTES)
        } catch (refused: GeneralSecurityException) {
            throw GeneralSecurityException(
                "$path was encrypted by another AES key than `$alias`, or is damaged",
                refused,
            )
        } catch (short: IllegalArgumentException) {
            throw GeneralSecurityException("$path is damaged", short)
        }
    }

    /** All of the file or nothing is there, whenever the process ends. */
    private fun wrap(key: SecretKey) {
        val cipher = Cipher.getInstance(CIPHER)
        // Android's key store wants to choose the nonce.
        cipher.init(Cipher.ENCRYPT_MODE, key)
        val bytes = cipher.iv + cipher.doFinal(ByteArray(KEY_BYTES).also(SecureRandom()::nextBytes))
        val part = Files.createTempFile(folder, "${path.fileName}", ".part")
        try {
            FileChannel.open(part, WRITE).use {
                it.write(ByteBuffer.wrap(bytes))
                it.force(true)
            }
            Files.move(part, path, ATOMIC_MOVE)
            // Tokens that are sealed next may not outlive it. Where a folder cannot be opened there is nothing to do.
            runCatching { FileChannel.open(folder, READ).use { it.force(true) } }
        } finally {
            Files.deleteIfExists(part)
        }
    }

    /** Two that find no file would make two keys. */
    private fun alone(work: () -> Unit) = synchronized(turn) {
        folder.createDirectories()
        FileChannel.open(folder.resolve("${path.fileName}.lock"), CREATE, WRITE).use { it.lock().use { work() } }
    }

    private val folder: Path get() = path.absolute().parent

    override fun toString(): String = describe("KeyStoreKey", "path" to path, "alias" to alias)
}

private const val CIPHER = "AES/GCM/NoPadding"
private const val KEY_BYTES = 32
private const val NONCE_BYTES = 12
private const val TAG_BITS = 128

/** A process can lock a file once. */
private val turn = Any()
