package pinterest.sdk.internal

import com.sun.jna.Native
import com.sun.jna.NativeLibrary
import com.sun.jna.Platform
import com.sun.jna.Pointer
import com.sun.jna.Structure
import pinterest.sdk.Outcome
import pinterest.sdk.PinterestException
import pinterest.sdk.PinterestException.Facts
import pinterest.sdk.UnexpectedException
import java.io.File
import java.io.IOException

private const val LIBRARY = "pinterest_sdk_ffi"
private const val OVERRIDE = "uniffi.component.$LIBRARY.libraryOverride"

/** The library's name, or the file that a property names instead, as generated code takes it too. */
internal fun libraryName(): String = System.getProperty(OVERRIDE) ?: LIBRARY

/** For a native library that does not load: what is in its way, told by looking, not by the failure's text. */
internal fun doesNotLoad(cause: Throwable): PinterestException {
    val platform = "${System.getProperty("os.name")} ${System.getProperty("os.arch")}"
    val (what, hint) = obstacle(cause)
    val message = "the SDK's native library does not load on $platform: $what. Hint: $hint"
    return UnexpectedException(Facts(message, Outcome.NOT_SENT, hint = hint, cause = cause))
}

private fun obstacle(cause: Throwable): Pair<String, String> = when {
    isMissingJna() -> "JNA is not on the class path" to "add net.java.dev.jna:jna, which the SDK's POM names"

    isShrunk() ->
        "names that JNA looks up were removed or changed by a shrinker (ProGuard, R8)" to
            "apply the rules in META-INF/proguard/pinterest-sdk.pro of the SDK's jar"

    isForbidden(cause) ->
        "Java does not permit native code here" to "start Java with --enable-native-access=ALL-UNNAMED"

    missingClass(cause) != null ->
        "the class ${missingClass(cause)} is missing" to
            "add the libraries that the SDK's POM names to the class path; on the module path, " +
            "`requires kotlinx.coroutines.core` as well"

    System.getProperty(OVERRIDE) != null -> overridden()

    opens(LIBRARY) ->
        "the library that was found is of another release" to "leave one release of the SDK on the class path"

    !isPacked() ->
        "this jar holds no library for ${Platform.RESOURCE_PREFIX}" to
            "build the jar on that platform; its README says how"

    else -> folderObstacle(temporaryFolder()) ?: libcObstacle()
        ?: ("Java's reason is this exception's cause" to "with -Djna.debug_load=true JNA prints what it tries")
}

private fun isMissingJna() = try {
    Native::class.java.name.isEmpty()
} catch (_: NoClassDefFoundError) {
    true
}

/** A class of another library, such as coroutines, that is not on the class path, or in no module that was asked for. */
private fun missingClass(cause: Throwable) = generateSequence(cause) { it.cause }
    .filter { it is NoClassDefFoundError || it is ClassNotFoundException }
    .mapNotNull { it.message?.replace('/', '.') }
    .firstOrNull { it.startsWith("kotlin") }

/** The native halves look for these by name, as for much else: one missing tells of a shrinker. */
private fun isShrunk(): Boolean {
    val fields = listOf(
        Pointer::class.java to "peer",
        Structure::class.java to "memory",
        RustBuffer::class.java to "capacity",
        UniffiRustCallStatus::class.java to "error_buf",
    )
    val names = listOf("com.sun.jna.Callback", "com.sun.jna.Native", "com.sun.jna.Structure\$ByValue")
    val loader = Native::class.java.classLoader
    return fields.any { (type, field) -> type.declaredFields.none { it.name == field } } ||
        names.any { name -> runCatching { Class.forName(name, false, loader) }.isFailure } ||
        Native::class.java.declaredMethods.none { it.name == "fromNative" }
}

/** From JDK 24 on a program may be started so. By name: Android lacks the class. */
private fun isForbidden(cause: Throwable) =
    generateSequence(cause) { it.cause }.any { it.javaClass.name == "java.lang.IllegalCallerException" }

private fun overridden(): Pair<String, String> {
    val file = System.getProperty(OVERRIDE)
    val what = if (opens(file)) "is of another release" else "cannot be loaded"
    return "$file, which the property $OVERRIDE names, $what" to "start Java without that property"
}

private fun opens(library: String) = try {
    NativeLibrary.getInstance(library)
    true
} catch (_: LinkageError) {
    false
}

private fun isPacked(): Boolean {
    val file = System.mapLibraryName(LIBRARY)
    return NativeCode::class.java.getResource("/${Platform.RESOURCE_PREFIX}/$file") != null
}

/** Where JNA unpacks libraries from jars: the rules of its `Native.getTempDir`, which tells nobody. */
private fun temporaryFolder(): File {
    System.getProperty("jna.tmpdir")?.let { return File(it) }
    val temporary = File(System.getProperty("java.io.tmpdir"))
    val home = System.getProperty("user.home")
    val own = when {
        Platform.isMac() -> File(home, "Library/Caches/JNA/temp")
        Platform.isWindows() -> File(temporary, "jna-${System.getProperty("user.name").hashCode()}")
        else -> File(System.getenv("XDG_CACHE_HOME")?.ifBlank { null } ?: "$home/.cache", "JNA/temp")
    }
    return own.takeIf(File::canWrite) ?: temporary
}

private fun folderObstacle(folder: File): Pair<String, String>? {
    val what = try {
        val probe = File.createTempFile("pinterest-sdk", null, folder)
        try {
            // Where nothing may be executed, the system says so of each file.
            if (probe.setExecutable(true) && probe.canExecute()) null else "does not permit executing (noexec)"
        } finally {
            probe.delete()
        }
    } catch (_: IOException) {
        "cannot be written"
    }
    return what?.let {
        "the folder $folder, where the library is unpacked to, $it" to
            "name a folder that can be written and executed from with java -Djna.tmpdir=FOLDER"
    }
}

private fun libcObstacle(): Pair<String, String>? {
    val musl = Platform.isLinux() && File("/lib").list().orEmpty().any { it.startsWith("ld-musl-") }
    return if (musl) {
        "the jar was built for glibc, and this system's C library is musl" to
            "use an image with glibc, such as Debian's, or build the jar on this system"
    } else {
        null
    }
}
