package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import java.io.File
import java.util.concurrent.TimeUnit
import kotlin.reflect.KClass

/** Runs a program, [PlainProgram] unless said otherwise, in a virtual machine of its own. */
internal object PlainJava {
    /** What the program printed; it ended well. */
    fun run(
        vararg variables: Pair<String, String>,
        options: List<String> = emptyList(),
        classpath: List<String> = classpath(),
        before: List<String> = emptyList(),
        program: KClass<*> = PlainProgram::class,
    ): String {
        val java = "${System.getProperty("java.home")}/bin/java"
        val path = classpath.joinToString(File.pathSeparator)
        val builder = ProcessBuilder(before + java + options + listOf("-cp", path, program.java.name))
        builder.environment().apply {
            val ours = Regex("(?i).*_proxy|SSL_CERT_.*|.*_CA_BUNDLE|PINTEREST_API.*")
            keys.removeAll(keys.filter(ours::matches).toSet())
            putAll(variables)
        }
        val process = builder.redirectErrorStream(true).start()
        val output = process.inputStream.bufferedReader().readText().trim()
        assertTrue(process.waitFor(20, TimeUnit.SECONDS))
        assertEquals(0, process.exitValue(), output)
        return output
    }

    /** The jar, what it depends on, and the program; nothing of the test's own. */
    fun classpath(): List<String> = listOf(
        ApiClient::class,
        com.sun.jna.Native::class,
        kotlin.Unit::class,
        kotlinx.coroutines.Job::class,
        PlainProgram::class,
    ).map { File(it.java.protectionDomain.codeSource.location.toURI()).path }
}

/** What such a program may be: one call, or two tries of it when the first fails. */
internal object PlainProgram {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val configuration = Configuration("1234567", SECRET, host = System.getenv("PINTEREST_API_URI"))
        repeat(2) {
            try {
                val token = withApi(configuration) { it.oauthTokenBlocking(ClientCredentials("user_accounts:read")) }
                println("${token.responseType} ${token.expiresIn}")
                return
            } catch (exception: NetworkException) {
                println("NetworkException ${exception.phase}")
                return
            } catch (exception: PinterestException) {
                println("${exception.javaClass.simpleName} ${exception.message}")
            }
        }
    }
}
