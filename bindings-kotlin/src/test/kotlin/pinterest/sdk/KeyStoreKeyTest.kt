package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.security.KeyStore
import java.util.concurrent.Executors
import javax.crypto.KeyGenerator
import kotlin.io.path.deleteExisting
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.readText
import kotlin.io.path.writeBytes

/** A key that a key of java.security's encrypts. Android's own is not here. */
internal class KeyStoreKeyTest {
    private val password = "p".toCharArray()

    @BeforeEach
    fun reset() = Managed.strict()

    private fun store(): KeyStore = KeyStore.getInstance("PKCS12").apply {
        load(null, password)
        val key = KeyGenerator.getInstance("AES").apply { init(256) }.generateKey()
        setEntry("tokens", KeyStore.SecretKeyEntry(key), KeyStore.PasswordProtection(password))
    }

    @Test
    fun `tokens are sealed with it`(@TempDir folder: Path) = Managed.run { client ->
        val store = store()
        val files = {
            FileStore(folder.resolve("t"), KeyStoreKey(folder.resolve("below/key"), store, "tokens", password))
        }
        val token = TokenManager(client, files(), "shop-1").adopt(Managed.answer())
        val kept = folder.resolve("t/shop-1.json").readText()
        assertFalse(token in kept || "pinr" in kept, kept)
        assertEquals(token, TokenManager(client, files(), "shop-1").accessToken())
        assertEquals(setOf("key", "key.lock"), folder.resolve("below").listDirectoryEntries().map { it.name }.toSet())
    }

    @Test
    fun `all who ask at first get one key`(@TempDir folder: Path) {
        val store = store()
        val threads = Executors.newFixedThreadPool(20)
        val given = List(20) {
            threads.submit<List<Byte>> {
                KeyStoreKey(folder.resolve("key"), store, "tokens", password).keys().single().toList()
            }
        }.map { it.get() }
        threads.shutdown()
        assertEquals(1, given.toSet().size)
        assertEquals(32, given.first().size)
        assertEquals(12 + 32 + 16, folder.resolve("key").readBytes().size)
    }

    @Test
    fun `a key that is lost is said to be`(@TempDir folder: Path) = Managed.run { client ->
        val file = folder.resolve("key")
        val good = store()
        val key = KeyStoreKey(file, good, "tokens", password)
        val first = key.keys().single()
        val empty = KeyStore.getInstance("PKCS12").apply { load(null, password) }
        for ((store, words) in listOf(empty to "has lost the AES key `tokens`", store() to "by another AES key")) {
            val other = KeyStoreKey(file, store, "tokens", password)
            val tokens = TokenManager(client, FileStore(folder.resolve("t"), other), "shop-1")
            val failure = runCatching { tokens.adopt(Managed.answer()) }.exceptionOrNull()
            val message = assertInstanceOf(StoreException::class.java, failure).message.orEmpty()
            assertTrue(words in message && "$file" in message, message)
        }
        assertArrayEquals(first, key.keys().single())
        for (damaged in listOf(ByteArray(0), ByteArray(5), file.readBytes().dropLast(1).toByteArray())) {
            file.writeBytes(damaged)
            val failure = runCatching(key::keys).exceptionOrNull()
            assertTrue("damaged" in failure?.message.orEmpty(), "$failure")
        }
        file.deleteExisting()
        val none = runCatching(KeyStoreKey(file, empty, "tokens", password)::keys).exceptionOrNull()
        assertTrue("has no AES key `tokens`" in none?.message.orEmpty(), "$none")
        assertFalse(first.contentEquals(key.keys().single()))
        assertEquals("KeyStoreKey(path=$file, alias=tokens)", "$key")
    }
}
