package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.io.File
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import java.util.jar.JarFile
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText

/** Whatever keeps the native library from loading is named, each time that it is asked for. */
internal class LoadFailureTest {
    private val override = "-Duniffi.component.pinterest_sdk_ffi.libraryOverride"

    @BeforeEach
    fun reset() = Sandbox.reset()

    @Test
    fun `no JNA`() = says(
        PlainJava.run(
            classpath = PlainJava.classpath().filterNot {
                "jna" in it
            },
        ),
        "net.java.dev.jna",
    )

    @Test
    fun `no coroutines`() = says(
        PlainJava.run(
            classpath = PlainJava.classpath().filterNot {
                "coroutines" in it
            },
        ),
        "the class kotlinx.coroutines.",
        "is missing",
        "class path",
        "requires kotlinx.coroutines.core",
    )

    @Test
    fun `a property that names no library`() = says(
        PlainJava.run(options = listOf("$override=/does/not/exist.so")),
        "cannot be loaded",
        "without that property",
    )

    @Test
    fun `a property that names another library`() =
        says(PlainJava.run(options = listOf("$override=c")), "another release", "without that property")

    @Test
    fun `a temporary folder that cannot be written`(@TempDir folder: Path) {
        val file = Files.createFile(folder.resolve("file"))
        val output = PlainJava.run(options = listOf("-Djna.tmpdir=$file/below"))
        says(output, "$file/below", "cannot be written", "-Djna.tmpdir=")
    }

    @Test
    fun `nothing to write in but the system's own temporary folder, which cannot be written`(@TempDir folder: Path) {
        val file = Files.createFile(folder.resolve("file"))
        val options = listOf("-Djava.io.tmpdir=$file/temporary", "-Duser.home=$file")
        says(PlainJava.run("XDG_CACHE_HOME" to "$file", options = options), "$file/temporary", "-Djna.tmpdir=")
    }

    /** Mounted in a name space of its own, which needs no root where the system permits that. */
    @Test
    fun `a temporary folder that permits no executing`(@TempDir folder: Path) {
        val mounting = listOf("unshare", "--map-root-user", "--mount", "sh", "-c")
        val mount = "mount -t tmpfs -o noexec none '$folder'"
        assumeTrue(runCatching { finish(mounting + mount).first }.getOrDefault(false), "no name spaces here")
        val output = PlainJava.run(
            options = listOf("-Djna.tmpdir=$folder"),
            before = mounting + "$mount && exec \"\$@\"" + "sh",
        )
        says(output, "$folder", "noexec", "-Djna.tmpdir=")
    }

    @Test
    fun `a jar for other platforms`(@TempDir folder: Path) {
        val jar = folder.resolve("sdk.jar")
        Files.copy(Path.of(PlainJava.classpath().first()), jar)
        FileSystems.newFileSystem(jar).use { files ->
            for (library in JarFile("$jar").use { open -> open.stream().map { it.name }.toList() }) {
                if ("pinterest_sdk_ffi." in library && !library.endsWith(".class")) Files.delete(files.getPath(library))
            }
        }
        says(PlainJava.run(classpath = PlainJava.classpath().drop(1) + "$jar"), "holds no library for")
    }

    @ParameterizedTest
    @ValueSource(strings = ["", "-dontobfuscate", "-dontshrink"])
    fun `a jar that was shrunk without the rules`(option: String, @TempDir folder: Path) {
        says(PlainJava.run(classpath = shrunk(folder, option)), "META-INF/proguard/pinterest-sdk.pro")
    }

    @Test
    fun `a jar that was shrunk with the rules that it holds`(@TempDir folder: Path) {
        val rules = folder.resolve("rules.pro")
        JarFile(PlainJava.classpath().first()).use { jar ->
            val packed = jar.getInputStream(jar.getEntry("META-INF/proguard/pinterest-sdk.pro"))
            rules.writeText(packed.bufferedReader().readText())
        }
        val host = "PINTEREST_API_URI" to "${Sandbox.address("http")}/v5"
        val output = PlainJava.run(host, classpath = shrunk(folder, "-include $rules"))
        assertEquals("client_credentials 2592000", output)
        // R8 stops where a class is missing that no rule speaks of.
        val said = shrink(folder, "-include $rules", quiet = "-dontwarn org.jetbrains.annotations.**")
        assertTrue("Warning: " in said, said)
        assertEquals(emptyList<String>(), said.lines().filter { "Warning: pinterest.sdk." in it })
    }

    private fun says(output: String, vararg words: String) {
        // Between them JNA may have logged something.
        val lines = output.lines().filter { it.startsWith("UnexpectedException") }
        assertEquals(2, lines.size, output)
        for (line in lines) {
            assertTrue("the SDK's native library does not load on " in line, line)
            assertTrue(words.all { it in line }, line)
        }
    }

    /** The program and all that it needs in one jar, through ProGuard. */
    private fun shrunk(folder: Path, options: String): List<String> {
        shrink(folder, options)
        return listOf("${folder.resolve("out/shrunk.jar")}")
    }

    /** What ProGuard says to that. */
    private fun shrink(folder: Path, options: String, quiet: String = "-dontwarn"): String {
        val program = PlainJava.classpath().last()
        val libraries = PlainJava.classpath().dropLast(1)
        val jar = folder.resolve("out/shrunk.jar").also { it.parent.createDirectories() }
        val configuration = folder.resolve("configuration.pro")
        configuration.writeText(
            """
            -injars '$program'(pinterest/sdk/PlainProgram.class)
            ${libraries.joinToString("\n") { "-injars '$it'(!META-INF/MANIFEST.MF,!**/module-info.class)" }}
            -outjars '$jar'
            -libraryjars '${System.getProperty("java.home")}/jmods/java.base.jmod'(!**.jar;!module-info.class)
            -keep class pinterest.sdk.PlainProgram { public static void main(java.lang.String[]); }
            -keepclassmembers class kotlinx.coroutines.** { volatile <fields>; }
            -keepnames class pinterest.sdk.*Exception
            -dontoptimize
            $quiet
            -dontnote
            -ignorewarnings
            $options
            """.trimIndent(),
        )
        val java = "${System.getProperty("java.home")}/bin/java"
        val path = System.getProperty("java.class.path")
        val (finished, output) = finish(listOf(java, "-cp", path, "proguard.ProGuard", "@$configuration"))
        assertTrue(finished, output)
        return output
    }

    private fun finish(command: List<String>): Pair<Boolean, String> {
        val process = ProcessBuilder(command).redirectErrorStream(true).start()
        val output = process.inputStream.bufferedReader().readText()
        return (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) to output
    }
}
