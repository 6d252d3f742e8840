package pinterest.sdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.nio.file.Path
import java.util.concurrent.CompletableFuture
import java.util.function.Consumer
import java.util.jar.JarFile
import kotlin.coroutines.Continuation
import kotlin.time.Duration.Companion.seconds

/** What Java sees of the jar. */
internal class JavaFaceTest {
    private val methods: List<Method> = classes().flatMap { type ->
        type.declaredMethods.filter { Modifier.isPublic(it.modifiers) && !it.isSynthetic }
    }

    @Test
    fun `no name is mangled and no type is Kotlin's duration`() {
        assertTrue(methods.size > 100, "${methods.size}")
        assertEquals(emptyList<Method>(), methods.filter { '-' in it.name || '$' in it.name })
        assertEquals(
            emptyList<Method>(),
            methods.filter { method ->
                (method.parameterTypes + method.returnType).any { it.name.startsWith("kotlin.time.") }
            },
        )
    }

    @Test
    fun `each call that suspends has a form that blocks and one that gives a future`() {
        // What a program itself implements, or the SDK in its place, it calls in no form.
        val suspending = methods.filter { Continuation::class.java in it.parameterTypes }
            .filterNot { it.declaringClass.isInterface || RedisConnection::class.java in it.declaringClass.interfaces }
        assertEquals(19, suspending.size)
        for (call in suspending) {
            // In place of Kotlin's functions Java has its own.
            val parameters = call.parameterTypes.map { if (it == Function1::class.java) Consumer::class.java else it }
            val ours = parameters.filter { it != Continuation::class.java }.toTypedArray()
            call.declaringClass.getMethod("${call.name}Blocking", *ours)
            val future = call.declaringClass.getMethod("${call.name}Async", *ours)
            assertEquals(CompletableFuture::class.java, future.returnType, "$future")
        }
    }

    @Test
    fun `a copy keeps what is not changed, and every setting has a method of the builder`() {
        val duration = java.time.Duration.ofSeconds(3)
        val values = mapOf(
            String::class.java to "text",
            Environment::class.java to Environment.SANDBOX,
            java.time.Duration::class.java to duration,
            Path::class.java to Path.of("file"),
            Int::class.java to 3,
            Long::class.javaObjectType to 4L,
            Boolean::class.java to false,
            ManualClock::class.java to ManualClock(),
        )
        val getters = Configuration::class.java.methods
            .filter { it.name.startsWith("get") && it.name != "getClass" && !it.isSynthetic }
        val builder = Configuration.builder()
        for (getter in getters) {
            val name = getter.name.removePrefix("get").replaceFirstChar(Char::lowercase)
            Configuration.Builder::class.java.getMethod(
                name,
                getter.returnType,
            ).invoke(builder, values[getter.returnType])
        }
        val copy = builder.build().copy { username("other").timeout(2.seconds) }
        assertEquals(19, getters.size)
        for (getter in getters) {
            val expected = when (getter.name) {
                "getUsername" -> "other"
                "getTimeout" -> java.time.Duration.ofSeconds(2)
                else -> values[getter.returnType]
            }
            assertEquals(expected, getter.invoke(copy), getter.name)
        }
    }

    private fun classes(): List<Class<*>> =
        JarFile(File(ApiClient::class.java.protectionDomain.codeSource.location.toURI())).use { jar ->
            val names = jar.stream().map {
                it.name
            }.toList().filter { Regex("pinterest/sdk/[^/]+\\.class").matches(it) }
            names.map { Class.forName(it.removeSuffix(".class").replace('/', '.')) }
                .filter { Modifier.isPublic(it.modifiers) && !it.isSynthetic }
        }
}
