package pinterest.sdk

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import java.nio.file.Path
import java.security.KeyStore
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey

/** Android's Keystore, whose keys stay in the device's secure hardware where it has some. */
public object AndroidKeystore {
    private const val PROVIDER = "AndroidKeyStore"

    /**
     * The key in a file that an AES key of the Keystore encrypts; both are made where there are none:
     *
     * ```
     * val key = AndroidKeystore.key(context.noBackupFilesDir.toPath().resolve("pinterest.key"))
     * val tokens = TokenManager(client, FileStore(folder, key), "me")
     * ```
     *
     * The Keystore is in no backup: in a folder that is, the file could not be read on another device.
     *
     * @param alias the AES key's name in the Keystore, where no other app sees it.
     */
    @JvmStatic
    @JvmOverloads
    public fun key(path: Path, alias: String = "pinterest-sdk"): KeyStoreKey =
        KeyStoreKey(path, alias, { find(alias) }, { make(alias) })

    private fun find(alias: String): SecretKey? =
        KeyStore.getInstance(PROVIDER).apply { load(null) }.getKey(alias, null) as SecretKey?

    private fun make(alias: String): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec = KeyGenParameterSpec.Builder(alias, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(256)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER).apply { init(spec) }.generateKey()
    }
}
