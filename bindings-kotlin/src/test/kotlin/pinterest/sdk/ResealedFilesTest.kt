package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import pinterest.sdk.internal.Peers
import java.io.File
import java.nio.file.Path
import java.security.SecureRandom
import java.util.Base64
import kotlin.io.path.Path
import kotlin.io.path.readText
import kotlin.io.path.writeText
import kotlin.random.Random
import kotlin.random.nextLong

/** Encrypted files that change their key: a rotation, and what may happen meanwhile. */
internal class ResealedFilesTest {
    private fun key(): ByteArray = ByteArray(32).also(SecureRandom()::nextBytes)

    private fun sealed(folder: Path, vararg keys: ByteArray) = FileStore(folder, KeyFunction { keys.toList() })

    /** Gives each account tokens of its own name. */
    private suspend fun keep(client: ApiClient, store: FileStore, vararg accounts: String) =
        TokenManager(client, store, "nobody").use { tokens ->
            val answer = { name: String -> OauthAccessTokenResponse("pina_$name", expiresIn = 2_592_000) }
            for (account in accounts) tokens.account(account).adopt(answer(account))
        }

    private suspend fun token(client: ApiClient, store: FileStore, account: String): String =
        TokenManager(client, store, account).use { it.accessToken() }

    private suspend fun failure(work: suspend () -> Any): PinterestException =
        assertInstanceOf(PinterestException::class.java, runCatching { work() }.exceptionOrNull())

    private fun assertSays(words: String, failure: PinterestException) =
        assertTrue(words in failure.message.orEmpty(), failure.message)

    @Test
    fun `another key takes the place of the old one`(@TempDir folder: Path) = Managed.run { client ->
        val (old, new) = List(2) { key() }
        keep(client, sealed(folder, old), "a", "b", "c")
        val store = sealed(folder, new, old)
        assertEquals(listOf("b"), store.reseal("b"))
        assertEquals(emptyList<String>(), store.resealBlocking("nobody"))
        assertEquals(listOf("a", "c"), store.resealAsync().get())
        assertEquals(emptyList<String>(), store.reseal())
        for (account in listOf("a", "b", "c")) {
            assertEquals("pina_$account", token(client, sealed(folder, new), account))
            val locked = failure { token(client, sealed(folder, old), account) }
            assertInstanceOf(StoreException::class.java, locked)
            assertSays("is sealed with another key", locked)
        }
        val known = Peers.size
        repeat(5) { store.reseal() }
        until { Peers.size <= known }
    }

    @Test
    fun `where the keys come from is asked anew, and plain files are encrypted`(@TempDir folder: Path) =
        Managed.run { client ->
            val file = folder.resolve("key")
            val texts = List(2) { Base64.getEncoder().encodeToString(key()) }
            keep(client, FileStore(folder), "a")
            val store = FileStore(folder, KeyFile(file))
            file.writeText(texts[0])
            assertSays("is not sealed", failure { token(client, store, "a") })
            assertEquals(listOf("a"), store.reseal())
            assertTrue("pina_" !in folder.resolve("a.json").readText())
            file.writeText(texts.reversed().joinToString("\n"))
            assertEquals(listOf("a"), store.reseal())
            file.writeText(texts[1])
            assertEquals("pina_a", token(client, store, "a"))
        }

    @Test
    fun `without the right keys a file stays as it is and the others are done`(@TempDir folder: Path) =
        Managed.run { client ->
            val (old, new, stranger) = List(3) { key() }
            keep(client, sealed(folder, stranger), "b")
            keep(client, sealed(folder, old), "a", "c")
            val before = folder.resolve("b.json").readText()
            val locked = failure { sealed(folder, new, old).reseal() }
            assertInstanceOf(StoreException::class.java, locked)
            assertSays("b.json is sealed with another key", locked)
            assertEquals(before, folder.resolve("b.json").readText())
            for (account in listOf("a", "c")) {
                assertEquals("pina_$account", token(client, sealed(folder, new), account))
            }
            assertEquals(listOf("b"), sealed(folder, new, stranger).reseal())

            assertSays("no keys to seal with", failure { FileStore(folder).reseal() })
            val thrown = NoSuchElementException("the key store is locked")
            val asking = failure { FileStore(folder, KeyFunction { throw thrown }).resealBlocking() }
            assertInstanceOf(StoreException::class.java, asking)
            assertSame(thrown, generateSequence(asking as Throwable) { it.cause }.last())
            val nameless = failure { sealed(folder, new).reseal("no name/") }
            assertInstanceOf(InvalidInputException::class.java, nameless)
        }

    @Test
    fun `whoever is killed leaves files that one of both keys opens`(@TempDir folder: Path) = Managed.run { client ->
        val accounts = Array(40) { "shop-$it" }
        val keys = List(6) { key() }
        keep(client, sealed(folder, keys[0]), *accounts)
        val moments = Random(7)
        var cut = 0
        for ((old, new) in keys.zipWithNext()) {
            val process = ProcessBuilder(
                "${System.getProperty("java.home")}/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                PlainJava.classpath().joinToString(File.pathSeparator),
                ResealProgram::class.java.name,
                "$folder",
                Base64.getEncoder().encodeToString(new),
                Base64.getEncoder().encodeToString(old),
            ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
            assertEquals('b'.code, process.inputStream.read())
            Thread.sleep(moments.nextLong(0L..60L))
            process.destroyForcibly().waitFor()
            val store = sealed(folder, new, old)
            for (account in accounts) assertEquals("pina_$account", token(client, store, account))
            if (store.reseal().size in 1..<accounts.size) cut += 1
            for (account in accounts) assertEquals("pina_$account", token(client, sealed(folder, new), account))
        }
        assertTrue(cut > 0, "no one was killed in the middle")
    }
}

/** `FOLDER NEW OLD`. */
internal object ResealProgram {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val keys = arguments.drop(1).map(Base64.getDecoder()::decode)
        val store = FileStore(Path(arguments[0]), KeyFunction { keys })
        // All that is slow at first has been done.
        store.resealBlocking("nobody")
        print("b")
        System.out.flush()
        store.resealBlocking()
    }
}
