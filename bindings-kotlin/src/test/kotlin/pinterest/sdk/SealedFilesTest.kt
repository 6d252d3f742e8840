package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.security.SecureRandom
import java.util.Base64
import kotlin.io.path.readText
import kotlin.io.path.writeText

/** Files that are encrypted, with keys from wherever a program has them. */
internal class SealedFilesTest {
    private val keys = List(2) { ByteArray(32).also(SecureRandom()::nextBytes) }

    @BeforeEach
    fun reset() = Managed.strict()

    @Test
    fun `a key of a function and the same of a file open each other's files`(@TempDir folder: Path) =
        Managed.run { client ->
            val file = folder.resolve("key")
            file.writeText(Base64.getEncoder().encodeToString(keys[0]))
            val tokens = TokenManager(client, FileStore(folder.resolve("t"), KeyFunction { keys.take(1) }), "shop-1")
            val token = tokens.adopt(Managed.answer())
            val kept = folder.resolve("t/shop-1.json").readText()
            assertFalse(token in kept || "pinr" in kept, kept)
            val other = TokenManager(client, FileStore(folder.resolve("t"), KeyFile(file)), "shop-1")
            assertEquals(token, other.accessToken())
            // An older key only opens.
            val newer = TokenManager(client, FileStore(folder.resolve("t"), KeyFunction { keys.reversed() }), "shop-1")
            assertEquals(token, newer.accessToken())
            Managed.nextSecond()
            newer.refresh()
            val locked = runCatching { other.refresh() }.exceptionOrNull()
            assertInstanceOf(StoreException::class.java, locked)
            assertEquals(1, Managed.renewals())
        }

    @Test
    fun `keys that are none are refused, and what a function throws is the cause`(@TempDir folder: Path) =
        Managed.run { client ->
            val thrown = NoSuchElementException("the key store is locked")
            val sources = listOf(
                KeyFunction { throw thrown },
                KeyFunction { listOf("canary".encodeToByteArray()) },
                KeyFunction { emptyList() },
                KeyFile(folder.resolve("none")),
                KeyVariable("PINTEREST_NO_SUCH"),
            )
            for (source in sources) {
                val tokens = TokenManager(client, FileStore(folder, source), "shop-1")
                val failure = runCatching { tokens.adopt(Managed.answer()) }.exceptionOrNull()
                assertTrue(failure is PinterestException, "$source: $failure")
                assertFalse("canary" in failure?.message.orEmpty(), failure?.message)
                if (source === sources[0]) assertSame(thrown, generateSequence(failure) { it.cause }.last())
            }
        }

    @Test
    fun `no text shows a key`() {
        val store = FileStore(Path.of("folder"), KeyVariable("KEYS"))
        assertEquals("FileStore(folder=folder, keys=KeyVariable(name=KEYS))", "$store")
        assertEquals(store, FileStore(Path.of("folder"), KeyVariable("KEYS")))
    }
}
